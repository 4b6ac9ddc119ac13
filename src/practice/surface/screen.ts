import { typedTexts } from '../base/typed-text.js';
import { arrivedIn, isPress } from '../forms/inputs.js';
import type { CardContent, Turn, Verb } from './feature.js';

/** Answers a press of a button: its texts through the door for texts, its inputs checked for having arrived. */
export async function answerPress({ answer, screen }: Verb, data: unknown, turn: Turn): Promise<CardContent> {
  const typed = typedTexts(data);
  if (screen === undefined || !isPress(typed)) return answer(typed, turn);
  const arrived = arrivedIn(typed, screen);
  if (arrived !== undefined) return answer(arrived, turn);
  return { ...(await screen.again.answer(typed, turn)), notice: nothingArrived };
}

export const nothingArrived =
  'Nothing arrived from the form, so nothing was changed. What was saved is still here: fill in the rest and press again. If it happens once more, use another device.';
