import assert from 'node:assert/strict';
import { plrKey } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { decideChange } from '../../src/practice/cycles/changes/change.js';
import { localDate } from '../../src/practice/base/time.js';
import { smallCouncil } from '../builders/small-council.js';
import type { ShownCard } from '../stand-ins/chats.js';
import { cardsOfEveryone, onceEach } from './alert-steps.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { assignmentOf, CardInHand, cardSaid, fillIn, plrOf } from './filling-in.js';

const manager = 'ash-manager';
const yes = { 'concern.immediate': 'yes', 'concern.what': 'Nobody has seen her.' };
const goOn = 'Go on to confirm it';
const takeBack = 'No, there is no concern';

describe('an immediate concern that was begun and not confirmed', () => {
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

  /** Answers yes, is told that nobody is told yet, and puts the phone away. */
  async function begin(): Promise<CardInHand> {
    const card = await assignmentOf(bot, manager).press('Start the review');
    await card.press('Go', { goTo: 'concern' });
    await card.press('Next', yes);
    assert.match(card.text, /Nobody is told yet/);
    return card;
  }

  const isReminder = ({ summary }: ShownCard) => summary?.includes('nobody has been told') === true;
  const remindersTo = (id: string) => bot.connector.cardsTo(bot.person(id).aadObjectId).filter(isReminder);
  const reminderInHand = () => new CardInHand(bot, manager, remindersTo(manager).at(-1)!);
  const settled = () =>
    bot.connector
      .cardsTo(bot.person(manager).aadObjectId)
      .filter(({ card, updates }) => updates > 0 && JSON.stringify(card).includes('Go on with the review'))
      .map(({ card }) => JSON.stringify(card));
  const nobodyKnows = async () => {
    const plr = await plrOf(bot, manager);
    assert.equal(plr.alert, undefined);
    assert.deepEqual(cardsOfEveryone(bot, plr), { worker: 0, teamManager: 0, qaLead: 0, channel: 0 });
  };

  it('is said first in "my reviews", reminded of, confirmed, and then told once', async () => {
    const left = await begin();
    await left.press('Save and finish later', { 'concern.what': 'Nobody has seen her.' });
    assert.match(left.text, /and not confirmed\. Nobody has been told\./);
    const { practitionerId } = await plrOf(bot, manager);
    const list = await cardSaid(bot, manager, 'my reviews');
    assert.match(list.text, /and not confirmed\. Nobody has been told\./);
    assert.doesNotMatch((await cardSaid(bot, practitionerId, 'my reviews')).text, /concern/);
    await list.press(goOn);
    assert.match(list.text, /Nobody is told yet/);
    assert.deepEqual([list.inputs['concern.immediate'], list.inputs['concern.what']], Object.values(yes));

    await bot.advance('PT29M');
    assert.equal(remindersTo(manager).length, 0);
    await bot.advance('PT1M');
    assert.equal(remindersTo(manager).length, 1);
    for (const { id } of bot.organisation.roster.people)
      if (id !== manager) assert.equal(remindersTo(id).length, 0);
    assert.doesNotMatch(JSON.stringify(remindersTo(manager)[0]!.summary), /PLR|child|Nobody has seen/);
    assert.doesNotMatch(JSON.stringify(remindersTo(manager)[0]!.card), /Nobody has seen/);
    await nobodyKnows();

    const reminder = reminderInHand();
    await reminder.press(goOn);
    assert.equal(reminder.inputs['concern.what'], 'Nobody has seen her.');
    await reminder.press('Save and tell the team now');
    assert.match(reminder.text, /Confirmed: the team is told/);
    await bot.settle();
    assert.deepEqual(cardsOfEveryone(bot, await plrOf(bot, manager)), onceEach);
    assert.equal(settled().length, 1);
    assert.match(settled()[0]!, /Confirmed: the team is told/);
    await bot.advance('PT3H');
    assert.equal(remindersTo(manager).length, 0);
    assert.deepEqual(cardsOfEveryone(bot, await plrOf(bot, manager)), onceEach);
  });

  it('is taken back: no alert, no reminder', async () => {
    const phone = await begin();
    const list = await cardSaid(bot, manager, 'my reviews');
    await list.press(takeBack);
    assert.match(list.text, /There is no immediate concern, and nobody was told/);
    await bot.advance('PT4H');
    assert.equal(remindersTo(manager).length, 0);
    await nobodyKnows();
    const { review } = await plrOf(bot, manager);
    assert.ok(review.state === 'draft');
    assert.equal(review.typed['concern.immediate']?.text, 'no');
    assert.equal(review.typed['concern.what']?.text, 'Nobody has seen her.');

    // The confirmation is still on the phone: it tells nobody without asking, and is not lost.
    await phone.press('Save and tell the team now');
    assert.match(phone.text, /Nobody is told yet/);
    await bot.settle();
    await nobodyKnows();
    await bot.advance('PT30M');
    assert.equal(remindersTo(manager).length, 1);
  });

  it('is reminded of twice, and never again', async () => {
    await begin();
    await bot.advance('PT30M');
    await bot.advance('PT90M');
    await bot.advance('PT24H');
    assert.equal(remindersTo(manager).length, 2);
    assert.match(reminderInHand().text, /This is the last reminder/);
    await nobodyKnows();
    await reminderInHand().press(takeBack);
    await bot.settle();
    assert.equal(remindersTo(manager).length, 0);
    assert.equal(settled().length, 2);
    for (const card of settled()) assert.match(card, /There is no immediate concern, and nobody was told/);
  });

  it('is taken back by nobody else, once, and not from a card of an earlier one', async () => {
    await begin();
    await bot.advance('PT30M');
    const first = reminderInHand();
    const stale = first.onAnotherDevice();
    const { cycleId: cycle, ref } = await plrOf(bot, manager);
    const other = new CardInHand(bot, 'birch-manager', assignmentOf(bot, 'birch-manager').now);
    await other.post({ verb: 'review.no-concern', data: { cycle, ref, seen: 1 } });
    const forged = other.text;
    await other.post({ verb: 'review.no-concern', data: { cycle, ref: 'PLR-ZZZZZZ', seen: 1 } });
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

  it('is said to its manager at once when the PLR is closed over it', async () => {
    await begin();
    const plr = await plrOf(bot, manager);
    const house = bot.app.foundation.house()!;
    const exempt = { number: 1, outcome: 'leave', because: 'On leave.', by: plr.managerId } as const;
    const { documents } = bot.app.foundation.services;
    await documents.change(plrKind, plrKey(plr.cycleId, plr.ref), 'system', (now) =>
      decideChange(now, exempt, house),
    );
    await bot.settle();
    const told = bot.connector
      .cardsTo(bot.person(manager).aadObjectId)
      .map(({ card }) => JSON.stringify(card))
      .filter((card) => card.includes('cannot be told from here'));
    assert.equal(told.length, 1);
    await bot.advance('PT24H');
    await nobodyKnows();
  });

  it('is brought to a QA lead when its manager has left, and to the manager alone before', async () => {
    await begin();
    await bot.advance('PT30M');
    await bot.advance('PT90M');
    const toQaLead = () =>
      bot.connector
        .cardsTo(bot.person('qa-lead').aadObjectId)
        .filter(({ card }) => JSON.stringify(card).includes('An immediate concern was entered'));
    assert.equal(toQaLead().length, 0);
    const roster = smallCouncil();
    const leaves = { activeUntil: localDate('2022-04-01') };
    const people = roster.people.map((one) => (one.id === manager ? { ...one, ...leaves } : one));
    assert.ok(await bot.app.foundation.rosters.replace({ ...roster, people }));
    await bot.advance('P1D');
    const plr = await plrOf(bot, manager);
    const house = bot.app.foundation.house()!;
    const withdrawn = {
      number: 1,
      outcome: 'withdraw',
      because: 'Has left.',
      by: bot.person('qa-lead').id,
    } as const;
    await bot.app.foundation.services.documents.change(
      plrKind,
      plrKey(plr.cycleId, plr.ref),
      'system',
      (now) => decideChange(now, withdrawn, house),
    );
    await bot.settle();
    assert.equal(toQaLead().length, 1);
    const [{ card, summary = '' }] = toQaLead() as [ShownCard];
    assert.match(JSON.stringify(card), /has left or is away.*ring the team now/);
    assert.doesNotMatch(JSON.stringify(card), /Nobody has seen her/);
    assert.doesNotMatch(summary, new RegExp(`${plr.ref}|${plr.caseRef}`));
    await bot.advance('PT24H');
    assert.equal(toQaLead().length, 1);
    await nobodyKnows();
  });
});
