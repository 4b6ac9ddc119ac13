import type { CouncilContext } from '../council/council-context.js';
import type { Plr } from '../plr/plr.js';
import type { Message } from '../plr/ports.js';
import { chooseModerator } from './decide-moderator.js';
import { assign } from './decide-hand-on.js';
import { decideAtReturn } from './decide-draw.js';
import type { ModerationReason } from '../plr/moderation.js';
import { drawModeration } from './decide-moderation.js';
import { toModerator } from './messages.js';
import { nobodysWorkload, searchFor } from './moderator-search.js';

/**
 * The first step of the draw (docs/decisions/0004), for the transaction that returns the review: every
 * Inadequate, and the PLR's own chance. The cycle's seed comes with the PLR's own draw. The numbers of
 * moderation have names of their own under it, so that neither draw says anything about the other. A PLR that
 * is not returned, or is drawn already, stays as it is.
 */
export function moderationAtReturn(plr: Plr, council: CouncilContext): { plr: Plr; messages: Message[] } {
  if (plr.review.state !== 'returned') return { plr, messages: [] };
  const grade = plr.review.answers.overall?.grade;
  const reason = grade === undefined ? undefined : decideAtReturn({ ref: plr.ref, grade }, plr.draw.seed);
  return reason === undefined ? { plr, messages: [] } : drawnAtReturn(plr, reason, council);
}

/**
 * Draws one PLR. When the Service's link reviewer is free, no workload matters, so the PLR goes to them in the
 * same transaction. Otherwise it waits for the next tick, which knows everybody's workload.
 */
export function drawnAtReturn(
  plr: Plr,
  reason: ModerationReason,
  council: CouncilContext,
): { plr: Plr; messages: Message[] } {
  if (plr.moderation !== undefined) return { plr, messages: [] };
  const awaiting = drawModeration({ ref: plr.ref, reason }, council.now, council.holidays, council.timeZone);
  const choice = chooseModerator(council.organisation, searchFor(plr, council, nobodysWorkload));
  if ('none' in choice || choice.why.is !== 'link-reviewer-of-service') {
    return { plr: { ...plr, moderation: awaiting }, messages: [] };
  }
  const moderation = assign(awaiting, choice.moderatorId, choice.why);
  return { plr: { ...plr, moderation }, messages: [toModerator(plr, moderation)] };
}
