import assert from 'node:assert/strict';
import { refuse } from '../../src/practice/base/errors.js';
import type { CycleId, PlrRef } from '../../src/practice/base/ids.js';
import { plrKey } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { readStatus } from '../../src/practice/cycles/read-status.js';
import { isRefusal } from '../../src/practice/base/errors.js';
import { returnedPlr } from '../builders/returned-plr.js';
import { smallCouncil } from '../builders/small-council.js';
import { cardSaid } from './filling-in.js';
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

  it('says in one line that one was not reached, and shows by one press whom, and why', async () => {
    const card = latest('qa-lead');
    assert.match(textOf(card.card), /1 PLR has not reached its manager/);
    assert.doesNotMatch(textOf(card.card), /Chart|100%\)?"/);
    const answer = await bot.teams.press(bot.person('qa-lead'), card, 'See which');
    assert.match(textOf(answer.card?.card), new RegExp(`${lost} has not reached Damson Manager: `));
    await bot.teams.press(bot.person('qa-lead'), answer.card!, 'Back to how we are doing');
  });

  it('says that the month is still running, and begins with what is open', async () => {
    const { text, buttons } = await cardSaid(bot, 'qa-lead', 'how are we doing');
    assert.match(text, /^How we are doing: April 2022\nOpen now, from any month\n/);
    assert.match(text, /This month is still running: reviews are due on 29 April 2022/);
    assert.ok(buttons.includes('2 reviews not returned'));
    assert.match(text, /Target: all 4/);
  });

  for (const [role, sees, not] of [
    [
      'head-of-service',
      /Assessment Service[^]*Children in Care Service|Children in Care Service[^]*Assessment Service/,
      /not reached its manager/,
    ],
    ['care-service-manager', /Children in Care Service/, /Assessment Service|not reached its manager/],
    ['care-reviewer', /Children in Care Service/, /Assessment Service|required/],
    ['birch-manager', /Birch Team/, /Service|Ash Team/],
  ] as const)
    it(`shows the ${role} their part, and no more`, async () => {
      const { text } = await cardSaid(bot, role, 'how are we doing');
      assert.match(text, /How we are doing: April 2022/);
      assert.match(text, sees);
      assert.doesNotMatch(text.replaceAll('Returned by the service', ''), not);
    });

  for (const words of ['how are we doing April', 'how are we doing in april 2022', 'compliance 2022-04'])
    it(`counts the month that was asked for (${words})`, async () => {
      assert.match((await cardSaid(bot, 'qa-lead', words)).text, /How we are doing: April 2022/);
    });

  for (const words of ['how are we doing November', 'how are we doing Octember', 'how are we doing q4'])
    it(`says so when there is no such month, and names what there is (${words})`, async () => {
      const { text } = await cardSaid(bot, 'qa-lead', words);
      assert.match(text, /has not been issued|I know no month called/);
      assert.match(text, /There is: April 2022\./);
    });

  it('shows the teams of a service, and goes back', async () => {
    const { now } = await cardSaid(bot, 'qa-lead', 'how are we doing');
    const answer = await bot.teams.press(bot.person('qa-lead'), now, 'Show its teams', {
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
    const worker = bot.person('ash-worker-first');
    assert.doesNotMatch(
      (await cardSaid(bot, worker.id, 'how are we doing?')).text,
      /Returned by the service/,
    );
    for (const verb of ['cycle.status', 'cycle.teams', 'cycle.unreached']) {
      const forged = await bot.teams.presses(worker, { verb, data: { cycle: '2022-04', service: 'care' } });
      assert.match(JSON.stringify(forged.body), /There is nothing here for you/);
      assert.doesNotMatch(JSON.stringify(forged.body), /of 2/);
    }
  });

  it('shows nobody the teams of another service, nor whom no message reached but the QA lead', async () => {
    const manager = bot.person('care-service-manager');
    const data = { cycle: '2022-04', service: 'assessment' };
    const teams = await bot.teams.presses(manager, { verb: 'cycle.teams', data });
    assert.doesNotMatch(JSON.stringify(teams.body), /Ash Team|Assessment Service/);
    const lost = await bot.teams.presses(manager, { verb: 'cycle.unreached', data });
    assert.match(JSON.stringify(lost.body), /There is nothing here for you/);
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
