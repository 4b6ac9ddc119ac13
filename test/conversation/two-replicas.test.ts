import assert from 'node:assert/strict';
import type { App } from '../../src/app.js';
import type { Leadership } from '../../src/delivery/leadership.js';
import type { Person } from '../../src/practice/council/organisation.js';
import type { Plr } from '../../src/practice/plr/plr.js';
import { smallCouncil } from '../builders/small-council.js';
import { alertCards, flag, peopleOf, somePlr } from './alert-steps.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';

describe('two replicas, one that answers and one that sends', () => {
  let bot: BotInTeams;
  let leader: App;
  let plr: Plr;
  let manager: Person;

  beforeEach(async () => {
    let youngest = {};
    const leadership = (): Leadership => {
      const me = (youngest = {});
      const mayStillSend = () => me === youngest;
      return { lead: () => Promise.resolve(mayStillSend()), mayStillSend, stepDown: () => Promise.resolve() };
    };
    bot = await startBotInTeams({ roster: smallCouncil(), leadership });
    await bot.settle();
    plr = await somePlr(bot);
    manager = peopleOf(bot, plr)['teamManager']!;
    leader = await bot.startAnother();
    await send();
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    await leader.stop();
    await bot.stop();
  });

  const send = async () => {
    await leader.heartbeat.beat();
    await leader.heartbeat.beat();
  };
  const states = async () =>
    (await leader.foundation.outbox.ledger(plr.cycleId))
      .filter(({ urgent, recipient }) => urgent && recipient === manager.id)
      .map(({ state }) => state);

  it('sends the alerts of somebody who is back, though the other replica heard of it', async () => {
    bot.connector.shutOut(manager.aadObjectId, 'BotNotInConversationRoster');
    await flag(leader, plr, 'inadequate');
    await send();
    assert.deepEqual(await states(), ['queued']);
    await bot.teams.install(manager);
    await send();
    assert.deepEqual(await states(), ['delivered']);
    assert.equal(alertCards(bot, manager.aadObjectId).length, 1);
  });

  it('takes no refusal for true that an install has overtaken', async () => {
    bot.connector.shutOut(manager.aadObjectId, 'BotNotInConversationRoster');
    let refusals = 0;
    const held = bot.connector.hold(({ to }) => to === manager.aadObjectId && (refusals += 1) === 1);
    await flag(leader, plr, 'inadequate');
    const sending = send();
    await held.reached;
    await bot.teams.install(manager);
    held.release();
    await sending;
    bot.pass('PT1M');
    await send();
    assert.deepEqual(await states(), ['delivered']);
  });

  it('sends the alerts of somebody who speaks to the other replica, at once', async () => {
    bot.connector.shutOut(manager.aadObjectId, 'ConversationBlockedByUser');
    await flag(leader, plr, 'inadequate');
    await send();
    assert.deepEqual(await states(), ['queued']);
    bot.connector.letIn(manager.aadObjectId);
    await bot.teams.says(manager, 'help');
    await bot.settle();
    await send();
    assert.deepEqual(await states(), ['delivered']);
  });

  it('loses no alert to an install that comes while its refusal is being recorded', async () => {
    const { outbox } = leader.foundation;
    const postpone = outbox.postpone.bind(outbox);
    let installed = false;
    outbox.postpone = async (message, held, failed) => {
      if (!installed && message.message.key.endsWith(manager.id)) {
        installed = true;
        await bot.teams.install(manager);
      }
      return postpone(message, held, failed);
    };
    bot.connector.shutOut(manager.aadObjectId, 'BotNotInConversationRoster');
    await flag(leader, plr, 'inadequate');
    await send();
    bot.pass('PT1M');
    await send();
    assert.ok(installed);
    assert.deepEqual(await states(), ['delivered']);
  });
});
