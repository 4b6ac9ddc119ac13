import assert from 'node:assert/strict';
import type { TurnContext, ConversationParameters, ConversationReference } from 'botbuilder';
import { cardOf } from '../../stand-ins/message-rules.js';
import { teamsClient, type TeamsClient } from '../../stand-ins/teams-client.js';
import { startTeamsConnector, type TeamsConnector } from '../../stand-ins/teams-connector.js';
import { cardMessage, startEchoBot, textCard } from './echo-bot.js';

const priya = { aadObjectId: '11111111-aaaa-4000-8000-000000000001', name: 'Priya Shah' };
const channel = { id: '19:meeting@thread.tacv2', name: 'Team meeting' };
const team = {
  id: '19:general@thread.tacv2',
  aadGroupId: '22222222-aaaa-4000-8000-000000000002',
  name: 'Family Safeguarding 1',
  channels: [channel],
  members: [priya],
};

describe('the stand-in Teams connector, with a real CloudAdapter', () => {
  let bot: Awaited<ReturnType<typeof startEchoBot>>;
  let connector: TeamsConnector;
  let teams: TeamsClient;

  beforeEach(async () => {
    bot = await startEchoBot();
    connector = await startTeamsConnector({ teams: [team] });
    teams = teamsClient({ botUrl: bot.url, connector });
  });
  afterEach(async () => {
    await Promise.all([bot.stop(), connector.stop()]);
  });

  const proactively = (logic: (context: TurnContext) => Promise<void>) => {
    const reference: Partial<ConversationReference> = {
      channelId: 'msteams',
      serviceUrl: connector.url,
      conversation: {
        id: connector.personalConversation(priya.aadObjectId),
        isGroup: false,
        conversationType: 'personal',
        name: '',
      },
    };
    return bot.adapter.continueConversationAsync('', reference, logic);
  };
  const create = (parameters: Partial<ConversationParameters>, logic: (c: TurnContext) => Promise<void>) =>
    bot.adapter.createConversationAsync(
      '',
      'msteams',
      connector.url,
      '',
      { isGroup: false, bot: connector.bot, tenantId: connector.tenantId, ...parameters } as never,
      logic,
    );

  it('records the reply to a message, in the chat of who wrote it', async () => {
    await teams.says(priya, 'help');
    const [call] = connector.recorded;
    assert.deepEqual(
      [call?.operation, call?.conversation, call?.to, call?.status, call?.happened],
      ['reply', 'personal', priya.aadObjectId, 201, true],
    );
    assert.equal(connector.messagesTo(priya.aadObjectId)[0]?.activity['text'], 'You said help');
    assert.deepEqual(connector.violations, []);
  });

  it('shows the card as it stands after an update, and not after a deletion', async () => {
    await proactively(async (context) => {
      const sent = await context.sendActivity(cardMessage(textCard('before')));
      assert.equal(connector.latestCard(priya.aadObjectId).activityId, sent?.id);
      await context.updateActivity({ ...cardMessage(textCard('after')), id: sent?.id ?? '' });
    });
    const shown = connector.latestCard(priya.aadObjectId);
    assert.deepEqual([shown.card, shown.updates, shown.summary], [textCard('after'), 1, 'A card']);
    await proactively((context) => context.deleteActivity(shown.activityId));
    assert.deepEqual(connector.cardsTo(priya.aadObjectId), []);
    assert.throws(() => connector.latestCard(priya.aadObjectId), /No such card for 1111.*“A card”/s);
  });

  it('opens one personal chat for a person, however often it is asked', async () => {
    const ids: string[] = [];
    for (let time = 0; time < 2; time += 1) {
      await create({ members: [{ id: priya.aadObjectId, name: '' }] }, async (context) => {
        ids.push(context.activity.conversation.id);
        await context.sendActivity(cardMessage(textCard('hello')));
      });
    }
    assert.equal(ids[0], ids[1]);
    assert.match(ids[0] ?? '', /^a:1/);
    assert.equal(connector.cardsTo(priya.aadObjectId).length, 2);
  });

  it('starts a thread in a channel, named for its first message', async () => {
    await create(
      { isGroup: true, channelData: { channel }, activity: cardMessage(textCard('brief')) as never },
      (c) => {
        const shown = connector.latestCard(channel.id);
        assert.equal(c.activity.conversation.id, shown.conversationId);
        assert.equal(shown.conversationId, `${channel.id};messageid=${shown.activityId}`);
        return Promise.resolve();
      },
    );
    assert.equal(connector.recorded[0]?.conversation, 'channel');
    assert.equal(connector.cardsIn(channel.id).length, 1);
  });

  it('refuses a channel that is in none of the tenant’s teams, and a tenant not its own', async () => {
    const activity = cardMessage(textCard('brief')) as never;
    const elsewhere = { channelData: { channel: { id: '19:elsewhere@thread.tacv2' } }, activity };
    const nothing = () => Promise.resolve();
    await assert.rejects(create(elsewhere, nothing), { statusCode: 404 });
    await assert.rejects(
      create({ members: [{ id: priya.aadObjectId, name: '' }], tenantId: 'other' }, nothing),
      {
        statusCode: 400,
      },
    );
  });

  it('answers who is in a team, a page at a time, and which channels it has', async () => {
    const get = async (path: string) => (await fetch(`${connector.url}v3/${path}`)).json();
    const thread = encodeURIComponent(`${channel.id};messageid=1`);
    const page = (await get(`conversations/${thread}/pagedmembers?pageSize=50`)) as { members: unknown[] };
    assert.equal(page.members.length, 1);
    const member = (await get(`conversations/${thread}/members/${priya.aadObjectId}`)) as { id: string };
    assert.match(member.id, /^29:/);
    assert.deepEqual(await get(`teams/${encodeURIComponent(team.id)}/conversations`), {
      conversations: [{ id: team.id }, channel],
    });
  });

  it('lets the SDK retry a 429 after its Retry-After, without a word', async () => {
    connector.failNext({ kind: 'Throttled', headers: { 'retry-after': '0' } });
    await proactively(async (context) => void (await context.sendActivity(cardMessage(textCard('once')))));
    assert.deepEqual(
      connector.recorded.map(({ status }) => status),
      [429, 201],
    );
    assert.equal(connector.cardsTo(priya.aadObjectId).length, 1);
  });

  it('gives the SDK Teams’ own code when someone has shut the bot out, until they install it again', async () => {
    const send = () => proactively(async (c) => void (await c.sendActivity(cardMessage(textCard('hello')))));
    await teams.uninstall(priya);
    await assert.rejects(send(), (error: { statusCode?: number; code?: string }) => {
      assert.deepEqual([error.statusCode, error.code], [403, 'BotNotInConversationRoster']);
      return true;
    });
    await teams.install(priya);
    await send();
    assert.equal(connector.cardsTo(priya.aadObjectId).length, 1);
  });

  it('drops a connection after the message arrived: the bot cannot know, the person has the card', async () => {
    connector.failNext({ kind: 'DroppedAfter' });
    connector.failNext({ kind: 'DroppedBefore' });
    const send = (id: string) => plainSend(connector, id);
    const chat = connector.personalConversation(priya.aadObjectId);
    await assert.rejects(send(chat));
    await assert.rejects(send(chat));
    assert.deepEqual(
      connector.recorded.map(({ status, happened }) => [status, happened]),
      [
        ['dropped', true],
        ['dropped', false],
      ],
    );
    assert.equal(connector.cardsTo(priya.aadObjectId).length, 1);
  });

  it('keeps an answer back until it is released', async () => {
    const held = connector.hold(({ operation }) => operation === 'send');
    let answered = false;
    const sending = plainSend(connector, connector.personalConversation(priya.aadObjectId)).then(
      () => (answered = true),
    );
    const call = await held.reached;
    assert.deepEqual([call.happened, answered], [true, false]);
    held.release();
    await sending;
    assert.equal(answered, true);
  });

  it('refuses connections while it is away, and is back on the same port with all it knew', async () => {
    const chat = connector.personalConversation(priya.aadObjectId);
    const { url } = connector;
    await connector.away();
    await assert.rejects(plainSend(connector, chat), (error: Error) => /fetch failed/.test(error.message));
    await connector.back();
    assert.equal(connector.url, url);
    assert.equal((await plainSend(connector, chat)).status, 201);
  });

  it('resolves a wait when the call comes, and says what came when it does not', async () => {
    const coming = connector.waitFor(({ operation }) => operation === 'reply', 'a reply');
    const two = connector.waitUntil(
      () => connector.messagesTo(priya.aadObjectId).length === 2,
      'two replies',
    );
    await teams.says(priya, 'one');
    await teams.says(priya, 'two');
    assert.equal((await coming).activity?.['text'], 'You said one');
    await two;
    await assert.rejects(
      connector.waitFor(() => false, 'the moon', 1),
      /Waited 1 ms for the moon.*What came \(2 in all.*reply to personal 1111.*201 “You said two”/s,
    );
  });

  it('fails the same calls for the same seed, at about the rate asked', async () => {
    const chats = Array.from({ length: 200 }, (_, n) => connector.personalConversation(`person-${n}`));
    const outcomes = async () => {
      connector.fail({ rate: 0.2, kinds: ['PreconditionFailed', 'ConversationNotFound'], seed: 7 });
      const answers = [];
      for (const chat of chats) answers.push((await plainSend(connector, chat)).status);
      return answers;
    };
    const first = await outcomes();
    assert.deepEqual(await outcomes(), first);
    const failed = first.filter((status) => status !== 201);
    assert.ok(failed.length > 20 && failed.length < 60, `${failed.length} of 200 failed`);
    assert.deepEqual(new Set(failed), new Set([412, 404]));
    connector.fail(undefined);
    assert.equal((await plainSend(connector, chats[0] ?? '')).status, 201);
  });

  it('names the messages that would not come out as meant', async () => {
    const chat = connector.personalConversation(priya.aadObjectId);
    const card = cardMessage(textCard('one'));
    await plainSend(connector, chat, { ...card, text: 'and text' });
    await plainSend(connector, chat, {
      ...card,
      attachments: [...(card.attachments ?? []), ...(card.attachments ?? [])],
    });
    await plainSend(connector, chat, { ...card, summary: undefined });
    const big = await plainSend(connector, chat, cardMessage(textCard('x'.repeat(60_000))));
    await fetch(`${connector.url}v3/no/such/route`);
    assert.equal(big.status, 413);
    assert.deepEqual(
      connector.violations.map(({ rule }) => rule),
      ['text-and-attachment', 'more-than-one-attachment', 'card-without-summary', 'too-big', 'unknown-route'],
    );
  });

  it('gives no id for a message it had to split', async () => {
    const chat = connector.personalConversation(priya.aadObjectId);
    const answer = await plainSend(connector, chat, { ...cardMessage(textCard('one')), text: 'and text' });
    assert.deepEqual(await answer.json(), {});
    assert.deepEqual(cardOf(connector.messagesTo(priya.aadObjectId)[0]?.activity), textCard('one'));
  });
});

/** A send without the SDK and its retries. */
function plainSend(
  connector: TeamsConnector,
  conversationId: string,
  activity: object = cardMessage(textCard('x')),
) {
  return fetch(`${connector.url}v3/conversations/${encodeURIComponent(conversationId)}/activities`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(activity),
  });
}
