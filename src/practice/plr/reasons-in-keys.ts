import type { ActionId, TeamId } from '../base/ids.js';
import type { LocalDate } from '../base/time.js';
import type { AlertStep, ActionOccasion, CardName, MessageReason, PlainCard } from './message-reasons.js';
import { alertSteps } from './message-reasons.js';

/** What is stored of a message that says nothing of why it was sent but its key. */
interface Keyed {
  readonly key: string;
  readonly card: string;
  /** The partition of what it is about. */
  readonly partition: string;
  /** The id of the person it goes to, if it goes to one. */
  readonly person: string;
}

/**
 * Why a message was sent, from its key: rows from before messages carried their reason have nothing else. Only they
 * are read so, and keys are taken apart nowhere else (docs/decisions/0020).
 */
export function reasonInKey({ key, card, partition, person }: Keyed): MessageReason {
  const name = card as CardName;
  const parts = key.split('.');
  switch (name) {
    case 'alert':
    case 'alert-in-channel':
    case 'alert-to-raiser':
      return { card: name, reason: alertStepInKey(key) };
    case 'action': {
      const [, action = '', is = '', mark = ''] = parts;
      return {
        card: name,
        reason: { action: action as ActionId, is: is as ActionOccasion['is'], mark },
      };
    }
    case 'action-digest':
      return { card: name, reason: { week: (parts.findLast((part) => /^\d{4}-\d\d-\d\d$/.test(part)) ?? '') as LocalDate } };
    case 'cycle-note':
      return { card: name, reason: { note: key.slice(`note.${partition}.`.length, -`.${person}`.length) } };
    case 'brief-nudge':
      return { card: name, reason: { teamId: key.slice(key.indexOf('.nudge.') + '.nudge.'.length) as TeamId } };
    default:
      return { card: name satisfies PlainCard };
  }
}

/**
 * `alert.PLR-7K3M2Q.1.reminder-2.ash-manager`. One that cannot be read counts as the first news of the alert: it is
 * sent all the same.
 */
export function alertStepInKey(key: string): AlertStep {
  const step = key.split('.')[3] ?? '';
  const is = alertSteps.find((name) => step === name || new RegExp(`^${name}-\\d+$`).test(step));
  if (is === undefined) return { is: 'raised' };
  return step === is ? { is } : { is, number: Number(step.slice(is.length + 1)) };
}
