import type { CouncilContext } from '../council/council-context.js';
import { localDate } from '../base/time.js';
import type { Answers, FamilyFeedback, PlannedAction, SectionAnswer, Together } from '../plr/answers.js';
import { gradeIn, plannedActions } from '../forms/check-review.js';
import { formOf, textOf } from '../forms/draft.js';
import type { DraftReview } from '../plr/review.js';

/** The answers of a draft in which nothing is missing (`problemsOf` found nothing). */
export function readAnswers(draft: DraftReview, council: CouncilContext): Answers {
  const { sections } = formOf(draft, council);
  const grade = gradeIn(draft, 'overall.grade');
  return {
    sections: Object.fromEntries(sections.map(({ id }) => [id, sectionAnswer(draft, id)])),
    together: together(draft),
    family: familyFeedback(draft),
    concern: {
      immediate: textOf(draft, 'concern.immediate') === 'yes',
      what: textOf(draft, 'concern.what'),
    },
    ...(grade === undefined ? {} : { overall: { grade, reason: textOf(draft, 'overall.reason') } }),
    actions: plannedActions(draft).map((number) => plannedAction(draft, number)),
  };
}

function sectionAnswer(draft: DraftReview, id: string): SectionAnswer {
  const notApplicable = textOf(draft, `${id}.grade`) === 'not-applicable';
  const grade = notApplicable ? 'not-applicable' : gradeIn(draft, `${id}.grade`);
  return {
    ...(grade === undefined ? {} : { grade }),
    workingWell: textOf(draft, `${id}.working-well`),
    needsToImprove: textOf(draft, `${id}.to-improve`),
  };
}

function together(draft: DraftReview): Together {
  const tookPlace = textOf(draft, 'together.took-place') === 'yes';
  const on = textOf(draft, 'together.on');
  return {
    tookPlace,
    ...(tookPlace && on !== '' ? { on: localDate(on) } : {}),
    practitionersPart: textOf(draft, 'together.part'),
  };
}

function familyFeedback(draft: DraftReview): FamilyFeedback {
  const is = textOf(draft, 'family.is');
  const [what, why] = [textOf(draft, 'family.what'), textOf(draft, 'family.why')];
  return {
    is: is === 'given' || is === 'not-sought' ? is : 'sought-not-given',
    ...(what === '' ? {} : { what }),
    ...(why === '' ? {} : { why }),
  };
}

function plannedAction(draft: DraftReview, number: number): PlannedAction {
  const id = `actions.${number}`;
  return {
    what: textOf(draft, `${id}.what`),
    owner: textOf(draft, `${id}.owner`) === 'team-manager' ? 'team-manager' : 'practitioner',
    dueOn: localDate(textOf(draft, `${id}.due`)),
    keepsChildSafe: textOf(draft, `${id}.safe`) === 'yes',
  };
}
