import { assertNever } from '../base/errors.js';
import { gradeInWords } from '../plr/grade.js';
import { explainModeratorChoice } from './decide-moderator.js';
import type { ModerationReason, Moderation } from '../plr/moderation.js';

/**
 * Why this PLR is moderated, and why by this moderator, for `plr cycle explain`. It can give the manager's
 * grade away, so it is for the operator and never for a card.
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

export function explainModerationDraw(reason: ModerationReason): string[] {
  switch (reason.why) {
    case 'inadequate':
      return [
        'Moderated because it was graded Inadequate: every Inadequate is moderated, besides the sample.',
      ];
    case 'chance-at-return':
      return [
        `Moderated by chance when it was returned: each PLR has a chance of ${reason.samplePercent}%.`,
        `The cycle’s seed gave this PLR ${reason.fraction.toFixed(4)}, and anything below ${(reason.samplePercent / 100).toFixed(2)} is drawn.`,
      ];
    case 'top-up':
      return [
        `Moderated to make up the sample ${reason.moment === 'close' ? 'when the cycle closed' : 'as returns came in'}.`,
        `The Service had ${reason.returned} returned; at least ${reason.samplePercent}%, rounded up, is ${reason.required}; ${reason.drawnBefore} had been drawn, Inadequate ones not counted.`,
        `Of the ${reason.ofGrade.returned} graded ${gradeInWords(reason.grade)}, ${reason.ofGrade.drawnBefore} had been drawn${reason.short === 'grade' ? ', which was short for that grade' : ', the furthest below its part of the sample'}.`,
        'Among those not yet drawn, this PLR came first in the order that the cycle’s seed gives.',
      ];
    default:
      return assertNever(reason);
  }
}
