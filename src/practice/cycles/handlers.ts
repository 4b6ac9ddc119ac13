import { z } from 'zod';
import { mayIn, wholeCouncil } from '../council/access.js';
import { isRefusal } from '../base/errors.js';
import type { ActionHandler, CardContent, Command, Turn } from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
import { monthOf, shiftMonth } from '../base/time.js';
import { monthlyCycleId, parseCycleId } from '../plr/cycle.js';
import { readStatus, type KnownStatus } from './read-status.js';
import { statusCard, teamsCard } from './cards.js';

/** Compliance, live, for the QA lead. */
export const howAreWeDoing: Command = {
  words: ['how are we doing', 'compliance'],
  does: 'what was sent and returned this month, by service and team',
  for: (actor, council) => mayIn(actor, 'see how we are doing', wholeCouncil, council),
  answer: (turn, said) => {
    const named = parseCycleId(said.split(' ').at(-1) ?? '');
    return named === undefined ? newest(turn) : show(named.id, turn);
  },
};

const address = z.object({ cycle: z.string() });
const serviceAddress = address.extend({ service: z.string().max(100).catch('') });

export const showStatus: ActionHandler = async (data, turn) => {
  const read = address.safeParse(data);
  return read.success ? show(read.data.cycle, turn) : newest(turn);
};

export const showTeams: ActionHandler = async (data, turn) => {
  const read = serviceAddress.safeParse(data);
  if (!read.success) return newest(turn);
  const known = await statusFor(read.data.cycle, turn);
  if ('template' in known) return known;
  return teamsCard(known, read.data.service, turn.council) ?? statusCard(known, turn.council);
};

/** This month's cycle; before it is issued, the last one. */
async function newest(turn: Turn): Promise<CardContent> {
  const month = monthOf(turn.council.today);
  const known = await statusFor(monthlyCycleId(month), turn);
  return 'template' in known
    ? show(monthlyCycleId(shiftMonth(month, -1)), turn)
    : statusCard(known, turn.council);
}

async function show(cycle: string, turn: Turn): Promise<CardContent> {
  const known = await statusFor(cycle, turn);
  return 'template' in known ? known : statusCard(known, turn.council);
}

/** Each press is checked, because a card can be forwarded, and a QA lead may have changed role since. */
async function statusFor(cycle: string, turn: Turn): Promise<KnownStatus | CardContent> {
  const name = parseCycleId(cycle);
  if (!mayIn(turn.actor, 'see how we are doing', wholeCouncil, turn.council) || name === undefined)
    return noticeCard(
      'This is for the QA Service',
      'Only a QA lead sees how the services are doing. Say "help" for what I can do for you.',
    );
  const known = await readStatus(name.id, turn, turn.council);
  return isRefusal(known) ? noticeCard('Nothing to show yet', known.say) : known;
}
