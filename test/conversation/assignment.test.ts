import assert from 'node:assert/strict';
import { isRefusal } from '../../src/practice/base/errors.js';
import { drawOneMore } from '../../src/practice/cycles/jobs-later-draws.js';
import type { Roster } from '../../src/practice/council/organisation.js';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { plrsOf } from './returned-plrs.js';

describe('issuing a cycle', () => {
  let bot: BotInTeams;
  before(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
  });
  after(() => bot.stop());

  it('brings every manager one PLR as a card on the first working day', () => {
    for (const team of ['ash', 'birch', 'cedar', 'damson']) {
      const cards = bot.connector
        .cardsTo(bot.person(`${team}-manager`).aadObjectId)
        .filter(({ summary }) => summary?.includes('Practice Learning Review to do'));
      assert.equal(cards.length, 1);
    }
  });

  it('changes nothing and sends nothing when it is run again', async () => {
    const before = bot.connector.recorded.length;
    await bot.settle();
    assert.equal(bot.connector.recorded.length, before);
    assert.deepEqual(bot.connector.violations, []);
  });

  it('ends every message in a named state', async () => {
    const ledger = await bot.app.foundation.outbox.ledger('2022-04');
    assert.deepEqual(ledger.map(({ card, state }) => `${card} ${state}`).sort(), [
      ...Array<string>(4).fill('assignment delivered'),
      ...Array<string>(4).fill('self-assessment delivered'),
    ]);
    assert.deepEqual(bot.logged, []);
  });
});

describe('a council whose only cases are of the manager’s own team', () => {
  const onlyAsh = (): Roster => {
    const roster = smallCouncil();
    const people = roster.people.filter(({ teamId }) => teamId === undefined || teamId === 'ash');
    const teams = roster.teams.filter(({ id }) => id === 'ash');
    return { ...roster, teams, people, cases: roster.cases.filter(({ teamId }) => teamId === 'ash') };
  };

  for (const ownTeam of ['never', 'allowed'] as const)
    it(`has ${ownTeam === 'never' ? 'no' : 'a'} PLR drawn, and drawn again, when that is ${ownTeam}`, async () => {
      const bot = await startBotInTeams({ roster: onlyAsh(), configure: { rules: { ownTeam } } });
      await bot.settle();
      const issued = await plrsOf(bot);
      assert.deepEqual(
        issued.map(({ teamId }) => teamId),
        ownTeam === 'never' ? [] : ['ash'],
      );
      for (const { cycleId, managerId, ref } of issued) {
        const { services, council } = bot.app.foundation;
        const again = await drawOneMore(cycleId, { managerId, replaces: ref }, services, council()!);
        assert.ok(!isRefusal(again), JSON.stringify(again));
      }
      await bot.stop();
    });
});
