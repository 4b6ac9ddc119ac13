import type { EligibleCases, Exclusion } from './eligible-cases.js';
import { Assignments } from './assignments.js';
import { PositionSet } from './position-set.js';
import type { Random } from '../base/random.js';
import type { Taken } from './taken.js';

/** How a manager came to a case, in numbers only. */
export interface Pick {
  /** In `Ballot.cases`. */
  readonly position: number;
  /** `by-exchange`: nothing fair was left until another manager in the draw was given a different case. */
  readonly way: 'at-random' | 'by-exchange';
  /** How many cases there were to pick from, and the one picked, counted from 1. */
  readonly left: number;
  readonly place: number;
  /** How many PLRs a practitioner could have in the cycle at that moment. */
  readonly perPractitioner: number;
}

/** How the search reached a manager: they are in the way of `by` in the group `via`. */
interface Step {
  readonly by: number;
  readonly via: number;
}

/**
 * Places managers one by one, in the order given, each with a case drawn from all that are left and fair. When
 * none is left, managers who were placed before change cases along an alternating path (Berge 1957), so that as
 * many are placed as any order could place. Practitioners have one PLR each until nobody else can be placed
 * that way, then two, and so on; at each number as many managers as possible are placed.
 */
export class Placement {
  private readonly picks = new Map<number, Pick>();
  private readonly eligible: EligibleCases;
  private readonly board: Assignments;
  private readonly exclusions: readonly Exclusion[];
  private readonly random: Random;
  /**
   * Groups that the search has not looked at. What a failed search has looked at cannot help anybody at this
   * limit.
   */
  private readonly unseen: PositionSet;

  constructor(eligible: EligibleCases, taken: Taken, exclusions: readonly Exclusion[], random: Random) {
    this.eligible = eligible;
    this.board = new Assignments(eligible, taken);
    this.exclusions = exclusions;
    this.random = random;
    this.unseen = new PositionSet(eligible.groups.length);
  }

  /** @returns the pick of each manager, by index; whoever has none cannot be placed without bending a rule. */
  placeAll(practitionerAgain: 'when-no-one-else-is-free' | 'never'): ReadonlyMap<number, Pick> {
    let waiting = this.exclusions.map((_, manager) => manager);
    for (let limit: number | undefined = 1; limit !== undefined && waiting.length > 0;) {
      this.board.allow(limit);
      this.unseen.reset(() => true);
      waiting = waiting.filter((manager) => !this.place(manager));
      limit = practitionerAgain === 'never' ? undefined : this.board.nextLimit();
    }
    return this.picks;
  }

  private place(manager: number): boolean {
    if (this.choicesOf(manager) > 0) {
      this.pickAtRandom(manager);
      return true;
    }
    return this.placeByExchange(manager);
  }

  private placeByExchange(manager: number): boolean {
    const steps = new Map<number, Step>();
    const seen: number[] = [];
    const last = this.findExchange(manager, steps, seen);
    if (last === undefined) return false;
    for (const group of seen) this.unseen.set(group, true);
    this.pickAtRandom(last);
    for (let step = steps.get(last); step !== undefined; step = steps.get(step.by)) {
      this.pickInGroup(step.by, step.via);
    }
    return true;
  }

  /**
   * Looks, nearest first, for a manager who could take another case and so, through a chain of exchanges, make
   * room for `root`.
   */
  private findExchange(root: number, steps: Map<number, Step>, seen: number[]): number | undefined {
    const queue = [root];
    for (const by of queue) {
      for (let via = this.seeGroup(by); via !== undefined; via = this.seeGroup(by)) {
        seen.push(via);
        for (const manager of this.board.inTheWayOf(via)) {
          if (steps.has(manager)) continue;
          steps.set(manager, { by, via });
          if (this.choicesOf(manager) > 0) return manager;
          queue.push(manager);
        }
      }
    }
    return undefined;
  }

  /** One more group that is fair for the manager, drawn so that nobody is asked to change more often than others. */
  private seeGroup(manager: number): number | undefined {
    const { groups } = this.unfairTo(manager);
    const left = this.unseen.countOutside(groups);
    if (left === 0) return undefined;
    const group = this.unseen.nthOutside(this.random.below(left), groups);
    this.unseen.set(group, false);
    return group;
  }

  private pickAtRandom(manager: number): void {
    const left = this.choicesOf(manager);
    const rank = this.random.below(left);
    const position = this.board.nthAvailable(rank, this.unfairTo(manager));
    this.record(manager, { position, way: 'at-random', left, place: rank + 1 });
  }

  private pickInGroup(manager: number, group: number): void {
    const untaken = this.board.untakenIn(this.eligible.groups[group]!);
    const rank = this.random.below(untaken.length);
    this.record(manager, {
      position: untaken[rank]!,
      way: 'by-exchange',
      left: untaken.length,
      place: rank + 1,
    });
  }

  private record(manager: number, pick: Omit<Pick, 'perPractitioner'>): void {
    this.board.give(manager, pick.position);
    this.picks.set(manager, { ...pick, perPractitioner: this.board.perPractitioner });
  }

  private choicesOf(manager: number): number {
    return this.board.countAvailable(this.unfairTo(manager));
  }

  private unfairTo(manager: number): Exclusion {
    return this.exclusions[manager]!;
  }
}
