import type { PersonId } from '../base/ids.js';
import type { EligibleCases, CaseGroup, Exclusion } from './eligible-cases.js';
import { PositionSet } from './position-set.js';
import type { Taken } from './taken.js';

interface Practitioner {
  plrs: number;
  readonly groups: CaseGroup[];
  /** The managers, by index, that this draw has placed with them. */
  readonly managers: number[];
}

/** Who has which case so far, and which cases are still free. Managers and cases are numbered by index. */
export class Assignments {
  /** How many PLRs a practitioner may have, for now. */
  perPractitioner = 1;
  private readonly eligible: EligibleCases;
  private readonly caseOf = new Map<number, number>();
  private readonly isTaken: Uint8Array;
  /** Untaken cases of practitioners who may have another PLR. */
  private readonly available: PositionSet;
  private readonly practitioners: readonly Practitioner[];
  /** The practitioner of each group of eligible cases, and the group of each case. */
  private readonly practitionerOf: readonly Practitioner[];
  private readonly groupOf: Int32Array;

  constructor(eligible: EligibleCases, taken: Taken) {
    this.eligible = eligible;
    this.isTaken = Uint8Array.from(eligible.cases, (one) => (taken.cases.has(one.ref) ? 1 : 0));
    this.available = new PositionSet(eligible.cases.length);
    this.groupOf = new Int32Array(eligible.cases.length);
    const practitioners = new Map<PersonId, Practitioner>();
    this.practitionerOf = eligible.groups.map((group, at) => {
      this.groupOf.fill(at, group.positions.from, group.positions.until);
      const known = practitioners.get(group.practitionerId);
      known?.groups.push(group);
      if (known) return known;
      const plrs = taken.practitioners.get(group.practitionerId) ?? 0;
      const practitioner = { plrs, groups: [group], managers: [] };
      practitioners.set(group.practitionerId, practitioner);
      return practitioner;
    });
    this.practitioners = [...practitioners.values()];
    this.allow(1);
  }

  allow(perPractitioner: number): void {
    this.perPractitioner = perPractitioner;
    this.available.reset(
      (position) => !this.isTaken[position] && this.practitionerAt(position).plrs < perPractitioner,
    );
  }

  /** The next limit that would make more cases available; undefined when every untaken case is already. */
  nextLimit(): number | undefined {
    const held = this.practitioners.filter(
      ({ plrs, groups }) =>
        plrs >= this.perPractitioner && groups.some((group) => this.untakenIn(group).length > 0),
    );
    return held.length === 0
      ? undefined
      : held.reduce((least, { plrs }) => Math.min(least, plrs), Infinity) + 1;
  }

  countAvailable(exclusions: Exclusion): number {
    return this.available.countOutside(exclusions.positions);
  }

  nthAvailable(rank: number, exclusions: Exclusion): number {
    return this.available.nthOutside(rank, exclusions.positions);
  }

  untakenIn({ positions }: CaseGroup): number[] {
    const untaken: number[] = [];
    for (let position = positions.from; position < positions.until; position += 1) {
      if (!this.isTaken[position]) untaken.push(position);
    }
    return untaken;
  }

  /** The managers any one of whom could make room for another in this group by giving up their case. */
  inTheWayOf(groupIndex: number): readonly number[] {
    const group = this.eligible.groups[groupIndex]!;
    const { managers } = this.practitionerOf[groupIndex]!;
    if (this.untakenIn(group).length > 0) return managers;
    const { from, until } = group.positions;
    return managers.filter((manager) => {
      const position = this.caseOf.get(manager)!;
      return from <= position && position < until;
    });
  }

  /** Gives a manager a case, in exchange for the one they have, if they have one. */
  give(manager: number, position: number): void {
    const before = this.caseOf.get(manager);
    if (before !== undefined) this.move(manager, before, false);
    this.caseOf.set(manager, position);
    this.move(manager, position, true);
  }

  private move(manager: number, position: number, isTaken: boolean): void {
    const practitioner = this.practitionerAt(position);
    const wasFull = practitioner.plrs >= this.perPractitioner;
    this.isTaken[position] = isTaken ? 1 : 0;
    practitioner.plrs += isTaken ? 1 : -1;
    if (isTaken) practitioner.managers.push(manager);
    else practitioner.managers.splice(practitioner.managers.indexOf(manager), 1);
    const isFull = practitioner.plrs >= this.perPractitioner;
    this.available.set(position, !isTaken && !isFull);
    if (wasFull === isFull) return;
    for (const at of practitioner.groups.flatMap((group) => this.untakenIn(group)))
      this.available.set(at, !isFull);
  }

  private practitionerAt(position: number): Practitioner {
    return this.practitionerOf[this.groupOf[position]!]!;
  }
}
