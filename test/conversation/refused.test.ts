import assert from 'node:assert/strict';
import { conversationKey } from '../../src/delivery/conversations.js';
import type { Person } from '../../src/practice/council/organisation.js';
import type { Plr } from '../../src/practice/plr/plr.js';
import { ConversationStore } from '../../src/storage/conversation-store.js';
import { smallCouncil } from '../builders/small-council.js';
import { alertCards, flag, peopleOf, somePlr, stored, textOf } from './alert-steps.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';

const badArgument = {
  status: 403,
  body: { error: { code: 'BadArgument', message: 'Failed to decrypt conversation id' } },
};
const blocked = { status: 403, body: { error: { code: 'ConversationBlockedByUser', message: 'Blocked' } } };

describe('somebody whom Teams lets nothing through to', () => {
  let bot: BotInTeams;
  let plr: Plr;
  let manager: Person;
  let senior: Person;

  beforeEach(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
    plr = await somePlr(bot);
    const people = peopleOf(bot, plr);
    [manager, senior] = [people['teamManager']!, people['serviceManager']!];
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    await bot.stop();
  });

  const rows = async (to: Person, prefix = '') =>
    (await bot.app.foundation.outbox.ledger(plr.cycleId, prefix)).filter(
      ({ recipient }) => recipient === to.id,
    );
  const alertRow = async () => (await rows(manager, 'alert.')).find(({ urgent }) => urgent);
  const refuseOnce = (how: typeof badArgument) =>
    bot.connector.failNext({ match: ({ to }) => to === manager.aadObjectId, ...how });
  const missed = (to: Person) =>
    alertCards(bot, to.aadObjectId).map((card) => /could not be reached/i.test(textOf(card)));

  for (const how of [badArgument, blocked]) {
    const { code } = how.body.error;
    it(`(${code}) gets the alert as soon as they speak; it has climbed at once, and says so until then`, async () => {
      refuseOnce(how);
      await flag(bot.app, plr, 'inadequate');
      await bot.settle();
      const waits = await alertRow();
      assert.deepEqual([waits?.state, waits?.reason], ['queued', `403 ${code}`]);
      assert.equal(alertCards(bot, manager.aadObjectId).length, 0);
      // The next rung has it, at once, and reads why.
      assert.deepEqual(missed(senior), [true]);

      await bot.teams.says(manager, 'help');
      await bot.settle();
      assert.equal((await alertRow())?.state, 'delivered');
      assert.equal(alertCards(bot, manager.aadObjectId).length, 1);
      assert.deepEqual([...missed(senior), ...missed(manager)], [false, false]);
      const { alert } = await stored(bot, plr);
      const told = alert!.timeline.flatMap((entry) =>
        entry.is === 'undeliverable' || (entry.is === 'delivered' && entry.key === waits?.key)
          ? [entry.is]
          : [],
      );
      assert.deepEqual(told, ['undeliverable', 'delivered']);
    });
  }

  it('is asked again within a minute of an alert, though they do nothing, and gets the next alert too', async () => {
    refuseOnce(badArgument);
    await flag(bot.app, plr, 'inadequate');
    await bot.settle();
    await bot.advance('PT1M');
    assert.equal((await alertRow())?.state, 'delivered');
    await flag(bot.app, plr, 'immediate-concern');
    await bot.settle();
    assert.equal(alertCards(bot, manager.aadObjectId).length, 2);
  });

  it('is not kept by one refusal from the messages that come after it; when one is taken, so goes what waited', async () => {
    const { outbox } = bot.app.foundation;
    await outbox.requeue(plr.cycleId, ['delivered'], ({ key, recipient }) => isFirst(key, recipient));
    refuseOnce(blocked);
    await bot.settle();
    const [waits] = await rows(manager, 'assigned.');
    assert.deepEqual([waits?.state, waits?.refused], ['queued', true]);
    await flag(bot.app, plr, 'inadequate');
    await bot.settle();
    assert.equal((await alertRow())?.state, 'delivered');
    await bot.settle();
    // It was taken after a refusal: so goes the rest.
    assert.equal((await rows(manager, 'assigned.'))[0]?.state, 'delivered');
  });

  it('is asked each day, and at once when the operator asks', async () => {
    const { outbox } = bot.app.foundation;
    await outbox.requeue(plr.cycleId, ['delivered'], ({ key, recipient }) => isFirst(key, recipient));
    bot.connector.shutOut(manager.aadObjectId, 'ConversationBlockedByUser');
    const asked = () =>
      bot.connector.recorded.filter(({ to, status }) => to === manager.aadObjectId && status === 403).length;
    await bot.settle();
    for (const wait of ['PT5M', 'PT1H', 'P1D', 'P1D']) {
      const before = asked();
      await bot.advance(wait);
      assert.ok(asked() > before, `not asked within ${wait}`);
    }
    const before = asked();
    await bot.settle();
    assert.equal(asked(), before);
    assert.ok((await outbox.release(plr.cycleId)) > 0);
    await bot.settle();
    assert.ok(asked() > before);
    assert.ok((await rows(manager)).every(({ state }) => state !== 'undeliverable'));
  });

  it('is let in by what they say, when a version of before had noted the block and ended the messages', async () => {
    const { clients, outbox } = bot.app.foundation;
    const store = new ConversationStore(clients.table);
    const key = conversationKey.person(manager.aadObjectId);
    const found = await store.find(key);
    await store.remember(key, { ...found!, blockedBecause: '403 BadArgument' });
    await outbox.requeue(plr.cycleId, ['delivered'], ({ key: one, recipient }) => isFirst(one, recipient));
    const [message] = (await outbox.claim(await outbox.waiting(plr.cycleId, 10))).filter(
      ({ message: { to } }) => 'person' in to,
    );
    await outbox.finish([
      { message: message!, end: { state: 'undeliverable', at: plr.issuedAt, reason: '403 BadArgument' } },
    ]);
    await bot.teams.says(manager, 'help');
    await bot.settle();
    assert.equal((await rows(manager, 'assigned.'))[0]?.state, 'delivered');
  });

  const isFirst = (key: string, recipient: string) => key.startsWith('assigned.') && recipient === manager.id;
});
