import assert from 'node:assert/strict';
import { parseCycleId, planChosenCycle } from '../../src/practice/plr/cycle.js';
import { issuePlanned } from '../../src/practice/cycles/jobs-issue.js';
import { readStatus } from '../../src/practice/cycles/read-status.js';
import { isRefusal } from '../../src/practice/base/errors.js';
import type { CycleId, PersonId } from '../../src/practice/base/ids.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { localDate } from '../../src/practice/base/time.js';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';

const textOf = (card: unknown) => JSON.stringify(card);

describe('a Practice Week', () => {
  let bot: BotInTeams;
  const id = '2022-04-practice-week-child-in-care' as CycleId;
  before(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
    const name = parseCycleId(id);
    const council = bot.app.foundation.council();
    assert.ok(name && council);
    const dates = { from: localDate('2022-04-04'), until: localDate('2022-04-08') };
    const reviewers = ['ash-manager', 'cedar-worker-first'] as PersonId[];
    const issued = await issuePlanned(
      planChosenCycle(name, dates, council.today),
      { cohorts: ['child-in-care'], reviewers },
      bot.app.foundation.services,
      council,
    );
    assert.ok(!isRefusal(issued));
    await bot.settle();
  });
  after(() => bot.stop());

  it('asks its own reviewers, peers too, about its own cohort', async () => {
    const plrs = await bot.app.foundation.services.documents.list(plrKind, id);
    assert.deepEqual(plrs.map(({ managerId }) => managerId).sort(), ['ash-manager', 'cedar-worker-first']);
    assert.deepEqual(new Set(plrs.map(({ cohort }) => cohort)), new Set(['child-in-care']));
    assert.deepEqual(new Set(plrs.map(({ dueOn }) => dueOn)), new Set(['2022-04-08']));
  });

  it('is never in the compliance of its month, and has its own', async () => {
    const { services, council } = bot.app.foundation;
    const now = council();
    assert.ok(now);
    const month = await readStatus('2022-04' as CycleId, services, now);
    const week = await readStatus(id, services, now);
    assert.ok(!isRefusal(month) && !isRefusal(week));
    assert.deepEqual([month.status.sent, week.status.sent], [4, 2]);
    await bot.teams.says(bot.person('qa-lead'), `how are we doing ${id}`);
    const card = bot.connector.latestCard(bot.person('qa-lead').aadObjectId);
    assert.match(textOf(card.card), /Practice Week, child in care, April 2022/);
    assert.deepEqual(bot.connector.violations, []);
  });
});

describe('a month with no fair case for someone', () => {
  it('is issued to the others, and the QA lead is told why in sentences', async () => {
    const roster = smallCouncil();
    // All open cases are of one team: its own manager can be given none of them.
    const cases = roster.cases.filter(({ teamId }) => teamId === 'ash');
    const bot = await startBotInTeams({ roster: { ...roster, cases } });
    await bot.settle();
    const plrs = await bot.app.foundation.services.documents.list(plrKind, '2022-04');
    assert.deepEqual(plrs.map(({ managerId }) => managerId).sort(), [
      'birch-manager',
      'cedar-manager',
      'damson-manager',
    ]);
    const told = bot.connector
      .cardsTo(bot.person('qa-lead').aadObjectId)
      .map(({ card }) => textOf(card))
      .filter((text) => text.includes('There is no fair case for Ash Manager'));
    assert.equal(told.length, 1);
    assert.match(told[0]!, /they belong to the manager’s own team/);
    await bot.settle();
    assert.deepEqual(bot.connector.violations, []);
    await bot.stop();
  });

  it('says how far the cycle falls short of the coverage that is wanted', async () => {
    const roster = smallCouncil();
    const cases = Array.from({ length: 5 }, (_, copy) =>
      roster.cases.map((one) => ({ ...one, ref: `${one.ref}-${copy}` as typeof one.ref })),
    ).flat();
    const bot = await startBotInTeams({ roster: { ...roster, cases } });
    await bot.settle();
    const told = bot.connector.cardsTo(bot.person('qa-lead').aadObjectId).map(({ card }) => textOf(card));
    assert.ok(
      told.some((text) => text.includes('4 of 120 (3%) of the open cases. The target is 10%: 8 more')),
    );
    await bot.stop();
  });
});
