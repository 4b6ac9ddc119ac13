import type { CardContent } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Plr } from '../plr/plr.js';
import { dateInWords, timeInWords } from '../council/words.js';
import { plannedActions, problemsOf, unconfirmedProblems, type Problem } from '../forms/check-review.js';
import { dangerStep, dangerTitle } from '../forms/dangers.js';
import { answeredField, formOf, stepsOfDraft, textOf } from '../forms/draft.js';
import { sectionLabels, type ChoiceField, type Step } from '../forms/form-steps.js';
import type { DraftReview, ReturnedReview } from '../plr/review.js';
import { gradeInWords } from '../plr/grade.js';
import { takenBackInWords } from './cards-unconfirmed.js';

export interface SummaryShown {
  readonly notice?: string;
  /** What is missing is listed once the person has asked to return the review. */
  readonly checked?: boolean;
}

/** The whole draft at a glance, to check before it is returned: grades and the beginnings of texts. */
export function summaryCard(
  plr: Plr,
  draft: DraftReview,
  council: CouncilContext,
  shown: SummaryShown = {},
): CardContent {
  const { notice = '', checked = false } = shown;
  const problems = problemsOf(draft, council);
  const marked = checked ? problems : unconfirmedProblems(draft);
  const address = { cycle: plr.cycleId, ref: plr.ref };
  const steps = stepsOfDraft(draft, council);
  const numbers = new Map(steps.map(({ id }, at) => [id, at + 1]));
  const go = ({ id, title }: Step, does: string) => ({
    part: `${numbers.get(id)}. ${title}`,
    goThere: `${does} ${numbers.get(id)}`,
    go: { ...address, goTo: id, checking: true },
  });
  return {
    template: 'review/summary',
    summary: 'Practice Learning Review: check and return',
    data: {
      notice,
      hasNotice: notice !== '',
      progress: `${plr.ref}: check and return`,
      intro: whatReturningDoes,
      rows: steps.map((step) => ({ ...rowOf(step, draft), ...missingIn(step, marked) })),
      unfinished: unfinishedOf(steps, problems, draft).map(({ say, parts, does }) => ({
        say,
        parts: parts.map((step) => go(step, does)),
      })),
      steps: steps.map(({ id, title }, at) => ({ value: id, title: `${at + 1}. ${title}` })),
      address,
      giveBack: { ...address, saves: draft.saves },
      danger: { title: dangerTitle, data: { ...address, goTo: dangerStep } },
    },
  };
}

const whatReturningDoes =
  'Please check this together. You can change everything until you return it. Then the answers are final, and its actions begin.';

function missingIn({ id }: Step, problems: readonly Problem[]) {
  const missing = problems.filter(({ step }) => step === id).map(({ say }) => say);
  return { missing: missing.join(' '), isMissing: missing.length > 0 };
}

/** What keeps the review from being returned, part by part, before the person asks to return it. */
function unfinishedOf(steps: readonly Step[], problems: readonly Problem[], draft: DraftReview) {
  const parts = steps.filter(({ id }) => problems.some(({ step }) => step === id));
  const blank = parts.filter((step) => isBlank(step, draft));
  const begun = parts.filter((step) => !isBlank(step, draft));
  return [
    { does: 'Answer', parts: blank, say: `${counted(blank.length, 'is', 'are')} not answered yet:` },
    { does: 'Change', parts: begun, say: `${counted(begun.length, 'needs', 'need')} something more:` },
  ].filter((group) => group.parts.length > 0);
}

function isBlank({ fields: [first] }: Step, draft: DraftReview): boolean {
  return first === undefined || answeredField(draft, first.id).text === '';
}

function counted(count: number, one: string, several: string): string {
  return count === 1 ? `1 part ${one}` : `${count} parts ${several}`;
}

function rowOf(step: Step, draft: DraftReview) {
  const [first] = step.fields;
  if (step.id === 'actions') return row(step.title, planned(plannedActions(draft).length), []);
  const answer = first === undefined ? '' : answeredField(draft, first.id).text;
  const fields = step.fields.filter(({ kind }) => kind === 'text');
  const texts = fields.map(({ id, label }) => ({
    label: fields.length > 1 ? label : '',
    text: textOf(draft, id),
  }));
  const chosen = (first as ChoiceField | undefined)?.choices.find(({ value }) => value === answer)?.title;
  return row(step.title, chosen ?? 'not answered yet', texts);
}

function row(title: string, answer: string, texts: readonly { label: string; text: string }[]) {
  return {
    title: `${title}: `,
    answer,
    texts: texts
      .filter(({ text }) => text !== '')
      .map(({ label, text }) => ({ label: beforeText(label), text: beginning(text) })),
  };
}

function beforeText(label: string): string {
  if (label === '') return '';
  return label.endsWith('?') ? `${label} ` : `${label}: `;
}

function planned(count: number): string {
  return count === 0 ? 'none' : count === 1 ? '1 action' : `${count} actions`;
}

/** One line of a text. */
function beginning(text: string): string {
  const line = text.slice(0, 240).replace(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 79).trimEnd()}…` : line;
}

/** What was returned, read-only. */
export function returnedCard(
  plr: Plr,
  review: ReturnedReview,
  council: CouncilContext,
  notice = '',
): CardContent {
  const { answers, completedBy, returnedAt } = review;
  const { sections } = formOf(review, council);
  const grade = answers.overall === undefined ? '' : gradeInWords(answers.overall.grade);
  const { together, concern } = answers;
  const talked = together?.on === undefined ? 'not held' : `held on ${dateInWords(together.on)}`;
  return {
    template: 'review/returned',
    summary: 'Practice Learning Review: returned',
    data: {
      notice,
      hasNotice: notice !== '',
      title: completedBy === 'service' ? 'You returned this PLR' : 'The QA Service returned this PLR',
      facts: [
        { title: 'Reference', value: plr.ref },
        { title: 'Returned', value: timeInWords(returnedAt, council.timeZone) },
        { title: 'Overall grade', value: grade },
        { title: 'Immediate concern', value: concern?.immediate === true ? 'Yes' : 'No' },
        ...takenBackInWords(plr, council).map((value) => ({ title: 'Begun and taken back', value })),
        { title: 'Conversation', value: talked },
        { title: 'Actions', value: planned(answers.actions.length) },
      ],
      rows: sections.map(({ id, title }) => {
        const answer = answers.sections[id];
        const given = answer?.grade ?? 'not-applicable';
        return row(title, given === 'not-applicable' ? 'Not applicable' : gradeInWords(given), [
          { label: sectionLabels.workingWell, text: answer?.workingWell ?? '' },
          { label: sectionLabels.needsToImprove, text: answer?.needsToImprove ?? '' },
        ]);
      }),
    },
  };
}
