import assert from 'node:assert/strict';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { cardSaid } from './filling-in.js';

describe('the bot, spoken to', () => {
  let bot: BotInTeams;
  before(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
  });
  after(async () => {
    assert.deepEqual(bot.connector.violations, []);
    assert.deepEqual(bot.logged, []);
    await bot.stop();
  });

  for (const words of ['help', 'What can you do?', '${1+1}', 'x'.repeat(10_000)]) {
    it(`says what it can do when it hears “${words.slice(0, 20)}”`, async () => {
      const card = await cardSaid(bot, 'ash-manager', words);
      assert.match(card.text, /What I can do for you/);
      assert.ok(card.buttons.includes('My reviews'));
    });
  }

  for (const entities of [null, [], [null], [{ type: 'mention' }], 'none'])
    it(`hears its own name before the words, whatever Teams tells of it (${JSON.stringify(entities)})`, async () => {
      const person = bot.person('ash-manager');
      await bot.teams.says(person, '<at id="1">PLR Bot</at> my reviews', { overrides: { entities } });
      const { card } = bot.connector.latestCard(person.aadObjectId);
      assert.match(JSON.stringify(card), /Your Practice Learning Reviews/);
    });

  for (const kind of ['Throttled', 'PreconditionFailed', 'ServiceUnavailable', 'DroppedBefore'] as const)
    it(`answers all the same when Teams could not take it at once (${kind})`, async () => {
      bot.connector.failNext({ kind });
      assert.match((await cardSaid(bot, 'ash-manager', 'help')).text, /What I can do for you/);
    });

  it('says that it did not understand, or that what was asked for is for others', async () => {
    assert.match((await cardSaid(bot, 'ash-manager', 'asdf')).text, /I did not understand that/);
    assert.match((await cardSaid(bot, 'ash-manager', 'changes')).text, /is for others in the council/);
    assert.doesNotMatch((await cardSaid(bot, 'ash-manager', 'help')).text, /understand|others/);
  });

  it('takes a button of the help card as if its words were typed, and leaves the card there', async () => {
    const { aadObjectId } = bot.person('ash-manager');
    const help = await cardSaid(bot, 'ash-manager', 'help');
    await bot.teams.press(bot.person('ash-manager'), help.now, 'My reviews');
    assert.match(
      JSON.stringify(bot.connector.latestCard(aadObjectId).card),
      /Your Practice Learning Reviews/,
    );
    const before = bot.connector.cardsTo(aadObjectId).find((card) => card.activityId === help.now.activityId);
    assert.equal(before?.updates, 0);
  });

  it('does not offer reviews to somebody who never has one', async () => {
    const card = await cardSaid(bot, 'head-of-service', 'help');
    assert.ok(!card.buttons.includes('My reviews'));
  });

  it('welcomes whoever installs it, with what waits for them', () => {
    const { aadObjectId } = bot.person('head-of-service');
    const welcome = JSON.stringify(bot.connector.cardsTo(aadObjectId)[0]?.card);
    assert.match(welcome, /Welcome to Practice Learning/);
    assert.match(welcome, /Today, 1 April 2022/);
    assert.match(welcome, /You are up to date\. Nothing waits for you\./);
  });
});

describe('the bot, told by Teams to wait', () => {
  let bot: BotInTeams;
  before(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
  });
  after(() => bot.stop());

  it('sends nothing before the time that Teams asks for, not even that it is sorry', async () => {
    const { aadObjectId } = bot.person('ash-manager');
    const before = bot.connector.messagesTo(aadObjectId).length;
    bot.connector.failNext({ kind: 'Throttled', headers: { 'retry-after': '60' } });
    await bot.teams.says(bot.person('ash-manager'), 'help');
    assert.equal(bot.connector.messagesTo(aadObjectId).length, before);
    assert.deepEqual(
      bot.logged.map(({ event }) => event),
      ['turn failed'],
    );
  });
});
