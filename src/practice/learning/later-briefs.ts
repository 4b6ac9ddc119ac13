import { monthlyCycleId } from '../plr/cycle.js';
import type { Turn } from '../surface/feature.js';
import type { TeamId } from '../base/ids.js';
import { monthOf, shiftMonth, type Month } from '../base/time.js';
import type { Post } from './decide-post.js';
import { briefKey, type Brief, type Commitment } from './brief.js';
import { briefKind } from './brief-kind.js';
import { postOf } from './part.js';

const maxMonths = 12;

/** The briefs of the same service after this one, up to this month's. One read for each month. */
export async function laterBriefs(
  { month, serviceId }: Brief,
  { documents, council }: Turn,
): Promise<Brief[]> {
  const months: Month[] = [];
  for (let next = shiftMonth(month, 1); next <= monthOf(council.today); next = shiftMonth(next, 1))
    months.push(next);
  const found = await Promise.all(
    months
      .slice(0, maxMonths)
      .map((one) => documents.read(briefKind, briefKey(monthlyCycleId(one), serviceId))),
  );
  return found.filter((brief) => brief !== undefined);
}

/** Whether one of these briefs is with the team already. */
export function hasReached(briefs: readonly Brief[], teamId: TeamId): boolean {
  return briefs.some((brief) => /^(?:posted|discussed)$/.test(postOf(brief, teamId)?.state ?? ''));
}

/**
 * A brief that was drafted in the meantime brings back what the team says now, not what it said before a
 * correction. Doing it again changes nothing, so the next save completes one that was cut short.
 */
export async function bringAlong(
  briefs: readonly Brief[],
  post: Post,
  { documents, actor }: Turn,
): Promise<void> {
  if (post.state !== 'discussed' || post.former === undefined) return;
  const { teamId, former } = post;
  const { discussedOn, willChange, howKnow, byWhen } = post.record;
  const now: Commitment = { teamId, discussedOn, willChange, howKnow, byWhen };
  const isFormer = (one: Commitment) =>
    one.teamId === teamId &&
    former.some((said) => said.willChange === one.willChange && said.howKnow === one.howKnow);
  for (const { cycleId, serviceId } of briefs.filter(({ lastTime }) => lastTime.some(isFormer))) {
    await documents.change(briefKind, briefKey(cycleId, serviceId), actor.id, (brief) => ({
      state: { ...brief, lastTime: brief.lastTime.map((one) => (isFormer(one) ? now : one)) },
      did: 'brought a correction along',
      messages: [],
    }));
  }
}
