import { monthInWords } from '../council/words.js';
import { parseCycleId } from '../plr/cycle.js';
import { chosenKinds } from '../plr/cycle-kind.js';

/** `April 2022`, or `Practice Week, care experienced, July 2022`. */
export function cycleInWords(id: string): string {
  const name = parseCycleId(id);
  if (name === undefined || name.kind === 'monthly') return monthInWords(id);
  return `${chosenKinds[name.kind].inWords}, ${name.topic.replaceAll('-', ' ')}, ${monthInWords(name.month)}`;
}
