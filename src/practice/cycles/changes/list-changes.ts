import type { CardContent, Turn } from '../../surface/feature.js';
import type { CouncilContext } from '../../council/council-context.js';
import { isHere } from '../../council/staff.js';
import { isUnreturned, type PlrFigures } from '../../plr/figures.js';
import { compareText } from '../../base/text-order.js';
import { dateInWords, personName } from '../../council/words.js';
import { figuresInHand } from '../../plr/figures-in-hand.js';
import { wishWords } from './change-cards.js';

const shownAtMost = 15;

/** What waits for a QA lead, by due date: what managers have asked for, and reviews whose people have left. */
export async function listChanges(turn: Turn): Promise<CardContent> {
  const { council } = turn;
  const waiting = (await figuresInHand(turn)).filter(isUnreturned).flatMap((one) => {
    const why = whyItWaits(one, council);
    return why === undefined ? [] : [{ one, why }];
  });
  waiting.sort((a, b) => compareText(a.one.dueOn, b.one.dueOn));
  const rows = waiting.slice(0, shownAtMost).map(({ one: { cycleId, ref, dueOn }, why }) => ({
    cycle: cycleId,
    ref,
    text: `${why} ${dueOn < council.today ? 'Was due' : 'Due'} on ${dateInWords(dueOn)}.`,
  }));
  const count = waiting.length === 0 ? 'Nothing waits' : `${waiting.length} to decide`;
  const more = waiting.length > rows.length ? ` The first ${rows.length} are shown.` : '';
  return {
    template: 'cycle/changes',
    summary: 'Changes to reviews that wait for a decision',
    data: {
      intro: `${count}.${more} For any other review, asked or not, say "change" and its reference.`,
      rows,
    },
  };
}

function whyItWaits(
  { managerId, completer = managerId, asks }: PlrFigures,
  council: CouncilContext,
): string | undefined {
  if (asks !== undefined)
    return `${personName(managerId, council)} asked on ${dateInWords(asks.on)}: ${wishWords[asks.wish]}.`;
  return isHere(completer, council) ? undefined : `${personName(completer, council)} has left.`;
}
