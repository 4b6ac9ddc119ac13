import assert from 'node:assert/strict';
import type { Conversation } from '../../src/delivery/conversations.js';
import { ConversationStore } from '../../src/storage/conversation-store.js';
import { connectStorage } from '../../src/storage/table.js';
import { freshNames, startAzurite } from '../stand-ins/azurite.js';

const anna = 'person:anna';
const reached: Conversation = {
  serviceUrl: 'https://teams.example/',
  conversationId: 'a:1',
  blockedBecause: '',
};
const blocked: Conversation = { ...reached, blockedBecause: '403 BotNotInConversationRoster' };

describe('where people are reached, as two replicas keep it', () => {
  let leader: ConversationStore;
  let follower: ConversationStore;

  beforeEach(async () => {
    const { connectionString } = await startAzurite();
    const clients = connectStorage({ by: 'connection-string', connectionString }, freshNames());
    await clients.prepare();
    leader = new ConversationStore(clients.table);
    follower = new ConversationStore(clients.table);
  });

  const known = async (store: ConversationStore) => {
    const found = await store.find(anna);
    assert.ok(found);
    return found;
  };
  const read = async (store: ConversationStore): Promise<Conversation> => {
    const { serviceUrl, conversationId, blockedBecause } = await known(store);
    return { serviceUrl, conversationId, blockedBecause };
  };

  it('knows nobody whom nobody told of', async () => {
    assert.equal(await leader.find(anna), undefined);
  });

  it('does not take a channel for somebody’s own chat, though it was once kept as that', async () => {
    const channel = { ...reached, conversationId: '19:general@thread.tacv2' };
    await leader.remember(anna, channel);
    assert.deepEqual(await read(follower), { ...reached, conversationId: '' });
    await follower.correct(anna, await known(follower), reached);
    assert.deepEqual(await read(follower), reached);
    await leader.remember('channel:19:general@thread.tacv2', channel);
    assert.equal(
      (await follower.find('channel:19:general@thread.tacv2'))?.conversationId,
      channel.conversationId,
    );
  });

  it('learns from the other that somebody is back, whichever way it knew of the block', async () => {
    await leader.remember(anna, reached);
    await leader.correct(anna, await known(leader), blocked);
    await follower.remember(anna, reached);
    assert.deepEqual(await read(leader), reached);

    await follower.remember(anna, blocked);
    assert.deepEqual(await read(follower), blocked);
    await leader.remember(anna, reached);
    assert.deepEqual(await read(follower), reached);
  });

  it('learns from the other that somebody came who was not there', async () => {
    assert.equal(await leader.find(anna), undefined);
    await follower.remember(anna, reached);
    assert.deepEqual(await read(leader), reached);
  });

  it('writes over no install that came since: of a row, and of none', async () => {
    const opened = { ...reached, etag: '', conversationId: '' };
    await follower.remember(anna, reached);
    assert.equal(await leader.correct(anna, opened, blocked), undefined);
    assert.deepEqual(await read(leader), reached);

    const before = await known(leader);
    await follower.remember(anna, { ...reached, conversationId: 'a:2' });
    assert.equal(await leader.correct(anna, before, blocked), undefined);
    assert.deepEqual(await read(leader), { ...reached, conversationId: 'a:2' });
  });

  it('says of an install whether what waited for it is to be sent, until it is', async () => {
    assert.equal(await follower.installed(anna, reached), true);
    // The replica that heard it first was cut short: the next that hears of it does it.
    assert.equal(await leader.installed(anna, reached), true);
    await leader.settled(anna);
    assert.equal(await follower.installed(anna, reached), false);
    await leader.correct(anna, await known(leader), blocked);
    assert.equal(await follower.installed(anna, reached), true);
    assert.deepEqual(await read(leader), reached);
  });

  it('corrects again what it corrected itself', async () => {
    const opened = await leader.correct(anna, { ...reached, etag: '', conversationId: '' }, reached);
    assert.ok(opened);
    assert.ok(await leader.correct(anna, opened, blocked));
    assert.deepEqual(await read(follower), blocked);
  });
});
