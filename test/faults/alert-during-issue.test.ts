import assert from 'node:assert/strict';
import { largerCouncil } from '../builders/larger-council.js';
import { smallCouncil } from '../builders/small-council.js';
import { cardsOfEveryone, flag, onceEach, peopleOf, somePlr } from '../conversation/alert-steps.js';
import { startBotInTeams, type BotInTeams } from '../conversation/bot-in-teams.js';
import type { IncomingCall, RecordedCall } from '../stand-ins/recorded-calls.js';

const managers = 300;
const retryAfterSeconds = 60;
const teamsTakesMs = 250;
/** Requests at 40 a second that Teams has not answered yet. */
const onTheirWay = teamsTakesMs / 25;
const storm = { status: 429, headers: { 'retry-after': String(retryAfterSeconds) } };
const installed = smallCouncil().people.map(({ id }) => id);
const tenantId = '5e0b7ad4-0000-4000-8000-00000000c0de';

describe(`an alert saved while ${managers} assignments are being sent and Teams asks everyone to wait`, function () {
  this.timeout(180_000);
  let bot: BotInTeams;
  /** Calls before the alert was saved. */
  let saved: number;
  let isAlert: (call: IncomingCall) => boolean;

  before(async () => {
    bot = await startBotInTeams({
      roster: largerCouncil(managers),
      configure: { bot: { id: '', tenantId, type: 'SingleTenant', password: '' } },
      // Everyone else is written to for the first time: two requests each.
      installed,
      teamsTakesMs,
    });
    const { connector, app } = bot;
    const issued = app.heartbeat.beat();
    await connector.waitUntil(() => connector.recorded.length >= 100, '100 requests', 120_000);
    isAlert = alertCalls(bot, await flagged(bot));
    saved = connector.recorded.length;
    // Its messages are told to wait first, then whatever comes, one storm after another.
    connector.failNext({ match: isAlert, times: 4, ...storm });
    connector.failNext({ times: 20, ...storm });
    await issued;
    await bot.settle();
  });
  after(() => bot.stop());

  const refused = () => bot.connector.recorded.filter(({ status }) => status === 429);

  it('goes, after the wait, before all that was not on its way when it was saved', () => {
    const calls = bot.connector.recorded;
    const last = calls.findLastIndex((call) => isAlert(call) && call.happened);
    assert.equal(calls.filter((call) => isAlert(call) && call.happened).length, 4);
    assert.ok(refused().filter(isAlert).length >= 4);
    // A first message is two requests: what opens its conversation is not another one.
    const before = calls
      .slice(saved, last)
      .filter((call) => call.happened && !isAlert(call) && call.operation !== 'create');
    assert.ok(before.length <= onTheirWay, `${before.length} others went before it`);
    assert.ok(calls.length - last > 20 * onTheirWay, 'nothing was left to go after it');
  });

  it('and all others wait as long as Teams asked: only what was on its way arrives meanwhile', () => {
    assert.equal(refused().length, 24);
    for (const { at } of refused()) {
      const early = bot.connector.recorded.filter(isWithin(at, at + retryAfterSeconds * 1_000));
      assert.ok(early.length <= onTheirWay, `${early.length} requests were made in the wait`);
    }
  });

  it('is delivered once to each, and so is all else', async () => {
    const plr = await somePlr(bot);
    assert.deepEqual(cardsOfEveryone(bot, plr), onceEach);
    const ledger = await bot.app.foundation.outbox.ledger(plr.cycleId);
    assert.equal(ledger.filter(({ state }) => state === 'delivered').length, ledger.length);
    const sent = bot.connector.recorded.filter(
      ({ happened, operation, conversation }) =>
        happened && (operation !== 'create' || conversation === 'channel'),
    );
    // Whoever installed it was greeted: an answer, which no ledger has.
    assert.equal(sent.length - installed.length, ledger.length);
    assert.deepEqual(bot.connector.violations, []);
  });
});

async function flagged(bot: BotInTeams) {
  const plr = await somePlr(bot);
  await flag(bot.app, plr, 'inadequate');
  return plr;
}

/** Which calls bring its alert to one of those who are told at once. */
function alertCalls(bot: BotInTeams, plr: Awaited<ReturnType<typeof somePlr>>) {
  const { worker, teamManager, qaLead } = peopleOf(bot, plr);
  const told = [worker, teamManager, qaLead].map((one) => one?.aadObjectId as string | undefined);
  told.push(bot.organisation.teams.get(plr.teamId)?.alertChannelId);
  return ({ to, activity }: IncomingCall) =>
    told.includes(to) && String(activity?.['summary']).includes('lert');
}

function isWithin(from: number, until: number) {
  return ({ at }: RecordedCall) => at > from && at < until;
}
