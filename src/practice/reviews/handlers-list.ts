import { mayIn, wholeCouncil } from '../council/access.js';
import { figuresLately } from '../plr/figures-in-hand.js';
import type { CardContent, Command, Turn } from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import { isOpen, plrKey, type Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import { compareText } from '../base/text-order.js';
import { dateInWords, timeInWords } from '../council/words.js';
import { isUnreturned, type PlrFigures } from '../plr/figures.js';
import { whereInWords } from './cards.js';
import { dangerStep, dangerTitle, type WaitingAlert } from '../forms/dangers.js';
import { waitingOn } from './part.js';
import { unconfirmedInWords, waitingButtons, type Button } from './cards-unconfirmed.js';

/** As many as read well on a phone. The open ones come first, and none of those is left out. */
const maxListed = 8;

/** "my reviews": where each of a person's PLRs stands, with a button to go on. */
export const myReviews: Command = {
  words: ['my reviews', 'reviews'],
  does: 'shows your reviews, when they are due, and where you left them',
  for: (actor, council) => mayIn(actor, 'list own reviews', wholeCouncil, council),
  answer: async (turn) => {
    const plrs = await reviewsOf(turn);
    return plrs.length === 0
      ? noticeCard(
          'You have no reviews',
          'When a Practice Learning Review is yours, it comes here as a card.',
        )
      : myReviewsCard(plrs, turn.actor.id, turn.council);
  },
};

/** The figures say whose a PLR is, without reading what anyone wrote; only those listed are read whole. */
async function reviewsOf(turn: Turn): Promise<Plr[]> {
  const { actor, documents } = turn;
  const mine = (await figuresLately(turn, turn.council))
    .filter(({ managerId, practitionerId, completer }) =>
      [managerId, practitionerId, completer].includes(actor.id),
    )
    .filter(({ source }) => source === 'bot')
    .sort(openFirst)
    .filter((plr, at) => at < maxListed || isUnreturned(plr));
  const plrs = await Promise.all(
    mine.map(({ cycleId, ref }) => documents.read(plrKind, plrKey(cycleId, ref))),
  );
  return plrs.filter((plr) => plr !== undefined);
}

function openFirst(a: PlrFigures, b: PlrFigures): number {
  if (isUnreturned(a) !== isUnreturned(b)) return isUnreturned(a) ? -1 : 1;
  return isUnreturned(a) ? compareText(a.dueOn, b.dueOn) : compareText(b.dueOn, a.dueOn);
}

export function myReviewsCard(plrs: readonly Plr[], me: PersonId, council: CouncilContext): CardContent {
  const waitingFirst = [...plrs].sort((a, b) => Number(waits(b, me)) - Number(waits(a, me)));
  return {
    template: 'review/my-reviews',
    summary: 'Your Practice Learning Reviews',
    data: { reviews: waitingFirst.map((plr) => row(plr, me, council)) },
  };
}

/** The practitioner must not know, since nobody has been told yet. */
function waitingFor(plr: Plr, me: PersonId): WaitingAlert[] {
  return fillsIn(plr, me) ? waitingOn(plr) : [];
}

function fillsIn({ managerId, qaCompletes }: Plr, me: PersonId): boolean {
  return managerId === me || qaCompletes?.decidedBy === me;
}

function waits(plr: Plr, me: PersonId): boolean {
  return waitingFor(plr, me).length > 0;
}

function row(plr: Plr, me: PersonId, council: CouncilContext) {
  const isMine = fillsIn(plr, me);
  const open = isOpen(plr);
  const waiting = waitingFor(plr, me);
  const [first] = waiting;
  const buttons = first === undefined ? usualButtons(plr, isMine) : waitingButtons(plr, first);
  return {
    title: isMine ? plr.ref : `${plr.ref}, a review with you`,
    stands: isMine ? stands(plr, council) : standsForPractitioner(plr, council),
    due: open ? dueInWords(plr, council) : '',
    isOpen: open,
    waits: first !== undefined,
    warning: waiting.map((one) => unconfirmedInWords(one, council)).join(' '),
    buttons,
    hasButton: buttons.length > 0,
  };
}

function usualButtons(plr: Plr, isMine: boolean): Button[] {
  const data = { cycle: plr.cycleId, ref: plr.ref };
  const isReturned = plr.review.state === 'returned';
  if (isReturned && !isMine)
    return [{ title: `Read ${plr.ref}`, style: 'default', verb: 'sharing.read', data }];
  if (!isOpen(plr) && !isReturned && !(isMine && plr.review.state === 'not-returned')) return [];
  const danger = { ...data, goTo: dangerStep };
  return isMine
    ? [
        { title: buttonOf(plr), style: 'default', verb: 'review.open', data },
        ...(isOpen(plr)
          ? [{ title: dangerTitle, style: 'destructive', verb: 'review.go', data: danger } as const]
          : []),
      ]
    : [{ title: 'Open your self-assessment', style: 'default', verb: 'review.self-assessment', data }];
}

function stands({ review }: Plr, council: CouncilContext): string {
  switch (review.state) {
    case 'assigned':
      return 'Not started yet.';
    case 'draft':
      return `You are at ${whereInWords(review, council)}. Last saved on ${timeInWords(review.savedAt, council.timeZone)}.`;
    case 'returned':
      return `Returned on ${timeInWords(review.returnedAt, council.timeZone)}.`;
    case 'exempt':
      return 'Exempted: there is nothing to do.';
    case 'redrawn':
      return 'Drawn again: there is nothing to do here.';
    case 'withdrawn':
      return 'Withdrawn: there is nothing to do.';
    case 'not-returned':
      return 'Not returned: its cycle has closed.';
  }
}

function standsForPractitioner(plr: Plr, council: CouncilContext): string {
  if (plr.review.state === 'returned') return stands(plr, council);
  if (!isOpen(plr)) return 'Closed.';
  return plr.selfAssessment === undefined
    ? 'You have not added a self-assessment.'
    : 'Your self-assessment is saved.';
}

function dueInWords({ dueOn }: Plr, { today }: CouncilContext): string {
  return dueOn < today ? `Was due on ${dateInWords(dueOn)}` : `Due on ${dateInWords(dueOn)}`;
}

function buttonOf({ ref, review }: Plr): string {
  if (review.state === 'assigned') return `Start ${ref}`;
  return review.state === 'draft' ? `Go on with ${ref}` : `Show ${ref}`;
}
