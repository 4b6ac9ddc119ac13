import type { PlannedAction } from '../plr/answers.js';
import { z } from 'zod';
import { instantAt, readDate, type Instant, type LocalDate } from '../base/time.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Call } from './decide-call.js';
import { givenBack, tooLongInWords } from '../council/words.js';
import type { SafetyStatement } from './decide-acknowledgement.js';
import { callAnswers, managerParts, safeties } from '../plr/alert.js';
import type { GripStatement } from './decide-grip.js';

/** What somebody typed into an alert's card, with what is wrong with it, beside each field. */
export interface AlertForm {
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, string>>;
}

export const emptyForm: AlertForm = { typed: {}, errors: {} };
const actionRows = [1, 2, 3] as const;
export const longest = 2_000;
const longestAction = 500;

const seen = z.object({ seen: z.coerce.number().int().catch(-1) }).catch({ seen: -1 });
const inputs = z.record(z.string(), z.unknown());

/** `saidSoFar` when the card was drawn; -1 for a card that does not say. */
export function seenIn(data: unknown): number {
  return seen.parse(data).seen;
}

/** Teams leaves an empty input out, so nothing typed and nothing sent are the same. */
function typedIn(data: unknown): Record<string, string> {
  const read = inputs.safeParse(data);
  const pairs = Object.entries(read.success ? read.data : {});
  return Object.fromEntries(
    pairs.flatMap(([id, value]) => (typeof value === 'string' ? [[id, value.trim()]] : [])),
  );
}

export function readSafety(data: unknown): SafetyStatement | AlertForm {
  const typed = typedIn(data);
  const details = typed['details'] ?? '';
  const safety = safeties.find((one) => one === typed['safety']);
  const errors: Record<string, string> = { ...tooLong('details', details, longest) };
  if (safety === undefined) errors['safety'] = 'Say whether the child is safe.';
  if (safety === 'made-safe' && details === '') errors['details'] = 'Say who made the child safe, and how.';
  if (safety === 'not-yet' && details === '') errors['details'] = 'Say what is being done, and by whom.';
  return safety === undefined || isAny(errors) ? { typed, errors } : { safety, details };
}

/** As in the acknowledgement, but never without a note. */
export function readRestatement(data: unknown): SafetyStatement | AlertForm {
  const read = readSafety(data);
  const { typed } = typedSoFar(data);
  if ((typed['details'] ?? '') !== '') return read;
  const errors = isForm(read) ? read.errors : {};
  return { typed, errors: { ...errors, details: 'Say what has changed, and how you know.' } };
}

export function readGrip(data: unknown, today: LocalDate): GripStatement | AlertForm {
  const typed = typedIn(data);
  const direction = typed['direction'] ?? '';
  const errors: Record<string, string> = { ...tooLong('direction', direction, longest) };
  if (direction === '') errors['direction'] = 'Say what must happen now, and why.';
  const actions = actionRows.flatMap((n): PlannedAction[] => {
    const read = readAction(typed, n, today);
    if (typeof read === 'string') errors[`action${n}`] = read;
    return typeof read === 'object' ? [read] : [];
  });
  if (actions.length === 0 && errors['action1'] === undefined)
    errors['action1'] = 'Write at least one action, with who does it and when it is due.';
  return isAny(errors) ? { typed, errors } : { direction, actions };
}

/** One row: an action, or what is wrong with it; undefined when the row is empty. */
function readAction(
  typed: Readonly<Record<string, string>>,
  n: number,
  today: LocalDate,
): PlannedAction | string | undefined {
  const what = typed[`what${n}`] ?? '';
  const dueOn = readDate(typed[`dueOn${n}`] ?? '');
  const owner = (['team-manager', 'practitioner'] as const).find((one) => one === typed[`owner${n}`]);
  if (what === '') return (typed[`dueOn${n}`] ?? '') === '' ? undefined : 'Say what is to be done.';
  if (what.length > longestAction) return tooLongInWords(what, longestAction);
  if (owner === undefined) return 'Choose who does it.';
  if (dueOn === undefined) return 'Choose the date by which it is done.';
  if (dueOn < today) return 'Choose a date that is not in the past.';
  return { what, owner, dueOn, keepsChildSafe: true };
}

/** A telephone call, made today or before: the time is the council's, to the minute. */
export function readCall(data: unknown, { now, timeZone }: CouncilContext): Call | AlertForm {
  const typed = typedIn(data);
  const details = typed['callDetails'] ?? '';
  const errors: Record<string, string> = { ...tooLong('callDetails', details, longest) };
  const as = (['practitioner', ...managerParts] as const).find((one) => one === typed['rang']);
  const answer = callAnswers.find((one) => one === typed['callAnswer']);
  const rangAt = timeTyped(typed['rangOn'] ?? '', typed['rangAt'] ?? '', timeZone);
  if (as === undefined) errors['rang'] = 'Choose whom you rang.';
  if (answer === undefined) errors['callAnswer'] = 'Choose what was said.';
  if (rangAt === undefined) errors['rangAt'] = 'Fill in the day and the time of the call.';
  else if (rangAt > now) errors['rangAt'] = 'Correct the time of the call: it has not come yet.';
  if (answer === 'made-safe' && details === '')
    errors['callDetails'] = 'Write who made the child safe, and how.';
  if (answer === 'not-yet' && details === '')
    errors['callDetails'] = 'Write what is being done, and by whom.';
  if (as === undefined || answer === undefined || rangAt === undefined || isAny(errors))
    return { typed, errors };
  return { as, answer, rangAt, details };
}

function timeTyped(day: string, time: string, timeZone: string): Instant | undefined {
  const date = readDate(day);
  return date === undefined || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)
    ? undefined
    : instantAt(date, time, timeZone);
}

/** A note that may be left out. */
export function readNote(data: unknown): { reason: string } | AlertForm {
  const typed = typedIn(data);
  const reason = typed['reason'] ?? '';
  const errors = tooLong('reason', reason, longest);
  return isAny(errors) ? { typed, errors } : { reason };
}

export function readReason(data: unknown): { reason: string } | AlertForm {
  const read = readNote(data);
  if (isForm(read) || read.reason !== '') return read;
  return { typed: typedIn(data), errors: { reason: 'Say why, so that it can be put right.' } };
}

export function isForm(value: object): value is AlertForm {
  return 'typed' in value;
}

/** What was typed so far, not checked yet: for one more action. */
export function typedSoFar(data: unknown): AlertForm {
  return { typed: typedIn(data), errors: {} };
}

/** What was typed into a card that is out of date. The child's safety has to be stated on what is known now. */
export function typedBefore(data: unknown): AlertForm {
  return { typed: { ...typedIn(data), safety: '' }, errors: {} };
}

/** What was typed, by the ids of the inputs: for a card that leads back to its form. */
export function carriedIn(data: unknown): Readonly<Record<string, string>> {
  const ids = [
    ...Object.values(textsOf).flat(),
    'safety',
    'rows',
    'rang',
    'rangOn',
    'rangAt',
    'callAnswer',
    ...actionRows.flatMap((n) => [`owner${n}`, `dueOn${n}`]),
  ];
  return Object.fromEntries(
    Object.entries(typedIn(data)).filter(([id, text]) => ids.includes(id) && text !== ''),
  );
}

/** What was typed into a form that the card no longer has. */
export function withoutForm({ typed }: AlertForm, asks: Readonly<Record<string, unknown>>): string {
  const ids = Object.entries(textsOf).flatMap(([form, texts]) => (asks[form] === true ? [] : texts));
  return givenBack(
    ids.map((id) => typed[id] ?? ''),
    longest,
  );
}

/** The inputs of each form, by what says in the card that it is there. */
export const inputsOfForm = {
  asksSafety: ['safety', 'details'],
  asksGrip: ['direction', ...actionRows.flatMap((n) => [`what${n}`, `owner${n}`, `dueOn${n}`])],
  asksWhy: ['reason'],
  asksCall: ['rang', 'rangOn', 'rangAt', 'callAnswer', 'callDetails'],
} as const satisfies Record<string, readonly string[]>;
export type AlertFormName = keyof typeof inputsOfForm;

const textsOf = {
  asksSafety: ['details'],
  asksGrip: ['direction', ...actionRows.map((n) => `what${n}`)],
  asksWhy: ['reason'],
  asksCall: ['callDetails'],
};

/** The rows to show: every one with something in it, as many as were asked for, and at least one. */
export function rowsShown({ typed, errors }: AlertForm): { rows: readonly number[]; another?: string } {
  const used = actionRows.filter(
    (n) =>
      [`what${n}`, `dueOn${n}`].some((id) => (typed[id] ?? '') !== '') || errors[`action${n}`] !== undefined,
  );
  const count = Math.max(1, Number(typed['rows'] ?? 1) || 1, ...used);
  const rows = actionRows.slice(0, count);
  return rows.length < actionRows.length ? { rows, another: String(rows.length + 1) } : { rows };
}

function tooLong(id: string, text: string, maxLength: number): Record<string, string> {
  return text.length > maxLength ? { [id]: tooLongInWords(text, maxLength) } : {};
}

function isAny(errors: Readonly<Record<string, string>>): boolean {
  return Object.keys(errors).length > 0;
}
