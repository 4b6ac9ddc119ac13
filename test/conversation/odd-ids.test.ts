import assert from 'node:assert/strict';
import type { PersonId, ServiceId, TeamId } from '../../src/practice/base/ids.js';
import type { Roster } from '../../src/practice/council/organisation.js';
import { smallCouncil } from '../builders/small-council.js';
import { alertCards, flag, somePlr, stored } from './alert-steps.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { returnPlr } from './returned-plrs.js';

const odd = <Id extends string>(id: Id): Id => `O'Né.${id}` as Id;

/** The small council, with ids that no row key can have as they are. */
function oddCouncil(): Roster {
  const { services, teams, people, cases } = smallCouncil();
  return {
    services: services.map((one) => ({
      ...one,
      id: odd<ServiceId>(one.id),
      linkReviewerId: odd<PersonId>(one.linkReviewerId!),
      serviceManagerId: odd<PersonId>(one.serviceManagerId!),
      headOfServiceId: odd<PersonId>(one.headOfServiceId!),
      assistantDirectorId: odd<PersonId>(one.assistantDirectorId!),
    })),
    teams: teams.map((one) => ({
      ...one,
      id: odd<TeamId>(one.id),
      serviceId: odd<ServiceId>(one.serviceId),
      teamManagerId: odd<PersonId>(one.teamManagerId!),
    })),
    people: people.map((one) => ({
      ...one,
      id: odd<PersonId>(one.id),
      ...(one.teamId === undefined ? {} : { teamId: odd<TeamId>(one.teamId) }),
      ...(one.serviceId === undefined ? {} : { serviceId: odd<ServiceId>(one.serviceId) }),
    })),
    cases: cases.map((one) => ({
      ...one,
      teamId: odd<TeamId>(one.teamId),
      allocatedWorkerId: odd<PersonId>(one.allocatedWorkerId),
    })),
  };
}

describe('a council whose people, teams and services have ids like O’Neill', () => {
  let bot: BotInTeams;
  before(async () => {
    bot = await startBotInTeams({ roster: oddCouncil() });
    await bot.settle();
  });
  after(() => bot.stop());
  afterEach(() => {
    assert.deepEqual(bot.connector.violations, []);
    assert.deepEqual(bot.logged, []);
  });

  const cardsOf = (id: string) =>
    bot.connector.cardsTo(bot.person(id).aadObjectId).map(({ card }) => JSON.stringify(card));

  it('has its alerts acknowledged and gripped, and the actions of the grip sent', async () => {
    const plr = await somePlr(bot);
    const manager = bot.person(bot.organisation.teams.get(plr.teamId)!.teamManagerId!);
    await flag(bot.app, plr, 'immediate-concern');
    await bot.settle();
    const press = (title: string, inputs: Record<string, string>) =>
      bot.teams.press(manager, alertCards(bot, manager.aadObjectId).at(-1)!, title, inputs);
    await press('Acknowledge', { safety: 'safe' });
    await bot.settle();
    await press('Record management grip', {
      direction: 'See the child today.',
      what1: 'Visit every day',
      owner1: 'practitioner',
      dueOn1: '2022-04-29',
    });
    await bot.settle();
    assert.equal((await stored(bot, plr)).alert?.state, 'gripped');
    assert.ok(cardsOf(plr.practitionerId).some((card) => card.includes('Visit every day')));
    await bot.teams.says(bot.person(plr.practitionerId), 'my actions');
    assert.ok(cardsOf(plr.practitionerId).at(-1)!.includes(`Open ${plr.ref}-1`));
  });

  it('has an Inadequate PLR returned and brought to its moderator', async () => {
    const plr = await returnPlr(bot, odd('birch-manager'), { overall: 'inadequate' });
    await bot.settle();
    const { moderation } = await stored(bot, plr);
    assert.ok(moderation !== undefined && 'moderatorId' in moderation);
    assert.ok(cardsOf(moderation.moderatorId).some((card) => card.includes('Start grading')));
  });

  it('has every Team Manager told of the week’s open actions', async () => {
    await bot.advance('P7D');
    const plr = await somePlr(bot);
    const { teamManagerId } = bot.organisation.teams.get(plr.teamId)!;
    assert.ok(cardsOf(teamManagerId!).some((card) => card.includes('in the week of 4 April 2022')));
  });
});
