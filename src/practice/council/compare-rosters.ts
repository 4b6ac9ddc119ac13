import { rosterKinds, type RosterKind } from './check-roster.js';
import type { Roster } from './organisation.js';

export type ChangeKind = 'added' | 'changed' | 'unchanged' | 'ended';

export interface RosterChanges {
  /** Over all four kinds: what `plr import org` prints. */
  readonly counts: Readonly<Record<ChangeKind, number>>;
  /** The ids behind the counts, in the order of the files. */
  readonly ids: Readonly<Record<RosterKind, Readonly<Record<ChangeKind, readonly string[]>>>>;
}

type Row = Roster[RosterKind][number];

/**
 * What a new roster changes. A row has *ended* when it is no longer in the files or has been given an end
 * date since, so each row of the previous roster is counted once, as changed, unchanged or ended.
 */
export function compareRosters(previous: Roster | undefined, next: Roster): RosterChanges {
  const compare = (kind: RosterKind) => compareRows(previous?.[kind] ?? [], next[kind]);
  const ids = {
    services: compare('services'),
    teams: compare('teams'),
    people: compare('people'),
    cases: compare('cases'),
  };
  const count = (change: ChangeKind) =>
    rosterKinds.reduce((total, kind) => total + ids[kind][change].length, 0);
  return {
    ids,
    counts: {
      added: count('added'),
      changed: count('changed'),
      unchanged: count('unchanged'),
      ended: count('ended'),
    },
  };
}

function compareRows(previous: readonly Row[], next: readonly Row[]): Record<ChangeKind, string[]> {
  const before = new Map(previous.map((row) => [keyOf(row), row]));
  const changes: Record<ChangeKind, string[]> = { added: [], changed: [], unchanged: [], ended: [] };
  for (const row of next) {
    changes[changeOf(before.get(keyOf(row)), row)].push(keyOf(row));
    before.delete(keyOf(row));
  }
  changes.ended.push(...before.keys());
  return changes;
}

function keyOf(row: Row): string {
  return 'ref' in row ? row.ref : row.id;
}

function changeOf(before: Row | undefined, after: Row): ChangeKind {
  if (before === undefined) return 'added';
  if (endOf(before) === undefined && endOf(after) !== undefined) return 'ended';
  return same(before, after) ? 'unchanged' : 'changed';
}

function endOf(row: Row): string | undefined {
  if ('activeUntil' in row) return row.activeUntil;
  return 'closedOn' in row ? row.closedOn : undefined;
}

/** Rows are flat but for roles and absences; the order of their fields says nothing. */
function same(one: Row, other: Row): boolean {
  const a = Object.entries(one);
  const b = new Map(Object.entries(other));
  return (
    a.length === b.size && a.every(([field, value]) => JSON.stringify(value) === JSON.stringify(b.get(field)))
  );
}
