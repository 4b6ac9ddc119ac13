import type { Foundation } from '../../src/foundation.js';
import type { QueuedMessage } from '../../src/delivery/outbox.js';

/** Moments between a save and the delivery of what it caused, in their order. */
export const dyingMoments = {
  saved: 'after its save and before anything else',
  claimed: 'after its claim and before it is sent',
  answered: 'after Teams answered and before anything follows from it',
  followed: 'after what followed from it was saved and before the ledger has it',
} as const;
export type DyingMoment = keyof typeof dyingMoments;

export function isMoment(text: string | undefined): text is DyingMoment {
  return text !== undefined && text in dyingMoments;
}

/** This process kills itself (SIGKILL: nothing is tidied up) at that moment of the messages about `id`. */
export function dieAt(
  moment: DyingMoment,
  id: string,
  { outbox, services: { documents } }: Foundation,
): void {
  const claim = outbox.claim.bind(outbox);
  const finish = outbox.finish.bind(outbox);
  const change = documents.change.bind(documents);
  let isClaimed = false;

  outbox.claim = async (messages) => {
    const claimed = await claim(messages);
    isClaimed ||= claimed.some(isUrgent(id));
    if (isClaimed && moment === 'claimed') die();
    return claimed;
  };
  outbox.finish = async (ended) => {
    if (moment === 'followed' && ended.some(({ message }) => isUrgent(id)(message))) die();
    return finish(ended);
  };
  documents.change = async (kind, key, by, decide) => {
    if (moment === 'answered' && key.id === id && isClaimed) die();
    const changed = await change(kind, key, by, decide);
    if (moment === 'saved' && key.id === id && 'after' in changed && hasAlert(changed.after)) die();
    return changed;
  };
}

function hasAlert(state: unknown): boolean {
  return (state as { alert?: unknown }).alert !== undefined;
}

function isUrgent(id: string) {
  return ({ message }: QueuedMessage) => message.urgency === 'alert' && message.about.id === id;
}

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('It should be dead.');
}
