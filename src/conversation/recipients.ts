import { conversationKey } from '../delivery/conversations.js';
import type { LedgerRow, Outbox } from '../delivery/outbox.js';
import type { CouncilContext } from '../practice/council/council-context.js';
import type { Partitions, Recipient } from '../practice/plr/ports.js';
import type { TeamsTarget } from '../teams/teams-messenger.js';

/** What Teams calls a recipient, from today's roster. */
export function targetOf(to: Recipient, council: CouncilContext | undefined): TeamsTarget | undefined {
  if (council === undefined) return undefined;
  if ('person' in to) {
    const person = council.organisation.people.get(to.person);
    return person === undefined ? undefined : { person: person.aadObjectId };
  }
  if (to.channel === 'board') return council.boardChannel;
  const team = council.organisation.teams.get(to.team);
  if (team === undefined) return undefined;
  return {
    channel: to.channel === 'alert' ? team.alertChannelId : team.meetingChannelId,
    team: team.teamsTeamId,
  };
}

interface Waiting {
  readonly registry: Pick<Partitions, 'active'>;
  readonly outbox: Pick<Outbox, 'requeue' | 'release'>;
  readonly council: () => CouncilContext | undefined;
}

/**
 * Puts what was waiting for a person or channel back on the outbox, and has it sent; with `again`, also what they had
 * before.
 */
export function reachableWith(
  { registry, outbox, council }: Waiting,
  saved: (what: { partition: string; messages: number; dueAt: undefined }) => void,
) {
  return async (key: string, again: boolean): Promise<void> => {
    const ended = again ? (['undeliverable', 'delivered'] as const) : (['undeliverable'] as const);
    const isForThem = waitsFor(key, council());
    for (const partition of await registry.active()) {
      await outbox.requeue(partition, ended, isForThem);
      await outbox.release(partition, ({ to }) => isForThem({ to, state: 'undeliverable' }));
    }
    saved({ partition: 'reached', messages: 1, dueAt: undefined });
  };
}

/**
 * Which messages are for this person or channel, and can be sent now that it can be reached. Teams reports an
 * install in a team once, in General, so what could not be delivered to the team's other channels waits for
 * that too.
 */
function waitsFor(key: string, council: CouncilContext | undefined) {
  return ({ to, state }: Pick<LedgerRow, 'to' | 'state'>): boolean => {
    const target = targetOf(to, council);
    if (target === undefined) return false;
    if ('person' in target) return key === conversationKey.person(target.person);
    if (key === conversationKey.channel(target.channel)) return true;
    return key === conversationKey.channel(target.team) && state === 'undeliverable';
  };
}
