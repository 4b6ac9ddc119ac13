import { isRefusal, refuse, type Refusal } from '../base/errors.js';
import type { CycleId } from '../base/ids.js';
import type { CouncilContext } from '../council/council-context.js';
import { cycleKey, cycleKind, type Cycle } from '../plr/cycle-record.js';
import { isUnreturned, type PlrFigures } from '../plr/figures.js';
import { isOpen, plrKey } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { LogEntry, Services } from '../plr/ports.js';
import { endUnreturned } from '../reviews/decide-not-returned.js';
import { closesAtOf, lastDueOf } from './closing-time.js';
import { closeCycle, finishClosing, openReviewAgain, reopenCycle, type Reopen } from './decide-closing.js';

/** At each tick: closes the cycle when its time has come, and finishes what was begun and cut short. */
export async function followClosing(
  cycle: Cycle,
  services: Services,
  council: CouncilContext,
): Promise<void> {
  const closed = await closeByRule(cycle, services, council);
  if (closed.state !== 'issuing' && closed.isUnfinished === true)
    await bringReviewsAlong(closed, services, council);
}

/** Its PLRs are looked at only once the time has come: one that was drawn late may be due later. */
async function closeByRule(cycle: Cycle, services: Services, council: CouncilContext): Promise<Cycle> {
  const { documents } = services;
  const at = closesAtOf(cycle, council);
  if (cycle.state !== 'issued' || at === undefined) return cycle;
  if (cycle.closesAt !== undefined && at > council.now) return cycle;
  const closesAt = closesAtOf(cycle, council, lastDueOf(await figuresOf(cycle.id, services))) ?? at;
  const changed = await documents.change(cycleKind, cycleKey(cycle.id), 'system', (now) => {
    // Somebody may have closed it, or opened it again, meanwhile: the next tick sees that.
    if (now.state !== 'issued' || now.closesAt !== cycle.closesAt)
      return refuse('changed-meanwhile', 'It was changed meanwhile.');
    if (closesAt <= council.now) return closeCycle({ ...now, closesAt }, 'system', closesAt);
    return now.closesAt === closesAt
      ? refuse('known-already', 'It is known when it closes.')
      : { state: { ...now, closesAt }, did: 'found when the cycle closes', messages: [] };
  });
  return isRefusal(changed) ? cycle : changed.after;
}

function figuresOf(id: CycleId, { documents }: Services): Promise<PlrFigures[]> {
  return documents.listFigures<PlrFigures>(plrKind, id);
}

/** As many at once as do not hold up an answer. */
const reviewsAtOnce = 20;

/**
 * Ends what was not returned, or opens it again, each PLR in its own change. Cut short anywhere, the next tick goes on.
 * @param atMost so many now, and the rest at the next tick.
 */
async function bringReviewsAlong(
  cycle: Exclude<Cycle, { state: 'issuing' }>,
  services: Services,
  council: CouncilContext,
  atMost = Infinity,
): Promise<void> {
  const { documents } = services;
  const isToFollow = (one: PlrFigures) =>
    cycle.state === 'closed' ? isUnreturned(one) : one.standing.is === 'not-returned';
  const all = (await figuresOf(cycle.id, services)).filter(isToFollow);
  const some = all.slice(0, atMost);
  for (let from = 0; from < some.length; from += reviewsAtOnce)
    await Promise.all(
      some.slice(from, from + reviewsAtOnce).map(({ ref }) =>
        documents.change(plrKind, plrKey(cycle.id, ref), 'system', (plr) => {
          if (cycle.state === 'issued') return openReviewAgain(plr, cycle, council);
          return isOpen(plr)
            ? endUnreturned(plr, cycle.closedAt, council)
            : refuse('ended-already', 'It has ended.');
        }),
      ),
    );
  if (some.length === all.length)
    await documents.change(cycleKind, cycleKey(cycle.id), 'system', (now) => finishClosing(now, cycle));
}

/** @param atMost PLRs that follow at once; those that are left follow at the next tick. */
export async function closeNow(
  id: CycleId,
  by: LogEntry['by'],
  services: Services,
  council: CouncilContext,
  atMost?: number,
): Promise<Cycle | Refusal> {
  const closed = await services.documents.change(cycleKind, cycleKey(id), by, (now) =>
    closeCycle(now, by, council.now),
  );
  if (isRefusal(closed)) return closed;
  return followed(closed.after, services, council, atMost);
}

export async function reopenNow(
  id: CycleId,
  how: Reopen,
  services: Services,
  council: CouncilContext,
  atMost?: number,
): Promise<Cycle | Refusal> {
  // It may have left the sweep, and has to close again.
  if ((await services.documents.read(cycleKind, cycleKey(id)))?.state === 'closed')
    await services.partitions.activate(id);
  const opened = await services.documents.change(cycleKind, cycleKey(id), how.by, (now) =>
    reopenCycle(now, how, council),
  );
  if (isRefusal(opened)) return opened;
  return followed(opened.after, services, council, atMost);
}

async function followed(
  cycle: Cycle,
  services: Services,
  council: CouncilContext,
  atMost: number | undefined,
): Promise<Cycle> {
  if (cycle.state !== 'issuing') await bringReviewsAlong(cycle, services, council, atMost);
  return cycle;
}
