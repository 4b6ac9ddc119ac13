import type { CycleId, PlrRef } from '../base/ids.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Services } from '../plr/ports.js';
import type { PlrFigures } from '../plr/figures.js';
import { historyRecordKey, historyRecordKind, type HistoryCounts } from './history-record.js';

/** What importing a history will do, worked out before anything is written. */
export interface HistoryPlan {
  readonly cycles: readonly CycleHistory[];
  /** References in the file that belong to the bot's own PLRs, which would be counted twice. */
  readonly alreadyBots: readonly PlrRef[];
}

interface CycleHistory {
  readonly cycleId: CycleId;
  readonly figures: readonly PlrFigures[];
  readonly counts: HistoryCounts;
}

type HistoryServices = Pick<Services, 'documents' | 'history'>;

/**
 * Compares a file with what is there. The file is the whole record of each month that it names: an imported PLR
 * of such a month that is not in it is ended, and other months are left alone.
 *
 * @param onProgress told the cycles compared so far.
 */
export async function planHistory(
  figures: readonly PlrFigures[],
  { documents, history }: HistoryServices,
  onProgress: (cycles: number, of: number) => void = () => {},
): Promise<HistoryPlan> {
  const inFile = byCycle(figures);
  const alreadyBots: PlrRef[] = [];
  const cycles: CycleHistory[] = [];
  for (const [cycleId, of] of inFile) {
    const [kept, bots] = await Promise.all([
      history.read(cycleId),
      documents.listFigures<PlrFigures>(plrKind, cycleId),
    ]);
    const own = new Set(bots.map(({ ref }) => ref));
    alreadyBots.push(...of.filter(({ ref }) => own.has(ref)).map(({ ref }) => ref));
    cycles.push({ cycleId, figures: of, counts: compare(of, kept) });
    onProgress(cycles.length, inFile.size);
  }
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

function compare(of: readonly PlrFigures[], kept: readonly PlrFigures[]): HistoryCounts {
  const before = new Map(kept.map((one) => [one.ref, JSON.stringify(one)]));
  const known = of.filter(({ ref }) => before.has(ref));
  const unchanged = known.filter((one) => before.get(one.ref) === JSON.stringify(one)).length;
  return {
    added: of.length - known.length,
    changed: known.length - unchanged,
    unchanged,
    ended: kept.length - known.length,
  };
}

export function historyCounts({ cycles }: HistoryPlan): HistoryCounts {
  const sum = (key: keyof HistoryCounts) => cycles.reduce((all, { counts }) => all + counts[key], 0);
  return { added: sum('added'), changed: sum('changed'), unchanged: sum('unchanged'), ended: sum('ended') };
}

/**
 * Writes the plan, each month at once. When it is cut short, importing the same file again finishes it: what
 * was written already is compared and left alone.
 *
 * @param onProgress told the cycles done so far.
 */
export async function keepHistory(
  { cycles }: HistoryPlan,
  services: HistoryServices,
  onProgress: (cycles: number, of: number) => void = () => {},
): Promise<void> {
  for (const [at, cycle] of cycles.entries()) {
    const { added, changed, ended } = cycle.counts;
    if (added + changed + ended > 0) await keepCycle(cycle, services);
    onProgress(at + 1, cycles.length);
  }
}

/** The log comes first: an import that is then cut short is in it, and again when it is finished. */
async function keepCycle(
  { cycleId, figures, counts }: CycleHistory,
  services: HistoryServices,
): Promise<void> {
  const { documents, history } = services;
  const key = historyRecordKey(cycleId);
  const { added, changed, ended } = counts;
  const did = `imported past PLRs: ${added} added, ${changed} changed, ${ended} ended`;
  const change = { state: counts, did, messages: [] };
  if (!(await documents.create(historyRecordKind, key, change, 'operator')))
    await documents.change(historyRecordKind, key, 'operator', () => change);
  await history.keep(cycleId, figures);
}
