import type { PlrFigures } from './figures.js';
import type { Grade } from './grade.js';
import { dateAt } from '../base/time.js';
import type { Moderation } from './moderation.js';
import { gradesGiven, isShown } from './moderation-outcome.js';

/** What moderation adds to a PLR's figures: each grade that was given, and where it stands. */
export function figuresOfModeration(
  original: Grade | undefined,
  moderation: Moderation | undefined,
  timeZone: string,
): Pick<PlrFigures, 'grades' | 'moderation' | 'moderating'> {
  const given = original === undefined ? {} : { original };
  if (moderation === undefined) return { grades: given };
  const { state, dueOn } = moderation;
  const feedback = isShown(moderation) ? moderation.feedback : undefined;
  return {
    grades: { ...given, ...gradesGiven(moderation) },
    moderation: state === 'awaiting-moderator' ? 'drawn' : state,
    moderating: {
      ...(state === 'awaiting-moderator' ? {} : { by: moderation.moderatorId }),
      dueOn,
      ...(feedback === undefined ? {} : { feedbackOn: dateAt(feedback.at, timeZone) }),
    },
  };
}
