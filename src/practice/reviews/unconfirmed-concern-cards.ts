import { asAllocated, holderOf } from '../alerts/people-of-alert.js';
import type { CardContent } from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
import type { House } from '../council/house.js';
import type { Plr } from '../plr/plr.js';
import { personName, teamName, timeInWords } from '../council/words.js';
import { concernField, textOf } from '../forms/draft.js';
import type { DraftReview, UnconfirmedConcern } from '../plr/review.js';
import { isLastReminder } from './unconfirmed-concern.js';

export interface Button {
  readonly title: string;
  readonly style: 'positive' | 'default';
  readonly verb: string;
  readonly data: object;
}

/** Takes it back, on every card that shows it. */
export const noConcern = 'No, there is no concern';

export function unconfirmedInWords(concern: UnconfirmedConcern, house: House): string {
  return `${enteredInWords(concern, house)} Nobody has been told.`;
}

function enteredInWords({ since }: UnconfirmedConcern, { timeZone }: House): string {
  return `An immediate concern was entered here on ${timeInWords(since, timeZone)} and not confirmed.`;
}

/** How a concern that waited came out; nothing while one waits. */
export function settledInWords(draft: DraftReview): string {
  if (draft.unconfirmed !== undefined) return '';
  return textOf(draft, concernField) === 'yes'
    ? 'Confirmed: the team is told.'
    : 'There is no immediate concern, and nobody was told.';
}

/** A concern that nobody was told of, with whoever began it. Not a word of it: the card comes unasked. */
export function unconfirmedCard(plr: Plr, concern: UnconfirmedConcern, house: House): CardContent {
  const last = isLastReminder(concern) ? ' This is the last reminder.' : '';
  return {
    template: 'review/unconfirmed-concern',
    summary: 'A concern was entered and nobody has been told. Please look now',
    data: {
      ref: plr.ref,
      text: `${enteredInWords(concern, house)} If a child may be unsafe, tell the team now; if you cannot, ring them.${last}`,
      buttons: concernButtons(plr, concern),
    },
  };
}

/** For a QA lead, when whoever began it is not there to answer. */
export function standInCard(plr: Plr, concern: UnconfirmedConcern, house: House): CardContent {
  const who = personName(concern.by, house);
  return noticeCard(
    'Nobody has been told',
    `${enteredInWords(concern, house)} ${who}, who entered it, has left or is away. ${ringTheTeam(plr, house)}`,
  );
}

/** Whom to ring, and of which child: for the personal chats of those who have the PLR or oversee its alert. */
export function ringTheTeam(plr: Plr, house: House): string {
  const { practitionerId, teamId } = asAllocated(plr, house);
  const manager = holderOf('team-manager', plr, house);
  const managerInWords = manager === undefined ? '' : ` or ${personName(manager, house)} (Team Manager)`;
  return `If a child may be unsafe, ring the team now: ${personName(practitionerId, house)} (social worker)${managerInWords}, ${teamName(teamId, house)}. It is ${plr.ref}, case ${plr.caseRef}.`;
}

/** What that becomes. */
export function standInSettledCard({ ref }: Plr): CardContent {
  return noticeCard(
    'The concern is answered',
    `The immediate concern of ${ref} was confirmed or taken back. There is nothing for you to do here.`,
  );
}

/** To the confirmation, where the team is told; and back from it. */
export function concernButtons({ cycleId: cycle, ref }: Plr, { save }: UnconfirmedConcern): Button[] {
  return [
    { title: 'Go on to confirm it', style: 'positive', verb: 'review.open', data: { cycle, ref } },
    { title: noConcern, style: 'default', verb: 'review.no-concern', data: { cycle, ref, seen: save } },
  ];
}
