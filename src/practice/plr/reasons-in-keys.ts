import type { ActionId, TeamId } from '../base/ids.js';
import type { LocalDate } from '../base/time.js';
import {
  alertSteps,
  type ActionOccasion,
  type AlertStep,
  type CardName,
  type MessageReason,
  type ReasonFacts,
} from './message-reasons.js';

/** What is stored of a message that says nothing of why it was sent but its key. */
interface Keyed {
  readonly key: string;
  /** The partition of what it is about. */
  readonly partition: string;
  /** Whom it goes to; '' for a channel. */
  readonly person: string;
}

/** The cards that were sent when only the key said why. */
const readers: { readonly [Card in keyof ReasonFacts]?: (keyed: Keyed) => ReasonFacts[Card] } = {
  alert: ({ key }) => alertStepInKey(key),
  'alert-in-channel': ({ key }) => alertStepInKey(key),
  'alert-to-raiser': ({ key }) => alertStepInKey(key),
  action: ({ key }) => {
    const [, action = '', is = '', mark = ''] = key.split('.');
    return { action: action as ActionId, is: is as ActionOccasion['is'], mark };
  },
  'action-digest': ({ key, person }) => {
    const end = key.length - `.${person}`.length;
    return { week: key.slice(end - '2022-04-04'.length, end) as LocalDate };
  },
  'cycle-note': ({ key, partition, person }) => ({
    note: key.slice(`note.${partition}.`.length, -`.${person}`.length),
  }),
  'brief-nudge': ({ key }) => ({
    teamId: key.slice(key.indexOf('.nudge.') + '.nudge.'.length) as TeamId,
  }),
};

/**
 * Why a message was sent, from its key: rows from before messages carried their reason have nothing else. Keys are
 * taken apart nowhere but in this file (docs/decisions/0020).
 */
export function reasonInKey(card: CardName, keyed: Keyed): MessageReason {
  const read = (readers as Partial<Record<CardName, (keyed: Keyed) => unknown>>)[card];
  return (read === undefined ? { card } : { card, reason: read(keyed) }) as MessageReason;
}

/**
 * `alert.PLR-7K3M2Q.1.reminder-2.ash-manager`. One that cannot be read counts as the first news of the alert: it is
 * sent all the same.
 */
export function alertStepInKey(key: string): AlertStep {
  const [, name, number] = /^([a-z-]+?)(?:-(\d+))?$/.exec(key.split('.')[3] ?? '') ?? [];
  const is = alertSteps.find((step) => step === name) ?? 'raised';
  return number === undefined ? { is } : { is, number: Number(number) };
}
