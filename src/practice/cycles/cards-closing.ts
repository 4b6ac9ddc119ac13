import type { CardContent } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import { dayUntil, endOfDay } from '../base/time.js';
import { dateInWords, personName } from '../council/words.js';
import type { ClosedCycle, IssuedCycle } from '../plr/cycle-record.js';
import { cycleInWords } from './words.js';
import { closesAtOf } from './closing-time.js';
import { timesTurned } from './decide-closing.js';
import type { KnownStatus } from './read-status.js';

/** Asks whether the cycle is to be closed now, and says what that does. */
export function closeCard(
  { id, status, lastDueOn }: KnownStatus,
  cycle: IssuedCycle,
  council: CouncilContext,
): CardContent {
  const { timeZone } = council;
  const isBeforeDue = endOfDay(lastDueOn ?? cycle.dueOn, timeZone) > council.now;
  const { notReturned } = status;
  const closesAt = closesAtOf(cycle, council, lastDueOn);
  return {
    template: 'cycle/close',
    summary: 'Close a month of reviews?',
    data: {
      cycle: id,
      seen: timesTurned(cycle),
      title: `Close ${cycleInWords(id)}?`,
      warning: isBeforeDue ? 'Not all of its reviews are due yet.' : '',
      counted: `${notReturned} of ${status.sent} reviews ${notReturned === 1 ? 'is' : 'are'} not returned.`,
      does: 'Closing ends them as “not returned”. Nobody is reminded any more, and no return is taken. What was typed is kept, and a concern still raises the alert.',
      stays: 'Open alerts, moderations and actions stay open. You can open the cycle again, with a reason.',
      otherwise:
        closesAt === undefined
          ? ''
          : `If you leave it, it closes by itself at the end of ${dateInWords(dayUntil(closesAt, timeZone))}.`,
    },
  };
}

export interface TypedReopening {
  readonly reason: string;
  readonly until: string;
  readonly reasonError?: string;
  readonly untilError?: string;
}

/** Asks why a closed cycle is opened again, and until when. */
export function reopenCard(
  { id, status }: KnownStatus,
  cycle: ClosedCycle,
  council: CouncilContext,
  { reason, until, reasonError, untilError }: TypedReopening = { reason: '', until: '' },
): CardContent {
  const { notReturned } = status;
  return {
    template: 'cycle/reopen',
    summary: 'Open a month of reviews again?',
    data: {
      cycle: id,
      seen: timesTurned(cycle),
      title: `Open ${cycleInWords(id)} again?`,
      closed: closedInWords(cycle, council),
      does: `${notReturned === 1 ? '1 review that was not returned goes' : `${notReturned} reviews that were not returned go`} back to ${notReturned === 1 ? 'its manager' : 'their managers'}, who are reminded until it closes again.`,
      reason,
      until,
      hasReasonError: reasonError !== undefined,
      reasonError: reasonError ?? '',
      hasUntilError: untilError !== undefined,
      untilError: untilError ?? '',
    },
  };
}

/** `It closed on 31 May 2022, by its rule.` */
export function closedInWords({ closedAt, closedBy }: ClosedCycle, council: CouncilContext): string {
  const on = dateInWords(dayUntil(closedAt, council.timeZone));
  if (closedBy === 'system') return `It closed at the end of ${on}.`;
  return `It was closed on ${on} by ${closedBy === 'operator' ? 'an operator' : personName(closedBy, council)}.`;
}

/** What “how are we doing” says of it: until when returns are taken, or that none are any more. */
export function closingInWords({ cycle, lastDueOn }: KnownStatus, council: CouncilContext): string {
  if (cycle?.state === 'closed') return `${closedInWords(cycle, council)} No more returns are taken.`;
  const closesAt = cycle && closesAtOf(cycle, council, lastDueOn);
  if (cycle?.state !== 'issued' || closesAt === undefined) return '';
  const last = cycle.reopenings?.at(-1);
  const again = last === undefined ? '' : `Opened again: “${last.reason}” `;
  return `${again}It takes returns until ${dateInWords(dayUntil(closesAt, council.timeZone))}.`;
}
