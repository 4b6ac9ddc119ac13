import { parseCycleId } from '../plr/cycle.js';
import { cycleKey, cycleKind, isCounted, type Cycle } from '../plr/cycle-record.js';
import { figuresInHand } from '../plr/figures-in-hand.js';
import { refuse } from '../base/errors.js';
import type { Job, Tick } from '../surface/feature.js';
import type { CycleId, PersonId } from '../base/ids.js';
import { isAwayUntil } from '../council/staff.js';
import { plrKey, type Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Change } from '../plr/ports.js';
import { isPurged } from '../plr/retention.js';
import type { PlrFigures } from '../plr/figures.js';
import { drawnAtReturn } from './decide-at-return.js';
import { chooseModerator } from './decide-moderator.js';
import { assign } from './decide-hand-on.js';
import { returnedByService } from './figures.js';
import { topUp, type Drawn } from './decide-draw.js';
import { toModerator } from './messages.js';
import { searchFor } from './moderator-search.js';
import { relieveModerator } from './decide-relief.js';

/**
 * The second step of the draw, and who moderates (docs/decisions/0004). At each tick, for each cycle in the
 * sweep: those who are away hand on, the sample is topped up, and what waits for a moderator goes to the one
 * with the fewest open. Each is one change of one PLR, decided on its state at that moment, so that two
 * replicas, or a crash half-way, do no harm.
 */
export const moderate: Job = {
  name: 'top up and assign moderations',
  run: async (tick) => {
    const cycles = await cyclesInHand(tick);
    const figures = new Map<CycleId, PlrFigures[]>();
    for (const id of cycles) figures.set(id, await tick.documents.listFigures(plrKind, id));
    await relieveTheAbsent(figures, tick);
    for (const [id, ofCycle] of figures) await topUpCycle(id, ofCycle, tick);
    await assignWaiting(tick);
  },
};

async function cyclesInHand({ partitions }: Tick): Promise<CycleId[]> {
  const names = await partitions.active();
  return names.flatMap((name) => parseCycleId(name)?.id ?? []);
}

async function relieveTheAbsent(figures: ReadonlyMap<CycleId, PlrFigures[]>, tick: Tick): Promise<void> {
  const { council, documents } = tick;
  for (const one of [...figures.values()].flat()) {
    const { by, dueOn } = one.moderating ?? {};
    if (one.moderation !== 'drawn' || by === undefined || dueOn === undefined) continue;
    if (!isAwayUntil(by, dueOn, council)) continue;
    await documents.change(
      plrKind,
      plrKey(one.cycleId, one.ref),
      'system',
      (plr) => relieveModerator(plr, council) ?? done,
    );
  }
}

async function topUpCycle(id: CycleId, figures: readonly PlrFigures[], tick: Tick): Promise<void> {
  const services = [...returnedByService(figures).values()];
  if (services.length === 0) return;
  const cycle = await tick.documents.read(cycleKind, cycleKey(id));
  if (cycle === undefined) return;
  for (const returned of services) {
    for (const one of topUp(returned, cycle.seed, momentOf(cycle))) await drawOne(id, one, tick);
  }
}

function momentOf(cycle: Cycle) {
  return isCounted(cycle) ? 'close' : 'open';
}

async function drawOne(id: CycleId, { ref, reason }: Drawn, { documents, council }: Tick): Promise<void> {
  await documents.change(plrKind, plrKey(id, ref), 'system', (plr) => {
    if (plr.moderation !== undefined || plr.review.state !== 'returned' || isPurged(plr)) return done;
    const { plr: state, messages } = drawnAtReturn(plr, reason, council);
    return { state, did: 'drew for moderation', messages };
  });
}

/** One after the other, because whoever gets one has one more open when the next is given out. */
async function assignWaiting(tick: Tick): Promise<void> {
  const all = await figuresInHand(tick);
  const waiting = all.filter(
    ({ moderation, moderating }) => moderation === 'drawn' && moderating?.by === undefined,
  );
  if (waiting.length === 0) return;
  const open = workload(all);
  for (const { cycleId, ref } of waiting) {
    await tick.documents.change(plrKind, plrKey(cycleId, ref), 'system', (plr) => {
      const change = assigned(plr, open, tick);
      return change ?? done;
    });
  }
}

function assigned(plr: Plr, open: Map<PersonId, number>, { council }: Tick): Change<Plr> | undefined {
  if (plr.moderation?.state !== 'awaiting-moderator') return undefined;
  const choice = chooseModerator(council.organisation, searchFor(plr, council, open));
  if ('none' in choice) return undefined;
  const moderation = assign(plr.moderation, choice.moderatorId, choice.why);
  open.set(choice.moderatorId, (open.get(choice.moderatorId) ?? 0) + 1);
  return {
    state: { ...plr, moderation },
    did: 'chose a moderator',
    messages: [toModerator(plr, moderation)],
  };
}

/** The moderations not graded yet, by moderator. */
export function workload(figures: readonly PlrFigures[]): Map<PersonId, number> {
  const open = new Map<PersonId, number>();
  for (const { moderation, moderating } of figures) {
    if (moderation !== 'drawn' || moderating?.by === undefined) continue;
    open.set(moderating.by, (open.get(moderating.by) ?? 0) + 1);
  }
  return open;
}

const done = refuse('nothing-to-do', 'Another process did it.');
