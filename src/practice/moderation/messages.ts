import type { CouncilContext } from '../council/council-context.js';
import type { PersonId, PlrRef } from '../base/ids.js';
import { qaLeads } from '../council/staff.js';
import { plrKey, type Plr } from '../plr/plr.js';
import type { PlainCard } from '../plr/names.js';
import type { Message } from '../plr/ports.js';
import type { Moderation } from '../plr/moderation.js';

type Addressed = Pick<Plr, 'ref' | 'cycleId'>;

/** Brings a PLR to its moderator. Somebody who gets it back after handing it on gets a new card. */
export function toModerator(
  plr: Addressed,
  moderation: Moderation & { readonly moderatorId: PersonId },
): Message {
  return message(plr, moderatorKey(moderation), moderation.moderatorId, 'moderation');
}

/** Redraws the moderator's card as the state is now. `fact` names what has changed. */
export function redrawForModerator(
  plr: Addressed,
  moderation: Moderation & { readonly moderatorId: PersonId },
  fact: string,
): Message {
  const redraws = moderatorKey(moderation);
  return { ...message(plr, `${redraws}.${fact}`, moderation.moderatorId, 'moderation'), redraws };
}

function moderatorKey(moderation: Moderation & { readonly moderatorId: PersonId }): string {
  return `moderation.${moderation.ref}.${moderation.moderatorId}.${moderation.reassignments.length}`;
}

/** Shows the manager both grades. */
export function toManager(plr: Addressed, manager: PersonId): Message {
  return message(plr, managerKey(plr.ref), manager, 'moderated');
}

export function redrawForManager(plr: Addressed, manager: PersonId, fact: string): Message {
  const redraws = managerKey(plr.ref);
  return { ...message(plr, `${redraws}.${fact}`, manager, 'moderated'), redraws };
}

function managerKey(ref: PlrRef): string {
  return `moderated.${ref}`;
}

/** A new card for somebody who has to notice a fact: redrawing an older card would not do. */
export function toPerson(plr: Addressed, fact: string, person: PersonId, card: PlainCard): Message {
  return message(plr, `${fact}.${plr.ref}.${person}`, person, card);
}

export function toQaLeads(plr: Addressed, fact: string, card: PlainCard, council: CouncilContext): Message[] {
  return qaLeads(council).map((id) => toPerson(plr, fact, id, card));
}

export function redrawForQaLeads(
  plr: Addressed,
  earlier: string,
  fact: string,
  card: PlainCard,
  council: CouncilContext,
): Message[] {
  return toQaLeads(plr, earlier, card, council).map((first) => ({
    ...first,
    key: `${first.key}.${fact}`,
    redraws: first.key,
  }));
}

function message(plr: Addressed, key: string, person: PersonId, card: PlainCard): Message {
  return { key, to: { person }, card, about: plrKey(plr.cycleId, plr.ref), urgency: 'ordinary' };
}
