import type { Role } from '../practice/council/organisation.js';
import { addDays, localDate } from '../practice/base/time.js';
import { firstNames, lastNames } from './sample-names.js';

/** One line of a CSV file, by its columns. */
export interface SampleRow {
  readonly [column: string]: string;
}

/** A small linear congruential generator with its output mixed: the same on every machine and Node. */
export class SampleRandom {
  private state: number;

  constructor(start: number) {
    this.state = start >>> 0;
  }

  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    const mixed = Math.imul(this.state ^ (this.state >>> 15), 0x2c1b3c6d) >>> 0;
    return ((mixed ^ (mixed >>> 13)) >>> 0) % below;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('Nothing to pick from');
    return item;
  }

  day(from: string, days: number): string {
    return addDays(localDate(from), this.below(days));
  }

  uuid(): string {
    const hex = Array.from({ length: 32 }, () => this.below(16).toString(16)).join('');
    const parts = [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `8${hex.slice(17, 20)}`,
      hex.slice(20),
    ];
    return parts.join('-');
  }
}

export interface SamplePost {
  readonly role: Role;
  readonly lineManager?: string;
  readonly team?: string;
  readonly service?: string;
  readonly until?: string;
}

/** The people so far: each with a name and ids that nobody else has, some of them away at times. */
export class SamplePeople {
  readonly rows: SampleRow[] = [];
  private readonly names = new Set<string>();
  private readonly random: SampleRandom;

  constructor(random: SampleRandom) {
    this.random = random;
  }

  /** @returns the new person's id */
  add({ role, lineManager = '', team = '', service = '', until = '' }: SamplePost): string {
    const id = `P${String(this.rows.length + 1).padStart(3, '0')}`;
    const name = this.unusedName();
    this.rows.push({
      person_id: id,
      name,
      email: `${name.toLowerCase().replace(' ', '.')}@larkshire.example`,
      aad_object_id: this.random.uuid(),
      roles: role,
      team_id: team,
      service_id: service,
      line_manager_id: lineManager,
      active_from: this.random.day('2014-04-01', 2_000),
      active_until: until,
      absences: this.absences(),
      // Numbers that no telephone has: they are kept for drama.
      telephone: `01632 960${String(this.rows.length + 1).padStart(3, '0')}`,
    });
    return id;
  }

  private unusedName(): string {
    for (;;) {
      const name = `${this.random.pick(firstNames)} ${this.random.pick(lastNames)}`;
      if (this.names.has(name)) continue;
      this.names.add(name);
      return name;
    }
  }

  /** One in twelve has a fortnight's leave; one in forty works part-time, with short gaps through a season. */
  private absences(): string {
    const chance = this.random.below(120);
    const start = localDate(this.random.day('2021-01-04', 3_000));
    if (chance < 10) return `${start}/${addDays(start, 13)}`;
    if (chance >= 13) return '';
    const gaps = [0, 7, 14, 21, 28, 35].map((days) => `${addDays(start, days)}/${addDays(start, days + 1)}`);
    return gaps.join(';');
  }
}
