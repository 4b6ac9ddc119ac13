import { z } from 'zod';
import { dateAt } from '../../base/time.js';
import { isRefusal, refuse } from '../../base/errors.js';
import { personName, timeInWords } from '../../council/words.js';
import { remindNow } from '../../cycles/reminders.js';
import { addressPress } from '../../forms/read-press.js';
import { may } from '../../plr/plr-access.js';
import { plrKey } from '../../plr/plr.js';
import { plrKind } from '../../plr/plr-kind.js';
import { whoHasItToDo } from '../../plr/whose-to-do.js';
import type { ActionHandler, CardContent, Turn } from '../../surface/feature.js';
import { noticeCard } from '../../surface/help.js';
import type { PersonId, PlrRef } from '../../base/ids.js';
import { readOpen } from '../open/seen-by.js';
import { showCut } from './handlers.js';

const remindPress = addressPress.extend({ page: z.coerce.number().int().min(0).max(10_000).catch(0) });

/**
 * A QA lead reminds whoever owes a review: saved first, once a day for each person, whichever of their reviews it
 * is about. The answer is the list as it is now, and says when it was done.
 */
export const remindPerson: ActionHandler = async (data, turn) => {
  const read = remindPress.safeParse(data);
  if (!read.success) return notYours;
  const { actor, council, documents } = turn;
  const { cycle, ref, page } = read.data;
  const key = plrKey(cycle, ref);
  const plr = await documents.read(plrKind, key);
  if (plr === undefined || !may(actor, 'remind of review', plr, council)) return notYours;
  const person = whoHasItToDo(plr);
  const other = await remindedToday(person, ref, turn);
  if (other !== undefined) return list(other, page, turn);
  const reminded = await documents.change(plrKind, key, actor.id, (now) =>
    may(actor, 'remind of review', now, council)
      ? remindNow(now, council)
      : refuse('not-yours', 'Only a QA lead can do this. Nothing was sent.'),
  );
  const said = isRefusal(reminded)
    ? reminded.say
    : `${personName(whoHasItToDo(reminded), council)} is reminded of ${ref}. It was sent on ${timeInWords(council.now, council.timeZone)}.`;
  return list(said, page, turn);
};

/** Of another review that they owe. */
async function remindedToday(person: PersonId, ref: PlrRef, turn: Turn): Promise<string | undefined> {
  const { council } = turn;
  const { timeZone, today } = council;
  const at = (await readOpen(turn, council)).find(
    ({ owedBy, reminded, ref: of }) =>
      owedBy === person && of !== ref && reminded !== undefined && dateAt(reminded, timeZone) === today,
  );
  if (at?.reminded === undefined) return undefined;
  return `${personName(person, council)} was reminded of ${at.ref} on ${timeInWords(at.reminded, timeZone)}. Once a day is enough: nothing was sent.`;
}

async function list(notice: string, page: number, turn: Turn): Promise<CardContent> {
  return { ...(await showCut('reviews', page, turn)), notice };
}

const notYours = noticeCard(
  'There is nothing here for you',
  'Only a QA lead reminds people of their reviews. Say "today" to see what waits for you.',
);
