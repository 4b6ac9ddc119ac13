import assert from 'node:assert/strict';
import sinon from 'sinon';
import type { App } from '../../src/app.js';
import type { Leadership } from '../../src/delivery/leadership.js';
import { longestUnheardMs } from '../../src/practice/alerts/longest-unheard.js';
import { type Alert, climbedTo, entries } from '../../src/practice/plr/alert.js';
import { managersAsked, outcomeOf } from '../../src/practice/plr/alert-reached.js';
import type { Plr } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { readOpen } from '../../src/practice/process/open/seen-by.js';
import { smallCouncil } from '../builders/small-council.js';
import {
  alertCards,
  cardsOfEveryone,
  flag,
  onceEach,
  peopleOf,
  stored,
  textOf,
} from '../conversation/alert-steps.js';
import { startBotInTeams, type BotInTeams } from '../conversation/bot-in-teams.js';
import type { IncomingCall } from '../stand-ins/recorded-calls.js';
import type { FailNext } from '../stand-ins/teams-failures.js';

const minutes = 10;
const aDaySeconds = 86_400;
const fiveMegabytes = 'x'.repeat(5_000_000);
const rungs = ['service-manager', 'head-of-service', 'assistant-director'];

interface Unwell extends Pick<FailNext, 'status' | 'body' | 'headers' | 'kind' | 'raw'> {
  readonly what: string;
  /** What the ledger gives as the last answer. */
  readonly reason: RegExp;
  /** Whether it says that somebody was not reached; else Teams is only away, and the ladder keeps to its hours. */
  readonly climbs: boolean;
}

const refused = (status: number, climbs = true, more: Partial<Unwell> = {}): Unwell => ({
  what: String(status),
  status,
  reason: new RegExp(`${status}`),
  climbs,
  ...more,
});

/** One of each kind; how every status is read is tested beside `teams-answers.ts`. */
const cases: readonly Unwell[] = [
  refused(302, true, { headers: { location: '/elsewhere' } }),
  refused(400),
  refused(401),
  refused(403, true, {
    body: { error: { code: 'BadArgument', message: 'Failed to decrypt conversation id' } },
  }),
  refused(408, false),
  refused(500),
  refused(502, false),
  { what: 'half an answer with 200', status: 200, raw: '{"id":', reason: /could not be read/, climbs: true },
  {
    what: 'an id of 5 MB',
    status: 200,
    raw: JSON.stringify({ id: fiveMegabytes }),
    reason: /could not be read/,
    climbs: true,
  },
  { what: 'dropped connections', kind: 'DroppedBefore', reason: /could not be reached/, climbs: false },
  { what: 'no answer at all', kind: 'Hanging', reason: /could not be reached/, climbs: false },
];

let leader: object | undefined;

/** Who sends of the two replicas: the first that asks when nobody does. */
function leadership(): Leadership {
  const me = {};
  return {
    lead: () => Promise.resolve((leader ??= me) === me),
    mayStillSend: () => leader === me,
    stepDown: () => Promise.resolve(void (leader = leader === me ? undefined : leader)),
  };
}

describe(`${minutes} minutes in which Teams is not well, in the middle of alerts, on two replicas`, function () {
  this.timeout(60_000);
  let bot: BotInTeams;
  let other: App;
  let before: Plr;
  let during: Plr;
  let isUnwell: boolean;

  beforeEach(async () => {
    leader = undefined;
    bot = await startBotInTeams({ roster: smallCouncil(), leadership });
    await bot.settle();
    other = await bot.startAnother();
    const plrs = await bot.app.foundation.services.documents.list(plrKind, '2022-04');
    [before, during] = plrs.sort((a, b) => (a.ref < b.ref ? -1 : 1)) as [Plr, Plr];
    // Delivered while Teams was well: what happens to it since must still be drawn on its cards.
    await flag(bot.app, before, 'inadequate');
    await bot.settle();
    assert.deepEqual(cardsOf(before), onceEach);
  });
  afterEach(async () => {
    sinon.restore();
    await other.stop();
    await bot.stop();
  });

  const isSent = ({ operation }: IncomingCall) => operation !== 'read' && operation !== 'unknown';
  /** What the metric and its alarm read. */
  const unheardMs = () => longestUnheardMs(bot.app.foundation.services, bot.app.foundation.clock);
  /** What is listed as open of the alert's messages. */
  const undelivered = async () => {
    const { services, refresh } = bot.app.foundation;
    const open = await readOpen(services, (await refresh())!);
    return open.filter(({ kind, ref }) => kind === 'message-undelivered' && ref === during.ref).length;
  };
  const cardsOf = (plr: Plr) => cardsOfEveryone(bot, plr);
  const rowsOf = async (plr?: Plr) =>
    (await bot.app.foundation.outbox.ledger('2022-04', 'alert.')).filter(
      ({ about }) => plr === undefined || about === plr.ref,
    );

  function becomeUnwell(how: Unwell) {
    isUnwell = true;
    bot.connector.failNext({ match: (call) => isUnwell && isSent(call), times: Infinity, ...how });
    if (how.kind === 'Hanging') hurry();
  }

  /** What is never answered is given up at once; real seconds would show nothing more. */
  function hurry() {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    sinon.stub(AbortSignal, 'timeout').callsFake((ms) => timeout(ms === 15_000 ? 20 : ms));
  }

  async function pass(duration: string) {
    await bot.advance(duration);
    await other.heartbeat.beat();
  }

  const acknowledge = () => {
    const { teamManager } = peopleOf(bot, before);
    const card = alertCards(bot, teamManager!.aadObjectId).find((one) => textOf(one).includes(before.ref));
    return bot.teams.press(teamManager!, card!, 'Acknowledge', { safety: 'safe' });
  };

  for (const unwell of cases)
    it(`(${unwell.what}): nothing ends, and all arrives once when Teams is well again`, async () => {
      becomeUnwell(unwell);
      await flag(bot.app, during, 'immediate-concern');
      const { raisedAt } = (await stored(bot, during)).alert!;
      await bot.settle();
      const { card } = await acknowledge();
      assert.ok(card);
      for (const half of [1, 2]) {
        // The other replica takes over half-way.
        if (half === 2) leader = undefined;
        await pass('PT1M');
        await pass(`PT${minutes / 2 - 1}M`);
      }
      await assertWaits(unwell);

      isUnwell = false;
      sinon.restore();
      await pass('PT1M');
      await pass('PT1M');
      await assertAllThere(raisedAt, unwell);
      await assertNothingTwice();
      assertShowsAcknowledged();
    });

  it('(429 with a day’s Retry-After): it is asked again within minutes, by either replica, and all arrives once', async () => {
    const { connector } = bot;
    const from = connector.recorded.at(-1)!.at;
    const lastAt = () => connector.recorded.at(-1)!.at;
    connector.failNext({
      match: (call) => isSent(call) && lastAt() < from + minutes * 60_000,
      times: Infinity,
      status: 429,
      headers: { 'retry-after': String(aDaySeconds) },
    });
    await flag(bot.app, during, 'immediate-concern');
    const { raisedAt } = (await stored(bot, during)).alert!;
    await connector.waitUntil(() => lastAt() > from + 120_000, 'two minutes of it', 20_000);
    const explained = (await rowsOf(during)).filter(({ reason }) => reason.startsWith('429'));
    assert.ok(explained.length > 0 && explained.every(({ state }) => state === 'queued'));
    const asked = () => connector.recorded.filter(({ status }) => status === 429).length;
    await connector.waitUntil(() => lastAt() > from + (minutes / 2) * 60_000, 'half of it', 20_000);
    const askedByOne = asked();
    // The other replica takes over, and has not heard that Teams asked to wait.
    leader = undefined;
    await other.heartbeat.beat();
    await other.heartbeat.beat();
    assert.ok(askedByOne >= minutes / 4, `the first asked ${askedByOne} times`);
    assert.ok(asked() - askedByOne >= minutes / 4, `the other asked ${asked() - askedByOne} times`);
    await assertAllThere(raisedAt, { climbs: false });
    await assertNothingTwice();
  });

  async function assertWaits({ reason, climbs }: Unwell) {
    const rows = await rowsOf();
    const unsent = rows.filter(({ state }) => state !== 'delivered' && state !== 'superseded');
    assert.ok(unsent.length > 4);
    for (const row of unsent) {
      assert.equal(row.state, 'queued', `${row.key} is ${row.state}`);
      assert.match(row.reason, reason);
    }
    assert.ok((await undelivered()) >= Object.keys(onceEach).length);
    assert.ok((await unheardMs()) >= minutes * 60_000);
    const alert = (await stored(bot, during)).alert!;
    assert.deepEqual(climbedTo(alert), climbs ? rungs : []);
    if (climbs) assert.deepEqual(managersAsked(alert).reached, []);
  }

  async function assertAllThere(raisedAt: Alert['raisedAt'], { climbs }: Pick<Unwell, 'climbs'>) {
    const { alert } = await stored(bot, during);
    assert.ok(alert);
    assert.equal(alert.raisedAt, raisedAt);
    assert.deepEqual(climbedTo(alert), climbs ? rungs : []);
    assert.deepEqual(managersAsked(alert).missed, []);
    const rows = await rowsOf();
    // That nobody has heard is not said any more once somebody has: that message alone gives way.
    const gaveWay = rows.filter(({ state }) => state === 'superseded').map(({ key }) => key);
    for (const { key } of entries(alert, 'sent'))
      if (!(key.includes('.unheard-') && gaveWay.includes(key)))
        assert.equal(outcomeOf(alert, key), 'delivered', key);
    assert.equal(await undelivered(), 0);
    assert.equal(await unheardMs(), 0);
    for (const { key, state, reason } of rows)
      assert.ok(state === 'delivered' || state === 'superseded', `${key}: ${state} ${reason}`);
    for (const plr of [before, during])
      for (const person of [peopleOf(bot, plr)['teamManager']!, peopleOf(bot, plr)['worker']!])
        assert.ok(
          alertCards(bot, person.aadObjectId).every((one) => !textOf(one).includes('Could not be reached')),
        );
  }

  /** As many new cards as there are messages; what is only drawn again pops up for nobody. */
  async function assertNothingTwice() {
    const urgent = (await rowsOf()).filter((row) => row.urgent && row.state === 'delivered');
    for (const { aadObjectId, id } of Object.values(peopleOf(bot, during))) {
      const theirs = urgent.filter(({ recipient }) => recipient === id);
      assert.equal(alertCards(bot, aadObjectId).length, theirs.length, id);
    }
    assert.deepEqual(bot.connector.violations, []);
  }

  function assertShowsAcknowledged() {
    const { teamManager } = peopleOf(bot, before);
    const card = alertCards(bot, teamManager!.aadObjectId).find((one) => textOf(one).includes(before.ref));
    assert.match(textOf(card!), /Acknowledged/);
  }
});
