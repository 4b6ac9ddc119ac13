import { isRefusal, refuse } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Person } from '../council/organisation.js';
import { completed, draftWith, emptyDraft, type BlindStep } from './blind-draft.js';
import { blindFormOf, originalGrades } from './blind-plr.js';
import { toManager } from './messages.js';
import { gradeBlind } from './decide-moderation.js';
import type { ModerationStep } from './step.js';

/** Keeps what there is of one page of the draft. */
export function saveBlind(given: BlindStep, council: CouncilContext): ModerationStep {
  return (plr, moderation) => {
    if (moderation.state !== 'drawn') return graded;
    const draft = draftWith(moderation.draft ?? emptyDraft, given, blindFormOf(plr, council).sections);
    if (isRefusal(draft)) return draft;
    return {
      state: { ...plr, moderation: { ...moderation, draft } },
      did: `drafted moderation of ${given.page}`,
      messages: [],
    };
  };
}

/** Gives the grades for good: from now on both are shown, and the manager is told. */
export function giveBlind(given: BlindStep, by: Person, council: CouncilContext): ModerationStep {
  return (plr, moderation) => {
    if (moderation.state !== 'drawn') return graded;
    const { sections } = blindFormOf(plr, council);
    const draft = draftWith(moderation.draft ?? emptyDraft, { ...given, page: 'overall' }, sections);
    if (isRefusal(draft)) return draft;
    const grades = completed(
      draft,
      sections.map(({ id }) => id),
    );
    if (isRefusal(grades)) return grades;
    const now = gradeBlind(moderation, by.id, grades, originalGrades(plr, council), council.now);
    if (isRefusal(now)) return now;
    return {
      state: { ...plr, moderation: now },
      did: 'gave moderated grades',
      messages: [toManager(plr, now.original.by)],
    };
  };
}

const graded = refuse('already-graded', 'You have already graded this PLR. The card now shows both grades.');
