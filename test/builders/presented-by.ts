import type { Feature, Presenter } from '../../src/practice/surface/feature.js';

/** How a feature draws a card, for a message of whatever kind. */
export function presentedBy({ presenters = {} }: Feature, card: string): Presenter<unknown> {
  const found = (presenters as Readonly<Record<string, Presenter<unknown>>>)[card];
  if (found === undefined) throw new Error(`nobody draws ${card}`);
  return found;
}

/** Cards that only tests have. */
export function cardsOfTests(presenters: Readonly<Record<string, Presenter<unknown>>>): object {
  return presenters;
}
