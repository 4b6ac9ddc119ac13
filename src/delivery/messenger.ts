import type { CardContent } from '../practice/surface/feature.js';
import type { Message } from '../practice/plr/ports.js';
import type { Failed } from './failures.js';
import type { Whereabouts } from './outbox.js';

/** How one attempt to send went, in delivery's own words: the Teams room translates Teams' answers. */
export type Attempt =
  | { readonly sent: Whereabouts }
  | { readonly failed: Failed }
  /** Teams asks everyone to wait. */
  | { readonly throttledMs: number }
  /** The permit was refused: nothing more was asked of Teams. */
  | { readonly stopped: true };

/**
 * Asked immediately before each request to Teams. It waits for the pace, and is false when this process
 * may send no more.
 */
export type Permit = () => Promise<boolean>;

export interface Messenger {
  send(to: Message['to'], content: CardContent, permit: Permit): Promise<Attempt>;
  redraw(where: Whereabouts, content: CardContent, permit: Permit): Promise<Attempt>;
}
