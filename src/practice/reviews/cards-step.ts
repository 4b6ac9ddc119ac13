import type { CardContent } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Plr } from '../plr/plr.js';
import type { Problem } from '../forms/check-review.js';
import { dangerOf, dangerStep, dangerTitle } from '../forms/dangers.js';
import { answeredField, storedField, stepsOfDraft, summary, textOf } from '../forms/draft.js';
import { fieldsOfAction, type Choice, type ChoiceField, type Field, type Step } from '../forms/form-steps.js';
import { notAnswered, toEmpty } from '../forms/inputs.js';
import type { DraftReview } from '../plr/review.js';
import { fingerprint, type HeldBack } from './decide-step.js';
import { tooLongInWords } from '../council/words.js';
import { takeBackTitles } from './cards-unconfirmed.js';

export interface StepShown {
  /** A plain sentence above the step; empty when there is nothing to say. */
  readonly notice?: string;
  readonly heldBack?: readonly HeldBack[];
  /** Shown beside their fields once the person has asked to return the review. */
  readonly problems?: readonly Problem[];
  /** Where a confirmed save goes on to. */
  readonly goingTo?: string;
}

/** One step of the form, filled in with what was saved or typed: otherwise each redraw would empty the inputs. */
export function stepCard(
  plr: Plr,
  draft: DraftReview,
  step: Step,
  council: CouncilContext,
  shown: StepShown = {},
): CardContent {
  const { notice = '', heldBack = [], problems, goingTo = '' } = shown;
  const steps = stepsOfDraft(draft, council);
  const number = steps.findIndex(({ id }) => id === step.id) + 1;
  const fields = fieldsShown(step, draft);
  const tells = heldBack.filter(({ because }) => because === 'tells-the-team');
  const selfAssessment = step.id === 'together' ? (plr.selfAssessment?.text ?? '') : '';
  const data = {
    cycle: plr.cycleId,
    ref: plr.ref,
    step: step.id,
    saves: draft.saves,
    shown: fields.length,
    before: fields.map(({ id }) => fingerprint(storedField(draft, id).text)),
    checking: problems !== undefined,
    twice: heldBack.filter(({ because }) => because === 'saved-elsewhere').map(({ field }) => field),
  };
  const go = (then: string) => ({ ...data, then });
  const forward =
    tells.length > 0
      ? { title: 'Save and tell the team now', data: { ...go('confirmed'), confirmed: true, onTo: goingTo } }
      : problems === undefined
        ? { title: 'Next', data: go('next') }
        : { title: 'Save and check again', data: go('check') };
  return {
    template: 'review/step',
    summary: 'Practice Learning Review: your draft',
    data: {
      notice,
      hasNotice: notice !== '',
      progress: `${plr.ref}: ${number} of ${steps.length}`,
      title: step.title,
      help: step.help,
      selfAssessment,
      hasSelfAssessment: selfAssessment !== '',
      fields: fields.map((field) => fieldShown(field, draft, heldBack, problems ?? [], forward.title)),
      mayAdd: fields.length < step.fields.length,
      add: go('stay'),
      steps: [...steps.map(({ id, title }, at) => ({ value: id, title: `${at + 1}. ${title}` })), toSummary],
      go: go('go'),
      // A phone is as wide as two of them.
      rows: [
        { buttons: [{ ...forward, style: 'positive' }] },
        ...tells.flatMap(({ field }) => takeBackRow(field, go('no-concern'), goingTo)),
        {
          buttons: [
            ...(number > 1 ? [{ title: 'Back', style: 'default', data: go('back') }] : []),
            { title: 'Save and finish later', style: 'default', data: go('later') },
          ],
        },
        ...(step.id === dangerStep
          ? []
          : [{ buttons: [{ title: dangerTitle, style: 'destructive', data: go('danger') }] }]),
      ],
    },
  };
}

/** From a concern that is none they go on; a grade that is taken back they choose anew here. */
function takeBackRow(field: string, data: object, goingTo: string) {
  const danger = dangerOf(field);
  if (danger === undefined) return [];
  const onTo = danger.takenBackAs === '' ? '' : goingTo;
  const title = takeBackTitles[danger.because];
  return [{ buttons: [{ title, style: 'default', data: { ...data, onTo } }] }];
}

const toSummary: Choice = { value: summary, title: 'Check and return' };

/** All fields; for the actions, those that were filled in and one more. */
function fieldsShown({ id, fields }: Step, draft: DraftReview): readonly Field[] {
  if (id !== 'actions') return fields;
  const last = fields.findLastIndex((field) => textOf(draft, field.id) !== '');
  return fields.slice(0, (Math.floor(last / fieldsOfAction) + 2) * fieldsOfAction);
}

function fieldShown(
  field: Field,
  draft: DraftReview,
  heldBack: readonly HeldBack[],
  problems: readonly Problem[],
  forward: string,
) {
  const held = heldBack.find((one) => one.field === field.id);
  const stored = answeredField(draft, field.id).text;
  const error = held === undefined ? sayOf(field, problems) : sayHeldBack(held, field, forward);
  const twice = held?.because === 'saved-elsewhere';
  return {
    id: field.id,
    label: field.label,
    value: held?.typed ?? stored,
    error,
    hasError: error !== '',
    isExpanded: field.kind === 'choice' && field.shown === 'expanded',
    isCompact: field.kind === 'choice' && field.shown === 'compact',
    isText: field.kind === 'text',
    isMultiline: field.kind === 'text' && field.lines === 'many',
    isDate: field.kind === 'date',
    choices: field.kind === 'choice' ? choicesOf(field) : [],
    whenEmpty: field.kind === 'text' && stored !== '' ? toEmpty : '',
    twice,
    stored: twice ? inWords(field, stored) : '',
    keepId: `keep:${field.id}`,
    keepLabel: `Which do you keep for “${field.label}”?`,
  };
}

/** A list cannot be emptied again in every client, and an answer that is left out stays: so it can be taken back by name. */
function choicesOf({ choices, shown }: ChoiceField): readonly Choice[] {
  return shown === 'compact' ? [...choices, { title: 'Not answered', value: notAnswered }] : choices;
}

/**
 * Worded so that it is still true after the person has answered, because a card cannot remove it before they
 * press.
 */
function sayOf(field: Field, problems: readonly Problem[]): string {
  const missing = problems.filter((problem) => problem.field === field.id).map(({ say }) => say);
  const [first = '', ...others] = missing;
  if (first === '') return '';
  return ['Before you return this PLR:', `${first.charAt(0).toLowerCase()}${first.slice(1)}`, ...others].join(
    ' ',
  );
}

function sayHeldBack({ because, typed }: HeldBack, field: Field, forward: string): string {
  switch (because) {
    case 'too-long':
      return tooLongInWords(typed, field.kind === 'text' ? field.maxLength : 0);
    case 'not-a-choice':
      return 'This was not saved: choose one of these.';
    case 'not-a-date':
      return 'This was not saved: give a date.';
    case 'saved-elsewhere':
      return `After this card was drawn, something else was saved here from another card or device. Nothing is lost: both are below. Choose which to keep, then press “${forward}”.`;
    case 'tells-the-team':
      return `“${inWords(field, typed)}” is not confirmed yet.`;
  }
}

/** A stored answer as people say it. */
function inWords(field: Field, text: string): string {
  if (text === '') return '(nothing)';
  if (field.kind !== 'choice') return text;
  return field.choices.find(({ value }) => value === text)?.title ?? text;
}
