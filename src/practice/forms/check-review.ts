import type { CouncilContext } from '../council/council-context.js';
import { localDate } from '../base/time.js';
import { waitingIn, type Danger } from './dangers.js';
import { formOf, textOf } from './draft.js';
import { riskSection, type FormSection } from '../council/form.js';
import { maxActions } from './form-steps.js';
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
    ...togetherProblems(draft, council),
    ...familyProblems(draft),
    ...unconfirmedProblems(draft),
    ...concernProblems(draft),
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
  const tookPlace = textOf(draft, 'together.took-place');
  if (tookPlace === '') return [problem('together', 'took-place', 'Say whether you talked.')];
  const said = textOf(draft, 'together.part') !== '';
  if (tookPlace === 'no') return said ? [] : [problem('together', 'part', 'Say why you could not talk.')];
  const on = textOf(draft, 'together.on');
  return [
    ...(on === '' ? [problem('together', 'on', 'Say when you talked.')] : []),
    ...(on > today ? [problem('together', 'on', 'This day is still to come: give the day you talked.')] : []),
    ...(said ? [] : [problem('together', 'part', 'Say what the practitioner’s part was.')]),
  ];
}

function familyProblems(draft: DraftReview): Problem[] {
  const is = textOf(draft, 'family.is');
  if (is === '') return [problem('family', 'is', 'Say whether there is feedback.')];
  if (is === 'given' && textOf(draft, 'family.what') === '')
    return [problem('family', 'what', 'Say what the child or family told you.')];
  if (is === 'not-sought' && textOf(draft, 'family.why') === '')
    return [problem('family', 'why', 'Say why you did not ask.')];
  return [];
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

function concernProblems(draft: DraftReview): Problem[] {
  if (draft.unconfirmed !== undefined) return [];
  const immediate = textOf(draft, 'concern.immediate');
  if (immediate === '') return [problem('concern', 'immediate', 'Say yes or no.')];
  if (immediate === 'yes' && textOf(draft, 'concern.what') === '')
    return [problem('concern', 'what', 'Say what the concern is.')];
  return [];
}

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
