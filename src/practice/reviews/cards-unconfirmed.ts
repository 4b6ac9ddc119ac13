import { asAllocated, holderOf } from '../alerts/people-of-alert.js';
import type { CardContent } from '../surface/feature.js';
import type { VerbName } from '../plr/names.js';
import { noticeCard } from '../surface/help.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Plr } from '../plr/plr.js';
import { nameToRing, personName, teamName, timeInWords, timeOfDay } from '../council/words.js';
import { dangers, type Danger, type WaitingAlert } from '../forms/dangers.js';
import { textOf } from '../forms/draft.js';
import { overInWords } from './words.js';
import { isClosed, type BegunAlert, type EndedReview } from '../plr/review.js';
import { draftOn, goesOutAt } from './part.js';

export interface Button {
  readonly title: string;
  readonly style: 'positive' | 'default' | 'destructive';
  readonly verb: VerbName;
  readonly data: object;
}

/** What a card that comes unasked calls it: of a grade it does not say which. */
const whatWords: Readonly<Record<Danger['because'], string>> = {
  'immediate-concern': 'An immediate concern',
  inadequate: 'An overall grade that tells the team',
};

/** Takes it back, on every card that shows it. */
export const takeBackTitles: Readonly<Record<Danger['because'], string>> = {
  'immediate-concern': 'No, there is no concern',
  inadequate: 'Take the grade back',
};

export function unconfirmedInWords(waiting: WaitingAlert, council: CouncilContext): string {
  return `${enteredInWords(waiting, council)} Nobody has been told. ${goesOutInWords(waiting, council)}`;
}

function enteredInWords({ danger, begun }: WaitingAlert, { timeZone }: CouncilContext): string {
  return `${whatWords[danger.because]} was entered here on ${timeInWords(begun.since, timeZone)} and not confirmed.`;
}

function goesOutInWords({ begun }: WaitingAlert, { timeZone }: CouncilContext): string {
  return `It goes out by itself at ${timeOfDay(goesOutAt(begun), timeZone)} unless it is taken back.`;
}

/** How the last that was begun came out; nothing while one waits. */
export function settledInWords(plr: Plr, council: CouncilContext): string {
  const draft = draftOn(plr);
  if (draft === undefined || dangers.some(({ kept }) => draft[kept] !== undefined)) return '';
  const last = plr.begun?.at(-1);
  if (last !== undefined) return endedInWords(last, council);
  // One that ended before this was kept.
  return textOf(draft, 'concern.immediate') === 'yes' ? confirmed : noConcern;
}

const confirmed = 'Confirmed: the team is told.';
const noConcern = 'There is no immediate concern, and nobody was told.';

function endedInWords({ because, end, endedAt }: BegunAlert, { timeZone }: CouncilContext): string {
  switch (end) {
    case 'confirmed':
      return confirmed;
    case 'taken-back':
      return because === 'immediate-concern' ? noConcern : 'The grade is taken back, and nobody was told.';
    case 'by-itself':
      return `It went out by itself on ${timeInWords(endedAt, timeZone)}: the team has been told.`;
  }
}

/** One that nobody was told of, with whoever began it. Not a word of it: the card comes unasked. */
export function unconfirmedCard(plr: Plr, waiting: WaitingAlert, council: CouncilContext): CardContent {
  const text = `${enteredInWords(waiting, council)} ${goesOutInWords(waiting, council)} If a child may be unsafe, tell the team now; if you cannot, ring them.`;
  return reminderCard(plr, text, waitingButtons(plr, waiting));
}

/** The same once the PLR is closed over it, and there is no form to answer it in. */
export function closedOverCard(
  plr: Plr,
  review: EndedReview,
  waiting: WaitingAlert,
  council: CouncilContext,
): CardContent {
  const text = `${overInWords(plr, review, council)} ${enteredInWords(waiting, council)} ${goesOutInWords(waiting, council)} ${ringTheTeam(plr, council)}`;
  return reminderCard(plr, text, waitingButtons(plr, waiting));
}

function reminderCard({ ref }: Plr, text: string, buttons: readonly Button[]): CardContent {
  return {
    template: 'review/unconfirmed-concern',
    summary: 'Please look now: nobody has been told yet of what was entered',
    data: { heading: 'Nobody has been told', colour: 'Attention', ref, text, buttons },
  };
}

/** For whoever began it: it went out, and what they can still do. */
export function wentOutNotice(plr: Plr, one: BegunAlert, council: CouncilContext): CardContent {
  const { timeZone } = council;
  const draft = draftOn(plr);
  const lacksWords = one.because === 'immediate-concern' && draft && textOf(draft, 'concern.what') === '';
  const text = [
    `${whatWords[one.because]} that you entered on ${timeInWords(one.since, timeZone)} went out by itself on ${timeInWords(one.endedAt, timeZone)}, because it was not taken back.`,
    lacksWords === true ? 'No words came with it: ring the team now and say what you know.' : '',
    'If it was a mistake, ring the team at once and say so.',
  ];
  const { cycleId: cycle, ref, review } = plr;
  const goOn: Button = {
    title: 'Go on with the review',
    style: 'positive',
    verb: 'review.open',
    data: { cycle, ref },
  };
  return {
    template: 'review/unconfirmed-concern',
    summary: 'The team has been told of what you entered',
    data: {
      heading: 'The team has been told',
      colour: 'Default',
      ref,
      text: text.filter((sentence) => sentence !== '').join(' '),
      buttons: review.state === 'draft' ? [goOn] : [],
    },
  };
}

/** For a QA lead, when whoever began it is not there to answer. */
export function standInCard(plr: Plr, waiting: WaitingAlert, council: CouncilContext): CardContent {
  const who = personName(waiting.begun.by, council);
  return noticeCard(
    'Nobody has been told',
    `${enteredInWords(waiting, council)} ${who}, who entered it, has left or is away. ${goesOutInWords(waiting, council)} ${ringTheTeam(plr, council)}`,
  );
}

/** Whom to ring, and of which child: for the personal chats of those who have the PLR or oversee its alert. */
export function ringTheTeam(plr: Plr, council: CouncilContext): string {
  const { practitionerId, teamId } = asAllocated(plr, council);
  const manager = holderOf('team-manager', plr, council);
  const managerInWords = manager === undefined ? '' : ` or ${nameToRing(manager, council)} (Team Manager)`;
  return `If a child may be unsafe, ring the team now: ${nameToRing(practitionerId, council)} (social worker)${managerInWords}, ${teamName(teamId, council)}. It is ${plr.ref}, case ${plr.caseRef}.`;
}

/** What that becomes. */
export function standInSettledCard({ ref }: Plr): CardContent {
  return noticeCard(
    'This is answered',
    `What waited on ${ref} was confirmed, taken back, or has gone out. There is nothing for you to do here.`,
  );
}

/** To the confirmation in the form, or at once where there is no form any more; and back from it. */
export function waitingButtons({ cycleId, ref, review }: Plr, { danger, begun }: WaitingAlert): Button[] {
  const address = { cycle: cycleId, ref };
  const data = { ...address, seen: begun.save };
  const confirm: Button = isClosed(review)
    ? { title: 'Tell the team now', style: 'positive', verb: 'review.tell-now', data }
    : { title: 'Go on to confirm it', style: 'positive', verb: 'review.open', data: address };
  const title = takeBackTitles[danger.because];
  return [confirm, { title, style: 'default', verb: 'review.no-concern', data }];
}

/** What was begun and taken back before anybody was told: it stays on the review. */
export function takenBackInWords({ begun = [] }: Plr, { timeZone }: CouncilContext): string[] {
  return begun
    .filter(({ end }) => end === 'taken-back')
    .map(
      ({ because, since, endedAt }) =>
        `${takenBackWords[because]}, entered on ${timeInWords(since, timeZone)} and taken back on ${timeInWords(endedAt, timeZone)}`,
    );
}

const takenBackWords: Readonly<Record<Danger['because'], string>> = {
  'immediate-concern': 'An immediate concern',
  inadequate: 'An overall grade of Inadequate',
};
