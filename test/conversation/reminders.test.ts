import assert from 'node:assert/strict';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';

const textOf = (card: unknown) => JSON.stringify(card);

describe('reminders in the chat', () => {
  let bot: BotInTeams;
  beforeEach(async () => {
    bot = await startBotInTeams({ roster: smallCouncil(), at: '2022-04-01T08:00:00Z' });
    await bot.settle();
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    await bot.stop();
  });

  const cardsTo = (id: string) =>
    bot.connector.cardsTo(bot.person(id).aadObjectId).map(({ card }) => textOf(card));
  const live = (id: string) => cardsTo(id).filter((text) => text.includes('Remind me tomorrow'));

  it('leave one live reminder at a time, and end with the line manager', async () => {
    await bot.advance('P21D');
    assert.equal(live('ash-manager').length, 1);
    assert.match(live('ash-manager')[0]!, /Your review is due soon/);
    await bot.advance('P7D');
    assert.equal(live('ash-manager').length, 1);
    assert.match(live('ash-manager')[0]!, /Your review is due today/);
    assert.equal(cardsTo('ash-manager').filter((text) => text.includes('An earlier reminder')).length, 1);
    await bot.advance('P5D');
    assert.equal(live('ash-manager').length, 1);
    const told = cardsTo('assessment-service-manager').filter((text) => text.includes('Ash Manager'));
    assert.equal(told.length, 1);
  });

  it('say nothing more until the day that was asked for', async () => {
    await bot.advance('P21D');
    const card = bot.connector.latestCard(bot.person('ash-manager').aadObjectId);
    const answer = await bot.teams.press(bot.person('ash-manager'), card, 'Remind me in 3 working days');
    assert.match(textOf(answer.body), /27 April 2022/);
    await bot.advance('P4D');
    assert.equal(live('ash-manager').length, 0);
    await bot.advance('P1D');
    assert.equal(live('ash-manager').length, 1);
  });

  it('are not snoozed by anyone else', async () => {
    await bot.advance('P21D');
    const [plr] = (await bot.app.foundation.services.documents.list(plrKind, '2022-04')).filter(
      ({ managerId }) => managerId === 'ash-manager',
    );
    const data = { cycle: '2022-04', ref: plr?.ref ?? '', until: 'tomorrow' };
    const forged = await bot.teams.presses(bot.person('birch-manager'), { verb: 'reminder.snooze', data });
    const absent = await bot.teams.presses(bot.person('birch-manager'), {
      verb: 'reminder.snooze',
      data: { ...data, ref: 'PLR-ZZZZZZ' },
    });
    assert.deepEqual(forged.body, absent.body);
    assert.match(textOf(forged.body), /nothing here for you/);
  });
});
