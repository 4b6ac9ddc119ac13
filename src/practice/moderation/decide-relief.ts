import { isRefusal } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import { isAwayUntil, isHere } from '../council/staff.js';
import type { Plr } from '../plr/plr.js';
import type { Change } from '../plr/ports.js';
import { handOn } from './decide-hand-on.js';
import type { DrawnModeration } from '../plr/moderation.js';
import { redrawForModerator } from './messages.js';
import { tookPart } from './moderator-search.js';

/**
 * Takes a moderation that is not graded yet away from a moderator who has left, is away until it is due, or has
 * taken part meanwhile (an alert that reached them told them the grade). Undefined when it stays with them.
 */
export function relieveModerator(plr: Plr, council: CouncilContext): Change<Plr> | undefined {
  const { moderation } = plr;
  if (moderation?.state !== 'drawn') return undefined;
  const why = whyRelieved(plr, moderation, council);
  if (why === undefined) return undefined;
  const moved = handOn(moderation, why, 'schedule', council.now);
  if (isRefusal(moved)) return undefined;
  const messages = [redrawForModerator(plr, moderation, 'handed-on')];
  return { state: { ...plr, moderation: moved }, did: 'relieved a moderator', messages };
}

function whyRelieved(
  plr: Plr,
  { moderatorId, dueOn, namedThoughAway }: DrawnModeration,
  council: CouncilContext,
): string | undefined {
  if (tookPart(plr, council).includes(moderatorId)) return 'Took part in this PLR, or heard of its alert.';
  if (!isHere(moderatorId, council)) return 'Has left.';
  if (namedThoughAway === true || !isAwayUntil(moderatorId, dueOn, council)) return undefined;
  return 'Away until it is due.';
}
