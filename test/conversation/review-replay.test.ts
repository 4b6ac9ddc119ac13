import assert from 'node:assert/strict';
import { randomFrom } from '../../src/practice/base/random.js';
import type { Plr } from '../../src/practice/plr/plr.js';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { assignmentOf, fillIn, plrOf, type CardInHand, type Posted } from './filling-in.js';

const manager = 'ash-manager';

/** A whole PLR with all that can happen in one: an alert, a way back, a change of mind, a return too early. */
async function wholeReview(bot: BotInTeams): Promise<CardInHand> {
  const card = await fillIn(bot, manager, { grade: 'inadequate', instead: { 'overall.reason': '' } });
  await card.press('Return this PLR');
  await card.press('Change 13');
  await card.press('Back', { 'overall.reason': 'There is no plan.' });
  await card.press('Go', { goTo: 'voice' });
  await card.press('Go', { 'voice.working-well': 'On second thoughts.', goTo: 'summary' });
  await card.press('Finish later');
  await card.press('Go on with the review');
  return card.press('Return this PLR');
}

/** What must come out the same; the people differ, for the draw has another seed in each run. */
async function outcome(bot: BotInTeams): Promise<unknown> {
  await bot.settle();
  const { ref, review, alert, actions } = await plrOf(bot, manager);
  const ledger = await bot.app.foundation.outbox.ledger('2022-04');
  return {
    review,
    alert: alert?.reasons,
    actions: actions.length,
    messages: ledger
      .filter(({ key }) => key.includes(ref))
      .map(({ card }) => card)
      .sort(),
  };
}

describe('every press of a whole PLR', () => {
  let pressed: readonly Posted[];
  let once: unknown;
  let bot: BotInTeams;

  before(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
    pressed = (await wholeReview(bot)).posted;
    once = await outcome(bot);
    await bot.stop();
  });
  beforeEach(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    assert.deepEqual(bot.logged, []);
    await bot.stop();
  });

  const inThisRun = ({ ref }: Plr, { verb, data }: Posted): Posted => ({ verb, data: { ...data, ref } });

  it('may be posted twice at the same time', async () => {
    const plr = await plrOf(bot, manager);
    const [card, again] = [assignmentOf(bot, manager), assignmentOf(bot, manager)];
    for (const press of pressed.map((one) => inThisRun(plr, one)))
      await Promise.all([card.post(press), again.post(press)]);
    assert.deepEqual(await outcome(bot), once);
  });

  for (const seed of ['one', 'two', 'three']) {
    it(`may come again at any later time, in any order (${seed})`, async () => {
      const plr = await plrOf(bot, manager);
      const card = assignmentOf(bot, manager);
      const random = randomFrom(seed);
      const late: Posted[] = [];
      for (const press of pressed.map((one) => inThisRun(plr, one))) {
        await card.post(press);
        late.push(press);
        while (late.length > 0 && random.below(2) === 0)
          await card.post(late.splice(random.below(late.length), 1)[0]!);
      }
      for (const press of random.shuffle(late)) await card.post(press);
      assert.deepEqual(await outcome(bot), once);
    });
  }
});

describe('a press on a card', () => {
  it('costs at most two round trips to storage, and one while the last state is at hand', async () => {
    let requests = 0;
    const bot = await startBotInTeams({ roster: smallCouncil(), onStorageRequest: () => (requests += 1) });
    await bot.settle();
    // Only what the answer waits for is counted: the sending goes on behind it.
    await bot.app.heartbeat.stop();
    const counted: number[] = [];
    const presses: typeof bot.teams.presses = async (...press) => {
      requests = 0;
      const answer = await bot.teams.presses(...press);
      // A return looks besides whether its cycle has closed.
      counted.push(press[1].verb === 'review.return' ? requests - 1 : requests);
      return answer;
    };
    await wholeReview({ ...bot, teams: { ...bot.teams, presses } });
    assert.ok(counted.length > 20);
    assert.ok(Math.max(...counted) <= 2, counted.join(' '));
    // A press that only shows has read, and says so on the log; one that saves has its line with the save.
    assert.ok(counted.filter((requests) => requests === 1).length > 10, counted.join(' '));
    await bot.stop();
  });
});
