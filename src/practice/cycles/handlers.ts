import { z } from 'zod';
import { mayIn, wholeCouncil } from '../council/access.js';
import { isRefusal } from '../base/errors.js';
import type { CardContent, Command, Turn } from '../surface/feature.js';
import type { CycleId } from '../base/ids.js';
import { noticeCard } from '../surface/help.js';
import { councilPress } from '../surface/press.js';
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

const nothingNamed = { service: '' };
const asked = z
  .object({ cycle: z.string().optional(), service: z.string().max(100).catch('') })
  .catch(nothingNamed);

/** Each press is checked, because a card can be forwarded, and a QA lead may have changed role since. */
const status = {
  reads: asked,
  mine: ({ cycle }: z.infer<typeof asked>, { actor, council }: Turn): { id?: CycleId } | undefined => {
    if (!howAreWeDoing.for(actor, council)) return undefined;
    return cycle === undefined ? {} : parseCycleId(cycle);
  },
};

export const showStatus = councilPress({
  ...status,
  show: ({ id }, _given, turn) => (id === undefined ? newest(turn) : show(id, turn)),
});

export const showTeams = councilPress({
  ...status,
  show: async ({ id }, { service }, turn) => {
    if (id === undefined) return newest(turn);
    const known = await statusOf(id, turn);
    if ('template' in known) return known;
    return teamsCard(known, service, turn.council) ?? statusCard(known, turn.council);
  },
});

/** This month's cycle; before it is issued, the last one. */
async function newest(turn: Turn): Promise<CardContent> {
  const month = monthOf(turn.council.today);
  const known = await statusOf(monthlyCycleId(month), turn);
  return 'template' in known
    ? show(monthlyCycleId(shiftMonth(month, -1)), turn)
    : statusCard(known, turn.council);
}

async function show(id: CycleId, turn: Turn): Promise<CardContent> {
  const known = await statusOf(id, turn);
  return 'template' in known ? known : statusCard(known, turn.council);
}

async function statusOf(id: CycleId, turn: Turn): Promise<KnownStatus | CardContent> {
  const known = await readStatus(id, turn, turn.council);
  return isRefusal(known) ? noticeCard('Nothing to show yet', known.say) : known;
}
