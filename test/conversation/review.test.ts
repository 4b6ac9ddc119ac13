import assert from 'node:assert/strict';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { fillIn, plrOf, returnReview } from './filling-in.js';

describe('a review, filled in by a manager', () => {
  let bot: BotInTeams;
  beforeEach(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    assert.deepEqual(bot.logged, []);
    await bot.stop();
  });

  it('is returned from its summary, and the card then is read-only', async () => {
    const card = await returnReview(bot, 'ash-manager');
    assert.match(card.text, /You returned this PLR/);
    const { review } = await plrOf(bot, 'ash-manager');
    assert.equal(review.state, 'returned');
    assert.equal(review.state === 'returned' && review.findings.length, 18);
    await bot.settle();
    const { aadObjectId } = bot.person('ash-manager');
    assert.match(JSON.stringify(bot.connector.latestCard(aadObjectId).card), /You returned this PLR/);
  });

  it('asks before an Inadequate tells the team, and raises the alert with the save', async () => {
    await fillIn(bot, 'ash-manager', { grade: 'inadequate' });
    const { alert, review } = await plrOf(bot, 'ash-manager');
    assert.deepEqual(
      alert?.reasons.map(({ because }) => because),
      ['inadequate'],
    );
    assert.equal(review.state, 'draft');
  });
});
