import assert from 'node:assert/strict';
import type { PersonId } from '../../src/practice/base/ids.js';
import type { Plr } from '../../src/practice/plr/plr.js';
import { localDate } from '../../src/practice/base/time.js';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { planned, plrNow, returnWithActions } from './plrs-with-actions.js';

describe('actions that speak up by themselves', () => {
  let bot: BotInTeams;
  let plr: Plr;
  beforeEach(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
    // Friday 1 April 2022; due on Friday 8 April.
    plr = await returnWithActions(bot, 'ash', [planned({ dueOn: localDate('2022-04-08') })]);
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    assert.deepEqual(bot.logged, []);
    await bot.stop();
  });

  const summariesTo = (id: string) =>
    bot.connector
      .cardsTo(bot.person(id).aadObjectId)
      .map(({ summary }) => summary ?? '')
      .filter((summary) => summary.includes('action'));
  const days = async (count: number) => {
    for (let day = 0; day < count; day += 1) await bot.advance('P1D');
  };

  it('remind the owner, then the Team Manager, then the Service Manager, one card each at a time', async () => {
    await days(7);
    assert.deepEqual(summariesTo(plr.practitionerId).slice(-1), ['An action is due today']);
    const cards = bot.connector.cardsTo(bot.person(plr.practitionerId).aadObjectId);
    const live = cards.filter(({ card }) => JSON.stringify(card).includes('action.open'));
    assert.equal(live.length, 1, 'the earlier card gave way');
    // Easter lies between: the tenth working day after the 8th is the 26th.
    await days(18);
    const overdue = 'An action is overdue';
    assert.equal(summariesTo(plr.practitionerId).at(-1), overdue);
    assert.equal(summariesTo('ash-manager').filter((one) => one === overdue).length, 1);
    assert.deepEqual(summariesTo('assessment-service-manager'), [overdue]);
    const card = bot.connector.latestCard(bot.person('assessment-service-manager').aadObjectId);
    assert.ok(!JSON.stringify(card.card).includes(plr.caseRef), 'the rungs are not told the case');
    assert.ok(!JSON.stringify(card.card).includes('Save'));
  });

  it('bring each Team Manager with something open a digest on the first working day of the week', async () => {
    const digest = 'Your team has open actions';
    assert.ok(!summariesTo('ash-manager').includes(digest), 'not before 9');
    await days(3);
    assert.equal(summariesTo('ash-manager').filter((one) => one === digest).length, 1);
    assert.ok(!summariesTo('birch-manager').includes(digest));
    const card = bot.connector.latestCard(
      bot.person('ash-manager').aadObjectId,
      ({ summary }) => summary === digest,
    );
    const manager = bot.person('ash-manager');
    const list = await bot.teams.press(manager, card, 'See the actions');
    assert.ok(JSON.stringify(list.card?.card).includes(`Open ${plr.ref}-1`));
    await days(4);
    assert.equal(summariesTo('ash-manager').filter((one) => one === digest).length, 1);
    // Easter Monday is the 18th: the digest of its week comes on the Tuesday.
    await days(10);
    assert.equal(summariesTo('ash-manager').filter((one) => one === digest).length, 2);
    await days(1);
    assert.equal(summariesTo('ash-manager').filter((one) => one === digest).length, 3);
  });

  it('go to the new worker when the case moves, and both are told', async () => {
    const roster = smallCouncil();
    const to = roster.people.find(
      ({ id, teamId, roles }) =>
        teamId === 'ash' && roles.includes('practitioner') && id !== plr.practitionerId,
    )!;
    await bot.app.foundation.rosters.replace({
      ...roster,
      cases: roster.cases.map((one) =>
        one.ref === plr.caseRef ? { ...one, allocatedWorkerId: to.id } : one,
      ),
    });
    await bot.advance('PT1H');
    assert.equal((await plrNow(bot, plr)).actions[0]?.ownerId, to.id);
    assert.deepEqual(summariesTo(to.id), ['You have a new action']);
    assert.equal(summariesTo(plr.practitionerId).at(-1), 'An action is not yours any more');
    const old = bot.connector.cardsTo(bot.person(plr.practitionerId).aadObjectId);
    assert.ok(!JSON.stringify(old).includes('Visit the child at home'), 'and their card is gone');
    const before = bot.connector.recorded.length;
    await bot.settle();
    assert.equal(bot.connector.recorded.length, before, 'the second round does nothing');
  });

  it('go to the Team Manager on the day the worker has left', async () => {
    const roster = smallCouncil();
    await bot.app.foundation.rosters.replace({
      ...roster,
      people: roster.people.map((person) =>
        person.id === plr.practitionerId ? { ...person, activeUntil: localDate('2022-04-02') } : person,
      ),
    });
    await bot.advance('PT1H');
    assert.equal((await plrNow(bot, plr)).actions[0]?.ownerId, plr.practitionerId);
    await days(2);
    assert.equal((await plrNow(bot, plr)).actions[0]?.ownerId, 'ash-manager' as PersonId);
    assert.ok(summariesTo('ash-manager').includes('You have a new action'));
  });
});
