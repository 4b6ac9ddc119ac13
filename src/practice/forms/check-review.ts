import type { CouncilContext } from '../council/council-context.js';
import { localDate } from '../base/time.js';
import { waitingIn, type Danger } from './dangers.js';
import { formOf, textOf } from './draft.js';
import { riskSection, type FormSection } from '../council/form.js';
import { concern, fixedSteps, maxActions, type Needed, type Step } from './form-steps.js';
import { gradeInWords, grades, isBetter, type Grade } from '../plr/grade.js';
import type { DraftReview } from '../plr/review.js';

/** Something that keeps a review from being returned, and where to put it right. */
export interface Problem {
  readonly step: string;
  readonly field: string;
  /** What to do, in a sentence. */
  readonly say: string;
}

/** Everything that is missing or does not fit together, all at once (docs/domain.md, 4.2). */
export function problemsOf(draft: DraftReview, council: CouncilContext): Problem[] {
  const { sections } = formOf(draft, council);
  return [
    ...sections.flatMap((section) => sectionProblems(section, draft)),
    ...fixedSteps.flatMap((step) => (step === concern ? [] : neededProblems(step, draft))),
    ...togetherProblems(draft, council),
    ...unconfirmedProblems(draft),
    ...(draft.unconfirmed === undefined ? neededProblems(concern, draft) : []),
    ...overallProblems(draft),
    ...actionProblems(draft, council),
  ];
}

export function gradeIn(draft: DraftReview, field: string): Grade | undefined {
  const text = textOf(draft, field);
  return grades.find((grade) => grade === text);
}

function sectionProblems({ id, mayBeNotApplicable }: FormSection, draft: DraftReview): Problem[] {
  const grade = gradeIn(draft, `${id}.grade`);
  const notApplicable = textOf(draft, `${id}.grade`) === 'not-applicable';
  if (notApplicable && mayBeNotApplicable) return [];
  if (grade === undefined) return [problem(id, 'grade', 'Choose a grade.')];
  if (isGoodOrBetter(grade) || textOf(draft, `${id}.to-improve`) !== '') return [];
  return [problem(id, 'to-improve', `Say what needs to improve: you graded this ${gradeInWords(grade)}.`)];
}

function togetherProblems(draft: DraftReview, { today }: CouncilContext): Problem[] {
  const talked = textOf(draft, 'together.took-place') === 'yes';
  return talked && textOf(draft, 'together.on') > today
    ? [problem('together', 'on', 'This day is still to come: give the day you talked.')]
    : [];
}

/** What the fields of a step say that they need. */
function neededProblems({ id, fields }: Step, draft: DraftReview): Problem[] {
  return fields.flatMap((field) => {
    if (textOf(draft, field.id) !== '') return [];
    const holds = ({ when }: Needed) => when === undefined || textOf(draft, when[0]) === when[1];
    const needed = field.needed?.find(holds);
    return needed === undefined ? [] : [{ step: id, field: field.id, say: needed.say }];
  });
}

/** What nobody has been told of (docs/domain.md, 4.3). */
export function unconfirmedProblems(draft: DraftReview): Problem[] {
  return waitingIn(draft).map(({ danger: { step, field, because } }) => ({
    step,
    field,
    say: unconfirmedWords[because],
  }));
}

const unconfirmedWords: Readonly<Record<Danger['because'], string>> = {
  'immediate-concern':
    'You answered yes, and nobody has been told: tell the team, or say that there is no concern.',
  inadequate: 'You chose Inadequate, and nobody has been told: tell the team, or take the grade back.',
};

function overallProblems(draft: DraftReview): Problem[] {
  if (draft.unconfirmedGrade !== undefined) return [];
  const grade = gradeIn(draft, 'overall.grade');
  if (grade === undefined) return [problem('overall', 'grade', 'Choose an overall grade.')];
  if (textOf(draft, 'overall.reason') !== '') return [];
  const despiteRisk =
    isBetter(grade, 'requires_improvement') && gradeIn(draft, `${riskSection}.grade`) === 'inadequate';
  const say = despiteRisk
    ? `Risk and safeguarding is Inadequate: say why the overall grade is ${gradeInWords(grade)} all the same.`
    : 'Say why you chose this grade.';
  return [problem('overall', 'reason', say)];
}

function actionProblems(draft: DraftReview, council: CouncilContext): Problem[] {
  const numbers = plannedActions(draft);
  const grade = gradeIn(draft, 'overall.grade');
  if (numbers.length === 0 && grade !== undefined && !isGoodOrBetter(grade))
    return [problem('actions', '1.what', `Add at least one action: the grade is ${gradeInWords(grade)}.`)];
  return numbers.flatMap((number) => oneActionsProblems(number, draft, council));
}

function oneActionsProblems(number: number, draft: DraftReview, { today }: CouncilContext): Problem[] {
  const due = textOf(draft, `actions.${number}.due`);
  const rules: [boolean, string, string][] = [
    [textOf(draft, `actions.${number}.what`) === '', 'what', 'Say what will be done.'],
    [textOf(draft, `actions.${number}.owner`) === '', 'owner', 'Choose who will do it.'],
    [due === '', 'due', 'Choose the day by which it will be done.'],
    [due !== '' && localDate(due) < today, 'due', 'This day is past: choose today or a later day.'],
  ];
  return rules
    .filter(([broken]) => broken)
    .map(([, field, say]) => problem('actions', `${number}.${field}`, say));
}

/** The numbers of the actions in which something was typed. A day alone is none: it cannot be taken back. */
export function plannedActions(draft: DraftReview): number[] {
  const numbers = Array.from({ length: maxActions }, (_, index) => index + 1);
  return numbers.filter((number) =>
    ['what', 'owner'].some((field) => textOf(draft, `actions.${number}.${field}`) !== ''),
  );
}

function isGoodOrBetter(grade: Grade): boolean {
  return isBetter(grade, 'requires_improvement');
}

function problem(step: string, field: string, say: string): Problem {
  return { step, field: `${step}.${field}`, say };
}
