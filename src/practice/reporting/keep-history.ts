import { refuse } from '../errors.js';
import type { CycleId, PlrRef } from '../ids.js';
import { plrKind } from '../plr-kind.js';
import type { Change, Documents } from '../ports.js';
import type { PlrFigures } from '../reviews/figures.js';
import { pastPlrKey, pastPlrKind, type PastPlr } from './past-plr.js';

/** What importing a history does, worked out before anything is written. */
export interface HistoryPlan {
  readonly cycles: readonly CycleHistory[];
  /** References of the file that are the bot's own PLRs: they would be counted twice. */
  readonly alreadyBots: readonly PlrRef[];
}

interface CycleHistory {
  readonly cycleId: CycleId;
  readonly added: readonly PlrFigures[];
  readonly changed: readonly PlrFigures[];
  readonly ended: readonly PlrFigures[];
  readonly unchanged: number;
}

export interface HistoryCounts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly ended: number;
}

/** Cycles are compared and written a few at a time: storage answers them side by side. */
const atOnce = 6;
const writtenTogether = 320;

/**
 * Compares a file with what is there. The file is the whole record of each month it names: an imported PLR
 * of such a month that it lacks is ended; other months are left alone.
 */
export async function planHistory(
  figures: readonly PlrFigures[],
  documents: Documents,
): Promise<HistoryPlan> {
  const inFile = byCycle(figures);
  const alreadyBots: PlrRef[] = [];
  const cycles: CycleHistory[] = [];
  await fewAtOnce([...inFile], async ([cycleId, of]) => {
    const [kept, bots] = await Promise.all([
      documents.list(pastPlrKind, cycleId),
      documents.listFigures<PlrFigures>(plrKind, cycleId),
    ]);
    const own = new Set(bots.map(({ ref }) => ref));
    alreadyBots.push(...of.filter(({ ref }) => own.has(ref)).map(({ ref }) => ref));
    cycles.push(compare(cycleId, of, kept));
  });
  return { cycles, alreadyBots };
}

function byCycle(figures: readonly PlrFigures[]): Map<CycleId, PlrFigures[]> {
  const groups = new Map<CycleId, PlrFigures[]>();
  for (const one of figures) {
    const group = groups.get(one.cycleId);
    if (group === undefined) groups.set(one.cycleId, [one]);
    else group.push(one);
  }
  return groups;
}

function compare(cycleId: CycleId, of: readonly PlrFigures[], kept: readonly PastPlr[]): CycleHistory {
  const before = new Map(kept.map((one) => [one.figures.ref, one]));
  const inFile = new Set(of.map(({ ref }) => ref));
  const known = of.filter(({ ref }) => before.has(ref));
  const same = (one: PlrFigures) => {
    const old = before.get(one.ref);
    return old?.state === 'imported' && JSON.stringify(old.figures) === JSON.stringify(one);
  };
  return {
    cycleId,
    added: of.filter(({ ref }) => before.get(ref)?.state !== 'imported'),
    changed: known.filter((one) => before.get(one.ref)?.state === 'imported' && !same(one)),
    ended: kept
      .filter(({ state, figures }) => state === 'imported' && !inFile.has(figures.ref))
      .map(({ figures }) => figures),
    unchanged: known.filter(same).length,
  };
}

export function countsOf({ cycles }: HistoryPlan): HistoryCounts {
  const sum = (of: (cycle: CycleHistory) => number) => cycles.reduce((all, one) => all + of(one), 0);
  return {
    added: sum(({ added }) => added.length),
    changed: sum(({ changed }) => changed.length),
    unchanged: sum(({ unchanged }) => unchanged),
    ended: sum(({ ended }) => ended.length),
  };
}

/**
 * Writes the plan. Cut short, it is finished by importing the same file again: what is written is compared
 * and left alone.
 *
 * @param onProgress told the number of PLRs written since it was last told.
 */
export async function keepHistory(
  { cycles }: HistoryPlan,
  documents: Documents,
  onProgress: (written: number) => void = () => {},
): Promise<void> {
  await fewAtOnce(cycles, async ({ cycleId, added, changed, ended }) => {
    for (let from = 0; from < added.length; from += writtenTogether) {
      const group = added.slice(from, from + writtenTogether);
      await addAll(cycleId, group, documents);
      onProgress(group.length);
    }
    for (const figures of changed) await put(cycleId, imported(figures), documents);
    for (const figures of ended)
      await put(
        cycleId,
        { state: { state: 'ended', figures }, did: 'ended by an import', messages: [] },
        documents,
      );
    onProgress(changed.length + ended.length);
  });
}

/** One that an earlier import ended is there already, and comes back by a change. */
async function addAll(cycleId: CycleId, figures: readonly PlrFigures[], documents: Documents): Promise<void> {
  const entries = figures.map((one) => ({ key: pastPlrKey(cycleId, one.ref), change: imported(one) }));
  const { existing } = await documents.createAll(pastPlrKind, entries, 'operator');
  if (existing === 0) return;
  for (const { change } of entries) await put(cycleId, change, documents);
}

async function put(cycleId: CycleId, change: Change<PastPlr>, documents: Documents): Promise<void> {
  const { figures, state } = change.state;
  await documents.change(pastPlrKind, pastPlrKey(cycleId, figures.ref), 'operator', (now) =>
    now.state === state && JSON.stringify(now.figures) === JSON.stringify(figures)
      ? refuse('as-it-is', 'It is so already.')
      : change,
  );
}

function imported(figures: PlrFigures): Change<PastPlr> {
  return { state: { state: 'imported', figures }, did: 'imported', messages: [] };
}

async function fewAtOnce<Item>(items: readonly Item[], run: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await run(next);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
