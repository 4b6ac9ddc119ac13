import type { Activity } from 'botbuilder';
import type { Cards } from '../cards/cards.js';
import type { CardContent } from '../practice/surface/feature.js';
import { CardFactory } from './sdk.js';

/** The card alone, with a summary: text beside a card is split into two messages and loses its id. */
export function cardActivity(content: CardContent, cards: Cards): Partial<Activity> {
  return {
    type: 'message',
    summary: content.summary,
    attachments: [CardFactory.adaptiveCard(cards.render(content))],
  };
}
