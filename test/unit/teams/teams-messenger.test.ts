import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import sinon from 'sinon';
import { Cards } from '../../../src/cards/cards.js';
import { conversationKey } from '../../../src/delivery/conversations.js';
import { away } from '../../../src/delivery/failures.js';
import type { Attempt } from '../../../src/delivery/messenger.js';
import { Pace } from '../../../src/delivery/pace.js';
import { noticeCard } from '../../../src/practice/surface/help.js';
import type { PersonId, TeamId } from '../../../src/practice/base/ids.js';
import type { Recipient } from '../../../src/practice/plr/ports.js';
import { ConversationStore } from '../../../src/storage/conversation-store.js';
import { connectStorage, type StorageClients } from '../../../src/storage/table.js';
import { TeamsAdapter } from '../../../src/teams/teams-adapter.js';
import { TeamsMessenger, type TeamsMessengerOptions } from '../../../src/teams/teams-messenger.js';
import { timerThatDoesNotWait } from '../../builders/local-config.js';
import { freshNames, startAzurite } from '../../stand-ins/azurite.js';
import { startTeamsConnector, type TeamsConnector } from '../../stand-ins/teams-connector.js';

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
  let heard: string[];

  beforeEach(async () => {
    const { connectionString } = await startAzurite();
    clients = connectStorage({ by: 'connection-string', connectionString }, freshNames());
    await clients.prepare();
    conversations = new ConversationStore(clients.table);
    heard = [];
    messenger = makeMessenger();
  });

  function makeMessenger(more: Partial<TeamsMessengerOptions> = {}): TeamsMessenger {
    const timer = timerThatDoesNotWait();
    const options = { log: () => {}, pace: new Pace(40, timer), timer };
    return new TeamsMessenger({
      door: new TeamsAdapter({ id: '', tenantId: '', type: 'SingleTenant', password: '' }, options),
      cards: new Cards(),
      conversations,
      botId: '',
      tenantId: '',
      serviceUrl: undefined,
      target: (to) => ('person' in to ? { person: aadObjectId } : { channel: channelId, team: teamId }),
      mayReach: () => true,
      heard: (one) => heard.push(one),
      log: () => {},
      ...more,
    });
  }

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
      assert.deepEqual(
        await Promise.all(sent),
        Array(2).fill({ failed: away('Teams could not be reached') }),
      );
    });
  });

  it('goes to the new address of a team that another replica heard of, once the old one failed', async () => {
    const [before, now] = [await startTeamsConnector(), await startTeamsConnector()];
    const key = conversationKey.channel(teamId);
    await conversations.remember(key, reachedAt(before.url));
    await before.away();
    await new ConversationStore(clients.table).remember(key, reachedAt(now.url));
    assert.ok('failed' in (await messenger.send(channel, content, permit)));
    assert.ok('sent' in (await messenger.send(channel, content, permit)));
    assert.equal(now.cardsIn(channelId).length, 1);
    await now.stop();
  });

  describe('and is answered oddly', () => {
    let teams: TeamsConnector;
    const key = conversationKey.person(aadObjectId);
    beforeEach(async () => {
      teams = await startTeamsConnector();
      await conversations.remember(key, {
        ...reachedAt(teams.url),
        conversationId: teams.personalConversation(aadObjectId),
      });
    });
    afterEach(() => teams.stop());

    const reasonOf = (attempt: Attempt) => ('failed' in attempt ? attempt.failed.reason : '');

    for (const raw of [
      '',
      '<html>',
      '{"id":',
      '[]',
      '{"id":7}',
      JSON.stringify({ id: 'x'.repeat(5_000_000) }),
    ])
      it(`is not known to be there (${raw.slice(0, 10)})`, async () => {
        teams.failNext({ status: 200, raw });
        const attempt = await messenger.send(person, content, permit);
        assert.ok('failed' in attempt && attempt.failed.cause === 'unclear');
        assert.ok('sent' in (await messenger.send(person, content, permit)));
      });

    it('is refused for this once: the next asks Teams again, and says that it was taken', async () => {
      teams.failNext({ kind: 'ConversationBlockedByUser' });
      assert.equal(reasonOf(await messenger.send(person, content, permit)), '403 ConversationBlockedByUser');
      assert.deepEqual(await conversations.blockedOf([key, 'person:other']), [key]);
      assert.deepEqual(heard, []);
      assert.ok('sent' in (await messenger.send(person, content, permit)));
      assert.deepEqual(heard, [aadObjectId]);
      await conversations.unblock(key);
      assert.deepEqual(await conversations.blockedOf([key]), []);
    });

    it('goes to the connector of the configuration when its address is not allowed any more', async () => {
      await conversations.remember(key, reachedAt('https://elsewhere.example/'));
      messenger = makeMessenger({
        serviceUrl: teams.url,
        tenantId: teams.tenantId,
        mayReach: (address) => !address.includes('elsewhere'),
      });
      assert.ok('sent' in (await messenger.send(person, content, permit)));
      assert.equal((await conversations.find(key))?.serviceUrl, teams.url);
    });

    it('is refused, and not for ever opened anew, where a new conversation is not known either', async () => {
      messenger = makeMessenger({ tenantId: teams.tenantId });
      teams.failNext({
        kind: 'ConversationNotFound',
        match: ({ operation }) => operation === 'send',
        times: 2,
      });
      assert.equal(
        reasonOf(await messenger.send(person, content, permit)),
        'Teams no longer knows the conversation',
      );
      assert.equal(reasonOf(await messenger.send(person, content, permit)), '404 ConversationNotFound');
      assert.ok('sent' in (await messenger.send(person, content, permit)));
    });
  });
});
