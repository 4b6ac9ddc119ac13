import { Fault } from './practice/base/errors.js';
import type { CardContent, Feature } from './practice/surface/feature.js';
import { noticeCard } from './practice/surface/help.js';

/**
 * Of one list, so many are made at once: as many as are answered well within the three seconds that a person waits.
 * What is saved does not wait behind more of them, and a rush for one list puts off no other.
 */
const mostOfOneList = 24;

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
  /** How many of each are being made. */
  private readonly inHand: Map<string, number>;

  /** @throws Fault `no-such-list` when a feature names one that it does not have. */
  constructor(features: readonly Feature[]) {
    const names = features.flatMap((feature) => (feature.lists ?? []).map((name) => existing(name, feature)));
    this.inHand = new Map(names.map((name) => [name, 0]));
  }

  /** @param name a verb, or the first words of a command. */
  async answer(name: string, make: () => Promise<CardContent>): Promise<CardContent> {
    const inHand = this.inHand.get(name);
    if (inHand === undefined) return make();
    if (inHand >= mostOfOneList) return busyCard;
    this.count(name, 1);
    try {
      return await make();
    } finally {
      this.count(name, -1);
    }
  }

  private count(name: string, more: 1 | -1): void {
    this.inHand.set(name, (this.inHand.get(name) ?? 0) + more);
  }
}

function existing(name: string, { verbs = {}, commands = [] }: Feature): string {
  if (name in verbs || commands.some(({ words }) => words[0] === name)) return name;
  throw new Fault('no-such-list', 'A feature names a list that it does not have.', { name });
}
