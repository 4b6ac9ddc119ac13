import { z } from 'zod';
import { isRefusal, refuse, type Refusal } from '../../base/errors.js';
import type { PersonId, PlrRef } from '../../base/ids.js';
import { dateAt } from '../../base/time.js';
import type { CouncilContext } from '../../council/council-context.js';
import { personName, timeInWords } from '../../council/words.js';
import { remindNow } from '../../cycles/reminders.js';
import { addressPress } from '../../forms/read-press.js';
import { whoHasItToDo } from '../../plr/whose-to-do.js';
import { changePress, plrFor } from '../../surface/press.js';
import type { Open } from '../open/open-item.js';
import { readOpen } from '../open/seen-by.js';
import { showCut } from './handlers.js';

/**
 * A QA lead reminds whoever owes a review: saved first, and once a day for each person, whichever of their reviews
 * it is about. The answer is the list as it is now, and says when it was done.
 */
export const remindPerson = changePress({
  ...plrFor('remind of review'),
  reads: addressPress.extend({ page: z.coerce.number().int().min(0).max(10_000).catch(0) }),
  prepare: (_given, turn) => readOpen(turn, turn.council),
  decide: (plr, _given, { council }, open = []) =>
    remindedToday(whoHasItToDo(plr), plr.ref, open, council) ?? remindNow(plr, council),
  show: async (plr, { given: { page }, outcome }, turn) => {
    const { council } = turn;
    const notice = isRefusal(outcome)
      ? outcome.say
      : `${personName(whoHasItToDo(plr), council)} is reminded of ${plr.ref}. It was sent on ${timeInWords(council.now, council.timeZone)}.`;
    return { ...(await showCut('reviews', page, turn)), notice };
  },
});

/** Of another review that they owe. */
function remindedToday(
  person: PersonId,
  ref: PlrRef,
  open: readonly Open[],
  council: CouncilContext,
): Refusal<'reminded-today'> | undefined {
  const { timeZone, today } = council;
  const other = open.find(
    ({ owedBy, reminded, ref: of }) =>
      owedBy === person && of !== ref && reminded !== undefined && dateAt(reminded, timeZone) === today,
  );
  if (other?.reminded === undefined) return undefined;
  const at = timeInWords(other.reminded, timeZone);
  return refuse(
    'reminded-today',
    `${personName(person, council)} was reminded of ${other.ref} on ${at}. Once a day is enough: nothing was sent.`,
  );
}
