import { conversationKey } from './delivery/conversations.js';
import type { LedgerRow } from './delivery/outbox.js';
import type { House } from './practice/house.js';
import type { Recipient } from './practice/ports.js';
import type { TeamsTarget } from './teams/teams-messenger.js';

/** What Teams calls a recipient, from today's roster. */
export function targetOf(to: Recipient, house: House | undefined): TeamsTarget | undefined {
  if (house === undefined) return undefined;
  if ('person' in to) {
    const person = house.organisation.people.get(to.person);
    return person === undefined ? undefined : { person: person.aadObjectId };
  }
  if (to.channel === 'board') return house.boardChannel;
  const team = house.organisation.teams.get(to.team);
  if (team === undefined) return undefined;
  return {
    channel: to.channel === 'alert' ? team.alertChannelId : team.meetingChannelId,
    team: team.teamsTeamId,
  };
}

/** Which messages can be sent now that this person or channel can be reached, or is to be shown again what they have. */
export function waitsFor(key: string, again: boolean, house: House | undefined) {
  return ({ to, state }: LedgerRow): boolean => {
    const target = targetOf(to, house);
    if (target === undefined || !(state === 'undeliverable' || (again && state === 'delivered')))
      return false;
    return (
      key ===
      ('person' in target ? conversationKey.person(target.person) : conversationKey.channel(target.channel))
    );
  };
}
