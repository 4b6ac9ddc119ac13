import { z } from 'zod';
import { mayIn, servicesFor, wholeCouncil } from '../../council/access.js';
import { isRefusal } from '../../base/errors.js';
import type { CycleId } from '../../base/ids.js';
import { councilPress } from '../../surface/press.js';
import type { CardContent, Command, Turn } from '../../surface/feature.js';
import { noticeCard, nothingHere } from '../../surface/help.js';
import { monthOf, shiftMonth, type LocalDate } from '../../base/time.js';
import type { CouncilContext } from '../../council/council-context.js';
import type { Person } from '../../council/organisation.js';
import { statusCard, teamsCard, unreachedCard } from '../../cycles/cards.js';
import { cycleInWords } from '../../cycles/words.js';
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
function cycleSaid(named: string, today: LocalDate): CycleId | undefined {
  const period = periodSaid(named, today);
  return parseCycleId(period?.kind === 'monthly' ? period.id : named)?.id;
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

const nothingNamed = { service: '' };
const statusPress = z
  .object({ cycle: z.string().optional(), service: z.string().max(100).catch('') })
  .catch(nothingNamed);
type StatusPress = z.infer<typeof statusPress>;

interface TheirStatus {
  readonly part: StatusPart;
  /** The newest, when the card names none. */
  readonly id?: CycleId;
}

/** Each press is checked, because a card can be forwarded, and somebody may have changed role since. */
const status = {
  reads: statusPress,
  mine: ({ cycle }: StatusPress, { actor, council }: Turn): TheirStatus | undefined => {
    const part = partOf(actor, council);
    const name = cycle === undefined ? undefined : parseCycleId(cycle);
    if (part === undefined || (cycle !== undefined && name === undefined)) return undefined;
    return name === undefined ? { part } : { part, id: name.id };
  },
};

export const showStatus = councilPress({
  ...status,
  show: ({ id }, _given, turn) => (id === undefined ? newest(turn) : show(id, turn)),
});

/** A service's teams: for who sees the whole of that service. */
export const showTeams = councilPress({
  ...status,
  show: async ({ id, part }, { service }, turn) => {
    if (id === undefined) return newest(turn);
    const known = await statusOf(id, turn);
    if ('template' in known) return known;
    const isTheirs = part.sees === 'all' || part.services.some((one) => one === service);
    const teams = isTheirs ? teamsCard(known, service, turn.council) : undefined;
    return teams ?? cardOf(known, turn);
  },
});

/** Whom no PLR could be brought: for the QA leads, who see the whole council. */
export const showUnreached = councilPress({
  reads: statusPress,
  mine: (given, turn) => {
    const theirs = status.mine(given, turn);
    return theirs?.part.sees === 'all' ? theirs.id : undefined;
  },
  show: async (id, _given, turn) => {
    const known = await statusOf(id, turn);
    return 'template' in known ? known : unreachedCard(known, turn.council);
  },
});

/** This month's cycle; before it is issued, the last one. */
async function newest(turn: Turn): Promise<CardContent> {
  const month = monthOf(turn.council.today);
  const known = await readStatus(monthlyCycleId(month), turn, turn.council);
  return isRefusal(known) ? show(monthlyCycleId(shiftMonth(month, -1)), turn) : cardOf(known, turn);
}

async function show(id: CycleId, turn: Turn): Promise<CardContent> {
  const known = await statusOf(id, turn);
  return 'template' in known ? known : cardOf(known, turn);
}

async function cardOf(known: KnownStatus, turn: Turn): Promise<CardContent> {
  const part = partOf(turn.actor, turn.council);
  if (part === undefined) return nothingHere();
  return statusCard(known, { part, open: openRows(await seenInTurn(turn)) }, turn.council);
}

async function statusOf(id: CycleId, turn: Turn): Promise<KnownStatus | CardContent> {
  const known = await readStatus(id, turn, turn.council);
  return isRefusal(known) ? unknownMonth(`${cycleInWords(id)} has not been issued.`, turn) : known;
}

const namedAtMost = 12;

/** Names what there is instead of guessing. */
async function unknownMonth(why: string, { partitions }: Turn): Promise<CardContent> {
  const cycles = (await partitions.all()).filter((id) => parseCycleId(id) !== undefined);
  const named = cycles.slice(0, namedAtMost).map(cycleInWords);
  const there = named.length === 0 ? 'Nothing was issued so far.' : `There is: ${named.join('; ')}.`;
  return noticeCard('Which month?', `${why} ${there} Say "how are we doing" and the month.`);
}
