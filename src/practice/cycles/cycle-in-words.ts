import { monthInWords } from '../council/words.js';
import { parseCycleId } from '../plr/cycle.js';

/** `April 2022`, or `Practice Week, care experienced, July 2022`. */
export function cycleInWords(id: string): string {
  const name = parseCycleId(id);
  if (name === undefined || name.kind === 'monthly') return monthInWords(id);
  const kind = name.kind === 'practice-week' ? 'Practice Week' : 'thematic review';
  return `${kind}, ${name.topic.replaceAll('-', ' ')}, ${monthInWords(name.month)}`;
}
