import assert from 'node:assert/strict';
import { refuse } from '../../src/practice/base/errors.js';
import type { CycleId, PlrRef } from '../../src/practice/base/ids.js';
import { plrKey } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { readStatus } from '../../src/practice/cycles/read-status.js';
import { isRefusal } from '../../src/practice/base/errors.js';
import { returnedPlr } from '../builders/returned-plr.js';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';

const april = '2022-04' as CycleId;

async function markReturned(bot: BotInTeams, managerId: string, completedBy: 'service' | 'qa') {
  const plrs = await bot.app.foundation.services.documents.list(plrKind, april);
  const plr = plrs.find((one) => one.managerId === managerId);
  assert.ok(plr);
  await bot.app.foundation.services.documents.change(plrKind, plrKey(april, plr.ref), 'system', (now) =>
    now.review.state === 'assigned'
      ? { state: returnedPlr(now, { completedBy }), did: 'returned', messages: [] }
      : refuse('not-now', 'It was returned.'),
  );
  return plr.ref;
}

describe('"how are we doing?"', () => {
  let bot: BotInTeams;
  let lost: PlrRef;
  before(async () => {
    bot = await startBotInTeams({
      roster: smallCouncil(),
      installed: ['ash-manager', 'birch-manager', 'cedar-manager', 'qa-lead'].map((id) => id as never),
    });
    bot.connector.shutOut(bot.person('damson-manager').aadObjectId, 'BotNotInConversationRoster');
    await bot.settle();
    await markReturned(bot, 'ash-manager', 'service');
    await markReturned(bot, 'cedar-manager', 'qa');
    const plrs = await bot.app.foundation.services.documents.list(plrKind, april);
    lost = plrs.find(({ managerId }) => managerId === 'damson-manager')?.ref as PlrRef;
  });
  after(() => bot.stop());

  const latest = (id: string) => bot.connector.latestCard(bot.person(id).aadObjectId);
  const textOf = (card: unknown) => JSON.stringify(card);

  it('shows the QA lead each service with every percentage and its counts', async () => {
    await bot.teams.says(bot.person('qa-lead'), 'How are we doing?');
    const text = textOf(latest('qa-lead').card);
    assert.match(text, /How we are doing: April 2022/);
    assert.match(text, /Returned by the service 1 of 2 \(50%\)/);
    assert.match(text, /Returned by the service 0 of 2 \(0%\), completed by QA 1 of 2 \(50%\)/);
    assert.doesNotMatch(text, /\$\{/);
  });

  it('lists who could not be reached, and why', () => {
    const text = textOf(latest('qa-lead').card);
    assert.match(text, new RegExp(`${lost} has not reached Damson Manager: `));
  });

  it('carries a chart with the same figures as a table for where charts are not shown', () => {
    const text = textOf(latest('qa-lead').card);
    assert.match(text, /"type":"Chart\.HorizontalBar"/);
    assert.match(text, /"x":"Assessment Service: 1 of 2","y":50/);
    assert.match(text, /"type":"Table"/);
  });

  it('shows the teams of a service, and goes back', async () => {
    const answer = await bot.teams.press(bot.person('qa-lead'), latest('qa-lead'), 'Show its teams', {
      service: 'care',
    });
    const teams = answer.card;
    assert.ok(teams);
    assert.match(textOf(teams.card), /Children in Care Service/);
    assert.match(textOf(teams.card), /Damson Team/);
    const back = await bot.teams.press(bot.person('qa-lead'), teams, 'Back to all services');
    assert.match(textOf(back.card?.card), /How we are doing: April 2022/);
  });

  it('answers anyone else with help, and their press of the button with nothing', async () => {
    const manager = bot.person('ash-manager');
    await bot.teams.says(manager, 'how are we doing?');
    assert.doesNotMatch(textOf(latest('ash-manager').card), /Returned by the service/);
    const forged = await bot.teams.presses(manager, { verb: 'cycle.status', data: { cycle: '2022-04' } });
    assert.doesNotMatch(JSON.stringify(forged.body), /of 2/);
  });

  it('agrees with the ledger', async () => {
    const { services, council } = bot.app.foundation;
    const now = council();
    assert.ok(now);
    const known = await readStatus(april, services, now);
    assert.ok(!isRefusal(known));
    assert.deepEqual(known.status.disagreements, []);
    assert.equal(known.status.undeliverable, 1);
    assert.deepEqual(bot.connector.violations, []);
  });

  it('says so when the cycle asked for was never issued', async () => {
    await bot.teams.says(bot.person('qa-lead'), 'how are we doing 2021-01');
    assert.match(textOf(latest('qa-lead').card), /has not been issued/);
  });
});
