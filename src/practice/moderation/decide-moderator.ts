import { Fault } from '../base/errors.js';
import type { PersonId, ServiceId } from '../base/ids.js';
import { isAbsent, isActive, type Organisation } from '../council/organisation.js';
import type { LocalDate } from '../base/time.js';
import type { WhyModerator, PassedOverBecause } from '../plr/moderation.js';

export interface ModeratorSearch {
  readonly serviceId: ServiceId;
  /** The author, the practitioner, and whoever helped to complete the PLR. */
  readonly tookPart: readonly PersonId[];
  /** How many moderations each has open now; somebody who is not named has none. */
  readonly openModerations: ReadonlyMap<PersonId, number>;
  readonly on: LocalDate;
  /** Those who have handed this moderation on, or were relieved of it. */
  readonly excused?: readonly PersonId[];
}

export type ModeratorChoice =
  | { readonly moderatorId: PersonId; readonly why: WhyModerator }
  | {
      readonly none: 'nobody-free';
      readonly passedOver: readonly { readonly personId: PersonId; readonly because: PassedOverBecause }[];
    };

/**
 * Who moderates (docs/domain.md, 4.4, 4.5): the link reviewer of the Service, unless they took part or are
 * away; then the link reviewer with the fewest open moderations, the lower id first among equals. "Nobody is
 * free" is an answer too, for the QA lead to deal with.
 * @throws Fault `unknown-service` when the roster does not know the Service.
 */
export function chooseModerator(organisation: Organisation, search: ModeratorSearch): ModeratorChoice {
  const service = organisation.services.get(search.serviceId);
  if (service === undefined) {
    throw new Fault('unknown-service', 'No such Service', { serviceId: search.serviceId });
  }
  const { linkReviewerId: own } = service;
  const because = own === undefined ? 'vacant' : passedOver(organisation, own, search);
  if (own !== undefined && because === undefined) {
    return { moderatorId: own, why: { is: 'link-reviewer-of-service' } };
  }
  const others = organisation
    .withRole('link-reviewer', search.on)
    .map(({ id }) => id)
    .filter((id) => id !== own);
  return fewestOpen(organisation, others, search, { personId: own, because: because ?? 'vacant' });
}

function fewestOpen(
  organisation: Organisation,
  others: readonly PersonId[],
  search: ModeratorSearch,
  own: { readonly personId: PersonId | undefined; readonly because: PassedOverBecause },
): ModeratorChoice {
  const judged = others.map((personId) => ({
    personId,
    because: passedOver(organisation, personId, search),
    open: search.openModerations.get(personId) ?? 0,
  }));
  const free = judged.filter(({ because }) => because === undefined);
  free.sort((a, b) => a.open - b.open || (a.personId < b.personId ? -1 : 1));
  const [first] = free;
  if (first === undefined) {
    const all = [own, ...judged].flatMap(({ personId, because }) =>
      personId === undefined || because === undefined ? [] : [{ personId, because }],
    );
    return { none: 'nobody-free', passedOver: all };
  }
  return {
    moderatorId: first.personId,
    why: {
      is: 'fewest-open',
      open: first.open,
      among: free.length,
      linkReviewerPassedOver: own.because,
    },
  };
}

function passedOver(
  organisation: Organisation,
  id: PersonId,
  search: ModeratorSearch,
): PassedOverBecause | undefined {
  const person = organisation.people.get(id);
  if (search.tookPart.includes(id)) return 'took-part';
  if (search.excused?.includes(id)) return 'excused';
  if (person === undefined || !isActive(person, search.on)) return 'not-active';
  return isAbsent(person, search.on) ? 'absent' : undefined;
}

const inWords: Readonly<Record<PassedOverBecause, string>> = {
  'took-part': 'took part in this PLR',
  excused: 'has been relieved of this moderation',
  absent: 'is away',
  'not-active': 'is not active now',
  vacant: 'is not named: the post is vacant',
};

export function explainModeratorChoice(choice: ModeratorChoice): string[] {
  if ('none' in choice) {
    return [
      'No link reviewer is free to moderate this PLR: the QA lead needs to name someone.',
      ...choice.passedOver.map(({ personId, because }) => `${personId} ${inWords[because]}.`),
    ];
  }
  const { why } = choice;
  if (why.is === 'link-reviewer-of-service') return ['Moderated by the link reviewer of the Service.'];
  return [
    `The link reviewer of the Service ${inWords[why.linkReviewerPassedOver]}.`,
    why.among === 1
      ? 'Moderated by the only other link reviewer free.'
      : `Moderated by the one with the fewest open moderations (${why.open}) of ${why.among} other link reviewers free.`,
  ];
}
