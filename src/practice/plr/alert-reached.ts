import {
  climbedTo,
  entries,
  inThisRound,
  mustAct,
  type Addressee,
  type AlertFacts,
  type ManagerPart,
  type Sent,
} from './alert.js';

/** What became of a message of this alert, as far as is known. */
export function outcomeOf(alert: AlertFacts, key: string): 'sent' | 'delivered' | 'undeliverable' {
  return entries(alert, 'delivered', 'undeliverable').findLast((entry) => entry.key === key)?.is ?? 'sent';
}

/** What was sent in this round and has arrived, or still may. */
export function notLost(alert: AlertFacts): Sent[] {
  return inThisRound(alert, 'sent').filter(({ key }) => outcomeOf(alert, key) !== 'undeliverable');
}

/** Whether anybody who must act has it, or may still get it. */
export function hasReachedSomebody(alert: AlertFacts): boolean {
  return notLost(alert).some(({ as }) => mustAct(as));
}

/** Whether the last message to whoever has this part could not be brought to them. */
export function isLost(alert: AlertFacts, as: Addressee): boolean {
  const last = inThisRound(alert, 'sent').findLast((entry) => entry.as === as);
  return last !== undefined && outcomeOf(alert, last.key) === 'undeliverable';
}

/** The social worker, if today's has it or may still get it. */
export function workerTold(alert: AlertFacts): ['practitioner'] | [] {
  const last = inThisRound(alert, 'sent', 'away').findLast(({ as }) => as === 'practitioner');
  return last?.is === 'sent' && !isLost(alert, 'practitioner') ? ['practitioner'] : [];
}

/** The Team Manager and the rungs to which it climbed, divided by whether they have it, or may still get it. */
export function managersAsked(alert: AlertFacts): { reached: ManagerPart[]; missed: ManagerPart[] } {
  const parts = new Set(notLost(alert).map(({ as }) => as));
  const asked = ['team-manager', ...climbedTo(alert)] as const;
  return {
    reached: asked.filter((part) => parts.has(part)),
    missed: asked.filter((part) => !parts.has(part)),
  };
}
