import assert from 'node:assert/strict';
import { decideChange } from '../../src/practice/cycles/changes/change.js';
import { plrKey, type Plr } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { rowsLookedThroughKey } from '../../src/practice/process/look-through-rows.js';
import { localDate, type Instant } from '../../src/practice/base/time.js';
import { rowKeys } from '../../src/storage/keys.js';
import { toColumns } from '../../src/storage/state-columns.js';
import { TableLog } from '../../src/storage/table-log.js';
import { smallCouncil } from '../builders/small-council.js';
import type { ShownCard } from '../stand-ins/chats.js';
import { alertCards, cardsOfEveryone, onceEach, textOf } from './alert-steps.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { assignmentOf, CardInHand, cardSaid, fillIn, plrOf } from './filling-in.js';

const manager = 'ash-manager';
const yes = { 'concern.immediate': 'yes', 'concern.what': 'Nobody has seen her.' };
const inadequate = { 'overall.grade': 'inadequate', 'overall.reason': 'Not seen for a month.' };
const goOn = 'Go on to confirm it';
const takeBack = 'No, there is no concern';

describe('an alert that was begun and not confirmed', () => {
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

  /** Answers, is told that nobody is told yet, and puts the phone away. The product's clock says 09:00. */
  async function begin(step = 'concern', answers: Record<string, string> = yes): Promise<CardInHand> {
    const card = await assignmentOf(bot, manager).press('Start the review');
    await card.press('Go', { goTo: step });
    await card.press('Next', answers);
    assert.match(card.text, /Nobody is told yet\. It goes out by itself at 09:30 unless you take it back\./);
    return card;
  }

  const cardsTo = (id: string) => bot.connector.cardsTo(bot.person(id).aadObjectId);
  const isReminder = ({ summary }: ShownCard) => summary?.includes('nobody has been told') === true;
  const remindersTo = (id: string) => cardsTo(id).filter(isReminder);
  const reminderInHand = () => new CardInHand(bot, manager, remindersTo(manager).at(-1)!);
  const newsTo = (id: string) =>
    cardsTo(id).filter(({ card }) => textOf({ card }).includes('The team has been told'));
  const settled = () =>
    cardsTo(manager)
      .filter(({ card, updates }) => updates > 0 && JSON.stringify(card).includes('Go on with the review'))
      .map(({ card }) => JSON.stringify(card));
  const nobodyKnows = async () => {
    const plr = await plrOf(bot, manager);
    assert.equal(plr.alert, undefined);
    assert.deepEqual(cardsOfEveryone(bot, plr), { worker: 0, teamManager: 0, qaLead: 0, channel: 0 });
  };
  const everybodyKnows = async () => {
    const plr = await plrOf(bot, manager);
    assert.deepEqual(cardsOfEveryone(bot, plr), onceEach);
    return plr;
  };
  const toldTo = (id: string) => textOf(alertCards(bot, bot.person(id).aadObjectId).at(-1)!);
  const decide = async (outcome: 'leave' | 'withdraw' | 'case-closed') => {
    const plr = await plrOf(bot, manager);
    const decision = { number: 1, outcome, because: 'On leave.', by: bot.person('qa-lead').id } as const;
    const council = bot.app.foundation.council()!;
    await bot.app.foundation.services.documents.change(
      plrKind,
      plrKey(plr.cycleId, plr.ref),
      'system',
      (now) => decideChange(now, decision, council),
    );
    await bot.settle();
  };

  it('is said first in "my reviews", reminded of once, confirmed, and then told once', async () => {
    const left = await begin();
    await left.press('Save and finish later', { 'concern.what': 'Nobody has seen her.' });
    assert.match(left.text, /and not confirmed\. Nobody has been told\. It goes out by itself at 09:30/);
    const { practitionerId } = await plrOf(bot, manager);
    const list = await cardSaid(bot, manager, 'my reviews');
    assert.match(list.text, /and not confirmed\. Nobody has been told\. It goes out by itself at 09:30/);
    assert.doesNotMatch((await cardSaid(bot, practitionerId, 'my reviews')).text, /concern/);
    await list.press(goOn);
    assert.match(list.text, /Nobody is told yet/);
    assert.deepEqual([list.inputs['concern.immediate'], list.inputs['concern.what']], Object.values(yes));

    await bot.advance('PT14M');
    assert.equal(remindersTo(manager).length, 0);
    await bot.advance('PT1M');
    assert.equal(remindersTo(manager).length, 1);
    for (const { id } of bot.organisation.roster.people)
      if (id !== manager) assert.equal(remindersTo(id).length, 0);
    assert.doesNotMatch(JSON.stringify(remindersTo(manager)[0]!.summary), /PLR|child|Nobody has seen/);
    assert.doesNotMatch(JSON.stringify(remindersTo(manager)[0]!.card), /Nobody has seen/);
    await nobodyKnows();

    const reminder = reminderInHand();
    assert.match(reminder.text, /It goes out by itself at 09:30 unless it is taken back/);
    await reminder.press(goOn);
    assert.equal(reminder.inputs['concern.what'], 'Nobody has seen her.');
    await reminder.press('Save and tell the team now');
    assert.match(reminder.text, /Confirmed: the team is told/);
    await bot.settle();
    const { alert, begun } = await everybodyKnows();
    assert.equal(alert?.raisedAt, '2022-04-01T08:15:00.000Z');
    assert.deepEqual(
      begun?.map(({ end }) => end),
      ['confirmed'],
    );
    assert.doesNotMatch(toldTo('qa-lead'), /not confirmed/);
    assert.equal(settled().length, 1);
    assert.match(settled()[0]!, /Confirmed: the team is told/);
    await bot.advance('PT3H');
    assert.equal(newsTo(manager).length, 0);
    await everybodyKnows();
  });

  it('goes out by itself after half an hour, says so, and its clock runs from then', async () => {
    const phone = await begin();
    await bot.advance('PT15M');
    await bot.advance('PT14M');
    await nobodyKnows();
    await bot.advance('PT1M');
    const plr = await everybodyKnows();
    assert.equal(plr.alert?.raisedAt, '2022-04-01T08:30:00.000Z');
    for (const id of [plr.practitionerId, 'qa-lead'])
      assert.match(toldTo(id), /a child may be unsafe now.*Not confirmed.*Nobody has seen her\./);
    assert.equal(newsTo(manager).length, 1);
    assert.match(textOf(newsTo(manager)[0]!), /went out by itself on 1 April 2022 at 09:30/);
    assert.doesNotMatch(textOf(newsTo(manager)[0]!), /Nobody has seen/);

    await phone.press('Save and tell the team now');
    assert.match(phone.text, /The team has been told already/);
    await bot.settle();
    await everybodyKnows();
    assert.match((await cardSaid(bot, manager, 'my reviews')).text, /You are at/);
    await bot.advance('PT4H');
    assert.ok((await plrOf(bot, manager)).alert?.timeline.some(({ is }) => is === 'climbed'));
    assert.equal(remindersTo(manager).length, 1);
  });

  it('goes out too when time moves by a day at once, once on two replicas, with its ladder where it should be', async () => {
    await begin('concern', { 'concern.immediate': 'yes' });
    const other = await bot.startAnother();
    bot.pass('P1D');
    await Promise.all([bot.app.foundation.refresh(), other.foundation.refresh()]);
    await Promise.all([bot.app.heartbeat.beat(), other.heartbeat.beat()]);
    await bot.settle();
    await other.stop();
    const { alert, practitionerId } = await everybodyKnows();
    assert.equal(alert?.raisedAt, '2022-04-01T08:30:00.000Z');
    assert.deepEqual(
      alert.timeline.flatMap((entry) => (entry.is === 'climbed' ? [entry.rung] : [])),
      ['service-manager', 'head-of-service', 'assistant-director'],
    );
    assert.equal(remindersTo(manager).length, 0);
    assert.equal(newsTo(manager).length, 1);
    assert.match(toldTo(practitionerId), /No words were given/);
    assert.match(toldTo('assistant-director'), /Not confirmed/);
  });

  it('goes out as well when it is an overall grade of Inadequate', async () => {
    const phone = await begin('overall', inadequate);
    await bot.advance('PT15M');
    const reminder = reminderInHand();
    assert.doesNotMatch(`${reminder.text} ${remindersTo(manager)[0]!.summary}`, /Inadequate/);
    assert.deepEqual(reminder.buttons, [goOn, 'Take the grade back']);
    await bot.advance('PT15M');
    const plr = await everybodyKnows();
    assert.match(toldTo(plr.practitionerId), /Inadequate.*Not confirmed.*Not seen for a month\./);
    const { review } = plr;
    assert.ok(review.state === 'draft' && review.typed['overall.grade']?.text === 'inadequate');
    assert.equal(newsTo(manager).length, 1);
    await phone.press('Save and tell the team now');
    assert.match(phone.text, /The team has been told already/);
    await bot.settle();
    await everybodyKnows();
  });

  it('does not go out when the Inadequate is taken back, from the form, a reminder or another grade', async () => {
    const form = await begin('overall', inadequate);
    await form.press('Take the grade back');
    assert.equal(form.inputs['overall.grade'] ?? '', '');
    assert.equal(form.inputs['overall.reason'], inadequate['overall.reason']);
    await form.press('Next', inadequate);
    await bot.advance('PT15M');
    await reminderInHand().press('Take the grade back');
    const again = await cardSaid(bot, manager, 'my reviews');
    await again.press(`Go on with ${(await plrOf(bot, manager)).ref}`);
    await again.press('Go', { goTo: 'overall' });
    await again.press('Next', inadequate);
    await again.press('Save and tell the team now', { 'overall.grade': 'good' });
    await bot.advance('PT4H');
    await nobodyKnows();
    const { begun, review } = await plrOf(bot, manager);
    assert.deepEqual(
      begun?.map(({ because, end }) => [because, end]),
      [
        ['inadequate', 'taken-back'],
        ['inadequate', 'taken-back'],
        ['inadequate', 'taken-back'],
      ],
    );
    assert.ok(review.state === 'draft' && review.typed['overall.grade']?.text === 'good');
  });

  it('is taken back: no alert, no reminder, and both are on the review and on the log', async () => {
    const phone = await begin();
    const list = await cardSaid(bot, manager, 'my reviews');
    await bot.advance('PT10M');
    await list.press(takeBack);
    assert.match(list.text, /There is no immediate concern, and nobody was told/);
    await bot.advance('PT4H');
    assert.equal(remindersTo(manager).length, 0);
    await nobodyKnows();
    const { review, begun, cycleId, ref } = await plrOf(bot, manager);
    const log = await new TableLog(bot.app.foundation.clients.table).of(plrKey(cycleId, ref));
    assert.deepEqual(
      log.map(({ did }) => did).filter((did) => did.includes('immediate concern')),
      [
        'began an immediate concern: not confirmed, nobody told',
        'took back an unconfirmed immediate concern: nobody told',
      ],
    );
    assert.ok(review.state === 'draft');
    assert.equal(review.typed['concern.immediate']?.text, 'no');
    assert.equal(review.typed['concern.what']?.text, 'Nobody has seen her.');
    assert.deepEqual(begun, [
      {
        because: 'immediate-concern',
        by: manager,
        since: '2022-04-01T08:00:00.000Z',
        save: 2,
        end: 'taken-back',
        endedAt: '2022-04-01T08:10:00.000Z',
        endedBy: manager,
      },
    ]);

    // The confirmation is still on the phone: it tells nobody without asking, and is not lost.
    await phone.press('Save and tell the team now');
    assert.match(phone.text, /Nobody is told yet/);
    await bot.settle();
    await nobodyKnows();
    await bot.advance('PT30M');
    await everybodyKnows();
  });

  it('is shown on the returned review when it was taken back', async () => {
    const summary = await fillIn(bot, manager);
    await summary.press('Go', { goTo: 'concern' });
    await summary.press('Next', yes);
    await summary.press(takeBack);
    await summary.press('Go', { goTo: 'summary' });
    await summary.press('Return this PLR');
    assert.match(summary.text, /You returned this PLR/);
    assert.match(
      summary.text,
      /Begun and taken back: An immediate concern, entered on 1 April 2022 at 09:00 and taken back on 1 April 2022 at 09:00/,
    );
  });

  it('is taken back by nobody else, once, and not from a card of an earlier one', async () => {
    await begin();
    await bot.advance('PT15M');
    const first = reminderInHand();
    const stale = first.onAnotherDevice();
    const { cycleId: cycle, ref } = await plrOf(bot, manager);
    const other = new CardInHand(bot, 'birch-manager', assignmentOf(bot, 'birch-manager').now);
    await other.post({ verb: 'review.no-concern', data: { cycle, ref, seen: 1 } });
    const forged = other.text;
    await other.post({ verb: 'review.no-concern', data: { cycle, ref: 'PLR-ZZZZZZ', seen: 1 } });
    assert.equal(other.text, forged);
    await other.post({ verb: 'review.tell-now', data: { cycle, ref, seen: 1 } });
    assert.equal(other.text, forged);

    await first.press(takeBack);
    const { text } = first;
    const before = await plrOf(bot, manager);
    await first.post(first.posted[0]!);
    assert.equal(first.text, text);
    assert.deepEqual(await plrOf(bot, manager), before);

    await first.press('Go on with the review');
    await first.press('Next', yes);
    await stale.press(takeBack);
    assert.match(stale.text, /This card was out of date, so nothing was changed/);
    const { review } = await plrOf(bot, manager);
    assert.ok(review.state === 'draft' && review.unconfirmed !== undefined);
  });

  it('says from a card of before that it has gone out, and changes nothing', async () => {
    await begin();
    await bot.advance('PT15M');
    const reminder = reminderInHand();
    await bot.advance('PT15M');
    const before = await plrOf(bot, manager);
    await reminder.press(takeBack);
    assert.match(reminder.text, /It went out by itself on 1 April 2022 at 09:30: the team has been told/);
    assert.deepEqual((await plrOf(bot, manager)).review, before.review);
  });

  it('keeps the review from being returned until it is answered', async () => {
    const summary = await fillIn(bot, manager);
    const phone = summary.onAnotherDevice();
    await phone.press('Go', { goTo: 'concern' });
    await phone.press('Next', yes);
    await summary.press('Return this PLR');
    assert.match(summary.text, /nobody has been told/);
    await summary.press('Return this PLR');
    assert.equal((await plrOf(bot, manager)).review.state, 'draft');
    await summary.press('Change 12');
    assert.match(summary.text, /Nobody is told yet/);
    await summary.press(takeBack);
    assert.match(summary.text, /There is no immediate concern, and nobody was told/);
    await summary.press('Return this PLR');
    assert.match(summary.text, /You returned this PLR/);
    await nobodyKnows();
  });

  for (const outcome of ['leave', 'case-closed'] as const)
    it(`goes out all the same when the PLR is closed over it (${outcome})`, async () => {
      await begin();
      await decide(outcome);
      const said = cardsTo(manager).filter(({ card }) => JSON.stringify(card).includes('Tell the team now'));
      assert.equal(said.length, 1);
      assert.match(textOf(said[0]!), /It goes out by itself at 09:30 unless it is taken back/);
      await bot.advance('PT30M');
      const plr = await everybodyKnows();
      assert.match(toldTo(plr.practitionerId), /Not confirmed.*Nobody has seen her\./);
      assert.equal(newsTo(manager).length, 1);
      await bot.advance('PT24H');
      assert.equal(newsTo(manager).length, 1);
    });

  it('is told at once, or taken back, from the card that says that the PLR is closed over it', async () => {
    await begin();
    await decide('leave');
    const notice = cardsTo(manager).find(({ card }) => JSON.stringify(card).includes('Tell the team now'))!;
    await new CardInHand(bot, manager, notice).press('Tell the team now');
    await bot.settle();
    const { alert, begun } = await everybodyKnows();
    assert.equal(alert?.raisedAt, '2022-04-01T08:00:00.000Z');
    assert.deepEqual(
      begun?.map(({ end }) => end),
      ['confirmed'],
    );
  });

  it('is taken back from a PLR that is closed, and then tells nobody', async () => {
    await begin();
    await decide('leave');
    const notice = cardsTo(manager).find(({ card }) => JSON.stringify(card).includes('Tell the team now'))!;
    const card = await new CardInHand(bot, manager, notice).press(takeBack);
    assert.match(card.text, /There is no immediate concern, and nobody was told/);
    await bot.advance('PT24H');
    await nobodyKnows();
  });

  it('goes out all the same when its manager has left, and the PLR is withdrawn', async () => {
    await begin();
    const roster = smallCouncil();
    const leaves = { activeUntil: localDate('2022-03-31') };
    const people = roster.people.map((one) => (one.id === manager ? { ...one, ...leaves } : one));
    assert.ok(await bot.app.foundation.rosters.replace({ ...roster, people }));
    await bot.advance('PT1M');
    await decide('withdraw');
    const toQaLead = cardsTo('qa-lead').filter(({ card }) =>
      JSON.stringify(card).includes('was entered here'),
    );
    assert.equal(toQaLead.length, 1);
    const [{ card, summary = '' }] = toQaLead as [ShownCard];
    const { ref, caseRef } = await plrOf(bot, manager);
    assert.match(JSON.stringify(card), /has left or is away.*goes out by itself at 09:30.*ring the team now/);
    assert.doesNotMatch(JSON.stringify(card), /Nobody has seen her/);
    assert.doesNotMatch(summary, new RegExp(`${ref}|${caseRef}`));
    await bot.advance('PT29M');
    await everybodyKnows();
    assert.equal(newsTo(manager).length, 0);
  });

  it('goes out at the first tick of this version when it waited since before, whatever was reminded', async () => {
    await begin();
    await asStoredBefore(bot, await plrOf(bot, manager));
    bot.pass('P10D');
    const updated = await bot.startAnother();
    await updated.heartbeat.beat();
    await bot.settle();
    const plr = await plrOf(bot, manager);
    // The second tells of the breach: nobody acted in all these days.
    assert.deepEqual(cardsOfEveryone(bot, plr), { ...onceEach, qaLead: 2 });
    assert.equal(plr.alert?.raisedAt, '2022-04-01T08:30:00.000Z');
    await updated.stop();
  });
});

/** The row as the version before wrote it, when both reminders had gone and nothing more was due. */
async function asStoredBefore({ app }: BotInTeams, plr: Plr): Promise<void> {
  const { table } = app.foundation.clients;
  const key = plrKey(plr.cycleId, plr.ref);
  const row = await table.getEntity<Record<string, unknown>>(key.partition, rowKeys.document(key));
  assert.ok(plr.review.state === 'draft' && plr.review.unconfirmed !== undefined);
  const { by, since, save } = plr.review.unconfirmed;
  const reminded = ['2022-04-01T08:30:00.000Z', '2022-04-01T10:00:00.000Z'].map((at) => ({ to: by, at }));
  const old = { ...plr, review: { ...plr.review, unconfirmed: { by, since, save, reminded } } };
  const entity = { partitionKey: key.partition, rowKey: rowKeys.document(key) };
  await table.updateEntity({ ...entity, dueAt: '', ...toColumns(JSON.stringify(old)) }, 'Merge');
  await table.deleteEntity(key.partition, rowKeys.due(String(row['dueAt']) as Instant, key));
  await table.deleteEntity('council', rowKeys.document(rowsLookedThroughKey));
}
