import assert from 'node:assert/strict';
import { closeCycle } from '../../src/practice/cycles/decide-closing.js';
import type { CycleId, PersonId, PlrRef } from '../../src/practice/base/ids.js';
import { instant, localDate } from '../../src/practice/base/time.js';
import { cycleKey, cycleKind } from '../../src/practice/plr/cycle-record.js';
import { plrKey } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { readOpen } from '../../src/practice/process/open/seen-by.js';
import { aReview } from '../builders/a-plr.js';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams, type BotInTeamsOptions } from './bot-in-teams.js';
import { CardInHand, cardSaid, fillIn, plrOf, returnReview } from './filling-in.js';

const april = '2022-04' as CycleId;
const manager = 'ash-manager';

describe('a cycle', () => {
  let bot: BotInTeams;
  const start = async (options: Partial<BotInTeamsOptions> = {}) => {
    bot = await startBotInTeams({ roster: smallCouncil(), ...options });
    await bot.settle();
  };
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    assert.deepEqual(bot.logged, []);
    await bot.stop();
  });

  const services = () => bot.app.foundation.services;
  const cycle = async () => {
    const found = await services().documents.read(cycleKind, cycleKey(april));
    assert.ok(found !== undefined && found.state !== 'issuing');
    return found;
  };
  const states = async () =>
    (await services().documents.list(plrKind, april)).map(({ review }) => review.state).sort();
  const openOf = async (ref: string) => {
    const council = bot.app.foundation.council();
    assert.ok(council);
    return (await readOpen(services(), council)).filter((one) => one.ref === ref).map(({ kind }) => kind);
  };
  const messagesTo = (id: string) =>
    bot.connector
      .cardsTo(bot.person(id).aadObjectId)
      .filter(({ card }) => /Your review|review in your team/.test(JSON.stringify(card))).length;
  const inAprilTo = (ref: string) =>
    ['ash-manager', 'assessment-service-manager', 'head-of-service'].flatMap((id) =>
      bot.connector
        .cardsTo(bot.person(id).aadObjectId)
        .filter(({ card }) => JSON.stringify(card).includes(ref)),
    ).length;

  describe('by the rule', () => {
    let card: CardInHand;
    beforeEach(async () => {
      await start();
      card = await fillIn(bot, manager, { instead: { 'voice.working-well': 'She drew her week.' } });
      const late = await fillIn(bot, 'damson-manager', { instead: { 'actions.1.due': '2022-07-01' } });
      await returnReview(bot, 'cedar-manager');
      await bot.advance('P45D');
      await late.press('Return this PLR');
    });

    it('takes late returns until the end of the last working day of the next month, and then none', async () => {
      const { ref } = await plrOf(bot, manager);
      await bot.advance('P15DT14H59M');
      assert.equal((await cycle()).state, 'issued');
      assert.deepEqual(await openOf(ref), ['review-not-returned']);
      await bot.advance('PT1M');
      const closed = await cycle();
      assert.ok(closed.state === 'closed');
      assert.deepEqual([closed.closedAt, closed.closedBy], ['2022-05-31T23:00:00.000Z', 'system']);
      assert.equal(closed.isUnfinished, undefined);
      assert.deepEqual(await states(), ['not-returned', 'not-returned', 'returned', 'returned']);
      assert.deepEqual(await openOf(ref), []);
      const before = inAprilTo(ref);
      for (let week = 0; week < 4; week += 1) await bot.advance('P7D');
      assert.equal(inAprilTo(ref), before);
    });

    it('keeps what was typed when its return is pressed too late, and a concern on it still alerts', async () => {
      await bot.advance('P16D');
      await card.press('Return this PLR');
      assert.match(
        card.text,
        /This was not returned, because its cycle has closed\. Nothing that you typed is lost\./,
      );
      assert.match(card.text, /its cycle closed on 31 May 2022/);
      const kept = await plrOf(bot, manager);
      assert.ok(kept.review.state === 'not-returned');
      assert.equal(kept.review.draft?.typed['voice.working-well']?.text, 'She drew her week.');
      await card.press('See what you wrote');
      assert.match(card.text, /this review can no longer be returned/);
      const list = await cardSaid(bot, manager, 'my reviews');
      assert.match(list.text, /Not returned: its cycle has closed/);
      await card.press('Go', { goTo: 'concern' });
      await card.press('Next', { 'concern.immediate': 'yes', 'concern.what': 'Nobody has seen her.' });
      assert.match(card.text, /Nobody is told yet/);
      await card.press('Save and tell the team now');
      const alerted = await plrOf(bot, manager);
      assert.deepEqual([alerted.review.state, alerted.alert?.state], ['not-returned', 'raised']);
      assert.deepEqual(await openOf(alerted.ref), ['alert-unacknowledged']);
    });

    it('lets a concern that was begun after it go out by itself, once half an hour has passed', async () => {
      await bot.advance('P16D');
      const { aadObjectId } = bot.person('birch-manager');
      const assigned = bot.connector
        .cardsTo(aadObjectId)
        .find((one) => JSON.stringify(one.card).includes('This review was not returned'));
      assert.ok(assigned, 'the card in the chat says so');
      const unstarted = new CardInHand(bot, 'birch-manager', assigned);
      await unstarted.press('A child may be unsafe');
      await unstarted.press('Next', { 'concern.immediate': 'yes', 'concern.what': 'Bruises.' });
      await bot.advance('PT14M');
      assert.equal((await plrOf(bot, 'birch-manager')).alert, undefined);
      await bot.advance('PT17M');
      const { alert, review } = await plrOf(bot, 'birch-manager');
      assert.deepEqual([alert?.state, review.state], ['raised', 'not-returned']);
    });

    it('ends a return that comes between the closing and its reviews', async () => {
      await services().documents.change(cycleKind, cycleKey(april), 'operator', (now) =>
        closeCycle(now, 'operator', instant('2022-05-16T08:00:00Z')),
      );
      await card.press('Return this PLR');
      assert.match(card.text, /This was not returned, because its cycle has closed/);
      assert.equal((await plrOf(bot, manager)).review.state, 'not-returned');
      assert.deepEqual(await states(), ['assigned', 'not-returned', 'returned', 'returned']);
      await bot.settle();
      assert.deepEqual(await states(), ['not-returned', 'not-returned', 'returned', 'returned']);
    });
  });

  describe('by the QA lead', () => {
    beforeEach(() => start());
    const asked = async () => (await cardSaid(bot, 'qa-lead', 'how are we doing')).press('Close this cycle');

    it('is closed with a confirmation, once, and by nobody else', async () => {
      for (const verb of ['cycle.ask-to-close', 'cycle.close', 'cycle.ask-to-reopen', 'cycle.reopen']) {
        const data = { cycle: april, seen: 0, reason: 'x', until: '2022-05-31' };
        const forged = await bot.teams.presses(bot.person('head-of-service'), { verb, data });
        assert.match(JSON.stringify(forged.body), /nothing here for you/);
      }
      const card = await asked();
      assert.match(card.text, /Not all of its reviews are due yet\./);
      assert.match(card.text, /4 of 4 reviews are not returned\.\nClosing ends them as “not returned”/);
      assert.equal((await cycle()).state, 'issued');
      const confirmation = card.onAnotherDevice();
      await card.press('Close this cycle');
      assert.match(
        card.text,
        /You closed it\.[^]*It was closed on 1 April 2022 by .+\. No more returns are taken\./,
      );
      assert.match(card.text, /Not returned: 4 of 4 \(100%\)/);
      const before = await cycle();
      await confirmation.press('Close this cycle');
      assert.match(confirmation.text, /It is closed already\. Nothing was changed\./);
      assert.deepEqual(await cycle(), before);
      assert.deepEqual(await states(), Array(4).fill('not-returned'));
    });

    it('is opened again with a reason until a day, and what was typed goes on', async () => {
      const form = await fillIn(bot, manager);
      const card = await asked();
      const stale = card.onAnotherDevice();
      await card.press('Close this cycle');
      await bot.settle();
      const quiet = messagesTo(manager);
      await card.press('Open this cycle again');
      await card.press('Open it again', { reason: '', until: '2022-05-10' });
      assert.match(card.text, /Error: Say why/);
      await card.press('Open it again', { reason: 'Half of us were ill.', until: '2022-03-10' });
      assert.match(card.text, /Error: Give a day from 1 April 2022 to/);
      assert.equal(card.inputs['reason'], 'Half of us were ill.');
      await card.press('Open it again', { reason: 'Half of us were ill.', until: '2022-05-10' });
      assert.match(
        card.text,
        /You opened it again\.[^]*“Half of us were ill\.” It takes returns until 10 May 2022\./,
      );
      await bot.settle();
      assert.equal(messagesTo(manager), quiet + 1);
      await stale.press('Close this cycle');
      assert.match(stale.text, /This card was out of date/);
      assert.equal((await cycle()).state, 'issued');
      await form.press('Return this PLR');
      assert.equal((await plrOf(bot, manager)).review.state, 'returned');
      await bot.advance('P39DT14H');
      assert.equal((await cycle()).state, 'issued');
      await bot.advance('PT1H');
      assert.equal((await cycle()).state, 'closed');
      assert.deepEqual(await states(), ['not-returned', 'not-returned', 'not-returned', 'returned']);
    });

    it('is opened again though it had left the sweep, and closes again', async () => {
      for (const plr of await services().documents.list(plrKind, april))
        await services().documents.change(plrKind, plrKey(april, plr.ref), 'system', (now) => ({
          state: { ...now, review: aReview().exempt().build().review },
          did: 'changed it',
          messages: [],
        }));
      bot.pass('P190D');
      await bot.app.foundation.refresh();
      await bot.settle();
      await bot.advance('P1D');
      const swept = async () => (await bot.app.foundation.registry.active()).includes(april);
      assert.equal(await swept(), false);
      const card = await cardSaid(bot, 'qa-lead', 'how are we doing 2022-04');
      await card.press('Open this cycle again');
      await card.press('Open it again', { reason: 'A mistake.', until: '2022-10-20' });
      await bot.advance('P2D');
      assert.deepEqual([await swept(), (await cycle()).state], [true, 'issued']);
      await bot.advance('P10D');
      await bot.advance('P2D');
      assert.deepEqual([await swept(), (await cycle()).state], [false, 'closed']);
    });
  });

  it('stored before cycles closed is closed at the first beat when its time has passed', async () => {
    await start({ at: '2022-08-01T08:00:00Z' });
    const june = '2021-06' as CycleId;
    const old = {
      ...{ state: 'closed', id: june, kind: 'monthly', month: june, seed: 'a-seed', rosterVersion: 1 },
      ...{ issueOn: '2021-06-01', dueOn: '2021-06-30', issuedAt: '2021-06-01T08:00:00.000Z', issued: 1 },
      ...{ closesAt: '2021-07-05T08:00:00.000Z', closedAt: '2021-07-05T08:00:10.000Z', unplaced: [] },
      coverage: { reviewed: 1, open: 24, percent: 4, target: 10, shortfall: 2 },
    };
    const plr = aReview()
      .complete()
      .with({ cycleId: june, ref: 'PLR-222229' as PlrRef, dueOn: localDate('2021-06-30') })
      .build();
    const { documents } = services();
    const before = { kind: 'cycle', schemaVersion: 1 };
    await documents.create(before, cycleKey(june), { state: old, did: 'closed', messages: [] }, 'system');
    const key = plrKey(june, plr.ref);
    await documents.create(plrKind, key, { state: plr, did: 'issued', messages: [] }, 'system');
    await bot.settle();
    const read = await documents.read(cycleKind, cycleKey(june));
    assert.ok(read?.state === 'closed');
    assert.deepEqual([read.countedAt, read.closedAt], [old.closedAt, '2021-07-30T23:00:00.000Z']);
    assert.equal((await documents.read(plrKind, key))?.review.state, 'not-returned');
  });

  it('that is closed, with nothing open in it, costs a beat nothing', async () => {
    let requests = 0;
    const counted = { onStorageRequest: () => (requests += 1) };
    const requestsOfABeat = async () => {
      await bot.advance('P1D');
      await bot.advance('P1D');
      const before = requests;
      await bot.app.heartbeat.beat();
      return requests - before;
    };
    await start({ ...counted, at: '2022-10-03T08:00:00Z' });
    const without = await requestsOfABeat();
    await bot.stop();
    await start(counted);
    const inTheSweep = await requestsOfABeat();
    for (const plr of await services().documents.list(plrKind, april))
      await services().documents.change(plrKind, plrKey(april, plr.ref), 'qa-lead' as PersonId, (now) => ({
        state: { ...now, review: aReview().exempt().build().review },
        did: 'changed it',
        messages: [],
      }));
    bot.pass('P183D');
    await bot.app.foundation.refresh();
    await bot.settle();
    assert.equal((await cycle()).state, 'closed');
    const after = await requestsOfABeat();
    assert.ok(inTheSweep > 0);
    assert.equal(after, without);
  });
});
