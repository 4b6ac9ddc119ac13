import assert from 'node:assert/strict';
import { monthlyCycleId } from '../../src/practice/plr/cycle.js';
import { cycleKey, cycleKind } from '../../src/practice/plr/cycle-record.js';
import { localDate, month } from '../../src/practice/base/time.js';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';

describe('old rosters', () => {
  let bot: BotInTeams;
  // Storage dates what is written by its own clock, so the bot's runs years ahead: whatever was replaced is old.
  before(async () => (bot = await startBotInTeams({ roster: smallCouncil(), at: '2040-05-01T08:00:00Z' })));
  after(() => bot.stop());

  const rosters = async () => {
    const found: string[] = [];
    for await (const { name } of bot.app.foundation.clients.container.listBlobsFlat({ prefix: 'rosters/' }))
      found.push(name);
    return found;
  };
  const imported = () => {
    const { cases, ...rest } = smallCouncil();
    return bot.app.foundation.rosters.replace({ ...rest, cases: cases.slice(1) });
  };

  it('go within a day, but for the one that a cycle cut short in its issue is still to be drawn from', async () => {
    const { services } = bot.app.foundation;
    const april = month('2040-04');
    const state = {
      state: 'issuing',
      id: monthlyCycleId(april),
      kind: 'monthly',
      month: april,
      issueOn: localDate('2040-04-03'),
      dueOn: localDate('2040-04-30'),
      seed: 'a seed',
      rosterVersion: 2,
    } as const;
    await services.partitions.activate(state.id);
    await services.documents.create(
      cycleKind,
      cycleKey(state.id),
      { state, did: 'began', messages: [] },
      'system',
    );
    for (let count = 0; count < 3; count += 1) await imported();
    await bot.settle();
    assert.deepEqual(await rosters(), ['rosters/000002.json.gz', 'rosters/000004.json.gz']);
    assert.equal((await services.rosterVersion(2)).version, 2);
    await imported();
    await bot.settle();
    assert.equal((await rosters()).length, 3);
    await bot.advance('P1D');
    assert.deepEqual(await rosters(), ['rosters/000002.json.gz', 'rosters/000005.json.gz']);
  });
});
