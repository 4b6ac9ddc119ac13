import { isRefusal, refuse, type Refusal } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { CycleId } from '../base/ids.js';
import { plrKey } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Services } from '../plr/ports.js';
import { addMonths } from '../base/time.js';
import { decideChange } from './changes/change.js';
import { cycleKey, cycleKind, type Cycle } from '../plr/cycle-record.js';
import type { DrawPlan } from '../plr/draw-plan.js';
import { defaultDrawRules } from '../council/draw-rules.js';
import { lastReviews } from './last-reviews.js';
import { handOut } from './hand-out.js';
import {
  drawLater,
  isSameWish,
  laterDrawsKey,
  laterDrawsKind,
  markLaterDraw,
  type LaterDraw,
  type Wanted,
} from './decide-later-draws.js';
import { reserveRef } from './reserve-refs.js';

/**
 * Draws one more case in a cycle and hands it out. The draw is kept first, then the old PLR ends, then the new
 * one begins: when it is cut short anywhere, the next tick (`finishLaterDraws`) or the next press finishes it.
 */
export async function drawOneMore(
  id: CycleId,
  wanted: Wanted,
  services: Services,
  council: CouncilContext,
): Promise<LaterDraw | Refusal> {
  const { documents, plans } = services;
  const [cycle, plan] = await Promise.all([documents.read(cycleKind, cycleKey(id)), plans.read(id)]);
  if (cycle === undefined || cycle.state === 'issuing' || plan === undefined)
    return refuse('not-issued', 'This cycle is still being issued. Try again in a few minutes.');
  if (cycle.state === 'closed')
    return refuse('cycle-closed', 'This cycle has closed. Open it again first. Nothing was changed.');
  const draw = await keepDraw(wanted, cycle, plan, services, council);
  return isRefusal(draw) ? draw : finishLaterDraw(draw, cycle, services, council);
}

async function keepDraw(
  wanted: Wanted,
  cycle: Exclude<Cycle, { state: 'issuing' }>,
  plan: DrawPlan,
  services: Services,
  council: CouncilContext,
): Promise<LaterDraw | Refusal> {
  const { documents } = services;
  const key = laterDrawsKey(cycle.id);
  const empty = { cycleId: cycle.id, draws: [] };
  await documents.create(laterDrawsKind, key, { state: empty, did: 'began', messages: [] }, 'system');
  const since = addMonths(council.today, -defaultDrawRules.memoryMonths);
  const reviewedSince = await lastReviews(since, cycle.id, services);
  const ref = await reserveRef(cycle, wanted, services);
  const later = await documents.change(laterDrawsKind, key, wanted.decision?.by ?? 'system', (now) =>
    drawLater(now, wanted, { cycle, plan, reviewedSince, ref }, council),
  );
  if (isRefusal(later) && later.refused !== 'drawn-already') return later;
  const { draws } = isRefusal(later) ? later.before : later.after;
  const found = draws.find((one) => isSameWish(one, wanted) && one.state !== 'given-up');
  return found ?? refuse('not-drawn', 'The draw was given up meanwhile. Nothing was changed.');
}

/** Ends the old PLR and begins the new one; a step that was done before is skipped. */
async function finishLaterDraw(
  draw: LaterDraw,
  cycle: Cycle,
  { documents }: Services,
  council: CouncilContext,
): Promise<LaterDraw | Refusal> {
  const { ref, replaces, decision, managerId, dueOn, drawn } = draw;
  const mark = (state: 'handed-out' | 'given-up') =>
    documents.change(laterDrawsKind, laterDrawsKey(cycle.id), 'system', (now) =>
      markLaterDraw(now, ref, state),
    );
  if (replaces !== undefined && decision !== undefined) {
    const old = plrKey(cycle.id, replaces);
    const ended = await documents.change(plrKind, old, decision.by, (plr) =>
      plr.replacedBy === ref
        ? refuse('replaced-already', 'It was replaced already.')
        : decideChange(plr, { ...decision, replacedBy: ref }, council),
    );
    if (isRefusal(ended) && ended.refused !== 'replaced-already') {
      await mark('given-up');
      return ended;
    }
  }
  const { kind, id: cycleId } = cycle;
  const facts = { ...drawn, ref, cycleId, kind, dueOn, managerId };
  const { key, change } = handOut(replaces === undefined ? facts : { ...facts, replaces }, council);
  await documents.create(plrKind, key, change, 'system');
  await endsWithItsCycle(cycle.id, documents);
  await mark('handed-out');
  return draw;
}

/** The cycle may have closed while this was drawn: then the new PLR is not returned either, from the next tick. */
async function endsWithItsCycle(id: CycleId, documents: Services['documents']): Promise<void> {
  await documents.change(cycleKind, cycleKey(id), 'system', (now) =>
    now.state === 'closed'
      ? { state: { ...now, isUnfinished: true as const }, did: 'has one more review to end', messages: [] }
      : refuse('open', 'It takes returns.'),
  );
}

/** Finishes what a crash left half done in a cycle. */
export async function finishLaterDraws(
  id: CycleId,
  services: Services,
  council: CouncilContext,
): Promise<void> {
  const later = await services.documents.read(laterDrawsKind, laterDrawsKey(id));
  const unfinished = (later?.draws ?? []).filter(({ state }) => state === 'drawn');
  if (unfinished.length === 0) return;
  const cycle = await services.documents.read(cycleKind, cycleKey(id));
  if (cycle === undefined) return;
  for (const draw of unfinished) await finishLaterDraw(draw, cycle, services, council);
}
