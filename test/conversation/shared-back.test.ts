import assert from 'node:assert/strict';
import { smallCouncil } from '../builders/small-council.js';
import { textOf } from './alert-steps.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { assignmentOf, cardSaid, plrOf, returnReview } from './filling-in.js';

const manager = 'ash-manager';

describe('what was found is shared back', () => {
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

  const newsTo = (id: string) =>
    bot.connector.cardsTo(bot.person(id).aadObjectId).filter(({ summary }) => summary?.startsWith('News of'));

  it('tells the practitioner and their Team Manager when the review is returned, and lets nobody else read it', async () => {
    const { practitionerId, teamId, ref, cycleId } = await plrOf(bot, manager);
    const teamManager = bot.organisation.teams.get(teamId)!.teamManagerId!;
    const early = await bot.teams.presses(bot.person(practitionerId), {
      verb: 'sharing.read',
      data: { cycle: cycleId, ref },
    });
    assert.match(textOf(early.card!), /There is nothing here/);
    await returnReview(bot, manager);
    await bot.settle();
    for (const reader of [practitionerId, teamManager]) {
      assert.equal(newsTo(reader).length, 1);
      const { card } = await bot.teams.press(bot.person(reader), newsTo(reader)[0]!, 'Read the review');
      assert.match(textOf(card!), /Overall grade.*Good/s);
    }
    const mine = await cardSaid(bot, practitionerId, 'my reviews');
    await mine.press(`Read ${ref}`);
    assert.match(mine.text, /The review of your practice/);
    const stranger = bot.person('cedar-manager');
    const refused = await bot.teams.presses(stranger, {
      verb: 'sharing.read',
      data: { cycle: cycleId, ref },
    });
    assert.match(textOf(refused.card!), /There is nothing here/);
    await bot.advance('P1D');
    assert.equal(newsTo(practitionerId).length, 1);
  });

  it('tells the manager when the self-assessment is written, once', async () => {
    await assignmentOf(bot, manager).press('Start the review');
    const { practitionerId } = await plrOf(bot, manager);
    const theirs = await cardSaid(bot, practitionerId, 'my reviews');
    await theirs.press('Open your self-assessment');
    await theirs.press('Save my self-assessment', { text: 'I saw her every week.' });
    await bot.settle();
    assert.equal(newsTo(manager).length, 1);
    assert.match(textOf(newsTo(manager)[0]!), /The self-assessment is written/);
    await theirs.press('Save my self-assessment', { text: 'I saw her every week, and her school.' });
    await bot.settle();
    assert.equal(newsTo(manager).length, 1);
    const { card } = await bot.teams.press(bot.person(manager), newsTo(manager)[0]!, 'Open the review');
    assert.ok(card !== undefined);
  });
});
