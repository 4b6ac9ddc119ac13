import { z } from 'zod';
import { mayIn, servicesFor, wholeCouncil } from '../../council/access.js';
import { isRefusal } from '../../base/errors.js';
import type { ActionHandler, CardContent, Command, Turn } from '../../surface/feature.js';
import { noticeCard } from '../../surface/help.js';
import { monthOf, shiftMonth, type LocalDate } from '../../base/time.js';
import type { CouncilContext } from '../../council/council-context.js';
import type { Person } from '../../council/organisation.js';
import { cycleInWords, statusCard, teamsCard, unreachedCard } from '../../cycles/cards.js';
import { readStatus, type KnownStatus } from '../../cycles/read-status.js';
import type { StatusPart } from '../../cycles/status-shown.js';
import { monthlyCycleId, parseCycleId } from '../../plr/cycle.js';
import { periodSaid } from '../../plr/period-said.js';
import { openRows } from '../today/cards.js';
import { seenInTurn } from '../today/handlers.js';

const act = 'see how we are doing';

/** What is open, and compliance, live: each their part of the council. */
export const howAreWeDoing: Command = {
  words: ['how are we doing', 'compliance'],
  does: 'what is open, and what was sent and returned: "how are we doing November" for another month',
  for: (actor, council) => partOf(actor, council) !== undefined,
  answer: (turn, said) => {
    const named = said
      .replace(/^(how are we doing|compliance)/, '')
      .replace(/^ (in|for|of)\b/, '')
      .trim();
    if (named === '') return newest(turn);
    const cycle = cycleSaid(named, turn.council.today);
    return cycle === undefined ? unknownMonth(`I know no month called “${named}”.`, turn) : show(cycle, turn);
  },
};

/** A cycle's id, or a month in words: the latest of that name that has begun. */
function cycleSaid(named: string, today: LocalDate): string | undefined {
  if (parseCycleId(named) !== undefined) return named;
  const period = periodSaid(named, today);
  return period?.kind === 'monthly' ? period.id : undefined;
}

/** Whose part this person sees; undefined when they have none. */
function partOf(person: Person, council: CouncilContext): StatusPart | undefined {
  if (mayIn(person, act, wholeCouncil, council)) return { sees: 'all' };
  const services = servicesFor(person, act, council);
  const teams = council.organisation.roster.teams
    .map(({ id }) => id)
    .filter((teamId) => mayIn(person, act, { teamId }, council));
  return services.length + teams.length === 0 ? undefined : { sees: 'some', services, teams };
}

const address = z.object({ cycle: z.string() });
const serviceAddress = address.extend({ service: z.string().max(100).catch('') });

export const showStatus: ActionHandler = async (data, turn) => {
  const read = address.safeParse(data);
  return read.success ? show(read.data.cycle, turn) : newest(turn);
};

/** A service's teams: for who sees the whole of that service. */
export const showTeams: ActionHandler = async (data, turn) => {
  const read = serviceAddress.safeParse(data);
  if (!read.success) return newest(turn);
  const { cycle, service } = read.data;
  const known = await statusFor(cycle, turn);
  if ('template' in known) return known;
  const part = partOf(turn.actor, turn.council);
  const isTheirs = part?.sees === 'all' || part?.services.some((id) => id === service) === true;
  const teams = isTheirs ? teamsCard(known, service, turn.council) : undefined;
  return teams ?? cardOf(known, turn);
};

/** Whom no PLR could be brought: for the QA leads, who see the whole council. */
export const showUnreached: ActionHandler = async (data, turn) => {
  const read = address.safeParse(data);
  const known = read.success ? await statusFor(read.data.cycle, turn) : notTheirs;
  if ('template' in known) return known;
  return partOf(turn.actor, turn.council)?.sees === 'all' ? unreachedCard(known, turn.council) : notTheirs;
};

/** This month's cycle; before it is issued, the last one. */
async function newest(turn: Turn): Promise<CardContent> {
  const month = monthOf(turn.council.today);
  const known = await readStatus(monthlyCycleId(month), turn, turn.council);
  return show(isRefusal(known) ? shiftMonth(month, -1) : month, turn);
}

async function show(cycle: string, turn: Turn): Promise<CardContent> {
  const known = await statusFor(cycle, turn);
  return 'template' in known ? known : cardOf(known, turn);
}

async function cardOf(known: KnownStatus, turn: Turn): Promise<CardContent> {
  const part = partOf(turn.actor, turn.council);
  if (part === undefined) return notTheirs;
  return statusCard(known, { part, open: openRows(await seenInTurn(turn)) }, turn.council);
}

/** Each press is checked, because a card can be forwarded, and somebody may have changed role since. */
async function statusFor(cycle: string, turn: Turn): Promise<KnownStatus | CardContent> {
  const name = parseCycleId(cycle);
  if (partOf(turn.actor, turn.council) === undefined || name === undefined) return notTheirs;
  const known = await readStatus(name.id, turn, turn.council);
  return isRefusal(known) ? unknownMonth(`${cycleInWords(name.id)} has not been issued.`, turn) : known;
}

const notTheirs = noticeCard(
  'This is not for you',
  'How we are doing is for those who lead a team, a service or the QA Service. Say "today" for what waits for you.',
);

const namedAtMost = 12;

/** Names what there is instead of guessing. */
async function unknownMonth(why: string, { partitions }: Turn): Promise<CardContent> {
  const cycles = (await partitions.all()).filter((id) => parseCycleId(id) !== undefined);
  const named = cycles.slice(0, namedAtMost).map(cycleInWords);
  const there = named.length === 0 ? 'Nothing was issued so far.' : `There is: ${named.join('; ')}.`;
  return noticeCard('Which month?', `${why} ${there} Say "how are we doing" and the month.`);
}
