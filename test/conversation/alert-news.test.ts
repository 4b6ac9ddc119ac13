import assert from 'node:assert/strict';
import type { Person } from '../../src/practice/organisation/organisation.js';
import type { Plr } from '../../src/practice/plr.js';
import { actionsOf } from '../stand-ins/card-inputs.js';
import { alertCards, flag, startWithAPlr, textOf } from './alert-steps.js';
import type { BotInTeams } from './bot-in-teams.js';

describe('what becomes of an alert', () => {
  let bot: BotInTeams;
  let plr: Plr;
  let people: Record<string, Person>;

  beforeEach(async () => {
    ({ bot, plr, people } = await startWithAPlr());
    await flag(bot.app, plr, 'immediate-concern');
    await bot.settle();
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    await bot.stop();
  });

  const cardsOf = (who: string) => alertCards(bot, people[who]!.aadObjectId);
  const latest = (who: string) => cardsOf(who).at(-1)!;
  const press = async (who: string, title: string, inputs = {}) => {
    const answer = await bot.teams.press(people[who]!, latest(who), title, inputs);
    await bot.settle();
    return textOf(answer.card!);
  };
  const gripTyped = {
    direction: 'Daily visits.',
    what1: 'Visit every day',
    owner1: 'practitioner',
    dueOn1: '2022-04-08',
  };

  it('is told to the manager who raised it on one card, which follows it to the end', async () => {
    const shows = (...parts: string[]) => {
      assert.equal(cardsOf('author').length, 1);
      const { summary = '' } = latest('author');
      for (const part of parts) assert.ok(textOf(latest('author')).includes(part), part);
      for (const { name } of bot.organisation.people.values()) assert.ok(!summary.includes(name), name);
      assert.ok(!summary.includes(plr.ref) && !summary.includes(plr.caseRef));
    };
    assert.deepEqual(cardsOf('author'), []);
    await press('worker', 'Acknowledge', { safety: 'made-safe', details: 'With her grandmother.' });
    const worker = `${people['worker']!.name} (social worker), 1 April 2022 at 09:00`;
    shows('was acknowledged', worker, 'The child was made safe');
    await press('teamManager', 'Record management grip', gripTyped);
    shows(`${people['teamManager']!.name} (Team Manager), 1 April 2022 at 09:00`);
    await press('qaLead', 'Close the alert', {});
    shows(
      'is closed',
      worker,
      `${people['qaLead']!.name} (QA lead), 1 April 2022`,
      'The child was made safe',
    );
    assert.deepEqual(actionsOf(latest('author').card), []);
    for (const words of ['Daily visits', 'grandmother']) assert.ok(!textOf(latest('author')).includes(words));
  });
});
