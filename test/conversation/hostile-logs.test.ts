import assert from 'node:assert/strict';
import sinon from 'sinon';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { fillIn, plrOf, returnReview } from './filling-in.js';

describe('the logs of a run in which much goes wrong', () => {
  let bot: BotInTeams;
  const printed: string[] = [];
  before(async () => {
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
      sinon
        .stub(console, method)
        .callsFake((...words: unknown[]) => void printed.push(words.map(inFull).join(' ')));
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
    bot.connector.fail({ rate: 0.5, seed: 9 });
    await returnReview(bot, 'ash-manager', {
      instead: { 'overall.reason': 'Zebedee lives at 7 Larch Road.' },
    });
    await fillIn(bot, 'birch-manager', { grade: 'inadequate' });
    await bot.settle();
    bot.connector.fail(undefined);
    await bot.connector.away();
    const { cycleId: cycle, ref } = await plrOf(bot, 'ash-manager');
    for (const verb of ['review.open', 'review.save', 'alert.acknowledge', 'action.open', 'no.such.verb'])
      await bot.teams.presses(bot.person('cedar-worker-first'), {
        verb,
        data: { cycle, ref, text: 'Zebedee' },
      });
    await bot.teams.says(bot.person('ash-manager'), 'Zebedee of 7 Larch Road');
    await bot.advance('PT5H');
    await bot.connector.back();
    await bot.advance('P30D');
  });
  after(async () => {
    sinon.restore();
    await bot.stop();
  });

  it('are not empty, or nothing would be proved', () => {
    assert.ok(bot.logged.length > 0);
  });

  it('have no name, e-mail address, case reference or word that anyone typed', async () => {
    const logs = `${JSON.stringify(bot.logged)} ${printed.join('\n')}`;
    const { people, cases, teams, services } = bot.organisation.roster;
    const telling = [
      ...people.flatMap(({ name, email }) => [name, email]),
      ...cases.map(({ ref }) => ref as string),
      ...teams.map(({ name }) => name),
      ...services.map(({ name }) => name),
      'Zebedee',
      'Larch',
      'What works in',
    ];
    for (const one of telling) assert.ok(!logs.includes(one), one);
    assert.doesNotMatch(logs, /https?:\/\//);
    assert.ok((await plrOf(bot, 'ash-manager')).review.state === 'returned');
  });
});

function inFull(word: unknown): string {
  if (word instanceof Error) return `${word.stack ?? ''} ${JSON.stringify(word)}`;
  return typeof word === 'string' ? word : JSON.stringify(word);
}
