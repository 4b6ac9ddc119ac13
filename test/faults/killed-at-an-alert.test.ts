import assert from 'node:assert/strict';
import { entries } from '../../src/practice/plr/alert.js';
import type { Plr } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { addHours } from '../../src/practice/base/time.js';
import { smallCouncil } from '../builders/small-council.js';
import { assignmentOf } from '../conversation/filling-in.js';
import type { RecordedCall } from '../stand-ins/recorded-calls.js';
import { teamsClient } from '../stand-ins/teams-client.js';
import type { BotProcess } from './bot-process.js';
import { ledgerSays, makeWorld, storageSays, type World } from './world.js';
import { dyingMoments, type DyingMoment } from './die-at.js';

const cycle = '2022-04';
const { people } = smallCouncil();
const managers = people.flatMap(({ id, roles }) => (roles.includes('manager') ? [id as string] : []));
/** The processes begin at nine in London on the first working day of April. */
const aheadMs = Date.parse('2022-04-01T08:00:00Z') - Date.now();
const hourMs = 3_600_000;
const toldAtOnce = 4;

describe('an alert whose process is killed (real processes, SIGKILL)', function () {
  this.timeout(300_000);
  let world: World;
  before(async () => {
    world = await makeWorld(0);
    const first = await start();
    await ledgerSays(world, cycle, ({ delivered = 0, ...others }) => delivered > 0 && isEmpty(others));
    await isNoMore(first);
  });
  after(() => world.stop());

  const start = (more: NodeJS.ProcessEnv = {}) =>
    world.start({ FEATURES: 'all', CLOCK_AHEAD_MS: String(aheadMs), ...more });

  async function isNoMore(bot: BotProcess) {
    await bot.kill();
    await world.endLease();
  }

  const plrs = () => world.foundation.services.documents.list(plrKind, cycle);
  const rowsOf = async ({ ref }: Plr) =>
    (await world.foundation.outbox.ledger(cycle, `alert.${ref}`)).filter(({ urgent }) => urgent);
  const cardsOf = ({ ref }: Plr) => world.connector.recorded.filter(bringsAlert(ref)).length;

  /** The manager says that the child may be unsafe now; the process may be gone before it answers. */
  async function raise(bot: BotProcess, managerId: string) {
    const { connector } = world;
    const teams = teamsClient({ botUrl: `${await bot.url()}/api/messages`, connector });
    const person = (wanted: string) => people.find(({ id }) => id === wanted)!;
    const card = await assignmentOf({ teams, connector, person }, managerId).press('Start the review');
    await card.press('Go', { goTo: 'concern' });
    await card.press('Next', { 'concern.immediate': 'yes', 'concern.what': 'Not seen for a month.' });
    await card.press('Save and tell the team now').catch(() => undefined);
  }

  for (const [index, [moment, when]] of Object.entries(dyingMoments).entries()) {
    it(`${when} is delivered by the next, and doubled only where it was in flight`, async () => {
      const managerId = managers[index]!;
      const plr = (await plrs()).find((one) => one.managerId === managerId)!;
      const dying = await start({ DIE_AT: moment, DIE_ABOUT: plr.ref });
      await raise(dying, managerId);
      await dying.ended();
      const rows = await rowsOf(plr);
      assert.equal(rows.length, toldAtOnce);
      const inFlight = cardsOf(plr) - rows.filter(({ state }) => state === 'delivered').length;
      assert.equal(inFlight > 0, isAfterSending(moment as DyingMoment), `${inFlight} in flight`);

      await world.endLease();
      const next = await start();
      await storageSays(
        () => rowsOf(plr),
        (all) => all.every(({ state }) => state === 'delivered'),
      );
      const doubled = cardsOf(plr) - toldAtOnce;
      assert.ok(doubled <= inFlight, `${doubled} doubled, ${inFlight} were in flight`);
      await isNoMore(next);
    });
  }

  it('keeps its clock: 24 hours after the save are a breach, whichever process looks', async () => {
    await start({ CLOCK_AHEAD_MS: String(aheadMs + 25 * hourMs) });
    const alerts = async () => (await plrs()).flatMap(({ alert }) => (alert === undefined ? [] : [alert]));
    const ended = await storageSays(alerts, (all) => all.every((one) => entries(one, 'breached').length > 0));
    assert.equal(ended.length, Object.keys(dyingMoments).length);
    for (const alert of ended) {
      const [saved] = entries(alert, 'saved');
      assert.equal(entries(alert, 'breached')[0]?.ranOutAt, addHours(saved!.at, 24));
      assert.deepEqual(
        entries(alert, 'climbed').map(({ rung }) => rung),
        ['service-manager', 'head-of-service', 'assistant-director'],
      );
    }
  });
});

function isAfterSending(moment: DyingMoment): boolean {
  return moment === 'answered' || moment === 'followed';
}

/** A card of the alert that Teams took; redraws are none. */
function bringsAlert(ref: string) {
  return ({ happened, operation, activity }: RecordedCall) =>
    happened &&
    operation !== 'update' &&
    /^(Alert|An alert)/.test(String(activity?.['summary'])) &&
    JSON.stringify(activity).includes(ref);
}

function isEmpty(others: object): boolean {
  return Object.keys(others).length === 0;
}
