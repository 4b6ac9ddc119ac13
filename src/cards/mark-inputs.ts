import { inputsMark, withInputs } from '../practice/forms/inputs.js';

type Part = Record<string, unknown>;

/** Sent with what was typed, by clients that send what was typed. */
const mark = {
  type: 'Input.Toggle',
  id: inputsMark,
  title: 'Sent along with this form',
  label: 'Sent along with this form',
  errorMessage: 'Leave this as it is',
  value: 'yes',
  valueOn: 'yes',
  isVisible: false,
};

/**
 * Marks a card that has inputs, and its buttons that bring them, so that a press whose inputs were lost on the way is
 * told from one on which nothing was typed (docs/decisions/0013).
 */
export function markInputs(card: { readonly body: object[] }): void {
  const parts = partsIn(card);
  if (!parts.some(isInput)) return;
  card.body.push(mark);
  for (const part of parts)
    if (bringsInputs(part))
      // What a template puts here may be shared with the data that the card was made of.
      part['data'] = { ...(part['data'] as object | undefined), [withInputs]: true };
}

function bringsInputs({ type, associatedInputs }: Part): boolean {
  return (type === 'Action.Execute' || type === 'Action.Submit') && associatedInputs !== 'none';
}

function isInput({ type }: Part): boolean {
  return typeof type === 'string' && type.startsWith('Input.');
}

/** Every part of a card that is shown: not what a button carries. */
function partsIn(part: unknown, found: Part[] = []): Part[] {
  if (Array.isArray(part)) for (const one of part) partsIn(one, found);
  else if (typeof part === 'object' && part !== null) {
    found.push(part as Part);
    for (const key in part) if (key !== 'data') partsIn((part as Part)[key], found);
  }
  return found;
}
