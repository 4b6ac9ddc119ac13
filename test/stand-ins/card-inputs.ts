import { isRecord, recordIn, textIn, type JsonRecord } from './json-record.js';

/** Input values by input id, as text, as Teams posts them. */
export type Inputs = Record<string, string>;

/** A title, or what only the wanted action answers to. */
export type WhichAction = string | ((action: JsonRecord) => boolean);

/** What a press would post. */
export interface Press {
  readonly type: 'Action.Execute' | 'Action.Submit';
  readonly verb: string | undefined;
  readonly title: string | undefined;
  readonly id: string | undefined;
  readonly data: JsonRecord;
}

// What a person cannot see or press: the action's own data, and what stands in for an unknown element.
const NOT_SHOWN = new Set(['data', 'fallback', 'refresh', 'authentication', 'msteams']);

function* shownIn(part: unknown): Generator<JsonRecord> {
  if (Array.isArray(part)) for (const one of part) yield* shownIn(one);
  if (!isRecord(part)) return;
  yield part;
  for (const [field, value] of Object.entries(part)) if (!NOT_SHOWN.has(field)) yield* shownIn(value);
}

const partsOf = (card: JsonRecord) => [...shownIn(card)];
const isInput = (part: JsonRecord) =>
  (textIn(part, 'type')?.startsWith('Input.') ?? false) && textIn(part, 'id') !== undefined;
const isPressable = (part: JsonRecord) =>
  part['type'] === 'Action.Execute' || part['type'] === 'Action.Submit';

function valueOf(input: JsonRecord): string {
  const value = input['value'];
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return input['type'] === 'Input.Toggle' ? (textIn(input, 'valueOff') ?? 'false') : '';
}

/** Each input of a card by its id, with the value it shows; an empty one is `''`. */
export function inputsOf(card: JsonRecord): Inputs {
  return valuesOf(partsOf(card).filter((part) => isInput(part) && !isHidden(part)));
}

const isHidden = (part: JsonRecord) => part['isVisible'] === false;
const valuesOf = (inputs: readonly JsonRecord[]): Inputs =>
  Object.fromEntries(inputs.map((input) => [textIn(input, 'id') ?? '', valueOf(input)]));

/** The titles of what can be pressed, in reading order. */
export function actionsOf(card: JsonRecord): string[] {
  return partsOf(card)
    .filter(isPressable)
    .map((action) => textIn(action, 'title') ?? textIn(action, 'verb') ?? '(no title)');
}

/**
 * What Teams posts when `typed` is filled in and the action pressed. Throws where a person would be stuck:
 * no such action or input, or a required input left empty.
 */
export function pressOf(card: JsonRecord, which: WhichAction, typed: Inputs = {}): Press {
  const action = findAction(card, which);
  const inputs = { ...inputsOf(card), ...typed };
  const unknown = Object.keys(typed).filter((id) => !(id in inputsOf(card)));
  if (unknown.length > 0) {
    const known = Object.keys(inputsOf(card)).join(', ') || 'none';
    throw new Error(`No input ${unknown.join(', ')}; there are: ${known}`);
  }
  const takesInputs = textIn(action, 'associatedInputs')?.toLowerCase() !== 'none';
  if (takesInputs) refuseEmptyRequired(card, inputs);
  // Teams leaves an empty input out altogether, and sends what is hidden.
  const hidden = valuesOf(partsOf(card).filter((part) => isInput(part) && isHidden(part)));
  const filled = Object.entries({ ...hidden, ...inputs }).filter(([, value]) => value !== '');
  return {
    type: action['type'] === 'Action.Submit' ? 'Action.Submit' : 'Action.Execute',
    verb: textIn(action, 'verb'),
    title: textIn(action, 'title'),
    id: textIn(action, 'id'),
    data: { ...recordIn(action, 'data'), ...(takesInputs && Object.fromEntries(filled)) },
  };
}

function findAction(card: JsonRecord, which: WhichAction): JsonRecord {
  const actions = partsOf(card).filter(isPressable);
  const wanted = actions.filter((action) =>
    typeof which === 'string' ? action['title'] === which : which(action),
  );
  const [action] = wanted;
  if (action && wanted.length === 1) return action;
  const name = typeof which === 'string' ? `“${which}”` : 'that';
  throw new Error(
    `${wanted.length} actions are ${name}; there are: ${actionsOf(card).join(' | ') || 'none'}`,
  );
}

function refuseEmptyRequired(card: JsonRecord, inputs: Inputs): void {
  const required = partsOf(card).filter((part) => isInput(part) && part['isRequired'] === true);
  const empty = required.map((input) => [input, textIn(input, 'id') ?? ''] as const).filter(isEmpty(inputs));
  if (empty.length === 0) return;
  throw new Error(`Teams keeps the card: ${empty.map(([, id]) => id).join(', ')} is required`);
}

/** A required toggle has to be on. */
const isEmpty =
  (inputs: Inputs) =>
  ([input, id]: readonly [JsonRecord, string]) =>
    input['type'] === 'Input.Toggle'
      ? inputs[id] !== (textIn(input, 'valueOn') ?? 'true')
      : inputs[id] === '';
