import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { plrKey, type Plr } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { smallCouncil } from '../builders/small-council.js';
import { assignmentOf } from '../conversation/filling-in.js';
import { teamsClient } from '../stand-ins/teams-client.js';
import type { BotProcess } from './bot-process.js';
import { notesPartition } from './note-feature.js';
import { ledgerSays, makeWorld, type World } from './world.js';

const { people } = smallCouncil();
const person = (wanted: string) => people.find(({ id }) => id === wanted)!;
/** The bot begins at nine in London on the first working day of April, and issues the reviews. */
const aheadMs = Date.parse('2022-04-01T08:00:00Z') - Date.now();
const typed = { 'voice.grade': 'good', 'voice.working-well': 'She drew her own plan.' };
const ofEachKind = 200;

const head = 'POST /api/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
const kinds: Readonly<Record<string, { readonly sends: string; readonly isAnswered?: true }>> = {
  idle: { sends: '' },
  'half a head': { sends: head },
  'half a body': { sends: `${head}content-length: 1000\r\n\r\n{"type":"message",` },
  'kept alive': { sends: 'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n', isAnswered: true },
  upgrade: {
    sends: 'GET /api/messages HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
    isAnswered: true,
  },
};

describe('a bot with 1,000 open sockets of every kind is told to end', function () {
  this.timeout(180_000);
  let world: World;
  let bot: BotProcess;
  const sockets: Socket[] = [];
  before(async () => {
    world = await makeWorld(0);
    bot = await world.start({ FEATURES: 'all', CLOCK_AHEAD_MS: String(aheadMs) });
    await ledgerSays(
      world,
      notesPartition,
      ({ delivered = 0, ...others }) => delivered > 0 && Object.keys(others).length === 0,
    );
  });
  after(async () => {
    world.azurite.resume();
    for (const socket of sockets) socket.destroy();
    await world.stop();
  });

  async function opened({ sends, isAnswered }: { sends: string; isAnswered?: true }): Promise<string> {
    const socket = connect(Number(new URL(await bot.url()).port), '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    if (sends !== '') socket.write(sends);
    if (isAnswered === undefined) return '';
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer.toString();
  }

  it('ends within ten seconds, and what was pressed just before is saved and answered', async () => {
    const { connector, foundation, azurite } = world;
    const teams = teamsClient({ botUrl: `${await bot.url()}/api/messages`, connector });
    const card = await assignmentOf({ teams, connector, person }, 'ash-manager').press('Start the review');
    for (const kind of Object.values(kinds))
      await Promise.all(Array.from({ length: ofEachKind }, () => opened(kind)));

    azurite.pause();
    const pressed = teams.press(person('ash-manager'), card.now, 'Next', typed);
    // The press is on its way by then: connections are taken in the order in which they come.
    await opened(kinds['kept alive']!);
    const began = performance.now();
    const ended = bot.terminate();
    azurite.resume();
    const { status, card: next } = await pressed;
    assert.equal(status, 200);
    assert.ok(next, 'the press was answered with the next card');
    assert.equal(await ended, 0);
    assert.ok(performance.now() - began < 10_000);

    const plrs = await foundation.services.documents.list<Plr>(plrKind, notesPartition);
    const { ref } = plrs.find(({ managerId }) => managerId === 'ash-manager')!;
    const plr = await foundation.services.documents.read(
      plrKind,
      plrKey(notesPartition as Plr['cycleId'], ref),
    );
    assert.equal(plr?.review.state === 'draft' ? plr.review.typed['voice.grade']?.text : '', 'good');
  });
});
