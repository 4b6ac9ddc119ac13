import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../src/app.js';
import type { Plr } from '../../src/practice/plr/plr.js';
import type { Leadership } from '../../src/delivery/leadership.js';
import { addHours } from '../../src/practice/base/time.js';
import { smallCouncil } from '../builders/small-council.js';
import {
  alertCards,
  cardsOfEveryone,
  flag,
  onceEach,
  peopleOf,
  somePlr,
  stored,
  textOf,
} from '../conversation/alert-steps.js';
import { startBotInTeams, type BotInTeams, type BotInTeamsOptions } from '../conversation/bot-in-teams.js';
import { startOwnAzurite } from '../stand-ins/azurite.js';
import { storageSays } from './world.js';

let bot: BotInTeams;
let plr: Plr;

/** The process that leads: the first that asks when nobody does. */
let leader: object | undefined;

/** Who sends, of the processes of one test; a lease of its own time would keep the next one waiting for real. */
function leadership(): Leadership {
  const me = {};
  return {
    lead: () => Promise.resolve((leader ??= me) === me),
    mayStillSend: () => leader === me,
    stepDown: () => Promise.resolve(void (leader = leader === me ? undefined : leader)),
  };
}

async function start(options: Partial<BotInTeamsOptions> = {}): Promise<void> {
  leader = undefined;
  bot = await startBotInTeams({ roster: smallCouncil(), leadership, ...options });
  await bot.settle();
  plr = await somePlr(bot);
}

const cards = () => cardsOfEveryone(bot, plr);
const outbox = () => bot.app.foundation.outbox;
const alertRows = async () => (await outbox().ledger(plr.cycleId)).filter(({ urgent }) => urgent);
const waitingAlerts = () => outbox().urgent(plr.cycleId, 50);
const beat = (app: App) => app.heartbeat.beat();

/** The process that leads is gone: what it had begun is left as it was, and another may lead. */
function another(): Promise<App> {
  leader = undefined;
  return bot.startAnother();
}

/** The first process does nothing by itself any more, as if it died in the next save. */
async function saveAndDie(): Promise<void> {
  await bot.app.heartbeat.stop();
  await flag(bot.app, plr, 'inadequate');
}

describe('an alert, when the process is killed', () => {
  beforeEach(() => start());
  afterEach(() => bot.stop());

  it('after the save and before anything else, is sent by the next process', async () => {
    await saveAndDie();
    assert.deepEqual(cards(), { worker: 0, teamManager: 0, qaLead: 0, channel: 0 });
    await beat(await another());
    assert.deepEqual(cards(), onceEach);
  });

  it('after the claim and before sending, is sent by the next process', async () => {
    await saveAndDie();
    assert.equal((await outbox().claim(await waitingAlerts())).length, 4);
    await beat(await another());
    assert.deepEqual(cards(), onceEach);
  });

  it('after sending and before recording, doubles only what was in flight', async () => {
    const { teamManager } = peopleOf(bot, plr);
    const held = bot.connector.hold(({ to }) => to === teamManager!.aadObjectId);
    await flag(bot.app, plr, 'inadequate');
    await held.reached;
    // The others are recorded; hers is not, since Teams has not said yet that it took it.
    await storageSays(
      async () => (await alertRows()).map(({ state }) => state).sort(),
      (states) => states.join() === 'delivered,delivered,delivered,sending',
      20_000,
    );
    const resent = beat(await another());
    await bot.connector.waitUntil(() => cards().teamManager === 2, 'hers again');
    held.release();
    await resent;
    await bot.settle();
    assert.deepEqual(cards(), { ...onceEach, teamManager: 2 });
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
    const next = await another();
    await bot.advance('PT1M');
    await beat(next);
    const each = cards();
    assert.ok(each.teamManager === 1 || each.teamManager === 2, String(each.teamManager));
    assert.deepEqual({ ...each, teamManager: 1 }, onceEach);
  });

  it('keeps its clock: the next process climbs and breaches at the true times', async () => {
    await saveAndDie();
    const { now } = bot.app.foundation.council()!;
    const next = await another();
    await bot.advance('PT30H');
    await beat(next);
    await beat(next);
    const { alert } = await stored(bot, plr);
    const { serviceManager, headOfService, assistantDirector, qaLead } = peopleOf(bot, plr);
    for (const { aadObjectId } of [serviceManager!, headOfService!, assistantDirector!])
      assert.equal(alertCards(bot, aadObjectId).length, 1);
    assert.ok(alertCards(bot, qaLead!.aadObjectId).some((card) => textOf(card).includes('the time ran out')));
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
    assert.deepEqual(cards(), onceEach);
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
    assert.deepEqual(cards(), onceEach);
    for (const { key, state } of await alertRows())
      // Nobody is to be rung any more once somebody has been reached.
      assert.ok(
        state === 'delivered' || (key.includes('.unheard-') && state === 'superseded'),
        `${key} ${state}`,
      );
  });

  it('asks everyone to wait, again and again, is delivered once', async () => {
    bot.connector.fail({ rate: 0.6, kinds: ['Throttled'], seed: 7 });
    await flag(bot.app, plr, 'inadequate');
    await bot.settle();
    for (let tries = 0; tries < 10; tries += 1) await bot.advance('PT30S');
    bot.connector.fail(undefined);
    await bot.advance('PT1M');
    assert.deepEqual(cards(), onceEach);
  });
});

describe('an alert, when storage is away for two hours', () => {
  it('is not said to be saved; what was saved before is delivered afterwards, on the same clock', async () => {
    const location = await mkdtemp(join(tmpdir(), 'plr-faults-'));
    const azurite = await startOwnAzurite({ location });
    await start({ azurite });
    try {
      // Saved, and the process is gone before it could send.
      await saveAndDie();
      const { raisedAt } = (await stored(bot, plr)).alert!;
      const next = await another();
      await azurite.kill();
      await beat(next);
      await assert.rejects(flag(bot.app, plr, 'immediate-concern'));
      await azurite.restart();
      await bot.advance('PT2H');
      await beat(next);
      await beat(next);
      assert.deepEqual(cards(), onceEach);
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
