import type { CardContent, Press, Screen, Turn, Verb } from './feature.js';
import { typedTexts } from './typed-text.js';

/**
 * An input that nobody sees, on every screen that has inputs (`cards.ts`). Clients leave out what is empty, so without
 * it a screen on which nothing was typed could not be told from one whose inputs were lost on the way.
 */
export const inputsMark = 'inputs-arrived';

/** On each button that brings the inputs of its card: a card that came unasked may have the same button, and no inputs. */
export const withInputs = 'with-inputs';

/** The value of the choice that takes a single choice back: one left out stays as it was saved. */
export const notAnswered = 'not-answered';

/** In a text that is saved, for whoever has just emptied it: an empty one is left out, and so stays as it was saved. */
export const toEmpty = 'To remove what is saved here, type a space';

/** Answers a press of a button: its texts through the door for texts, its inputs checked for having arrived. */
export async function answerPress({ answer, screen }: Verb, data: unknown, turn: Turn): Promise<CardContent> {
  const typed = typedTexts(data);
  if (screen === undefined || !isPress(typed)) return answer(typed, turn);
  const arrived = arrivedIn(typed, screen);
  if (arrived !== undefined) return answer(arrived, turn);
  return { ...(await screen.again(typed, turn)), notice: nothingArrived };
}

export const nothingArrived =
  'Nothing arrived from the form, so nothing was changed. What was saved is still here. Please fill in the rest and press again.';

/**
 * The press with each of its screen's inputs as text: what is no text counts as absent, and is left out. Undefined
 * when nothing arrived from the screen at all.
 */
export function arrivedIn(press: Press, screen: Screen): Press | undefined {
  const inputs = typeof screen.inputs === 'function' ? screen.inputs(press) : screen.inputs;
  const { [inputsMark]: mark, [withInputs]: had, ...rest } = press;
  if (had !== true && screen.mayBeBare === true) return rest;
  const arrived: Record<string, unknown> = { ...rest };
  for (const id of inputs) {
    const value = arrived[id];
    if (typeof value !== 'string') delete arrived[id];
    else if (value.trim() === '') arrived[id] = '';
  }
  const came = inputs.some((id) => id in arrived);
  if (inputs.length > 0 && !came && typeof mark !== 'string') return undefined;
  for (const id of screen.several ?? []) if (inputs.includes(id)) arrived[id] ??= '';
  return arrived;
}

function isPress(data: unknown): data is Press {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
