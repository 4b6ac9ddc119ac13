import type { CardContent } from '../practice/feature.js';
import type { InboundAction, Sender } from './inbound.js';

/** What the Teams room asks of the house: a card for each thing that can come in. `src/front-desk.ts` answers. */
export interface Reception {
  acted(action: InboundAction, sender: Sender): Promise<CardContent>;
  said(text: string, sender: Sender): Promise<CardContent>;
  /** The app was added here; the card is the welcome, none for a channel. */
  installed(sender: Sender): Promise<CardContent | undefined>;
  removed(sender: Sender): Promise<void>;
  /** Whether this tenant is the one that the bot serves. */
  serves(sender: Sender): boolean;
}
