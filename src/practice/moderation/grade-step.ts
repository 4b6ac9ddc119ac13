import { raiseAlert } from '../alerts/raise-alert.js';
import { refuse } from '../errors.js';
import type { House } from '../house.js';
import type { Person } from '../organisation/organisation.js';
import type { Grade } from '../reviews/grade.js';
import type { SectionGrade } from './blind-grades.js';
import {
  emptyDraft,
  gradesOf,
  overallLimit,
  reasonLimit,
  stillToGrade,
  type BlindDraft,
} from './blind-draft.js';
import { formOf, originalGrades } from './blind-plr.js';
import { toManager } from './moderation-messages.js';
import { isNewlyInadequate } from './moderation-outcome.js';
import { gradeBlind } from './moderation.js';
import type { Step } from './moderation-step.js';

export interface BlindStep {
  /** A section's id, or `overall`. */
  readonly page: string;
  readonly grade?: SectionGrade | undefined;
  readonly reason: string;
}

/** Keeps one page of the draft as far as it has come. */
export function saveBlind(given: BlindStep, house: House): Step {
  return (plr, moderation) => {
    if (moderation.state !== 'drawn') return graded;
    const section = formOf(plr, house).sections.find(({ id }) => id === given.page);
    if (section === undefined && given.page !== 'overall') {
      return refuse('out-of-date', 'This page is not part of the form any more. Please go on from here.');
    }
    const limit = section === undefined ? overallLimit : reasonLimit;
    if (given.reason.length > limit) return tooLong(limit);
    if (given.grade === 'not-applicable' && section?.mayBeNotApplicable !== true) {
      return refuse('incomplete', 'This one has to have a grade. Choose one of the four.');
    }
    const draft = withPage(moderation.draft ?? emptyDraft, given);
    return {
      state: { ...plr, moderation: { ...moderation, draft } },
      did: `drafted moderation of ${given.page}`,
      messages: [],
    };
  };
}

/** Gives the grades for good: from here on both are shown, and the manager is told. */
export function giveBlind(given: BlindStep, by: Person, house: House): Step {
  return (plr, moderation) => {
    if (moderation.state !== 'drawn') return graded;
    if (given.reason.length > overallLimit) return tooLong(overallLimit);
    const sections = formOf(plr, house).sections.map(({ id }) => id);
    const draft = withPage(moderation.draft ?? emptyDraft, { ...given, page: 'overall' });
    const grades = gradesOf(draft, sections);
    if (grades === undefined || stillToGrade(draft, sections).length > 0) {
      return incomplete(draft, sections);
    }
    const now = gradeBlind(moderation, by.id, grades, originalGrades(plr, house), house.now);
    if ('refused' in now) return now;
    const told = toManager(plr, now.original.by);
    const moderated = { ...plr, moderation: now };
    const alerted = isNewlyInadequate(now)
      ? raiseAlert(moderated, 'inadequate', by.id, house)
      : { plr: moderated, messages: [] };
    return { state: alerted.plr, did: 'gave moderated grades', messages: [...alerted.messages, told] };
  };
}

function incomplete(draft: BlindDraft, sections: readonly string[]) {
  const open = stillToGrade(draft, sections);
  return refuse(
    'incomplete',
    open.includes('overall')
      ? 'Choose your overall grade and give the reason for it.'
      : 'Give a grade and a reason for each section, then give your grades again.',
  );
}

function withPage(draft: BlindDraft, { page, grade, reason }: BlindStep): BlindDraft {
  if (page !== 'overall') {
    const given = { ...(grade === undefined ? {} : { grade }), reason };
    return { ...draft, sections: { ...draft.sections, [page]: given } };
  }
  const { sections } = draft;
  return { sections, reason, ...(isOverall(grade) ? { overall: grade } : {}) };
}

function isOverall(grade: SectionGrade | undefined): grade is Grade {
  return grade !== undefined && grade !== 'not-applicable';
}

function tooLong(limit: number) {
  return refuse('too-long', `Your reason is too long. Keep it to ${limit} characters and save again.`);
}

const graded = refuse<'already-graded'>(
  'already-graded',
  'You have already graded this PLR. The card now shows both grades.',
);
