import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import { isHere } from '../council/staff.js';
import { may } from '../plr/plr-access.js';
import { plrKey, type Plr } from '../plr/plr.js';
import type { PlrPart } from '../plr/plr-kind.js';
import type { Message } from '../plr/ports.js';
import { isPurged } from '../plr/retention.js';
import type { Instant } from '../base/time.js';

/**
 * What was found is shared back (docs/domain.md, 4.2): the practitioner and the allocated Team Manager are told that
 * the review is returned, and later what came of its moderation. A review returned by an older version is not told of.
 */
export const sharingPart: PlrPart = {
  of: 'sharing',
  dueAt: (plr) => nextTelling(plr)?.at,
  whenDue: (plr, now, council) => {
    const next = nextTelling(plr);
    if (next === undefined || next.at > now) return undefined;
    const { told } = next;
    return {
      state: { ...plr, shared: { told } },
      did: `shared that it is ${told}`,
      messages: readersOf(plr, council).map((person) => sharedMessage(plr, told, person)),
    };
  },
};

interface Telling {
  readonly told: 'returned' | 'moderated';
  readonly at: Instant;
}

function nextTelling(plr: Plr): Telling | undefined {
  const { review, moderation, shared } = plr;
  if (review.state !== 'returned' || shared === undefined || isPurged(plr)) return undefined;
  if (shared.told === 'nothing') return { told: 'returned', at: review.returnedAt };
  if (shared.told === 'moderated') return undefined;
  if (moderation?.state === 'agreed') return { told: 'moderated', at: moderation.agreed.at };
  return moderation?.state === 'settled' ? { told: 'moderated', at: moderation.settled.at } : undefined;
}

/** Whoever reviewed it has it already. */
function readersOf(plr: Plr, council: CouncilContext): PersonId[] {
  const { people, teams } = council.organisation;
  const readers = new Set([plr.practitionerId, teams.get(plr.teamId)?.teamManagerId]);
  return [...readers].filter((id): id is PersonId => {
    const person = id === undefined ? undefined : people.get(id);
    if (person === undefined || person.id === plr.managerId || !isHere(person.id, council)) return false;
    return may(person, 'read shared review', plr, council);
  });
}

function sharedMessage({ cycleId, ref }: Plr, told: Telling['told'], person: PersonId): Message {
  return {
    key: `shared.${ref}.${told}.${person}`,
    to: { person },
    card: told === 'returned' ? 'review-shared' : 'review-moderated',
    about: plrKey(cycleId, ref),
    urgency: 'ordinary',
  };
}
