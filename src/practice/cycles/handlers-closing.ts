import { z } from 'zod';
import { mayIn, wholeCouncil } from '../council/access.js';
import type { CouncilContext } from '../council/council-context.js';
import { tooLongInWords } from '../council/words.js';
import { isRefusal } from '../base/errors.js';
import { readDate, type LocalDate } from '../base/time.js';
import type { ClosedCycle, IssuedCycle } from '../plr/cycle-record.js';
import { parseCycleId } from '../plr/cycle.js';
import type { CardContent, Screen, Turn, Verb } from '../surface/feature.js';
import { councilPress } from '../surface/press.js';
import { noticeCard } from '../surface/help.js';
import { cycleIdShape } from '../forms/read-press.js';
import { statusCard } from './cards.js';
import { closeCard, reopenCard, type TypedReopening } from './cards-closing.js';
import { timesTurned } from './decide-closing.js';
import { closeNow, reopenNow } from './jobs-closing.js';
import { readStatus, type KnownStatus } from './read-status.js';

/** PLRs that follow before the answer; a larger number would hold it up, and follows at the next beat. */
const followAtOnce = 40;

const press = z.object({
  cycle: cycleIdShape,
  /** How often it had been closed and opened when the card was drawn. */
  seen: z.number().int().catch(-1),
  reason: z.string().catch(''),
  until: z.string().catch(''),
});
type Press = z.infer<typeof press>;

type Running = KnownStatus & { readonly cycle: IssuedCycle | ClosedCycle };

/** Reads the press for a QA lead; each is decided on the cycle as it is now. */
function closingPress(
  answer: (known: Running, given: Press, turn: Turn) => CardContent | Promise<CardContent>,
  screen?: Screen,
): Verb {
  return councilPress({
    reads: press,
    mine: ({ cycle }, { actor, council }) =>
      mayIn(actor, 'close a cycle', wholeCouncil, council) && parseCycleId(cycle),
    show: async ({ id }, given, turn) => {
      const known = await readStatus(id, turn, turn.council);
      if (isRefusal(known)) return noticeCard('Nothing to close', known.say);
      const { cycle } = known;
      return cycle === undefined || cycle.state === 'issuing'
        ? noticeCard('Nothing to close', 'This cycle has not been issued by the bot.')
        : answer({ ...known, cycle }, given, turn);
    },
    ...(screen === undefined ? {} : { screen }),
  });
}

const closedAlready = 'It is closed already. Nothing was changed.';

/** The confirmation. */
export const askToClose = closingPress((known, _given, { council }) =>
  known.cycle.state === 'closed'
    ? stands(known, closedAlready, council)
    : closeCard(known, known.cycle, council),
);

export const close = closingPress(async (known, { seen }, turn) => {
  const { cycle } = known;
  if (cycle.state === 'closed') return stands(known, closedAlready, turn.council);
  if (seen !== timesTurned(cycle)) return stands(known, outOfDate, turn.council);
  const closed = await closeNow(cycle.id, turn.actor.id, turn, turn.council, followAtOnce);
  return asItIs(known, isRefusal(closed) ? closed.say : 'You closed it.', turn);
});

const outOfDate =
  'This card was out of date: the cycle was closed or opened since. Nothing was changed. This is how it stands.';

const notClosed = 'It is open, and takes returns. Nothing was changed.';

export const askToReopen = closingPress((known, typed, { council }) =>
  known.cycle.state === 'closed'
    ? reopenCard(known, known.cycle, council, typed)
    : stands(known, notClosed, council),
);

export const reopen = closingPress(
  async (known, typed, turn) => {
    const { cycle } = known;
    const { council } = turn;
    if (cycle.state !== 'closed') return stands(known, notClosed, council);
    if (typed.seen !== timesTurned(cycle)) return stands(known, outOfDate, council);
    const checked = check(typed);
    const until = dateIn(typed.until);
    if (checked.reasonError !== undefined || until === undefined)
      return reopenCard(known, cycle, council, checked);
    const how = { by: turn.actor.id, reason: typed.reason, until };
    const opened = await reopenNow(cycle.id, how, turn, council, followAtOnce);
    if (isRefusal(opened) && opened.refused === 'wrong-day')
      return reopenCard(known, cycle, council, { ...checked, untilError: opened.say });
    return asItIs(known, isRefusal(opened) ? opened.say : 'You opened it again.', turn);
  },
  { inputs: ['reason', 'until'], again: askToReopen },
);

/** How the cycle stands, below what the press did. */
function stands(known: KnownStatus, notice: string, council: CouncilContext): CardContent {
  return { ...statusCard(known, council), notice };
}

/** With what has become of it meanwhile. */
async function asItIs(before: Running, notice: string, turn: Turn): Promise<CardContent> {
  const known = await readStatus(before.id, turn, turn.council);
  return stands(isRefusal(known) ? before : known, notice, turn.council);
}

const longestReason = 500;

function check({ reason, until }: Press): TypedReopening {
  const words = reason.trim();
  return {
    reason,
    until,
    ...(words === '' ? { reasonError: 'Say why, in a sentence or two' } : {}),
    ...(words.length > longestReason ? { reasonError: tooLongInWords(words, longestReason) } : {}),
    ...(dateIn(until) === undefined ? { untilError: 'Give a date' } : {}),
  };
}

/** Phones send a date with a time behind it. */
function dateIn(typed: string): LocalDate | undefined {
  return readDate(typed.trim().slice(0, 'YYYY-MM-DD'.length));
}
