import { Fault } from '../practice/base/errors.js';
import type { CardContent, Feature } from '../practice/surface/feature.js';
import { noticeCard } from '../practice/surface/help.js';

/** Of one list, so many are made at once: what is saved meanwhile waits behind no more than these. */
const maxAtOnce = 4;
/** So many wait for their turn, well within the three seconds that a person waits; a rush for one list puts off no other. */
const maxWaiting = 20;

/** Said by a button, it leaves the card where it is. */
const words =
  'Ask again in a minute: many people are asking for this list just now. Saving and alerts go on.';
export const busyCard: CardContent = {
  ...noticeCard('Ask again in a minute', words.replace('Ask again in a minute: many', 'Many')),
  fixedWords: true,
  inPassing: words,
};

/** Under load lists alone are put off: what changes anything, and what shows one thing, is always answered. */
export class ListsInHand {
  private readonly lines: ReadonlyMap<string, Line>;

  /** @throws Fault `no-such-list` when a feature names one that it does not have. */
  constructor(features: readonly Feature[]) {
    const names = features.flatMap((feature) => (feature.lists ?? []).map((name) => existing(name, feature)));
    this.lines = new Map(names.map((name) => [name, { inHand: 0, waiting: [] }]));
  }

  /** @param name a verb, or the first words of a command. */
  async answer(name: string, make: () => Promise<CardContent>): Promise<CardContent> {
    const line = this.lines.get(name);
    if (line === undefined) return make();
    if (line.inHand < maxAtOnce) line.inHand += 1;
    else if (line.waiting.length < maxWaiting) await new Promise<void>((go) => line.waiting.push(go));
    else return busyCard;
    try {
      return await make();
    } finally {
      handOn(line);
    }
  }
}

interface Line {
  /** How many are being made. */
  inHand: number;
  readonly waiting: (() => void)[];
}

/** The place goes to who has waited longest, if somebody waits. */
function handOn(line: Line): void {
  const next = line.waiting.shift();
  if (next === undefined) line.inHand -= 1;
  else next();
}

function existing(name: string, { verbs = {}, commands = [], standIns = [], welcome }: Feature): string {
  if (name === 'welcome' && welcome !== undefined) return name;
  if (name in verbs || [...commands, ...standIns].some(({ words }) => words[0] === name)) return name;
  throw new Fault('no-such-list', 'A feature names a list that it does not have.', { name });
}
