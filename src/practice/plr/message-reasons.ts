import type { ActionId, TeamId } from '../base/ids.js';
import type { LocalDate } from '../base/time.js';
import { rungIds } from '../council/ladder.js';
import type { ActionStage } from './action.js';
import type { PlainCard } from './names.js';

/**
 * Every card that a message may bring, named for why it is sent. Those in `ReasonFacts` say more of that than their
 * name: a message carries it, so that nobody has to read it out of a key.
 */
export type CardName = PlainCard | keyof ReasonFacts;

export interface ReasonFacts {
  readonly alert: AlertStep;
  readonly 'alert-in-channel': AlertStep;
  readonly 'alert-to-raiser': AlertStep;
  readonly action: ActionOccasion;
  readonly 'action-digest': { readonly week: LocalDate };
  readonly 'cycle-note': { readonly note: string };
  readonly 'brief-nudge': { readonly teamId: TeamId };
}

/** Why a message is sent: its card, and what that card says besides. */
export type MessageReason = Plain | { [Card in keyof ReasonFacts]: Telling<Card> }[keyof ReasonFacts];

export type ReasonOf<Card extends CardName> = Card extends keyof ReasonFacts ? Telling<Card> : Plain;

interface Plain {
  readonly card: PlainCard;
  readonly reason?: never;
}

interface Telling<Card extends keyof ReasonFacts> {
  readonly card: Card;
  readonly reason: ReasonFacts[Card];
}

/** What an alert tells somebody of; it climbs to the part that a step is called after. */
export const alertSteps = [
  ...['raised', 'raiser', 'second-reason', ...rungIds, 'nobody-left', 'unheard', 'breach', 'not-yet-safe'],
  ...['acknowledged', 'restated', 'gripped', 'back', 'follows', 'instead', 'reminder', 'reworded', 'denied'],
] as const;

export interface AlertStep {
  readonly is: (typeof alertSteps)[number];
  /** Of a step that may come again. */
  readonly number?: number;
}

/** Why somebody gets a new card of an action. */
export type ActionNews =
  'given' | 'reassigned' | 'reopened' | 'to-verify' | 'owner-not-reached' | ActionStage;

export interface ActionOccasion {
  readonly action: ActionId;
  /** Besides news: a card redrawn in its place, one that gave way to a newer card, one that says it has gone. */
  readonly is: ActionNews | 'redrawn' | 'replaced' | 'moved';
  /** The action’s version, or the date that a reminder is about. */
  readonly mark: string;
}
