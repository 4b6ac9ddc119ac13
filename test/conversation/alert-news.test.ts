import assert from 'node:assert/strict';
import type { Person } from '../../src/practice/council/organisation.js';
import type { Plr } from '../../src/practice/plr/plr.js';
import { actionsOf, inputsOf } from '../stand-ins/card-inputs.js';
import { alertCards, flag, startWithAPlr, stored, textOf } from './alert-steps.js';
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

  const anew = 'State the child’s safety anew';

  it('is stated anew by the Team Manager as often as the child’s safety changes, and everyone’s card says so', async () => {
    await press('worker', 'Acknowledge', { safety: 'not-yet', details: 'The police are on their way.' });
    await press('teamManager', 'Record management grip', gripTyped);
    await press('teamManager', anew);
    const missing = await press('teamManager', anew, { safety: 'made-safe' });
    assert.ok(missing.includes('Say what has changed'), missing);
    await press('teamManager', anew, { safety: 'made-safe', details: 'With her aunt since noon.' });
    for (const who of ['worker', 'qaLead']) {
      assert.ok(textOf(latest(who)).includes('With her aunt since noon.'), who);
      assert.ok(!textOf(latest(who)).includes('the child is not safe yet'), who);
    }
    assert.ok(textOf(latest('author')).includes('The child was made safe'));
    await press('teamManager', anew);
    await press('teamManager', anew, { safety: 'not-yet', details: 'The aunt has rung.' });
    await bot.teams.says(people['qaLead']!, 'open alerts');
    const board = bot.connector.latestCard(people['qaLead']!.aadObjectId);
    assert.ok(textOf(board).includes('the child is not safe yet, management grip recorded'));
    const before = cardsOf('teamManager').length;
    await bot.advance('PT4H');
    assert.equal(cardsOf('teamManager').length, before + 1);
    assert.ok(textOf(latest('author')).includes('The child is not safe yet'));
    assert.deepEqual(
      (await stored(bot, plr)).alert?.timeline.flatMap((one) =>
        one.is === 'safety-restated' ? [one.safety] : [],
      ),
      ['made-safe', 'not-yet'],
    );
  });

  it('keeps the QA lead’s note while they look at the timeline and at the other alerts', async () => {
    await press('worker', 'Acknowledge', { safety: 'safe' });
    await press('teamManager', 'Record management grip', gripTyped);
    const lead = people['qaLead']!;
    let card = (await bot.teams.press(lead, latest('qaLead'), 'Send back')).card!;
    for (const [away, back] of [
      ['Timeline', 'Back to the alert'],
      ['All open alerts', `Back to ${plr.ref}`],
    ] as const) {
      const long = 'x'.repeat(2_001);
      const stays = (await bot.teams.press(lead, card, away, { reason: long })).card!;
      assert.equal(inputsOf(stays.card)['reason'], long);
      const shown = (await bot.teams.press(lead, card, away, { reason: 'By when?' })).card!;
      card = (await bot.teams.press(lead, shown, back)).card!;
      assert.equal(inputsOf(card.card)['reason'], 'By when?');
    }
  });

  it('is shown with what becomes of its actions, as soon as that is said', async () => {
    await press('worker', 'Acknowledge', { safety: 'safe' });
    await press('teamManager', 'Record management grip', gripTyped);
    const worker = people['worker']!;
    const line = (state: string) => `Visit every day (${worker.name}, due 8 April 2022, ${state})`;
    for (const who of ['teamManager', 'qaLead']) assert.ok(textOf(latest(who)).includes(line('to do')), who);
    const [action] = (await stored(bot, plr)).actions;
    const cards = cardsOf('qaLead').length;
    const said = { state: 'done', evidence: 'Visited.', difference: 'She is safe.' };
    const address = { cycle: plr.cycleId, ref: plr.ref, action: action!.id, version: action!.version };
    await bot.teams.presses(worker, { verb: 'action.update', data: { ...address, ...said } });
    await bot.settle();
    for (const who of ['teamManager', 'qaLead']) assert.ok(textOf(latest(who)).includes(line('done')), who);
    assert.equal(cardsOf('qaLead').length, cards);
  });

  it('is not stated anew from a card that shows less than is known, nor by those who are not asked', async () => {
    await press('worker', 'Acknowledge', { safety: 'not-yet', details: 'The police are on their way.' });
    const manager = people['teamManager']!;
    const typed = { safety: 'safe', details: 'Seen at noon.' };
    const old = (await bot.teams.press(manager, latest('teamManager'), anew)).card!;
    for (const who of ['serviceManager', 'qaLead', 'author']) {
      await bot.teams.press(people[who]!, old, anew, typed);
      assert.equal(saidAnew(await stored(bot, plr)), 0, who);
    }
    await bot.teams.press(manager, old, anew, { ...typed, details: 'First.' });
    const again = await bot.teams.press(manager, old, anew, typed);
    assert.equal(saidAnew(await stored(bot, plr)), 1);
    for (const part of ['moved on since your card was drawn', 'Seen at noon.'])
      assert.ok(textOf(again.card!).includes(part), part);
    assert.equal(inputsOf(again.card!.card)['safety'] ?? '', '');
    await bot.teams.press(manager, again.card!, anew, typed);
    assert.equal(saidAnew(await stored(bot, plr)), 2);
  });

  it('gives back the direction that was typed when safety is stated first', async () => {
    await press('worker', 'Acknowledge', { safety: 'not-yet', details: 'The police are on their way.' });
    await press('teamManager', 'Record management grip');
    const safetyForm = await press('teamManager', anew, { direction: 'Stay with her.' });
    assert.ok(safetyForm.includes('Stay with her.'));
    assert.ok(!safetyForm.includes('Your direction'));
  });
});

const saidAnew = ({ alert }: Plr) => alert?.timeline.filter(({ is }) => is === 'safety-restated').length;
