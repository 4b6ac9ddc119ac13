import assert from 'node:assert/strict';
import { longestUnheardMs } from '../../src/practice/alerts/longest-unheard.js';
import { alertCards, flag, startWithAPlr, textOf } from './alert-steps.js';

const mustAct = ['worker', 'teamManager', 'serviceManager', 'headOfService', 'assistantDirector'];

describe('an alert that reaches nobody who must act', () => {
  it('is told to the QA lead after ten minutes, once, and is measured until somebody is reached', async () => {
    const { bot, plr, people } = await startWithAPlr();
    const { services, clock } = bot.app.foundation;
    const unheardMinutes = async () => (await longestUnheardMs(services, clock)) / 60_000;
    const lead = people['qaLead']!.aadObjectId;
    const told = () =>
      alertCards(bot, lead).filter((card) =>
        textOf(card).includes('Sent because nobody who must act had been reached for 10 minutes'),
      );
    const board = async () => {
      await bot.teams.says(people['qaLead']!, 'open alerts');
      return textOf(bot.connector.latestCard(lead));
    };
    for (const who of mustAct) bot.connector.shutOut(people[who]!.aadObjectId, 'BotDisabledByAdmin');
    await flag(bot.app, plr, 'immediate-concern');
    await bot.settle();
    assert.equal(await unheardMinutes(), 0);

    await bot.advance('PT9M');
    assert.equal(await unheardMinutes(), 9);
    assert.deepEqual(told(), []);
    await bot.advance('PT1M');
    assert.equal(told().length, 1);
    assert.match(textOf(told()[0]!), /Nobody who must act has been reached yet\. Please ring the team now/);
    await bot.advance('PT15M');
    assert.equal(await unheardMinutes(), 25);
    assert.equal(told().length, 1);
    assert.match(await board(), /nobody reached.*Nobody reached.*nobody who must act, for 25 minutes/);

    bot.connector.letIn(people['worker']!.aadObjectId);
    await bot.teams.install(people['worker']!);
    await bot.settle();
    assert.equal(await unheardMinutes(), 0);
    assert.doesNotMatch(await board(), /Nobody reached/);
    assert.deepEqual(bot.connector.violations, []);
    await bot.stop();
  });
});
