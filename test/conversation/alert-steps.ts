import type { AlertReason } from '../../src/practice/plr/alert-reason.js';
import { raiseAlert } from '../../src/practice/alerts/decide-raising.js';
import { isRefusal, refuse } from '../../src/practice/base/errors.js';
import type { Person } from '../../src/practice/council/organisation.js';
import { plrKey, type Plr } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import type { App } from '../../src/app.js';
import { smallCouncil } from '../builders/small-council.js';
import type { ShownCard } from '../stand-ins/chats.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';

const cycle = '2022-04';

/** The first PLR of the cycle by reference: the same in every run of one seed, and any will do. */
export async function somePlr({ app }: Pick<BotInTeams, 'app'>): Promise<Plr> {
  const plrs = await app.foundation.services.documents.list(plrKind, cycle);
  const [first] = plrs.sort((a, b) => (a.ref < b.ref ? -1 : 1));
  if (first === undefined) throw new Error('The cycle has no PLR.');
  return first;
}

/** Flags the PLR as a save of the form does: in one transaction with its messages. */
export async function flag(app: App, { ref, cycleId }: Plr, because: AlertReason): Promise<void> {
  const { services, council } = app.foundation;
  await services.documents.change(plrKind, plrKey(cycleId, ref), 'system', (plr) => {
    const now = council();
    if (now === undefined) throw new Error('There is no council.');
    const raised = raiseAlert(plr, because, plr.managerId, now);
    if (raised.plr === plr) return refuse('nothing-new', 'It is flagged already.');
    return { state: raised.plr, did: 'saved', messages: raised.messages };
  });
}

export async function stored({ app }: Pick<BotInTeams, 'app'>, { ref, cycleId }: Plr): Promise<Plr> {
  const plr = await app.foundation.services.documents.read(plrKind, plrKey(cycleId, ref));
  if (plr === undefined || isRefusal(plr)) throw new Error(`${ref} is gone.`);
  return plr;
}

/** Everyone of this PLR's alert, as the roster names them. */
export function peopleOf(bot: BotInTeams, plr: Plr): Record<string, Person> {
  const team = bot.organisation.teams.get(plr.teamId);
  const service = bot.organisation.services.get(plr.serviceId);
  return {
    worker: bot.person(plr.practitionerId),
    teamManager: bot.person(team?.teamManagerId ?? ''),
    serviceManager: bot.person(service?.serviceManagerId ?? ''),
    headOfService: bot.person('head-of-service'),
    assistantDirector: bot.person('assistant-director'),
    qaLead: bot.person('qa-lead'),
    author: bot.person(plr.managerId),
  };
}

/** The alert cards that a person or channel now has, oldest first. */
export function alertCards(bot: BotInTeams, to: string): ShownCard[] {
  return bot.connector.cardsTo(to).filter(({ summary }) => summary?.includes('lert') === true);
}

/** All that a card shows, as one text. */
export function textOf({ card }: Pick<ShownCard, 'card'>): string {
  return [...JSON.stringify(card).matchAll(/"(?:text|title|label|value)":"((?:[^"\\]|\\.)*)"/g)]
    .map(([, text]) => JSON.parse(`"${text}"`) as string)
    .join(' | ');
}

/** One that tells a QA lead for how long nobody was reached: whether it still goes out depends on who is reached first. */
const isOfTheUnheard = (card: ShownCard) => textOf(card).includes('nobody who must act had been reached');

/** Everyone who is told at once, with how many cards of the alert each has. */
export function cardsOfEveryone(bot: BotInTeams, plr: Plr): Record<keyof typeof onceEach, number> {
  const { worker, teamManager, qaLead } = peopleOf(bot, plr);
  const cardsOf = (to = '') => alertCards(bot, to).filter((card) => !isOfTheUnheard(card)).length;
  return {
    worker: cardsOf(worker?.aadObjectId),
    teamManager: cardsOf(teamManager?.aadObjectId),
    qaLead: cardsOf(qaLead?.aadObjectId),
    channel: cardsOf(bot.organisation.teams.get(plr.teamId)?.alertChannelId),
  };
}

export const onceEach = { worker: 1, teamManager: 1, qaLead: 1, channel: 1 };

/** The small council's bot, a PLR that was sent, and everybody an alert of it concerns. */
export async function startWithAPlr(): Promise<{
  bot: BotInTeams;
  plr: Plr;
  people: Record<string, Person>;
}> {
  const bot = await startBotInTeams({ roster: smallCouncil() });
  await bot.settle();
  const plr = await somePlr(bot);
  return { bot, plr, people: peopleOf(bot, plr) };
}
