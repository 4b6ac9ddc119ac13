import type { CardContent } from '../practice/surface/feature.js';
import type { Message } from '../practice/plr/ports.js';
import type { Whereabouts } from './outbox.js';

/** How one attempt to send went, in delivery's own words: the Teams room translates Teams' answers. */
export type Attempt =
  | { readonly sent: Whereabouts }
  /** Teams will not take it, now or later, or (`untilInstalled`) before an install: it is listed for the operator. */
  | { readonly undeliverable: string; readonly untilInstalled?: true }
  /** Teams asks everyone to wait. */
  | { readonly throttledMs: number }
  /** Something passing: try again later. */
  | { readonly again: string }
  /** The card cannot be drawn, for anybody: nothing was asked of Teams. */
  | { readonly undrawable: unknown }
  /** The permit was refused: nothing more was asked of Teams. */
  | { readonly stopped: true };

/**
 * Asked immediately before each request to Teams. It waits for the pace, and is false when this process
 * may send no more.
 */
export type Permit = () => Promise<boolean>;

export interface Messenger {
  send(to: Message['to'], content: CardContent, permit: Permit): Promise<Attempt>;
  /** Whether they can be reached as far as we know now: an install may have come meanwhile. */
  mayBeReached(to: Message['to']): Promise<boolean>;
  redraw(where: Whereabouts, content: CardContent, permit: Permit): Promise<Attempt>;
}
