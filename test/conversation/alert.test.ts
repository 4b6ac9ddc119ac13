import assert from 'node:assert/strict';
import type { Person } from '../../src/practice/council/organisation.js';
import type { Plr } from '../../src/practice/plr/plr.js';
import { actionsOf, inputsOf, pressOf } from '../stand-ins/card-inputs.js';
import { alertCards, flag, startWithAPlr, stored, textOf } from './alert-steps.js';
import type { BotInTeams } from './bot-in-teams.js';

describe('an alert', () => {
  let bot: BotInTeams;
  let plr: Plr;
  let people: Record<string, Person>;

  beforeEach(async () => {
    ({ bot, plr, people } = await startWithAPlr());
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    await bot.stop();
  });

  const cardsOf = (who: string) => alertCards(bot, people[who]!.aadObjectId);
  const latest = (who: string) => cardsOf(who).at(-1)!;
  const channel = () => bot.connector.cardsIn(bot.organisation.teams.get(plr.teamId)!.alertChannelId);
  const press = (who: string, title: string, inputs = {}) =>
    bot.teams.press(people[who]!, latest(who), title, inputs);
  const raise = async () => {
    await flag(bot.app, plr, 'immediate-concern');
    await bot.settle();
  };

  it('tells the social worker, the Team Manager, the QA lead and the channel at once', async () => {
    await raise();
    for (const who of ['worker', 'teamManager', 'qaLead']) assert.equal(cardsOf(who).length, 1, who);
    assert.equal(channel().length, 1);
    for (const who of ['serviceManager', 'headOfService', 'assistantDirector'])
      assert.equal(cardsOf(who).length, 0, who);
  });

  it('names nobody and no case in the channel and in notifications', async () => {
    await raise();
    const [post] = channel();
    const shown = `${textOf(post!)} ${cardsOf('worker')[0]!.summary}`;
    assert.ok(shown.includes(plr.ref));
    for (const { name } of bot.organisation.people.values()) assert.ok(!shown.includes(name), name);
    assert.ok(!shown.includes(plr.caseRef));
  });

  it('is raised once, however often it is saved', async () => {
    await Promise.all(Array.from({ length: 5 }, () => flag(bot.app, plr, 'inadequate')));
    await bot.settle();
    assert.equal(cardsOf('teamManager').length, 1);
    assert.equal(channel().length, 1);
  });

  it('says what was saved when the card that was pressed cannot be redrawn', async () => {
    await raise();
    const form = (await press('worker', 'Acknowledge')).card!;
    const { verb, data } = pressOf(form.card, 'Acknowledge', { safety: 'safe' });
    // For delivery's redraw of it too, whichever comes first.
    const { aadObjectId } = people['worker']!;
    bot.connector.failNext({
      kind: 'ConversationNotFound',
      match: ({ operation, to }) => operation === 'update' && to === aadObjectId,
      times: Infinity,
    });
    await bot.teams.submits(people['worker']!, { verb, ...data }, form.activityId);
    await bot.settle();
    const [below, ...more] = bot.connector
      .messagesTo(people['worker']!.aadObjectId)
      .filter(({ activity }) => /Acknowledged: |not working/.test(JSON.stringify(activity)));
    assert.match(JSON.stringify(below?.activity), /Acknowledged: /);
    assert.deepEqual(more, []);
  });

  it('is acknowledged by the first who states the child’s safety, and everyone’s card then says who and when', async () => {
    await raise();
    const late = (await press('worker', 'Acknowledge')).card!;
    const answer = await press('teamManager', 'Acknowledge', {
      safety: 'made-safe',
      details: 'The grandmother took her in.',
    });
    assert.ok(textOf(answer.card!).includes('Record your management grip'));
    await bot.settle();
    for (const who of ['worker', 'qaLead']) {
      assert.equal(cardsOf(who).length, 1);
      assert.ok(
        textOf(latest(who)).includes(
          `Acknowledged:  | ${people['teamManager']!.name}, 1 April 2022 at 09:00`,
        ),
      );
      assert.deepEqual(actionsOf(latest(who).card).includes('Acknowledge'), false);
    }
    assert.ok(textOf(channel()[0]!).includes('Acknowledged. The Team Manager has it.'));

    const second = await bot.teams.press(people['worker']!, late, 'Acknowledge', { safety: 'safe' });
    assert.ok(textOf(second.card!).includes(`${people['teamManager']!.name} acknowledged this alert`));
    const { alert } = await stored(bot, plr);
    assert.equal(alert?.timeline.filter(({ is }) => is === 'acknowledged').length, 1);
  });

  it('asks again for what is missing, beside its field, and keeps what was typed', async () => {
    await raise();
    const answer = await press('worker', 'Acknowledge', { safety: 'not-yet' });
    assert.ok(textOf(answer.card!).includes('Say what is being done, and by whom.'));
    const again = await press('worker', 'Acknowledge', { details: 'x'.repeat(2_001) });
    assert.ok(textOf(again.card!).includes('Shorten this to 2,000 characters: it has '));
    assert.ok(textOf(again.card!).includes('x'.repeat(2_001)));
    assert.equal((await stored(bot, plr)).alert?.state, 'raised');
  });

  it('shows nothing to people it does not concern, and takes nothing from them', async () => {
    await raise();
    const stolen = latest('worker');
    for (const who of ['author', 'serviceManager', 'headOfService']) {
      const answer = await bot.teams.press(people[who]!, stolen, 'Acknowledge', { safety: 'safe' });
      assert.ok(textOf(answer.card!).includes('There is nothing here for you'), who);
    }
    assert.equal((await stored(bot, plr)).alert?.state, 'raised');
  });

  it('goes from acknowledged to grip to closed, by the Team Manager and the QA lead', async () => {
    await raise();
    await press('worker', 'Acknowledge', { safety: 'safe' });
    await bot.settle();
    const missing = await press('teamManager', 'Record management grip', { direction: '' });
    assert.ok(textOf(missing.card!).includes('Write at least one action'));
    const gripped = await press('teamManager', 'Record management grip', {
      direction: 'Daily visits this week.',
      what1: 'Visit every day',
      owner1: 'practitioner',
      dueOn1: '2022-04-08',
    });
    assert.ok(textOf(gripped.card!).includes('Daily visits this week.'));
    await bot.settle();
    const form = await press('qaLead', 'Send back');
    const sent = await bot.teams.press(people['qaLead']!, form.card!, 'Send back');
    assert.ok(textOf(sent.card!).includes('Say why'));
    await press('qaLead', 'Send back', { reason: 'Who visits at the weekend?' });
    await bot.settle();
    assert.ok(textOf(latest('teamManager')).includes('Who visits at the weekend?'));
    await press('teamManager', 'Record management grip', {
      direction: 'Daily visits, by duty at the weekend.',
      what1: 'Weekend visit',
      owner1: 'team-manager',
      dueOn1: '2022-04-03',
    });
    await bot.settle();
    const closed = await press('qaLead', 'Close the alert', {});
    assert.ok(textOf(closed.card!).includes('Alert closed'));
    const after = await stored(bot, plr);
    assert.equal(after.alert?.state, 'closed');
    assert.deepEqual(
      after.actions.map(({ ownerId, keepsChildSafe }) => [ownerId, keepsChildSafe]),
      [
        [plr.practitionerId, true],
        [people['teamManager']!.id, true],
      ],
    );
    await press('qaLead', 'Re-open the alert', { reason: 'A visit was missed.' });
    assert.equal((await stored(bot, plr)).alert?.state, 'acknowledged');
  });

  const gripTyped = {
    direction: 'Daily visits.',
    what1: 'Visit every day',
    owner1: 'practitioner',
    dueOn1: '2022-04-08',
  };

  it('is not closed from a card that shows an earlier management grip', async () => {
    await raise();
    await press('worker', 'Acknowledge', { safety: 'safe' });
    await bot.settle();
    await press('teamManager', 'Record management grip', gripTyped);
    await bot.settle();
    const lead = people['qaLead']!;
    await bot.teams.says(lead, 'open alerts');
    const board = bot.connector.latestCard(lead.aadObjectId);
    const old = (await bot.teams.press(lead, board, `Open ${plr.ref}`)).card!;
    await press('qaLead', 'Send back', { reason: 'Who visits at the weekend?' });
    await bot.settle();
    await press('teamManager', 'Record management grip', { ...gripTyped, direction: 'Also by duty.' });
    await bot.settle();

    const answer = await bot.teams.press(lead, old, 'Close the alert', { reason: 'All is in hand.' });
    assert.equal((await stored(bot, plr)).alert?.state, 'gripped');
    for (const part of ['moved on since your card was drawn', 'Also by duty.', 'All is in hand.'])
      assert.ok(textOf(answer.card!).includes(part), part);
    await bot.teams.press(lead, answer.card!, 'Close the alert', { reason: 'All is in hand.' });
    assert.equal((await stored(bot, plr)).alert?.state, 'closed');
  });

  it('takes no statement of safety from a card that does not show the concern that joined', async () => {
    await flag(bot.app, plr, 'inadequate');
    await bot.settle();
    const manager = people['teamManager']!;
    const old = (await press('teamManager', 'Acknowledge')).card!;
    await flag(bot.app, plr, 'immediate-concern');
    await bot.settle();
    const typed = { safety: 'made-safe', details: 'The grandmother took her in.' };
    const unfinished = await bot.teams.press(manager, old, 'Acknowledge', { ...typed, details: '' });
    assert.equal(inputsOf(unfinished.card!.card)['safety'] ?? '', '');
    const answer = await bot.teams.press(manager, old, 'Acknowledge', typed);
    assert.equal((await stored(bot, plr)).alert?.state, 'raised');
    for (const part of ['moved on since your card was drawn', 'Flagged as well', typed.details])
      assert.ok(textOf(answer.card!).includes(part), part);
    // What was said of the grade says nothing of the concern: it is asked again.
    assert.equal(inputsOf(answer.card!.card)['safety'] ?? '', '');
    await bot.teams.press(manager, answer.card!, 'Acknowledge', typed);
    assert.equal((await stored(bot, plr)).alert?.state, 'acknowledged');
  });

  it('gives back all that was typed when there is nothing left to record', async () => {
    await raise();
    await press('worker', 'Acknowledge', { safety: 'safe' });
    await bot.settle();
    const old = (await press('teamManager', 'Record management grip')).card!;
    await bot.teams.press(people['teamManager']!, old, 'Record management grip', gripTyped);
    const again = { ...gripTyped, direction: 'Twice daily.', what1: 'Ring the school' };
    for (const title of ['Record management grip', 'Add another action']) {
      const answer = await bot.teams.press(people['teamManager']!, old, title, again);
      for (const part of ['Twice daily.', 'Ring the school'])
        assert.ok(textOf(answer.card!).includes(part), `${title}: ${part}`);
    }
  });

  it('asks for one action, and for more on a press that keeps what was typed', async () => {
    await raise();
    await press('worker', 'Acknowledge', { safety: 'safe' });
    await bot.settle();
    const typed = { direction: 'Daily visits.', what1: 'Visit every day', dueOn1: '2022-04-08' };
    await press('teamManager', 'Record management grip');
    const more = await press('teamManager', 'Add another action', typed);
    for (const part of ['Daily visits.', 'Visit every day', 'Action 2'])
      assert.ok(textOf(more.card!).includes(part), part);
    assert.ok(!textOf(more.card!).includes('Action 3'));
    const third = await bot.teams.press(people['teamManager']!, more.card!, 'Add another action');
    assert.ok(!actionsOf(third.card!.card).includes('Add another action'));
    const missing = await bot.teams.press(people['teamManager']!, third.card!, 'Record management grip', {
      what3: 'Ring the school',
    });
    assert.ok(textOf(missing.card!).includes('Choose the date by which it is done.'));
    const gripped = await bot.teams.press(people['teamManager']!, missing.card!, 'Record management grip', {
      dueOn3: '2022-04-04',
    });
    assert.ok(textOf(gripped.card!).includes('Management grip recorded'));
    assert.deepEqual(
      (await stored(bot, plr)).actions.map(({ what }) => what),
      ['Visit every day', 'Ring the school'],
    );
  });

  it('climbs rung by rung to the breach, and those below see it', async () => {
    await raise();
    const rungs = [
      ['PT4H', 'serviceManager', 'the Service Manager'],
      ['PT8H', 'headOfService', 'the Head of Service'],
      ['PT8H', 'assistantDirector', 'the Assistant Director'],
    ] as const;
    for (const [wait, who, words] of rungs) {
      assert.equal(cardsOf(who).length, 0);
      await bot.advance(wait);
      assert.equal(cardsOf(who).length, 1, who);
      assert.ok(textOf(latest('worker')).includes(`Climbed to:  | ${words}`));
      assert.ok(textOf(channel()[0]!).includes(words));
    }
    assert.equal(cardsOf('qaLead').length, 1);
    await bot.advance('PT4H1M');
    assert.equal(cardsOf('qaLead').length, 2);
    assert.ok(textOf(latest('qaLead')).includes('24 hours have passed'));
    const answer = await press('serviceManager', 'Acknowledge', { safety: 'safe' });
    assert.ok(textOf(answer.card!).includes('Alert acknowledged'), textOf(answer.card!));
    const { alert } = await stored(bot, plr);
    assert.equal(alert?.state, 'acknowledged');
    assert.equal(alert?.timeline.filter(({ is }) => is === 'breached').length, 1);
  });

  it('climbs at once past those who cannot be reached', async () => {
    bot.connector.shutOut(people['teamManager']!.aadObjectId, 'BotDisabledByAdmin');
    bot.connector.shutOut(people['serviceManager']!.aadObjectId, 'BotDisabledByAdmin');
    await raise();
    await bot.settle();
    assert.equal(cardsOf('headOfService').length, 1);
    const passed = 'Nobody could be reached as Team Manager or Service Manager';
    assert.ok(textOf(latest('headOfService')).includes(`${passed}. Sent because it has climbed to you.`));
    assert.ok(textOf(channel()[0]!).includes(`${passed}: it is with the Head of Service.`));
    assert.ok(textOf(latest('worker')).includes('Could not be reached'));
    assert.equal(cardsOf('assistantDirector').length, 0);
  });

  it('is on the QA lead’s board, oldest first, until it is closed', async () => {
    await raise();
    await bot.teams.says(people['qaLead']!, 'open alerts');
    const board = bot.connector.latestCard(people['qaLead']!.aadObjectId);
    const text = textOf(board);
    for (const part of [
      plr.ref,
      'under an hour',
      people['teamManager']!.name,
      'the Service Manager is told on 1 April 2022 at 13:00',
    ])
      assert.ok(text.includes(part), part);
    const opened = await bot.teams.press(people['qaLead']!, board, `Open ${plr.ref}`);
    const timeline = await bot.teams.press(people['qaLead']!, opened.card!, 'Timeline');
    assert.ok(textOf(timeline.card!).includes('Flagged by'));
    assert.ok(textOf(timeline.card!).includes('Delivered to'));
  });
});
