import { explainModeratorChoice } from './choose-moderator.js';
import { explainModerationDraw } from './moderation-draw.js';
import type { Moderation } from './moderation.js';

/**
 * Why this PLR is moderated, and why by this moderator, for `plr cycle explain`. It can tell the manager's
 * grade: it is for the operator, never for a card.
 */
export function explainModeration(moderation: Moderation | undefined): string[] {
  if (moderation === undefined) return ['Not drawn for moderation so far.'];
  const draw = explainModerationDraw(moderation.reason);
  if (moderation.state === 'awaiting-moderator') return [...draw, 'It waits for a moderator.'];
  const { chosen, moderatorId, reassignments } = moderation;
  const moves = reassignments.length;
  return [
    ...draw,
    ...(chosen === undefined
      ? ['Its moderator was named by the QA lead.']
      : explainModeratorChoice({ moderatorId, why: chosen })),
    ...(moves === 0 ? [] : [`It was passed on ${moves === 1 ? 'once' : `${moves} times`}.`]),
  ];
}
