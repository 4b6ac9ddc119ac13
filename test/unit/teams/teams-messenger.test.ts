import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import sinon from 'sinon';
import { Cards } from '../../../src/cards/cards.js';
import { conversationKey } from '../../../src/delivery/conversations.js';
import { Pace } from '../../../src/delivery/pace.js';
import { noticeCard } from '../../../src/practice/surface/help.js';
import type { PersonId, TeamId } from '../../../src/practice/base/ids.js';
import type { Recipient } from '../../../src/practice/plr/ports.js';
import { ConversationStore } from '../../../src/storage/conversation-store.js';
import { connectStorage, type StorageClients } from '../../../src/storage/table.js';
import { Door } from '../../../src/teams/door.js';
import { TeamsMessenger } from '../../../src/teams/teams-messenger.js';
import { timerThatDoesNotWait } from '../../builders/local-config.js';
import { freshNames, startAzurite } from '../../stand-ins/azurite.js';
import { startTeamsConnector } from '../../stand-ins/teams-connector.js';

const person: Recipient = { person: 'ash-manager' as PersonId };
const channel: Recipient = { channel: 'alert', team: 'ash' as TeamId };
const [aadObjectId, channelId, teamId] = ['aad-ash', '19:alerts@thread.tacv2', '19:general@thread.tacv2'];
const reachedAt = (serviceUrl: string) => ({ serviceUrl, conversationId: 'a:1', blockedBecause: '' });
const content = noticeCard('A line', 'It is written');
const permit = () => Promise.resolve(true);

describe('what is sent to Teams', () => {
  let clients: StorageClients;
  let conversations: ConversationStore;
  let messenger: TeamsMessenger;

  beforeEach(async () => {
    const { connectionString } = await startAzurite();
    clients = connectStorage({ by: 'connection-string', connectionString }, freshNames());
    await clients.prepare();
    conversations = new ConversationStore(clients.table);
    const timer = timerThatDoesNotWait();
    const options = { log: () => {}, pace: new Pace(40, timer), timer };
    messenger = new TeamsMessenger({
      door: new Door({ id: '', tenantId: '', type: 'SingleTenant', password: '' }, options),
      cards: new Cards(),
      conversations,
      botId: '',
      tenantId: '',
      serviceUrl: undefined,
      target: (to) => ('person' in to ? { person: aadObjectId } : { channel: channelId, team: teamId }),
      mayReach: () => true,
    });
  });

  describe('and is begun to be answered, and not finished', () => {
    let server: Server;
    let address: string;
    let begun: Promise<void>;
    const giveUp = new AbortController();

    beforeEach(async () => {
      sinon.stub(AbortSignal, 'timeout').returns(giveUp.signal);
      begun = new Promise((resolve) => {
        server = createServer((_request, response) => {
          response.writeHead(201, { 'content-type': 'application/json', 'content-length': '1000' });
          response.write('{"id":', () => resolve());
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    });
    afterEach(() => {
      sinon.restore();
      server.close();
      server.closeAllConnections();
    });

    it('is given up, and tried again', async () => {
      await conversations.remember(conversationKey.person(aadObjectId), reachedAt(address));
      const where = { ...reachedAt(address), activityId: 'one' };
      const sent = [messenger.send(person, content, permit), messenger.redraw(where, content, permit)];
      await begun;
      giveUp.abort();
      assert.deepEqual(await Promise.all(sent), Array(2).fill({ again: 'Teams could not be reached' }));
    });
  });

  it('goes to the new address of a team that another replica heard of, once the old one failed', async () => {
    const [before, now] = [await startTeamsConnector(), await startTeamsConnector()];
    const key = conversationKey.channel(teamId);
    await conversations.remember(key, reachedAt(before.url));
    await before.away();
    await new ConversationStore(clients.table).remember(key, reachedAt(now.url));
    assert.ok('again' in (await messenger.send(channel, content, permit)));
    assert.ok('sent' in (await messenger.send(channel, content, permit)));
    assert.equal(now.cardsIn(channelId).length, 1);
    await now.stop();
  });
});
