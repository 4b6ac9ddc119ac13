import { cyclesSince, figuresOfCycles } from '../plr/figures-in-hand.js';
import { z } from 'zod';
import { mayIn, wholeCouncil } from '../council/access.js';
import type { CardContent, Command, Turn } from '../surface/feature.js';
import { councilPress } from '../surface/press.js';
import { monthOf, shiftMonth } from '../base/time.js';
import { dateInWords } from '../council/words.js';

/** What has waited longer than a year is in `plr retention plan`. */
const monthsLookedBack = 12;
const shownAtMost = 10;

/** What is waiting to be attached to a child's record, longest first (docs/domain.md, 4.9). */
export const waitingRecords: Command = {
  words: ['records', 'what waits'],
  does: 'the Practice Learning Reviews that wait to be attached to a child’s record',
  for: (actor, council) => mayIn(actor, 'list records', wholeCouncil, council),
  answer: (turn) => recordsCard(turn),
};

/** Back to the list from one of them. */
export const listRecords = councilPress({
  reads: z.unknown(),
  mine: (_given, { actor, council }) => waitingRecords.for(actor, council),
  show: (_mine, _given, turn) => recordsCard(turn),
});

export async function recordsCard(turn: Turn): Promise<CardContent> {
  const since = shiftMonth(monthOf(turn.council.today), -monthsLookedBack);
  const figures = await figuresOfCycles(await cyclesSince(since, turn), turn);
  const waiting = figures
    .flatMap(({ ref, cycleId, record }) => (record?.state === 'waiting' ? [{ ref, cycleId, ...record }] : []))
    .sort((a, b) => (a.readyOn < b.readyOn ? -1 : 1));
  const shown = waiting.slice(0, shownAtMost);
  const more = waiting.length > shown.length ? ` The first ${shown.length} are shown.` : '';
  return {
    template: 'records/list',
    summary: 'Records',
    data: {
      intro: waiting.length === 0 ? 'Nothing waits to be attached.' : `${waiting.length} to attach.${more}`,
      rows: shown.map(({ ref, cycleId, readyOn }) => ({
        ref,
        cycle: cycleId,
        text: `${ref}, ready since ${dateInWords(readyOn)}`,
      })),
    },
  };
}
