import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../src/app.js';
import type { Plr } from '../../src/practice/plr.js';
import { addHours } from '../../src/practice/time.js';
import { smallCouncil } from '../builders/small-council.js';
import { alertCards, flag, peopleOf, somePlr, stored } from '../conversation/alert-steps.js';
import { startBotInTeams, type BotInTeams, type BotInTeamsOptions } from '../conversation/bot-in-teams.js';
import { startOwnAzurite } from '../stand-ins/azurite.js';

let bot: BotInTeams;
let plr: Plr;

async function start(options: Partial<BotInTeamsOptions> = {}): Promise<void> {
  bot = await startBotInTeams({ roster: smallCouncil(), ...options });
  await bot.settle();
  plr = await somePlr(bot);
}

/** Everyone who is told at once, with the cards of the alert that each has. */
function cardsOfEveryone(): Record<string, number> {
  const { worker, teamManager, qaLead } = peopleOf(bot, plr);
  const channel = bot.organisation.teams.get(plr.teamId)?.alertChannelId ?? '';
  const chats = {
    worker: worker?.aadObjectId,
    teamManager: teamManager?.aadObjectId,
    qaLead: qaLead?.aadObjectId,
    channel,
  };
  return Object.fromEntries(
    Object.entries(chats).map(([who, to]) => [who, alertCards(bot, to ?? '').length]),
  );
}

const onceEach = { worker: 1, teamManager: 1, qaLead: 1, channel: 1 };
const outbox = () => bot.app.foundation.outbox;
const waitingAlerts = () => outbox().waiting(plr.cycleId, 'alerts', 50);
const beat = (app: App) => app.heartbeat.beat();
/** Longer than a claim lasts. */
const afterLease = 'PT61S';

/** The process dies: it is asked nothing more. What it had begun is left as it was. */
async function die(): Promise<App> {
  await bot.app.heartbeat.stop();
  return bot.startAnother();
}

describe('an alert, when the process is killed', () => {
  beforeEach(() => start());
  afterEach(() => bot.stop());

  it('after the save and before anything else, is sent by the next process', async () => {
    await bot.app.heartbeat.stop();
    await flag(bot.app, plr, 'inadequate');
    assert.deepEqual(cardsOfEveryone(), { worker: 0, teamManager: 0, qaLead: 0, channel: 0 });
    await beat(await bot.startAnother());
    assert.deepEqual(cardsOfEveryone(), onceEach);
  });

  it('after the claim and before sending, is sent when the claim has run out', async () => {
    await bot.app.heartbeat.stop();
    await flag(bot.app, plr, 'inadequate');
    const { now } = bot.app.foundation.house()!;
    await outbox().claim(await waitingAlerts(), addHours(now, 1 / 60));
    const next = await bot.startAnother();
    await beat(next);
    assert.equal(cardsOfEveryone()['teamManager'], 0);
    await bot.advance(afterLease);
    await beat(next);
    assert.deepEqual(cardsOfEveryone(), onceEach);
  });

  it('after sending and before recording, doubles only what was in flight', async () => {
    const { teamManager } = peopleOf(bot, plr);
    const held = bot.connector.hold(({ to }) => to === teamManager!.aadObjectId);
    await flag(bot.app, plr, 'inadequate');
    await held.reached;
    // The first process waits for an answer that does not come; the claim runs out meanwhile.
    const next = await bot.startAnother();
    const advanced = bot.advance(afterLease);
    const resent = beat(next);
    held.release();
    await Promise.all([advanced, resent]);
    await beat(next);
    const cards = cardsOfEveryone();
    assert.ok(cards['teamManager'] === 1 || cards['teamManager'] === 2);
    assert.deepEqual({ ...cards, teamManager: 1 }, onceEach);
  });

  it('after Teams took it and before Teams could say so, is doubled once at most', async () => {
    const { teamManager } = peopleOf(bot, plr);
    bot.connector.failNext({
      kind: 'DroppedAfter',
      match: ({ to }) => to === teamManager!.aadObjectId,
    });
    await flag(bot.app, plr, 'inadequate');
    await bot.settle();
    assert.ok(bot.connector.recorded.some(({ status }) => status === 'dropped'));
    const next = await die();
    await bot.advance(afterLease);
    await beat(next);
    const cards = cardsOfEveryone();
    assert.ok(cards['teamManager']! >= 1 && cards['teamManager']! <= 2, String(cards['teamManager']));
    assert.deepEqual({ ...cards, teamManager: 1 }, onceEach);
  });

  it('keeps its clock: the next process climbs and breaches at the true times', async () => {
    await bot.app.heartbeat.stop();
    await flag(bot.app, plr, 'inadequate');
    const { now } = bot.app.foundation.house()!;
    const next = await bot.startAnother();
    await bot.advance('PT30H');
    await beat(next);
    await beat(next);
    const { alert } = await stored(bot, plr);
    const { serviceManager, headOfService, assistantDirector, qaLead } = peopleOf(bot, plr);
    for (const { aadObjectId } of [serviceManager!, headOfService!, assistantDirector!])
      assert.equal(alertCards(bot, aadObjectId).length, 1);
    assert.equal(alertCards(bot, qaLead!.aadObjectId).length, 2);
    const breach = alert?.timeline.find((entry) => entry.is === 'breached');
    assert.equal(breach?.is === 'breached' && breach.ranOutAt, addHours(now, 24));
  });
});

describe('an alert, with two replicas', () => {
  beforeEach(() => start());
  afterEach(() => bot.stop());

  it('is raised, sent and climbed once', async () => {
    const other = await bot.startAnother();
    await Promise.all([
      ...[1, 2, 3, 4, 5].map(() => flag(bot.app, plr, 'inadequate')),
      ...[1, 2, 3].map(() => flag(other, plr, 'inadequate')),
    ]);
    await Promise.all([bot.settle(), beat(other), beat(other)]);
    assert.deepEqual(cardsOfEveryone(), onceEach);
    await Promise.all([bot.advance('PT5H'), beat(other)]);
    await Promise.all([bot.settle(), other.foundation.refresh().then(() => beat(other))]);
    const { serviceManager } = peopleOf(bot, plr);
    assert.equal(alertCards(bot, serviceManager!.aadObjectId).length, 1);
    const { alert } = await stored(bot, plr);
    assert.equal(alert?.timeline.filter(({ is }) => is === 'climbed').length, 1);
    assert.equal(alert?.timeline.filter(({ is }) => is === 'delivered').length, 5);
  });

  it('takes one acknowledgement from five presses of one button and one of another', async () => {
    await flag(bot.app, plr, 'inadequate');
    await bot.settle();
    const { worker, teamManager } = peopleOf(bot, plr);
    const [hers] = alertCards(bot, worker!.aadObjectId);
    const [his] = alertCards(bot, teamManager!.aadObjectId);
    const answers = await Promise.all([
      ...[1, 2, 3, 4, 5].map(() => bot.teams.press(worker!, hers!, 'Acknowledge', { safety: 'safe' })),
      bot.teams.press(teamManager!, his!, 'Acknowledge', { safety: 'safe' }),
    ]);
    for (const { status, card } of answers) assert.ok(status === 200 && card !== undefined);
    await bot.settle();
    const { alert } = await stored(bot, plr);
    assert.equal(alert?.timeline.filter(({ is }) => is === 'acknowledged').length, 1);
  });
});

describe('an alert, when Teams', () => {
  beforeEach(() => start());
  afterEach(() => bot.stop());

  it('is away for two hours, is delivered once when it is back', async () => {
    await bot.connector.away();
    await flag(bot.app, plr, 'inadequate');
    for (let minutes = 0; minutes < 120; minutes += 60) await bot.advance('PT1H');
    await bot.connector.back();
    await bot.advance('PT1M');
    assert.deepEqual(cardsOfEveryone(), onceEach);
    const ledger = await outbox().ledger(plr.cycleId);
    assert.ok(ledger.filter(({ urgent }) => urgent).every(({ state }) => state === 'delivered'));
  });

  it('asks everyone to wait, again and again, is delivered once', async () => {
    bot.connector.fail({ rate: 0.6, kinds: ['Throttled'], seed: 7 });
    await flag(bot.app, plr, 'inadequate');
    await bot.settle();
    for (let tries = 0; tries < 10; tries += 1) await bot.advance('PT30S');
    bot.connector.fail(undefined);
    await bot.advance('PT1M');
    assert.deepEqual(cardsOfEveryone(), onceEach);
  });
});

describe('an alert, when storage is away for two hours', () => {
  it('is not said to be saved; what was saved before is delivered afterwards, on the same clock', async () => {
    const location = await mkdtemp(join(tmpdir(), 'plr-faults-'));
    const azurite = await startOwnAzurite({ location });
    await start({ azurite });
    try {
      // Saved, and the process is gone before it could send.
      await bot.app.heartbeat.stop();
      await flag(bot.app, plr, 'inadequate');
      const { raisedAt } = (await stored(bot, plr)).alert!;
      const next = await bot.startAnother();
      await azurite.kill();
      await beat(next);
      await assert.rejects(flag(bot.app, plr, 'immediate-concern'));
      await azurite.restart();
      await bot.advance('PT2H');
      await beat(next);
      await beat(next);
      assert.deepEqual(cardsOfEveryone(), onceEach);
      const { alert } = await stored(bot, plr);
      assert.deepEqual([alert?.raisedAt, alert?.reasons.length], [raisedAt, 1]);
      await bot.advance('PT2H');
      await beat(next);
      assert.equal(alertCards(bot, peopleOf(bot, plr)['serviceManager']!.aadObjectId).length, 1);
    } finally {
      await bot.stop();
      await azurite.stop();
      await rm(location, { recursive: true, force: true });
    }
  });
});
