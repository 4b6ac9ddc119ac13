import assert from 'node:assert/strict';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';

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
