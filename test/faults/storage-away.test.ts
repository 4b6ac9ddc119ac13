import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { plrKey, type Plr } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { TableLog } from '../../src/storage/table-log.js';
import { aadObjectIdOf, smallCouncil } from '../builders/small-council.js';
import { assignmentOf } from '../conversation/filling-in.js';
import { teamsClient, type TeamsClient } from '../stand-ins/teams-client.js';
import type { BotProcess } from './bot-process.js';
import { notesPartition, queueNotes } from './note-feature.js';
import { doubled, ledgerSays, makeWorld, withoutCard, type World } from './world.js';

/** `AWAY_SECONDS=60` for a minute of real time; without, until the bot has tried and failed a few times. */
const awaySeconds = Number(process.env['AWAY_SECONDS'] ?? 0);
const failedTries = 3;
const { people } = smallCouncil();
const person = (wanted: string) => people.find(({ id }) => id === wanted)!;
/** The bot begins at nine in London on the first working day of April, and issues the reviews. */
const aheadMs = Date.parse('2022-04-01T08:00:00Z') - Date.now();
const typed = { 'voice.grade': 'good', 'voice.working-well': 'She drew her own plan.' };

describe(`storage goes away in the middle of sending${awaySeconds > 0 ? ` for ${awaySeconds} seconds` : ''}`, function () {
  this.timeout(240_000 + 2 * awaySeconds * 1_000);
  let world: World;
  let bot: BotProcess;
  let teams: TeamsClient;
  before(async () => {
    world = await makeWorld(500);
    bot = await world.start({ FEATURES: 'all', CLOCK_AHEAD_MS: String(aheadMs) });
    const { connector } = world;
    teams = teamsClient({ botUrl: `${await bot.url()}/api/messages`, connector });
    await allDelivered(1);
  });
  after(() => world.stop());

  const allDelivered = (atLeast: number) =>
    ledgerSays(
      world,
      notesPartition,
      ({ delivered = 0, ...others }) => delivered >= atLeast && Object.keys(others).length === 0,
    );

  /** Some of these people have their note; the rest is on its way. */
  async function isMidway(to: readonly string[]) {
    const { connector, foundation } = world;
    const before = connector.recorded.length;
    await queueNotes(foundation.services, to, 'cycle');
    await connector.waitUntil(() => connector.recorded.length >= before + 50, '50 sent', 60_000);
  }

  type Review = Awaited<ReturnType<typeof reviewBy>>;

  /** A review in hand, and what storage has of it. */
  async function reviewBy(managerId: string) {
    const { connector, foundation } = world;
    const card = await assignmentOf({ teams, connector, person }, managerId).press('Start the review');
    const plrs = await foundation.services.documents.list<Plr>(plrKind, notesPartition);
    const key = plrKey(
      notesPartition as Plr['cycleId'],
      plrs.find((plr) => plr.managerId === managerId)!.ref,
    );
    const log = new TableLog(foundation.clients.table);
    return {
      by: managerId,
      card,
      saves: async () => (await log.of(key)).filter(({ did }) => did === 'saved step voice').length,
      stored: async () => {
        const plr = await foundation.services.documents.read(plrKind, key);
        const { review } = plr!;
        assert.ok(review.state === 'draft');
        return Object.fromEntries(Object.entries(review.typed).map(([id, { text }]) => [id, text]));
      },
    };
  }

  /** Teams keeps a card, and what was typed in it, when its press is answered with an error. */
  async function assertToldNotSaved({ by, card }: Review) {
    const { card: next, body } = await teams.press(person(by), card.now, 'Next', typed);
    assert.equal(next, undefined);
    const { type, value } = body as { type: string; value: { message: string } };
    assert.equal(type, 'application/vnd.microsoft.error');
    assert.match(value.message, /may not have been saved.*still in the card/);
  }

  /** What they pressed is pressed again on the card that they still have, and is there once. */
  async function assertSavedOnce({ card, saves, stored }: Review) {
    await card.press('Next', typed);
    assert.deepEqual(await stored(), typed);
    assert.equal(await saves(), 1);
  }

  const assertNotAllSent = (to: readonly string[]) =>
    assert.notDeepEqual(
      withoutCard({ connector: world.connector, people: to }),
      [],
      'nothing was left to send',
    );

  async function assertOnceEach(to: readonly string[]) {
    await allDelivered(to.length);
    const { connector } = world;
    assert.deepEqual(withoutCard({ connector, people: to }), []);
    assert.equal(doubled({ connector, people: to }), 0);
  }

  it('and comes back: nothing is lost or repeated, people are told, and what they press again is saved once', async () => {
    const { connector, azurite } = world;
    const to = world.people.slice(0, 300);
    const review = await reviewBy('ash-manager');
    await isMidway(to);
    await azurite.kill();
    const [passed, failed] = [setTimeout(awaySeconds * 1_000), bot.times('drain failed')];
    await assertToldNotSaved(review);
    await bot.heardTimes(failed + failedTries, 'drain failed');
    assert.equal((await fetch(`${await bot.url()}/readyz`)).status, 503);
    assert.equal((await fetch(`${await bot.url()}/healthz`)).status, 200);
    const answers = () =>
      connector.recorded.filter(
        ({ happened, to, operation }) =>
          happened && to === aadObjectIdOf('birch-manager') && operation !== 'create',
      ).length;
    const before = answers();
    await teams.says(person('birch-manager'), 'help');
    await connector.waitUntil(() => answers() > before, 'an answer', 60_000);
    await passed;
    assertNotAllSent(to);

    await azurite.restart();
    await assertSavedOnce(review);
    await assertOnceEach(to);
  });

  it('by taking requests and answering none: the same', async () => {
    const { azurite } = world;
    const to = world.people.slice(300);
    const review = await reviewBy('birch-manager');
    await isMidway(to);
    azurite.pause();
    await assertToldNotSaved(review);
    assertNotAllSent(to);
    azurite.resume();
    await assertSavedOnce(review);
    await assertOnceEach(to);
  });
});
