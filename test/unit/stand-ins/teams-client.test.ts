import assert from 'node:assert/strict';
import type { Activity } from 'botbuilder';
import { actionsOf, inputsOf, pressOf } from '../../stand-ins/card-inputs.js';
import type { JsonRecord } from '../../stand-ins/json-record.js';
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
};

const form = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    { type: 'Container', items: [{ type: 'Input.Text', id: 'reason', value: 'kept', isRequired: true }] },
    { type: 'ColumnSet', columns: [{ type: 'Column', items: [{ type: 'Input.Number', id: 'count' }] }] },
    { type: 'Input.Toggle', id: 'concern', title: 'Immediate concern' },
    {
      type: 'ActionSet',
      actions: [
        { type: 'Action.Execute', title: 'Save', verb: 'save', id: 's', data: { plr: 'PLR-7K3M2Q' } },
        { type: 'Action.Execute', title: 'Back', verb: 'back', associatedInputs: 'none', data: { step: 1 } },
      ],
    },
  ],
  actions: [{ type: 'Action.Submit', title: 'Return this PLR', data: { verb: 'return' } }],
};

describe('Teams’ side of a card', () => {
  it('lists the inputs with the values they show, wherever they are', () => {
    assert.deepEqual(inputsOf(form), { reason: 'kept', count: '', concern: 'false' });
    assert.deepEqual(actionsOf(form), ['Save', 'Back', 'Return this PLR']);
  });

  it('posts the action’s data with the inputs that are filled in', () => {
    const { type, verb, data } = pressOf(form, 'Save', { reason: 'typed', count: '' });
    assert.deepEqual([type, verb], ['Action.Execute', 'save']);
    assert.deepEqual(data, { plr: 'PLR-7K3M2Q', reason: 'typed', concern: 'false' });
  });

  it('posts no inputs, and asks for none, where the action takes none', () => {
    assert.deepEqual(pressOf(form, 'Back', { reason: '' }).data, { step: 1 });
  });

  it('refuses what a person could not do', () => {
    assert.throws(() => pressOf(form, 'Send'), /0 actions are “Send”; there are: Save \| Back \| Return/);
    assert.throws(() => pressOf(form, () => true), /3 actions are that/);
    assert.throws(() => pressOf(form, 'Save', { wrong: 'x' }), /No input wrong; there are: reason, count/);
    assert.throws(() => pressOf(form, 'Save', { reason: '' }), /reason is required/);
  });
});

describe('Teams’ side of the bot', () => {
  let bot: Awaited<ReturnType<typeof startEchoBot>>;
  let connector: TeamsConnector;
  let teams: TeamsClient;

  beforeEach(async () => {
    bot = await startEchoBot();
    connector = await startTeamsConnector({ teams: [team] });
    teams = teamsClient({ botUrl: bot.url, connector, now: () => new Date('2022-06-07T09:00:00Z') });
  });
  afterEach(async () => {
    await Promise.all([bot.stop(), connector.stop()]);
  });

  const heard = (index: number) =>
    bot.heard.at(index) as Omit<Activity, 'channelData'> & { channelData: JsonRecord };

  it('tells of a personal install with both activities, from the person and in their chat', async () => {
    const answers = await teams.install(priya);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    );
    const [added, updated] = bot.heard;
    assert.deepEqual(
      [added?.type, updated?.type, updated?.action],
      ['conversationUpdate', 'installationUpdate', 'add'],
    );
    assert.equal(added?.membersAdded?.[0]?.id, connector.bot.id);
    assert.equal(updated?.from.aadObjectId, priya.aadObjectId);
    assert.equal(updated?.conversation.id, connector.personalConversation(priya.aadObjectId));
    assert.equal(updated?.serviceUrl, connector.url);
    assert.deepEqual(updated?.channelData, { tenant: { id: connector.tenantId } });
    assert.equal(new Set(bot.heard.map(({ id }) => id)).size, 2);
  });

  it('tells of an install in a team with the team, and the channel it was put in', async () => {
    await teams.installInTeam(team, channel);
    const { conversation, channelData } = heard(1);
    assert.deepEqual([conversation.conversationType, conversation.id], ['channel', team.id]);
    assert.deepEqual(channelData, {
      team: { id: team.id, name: team.name, aadGroupId: team.aadGroupId },
      teamsChannelId: team.id,
      teamsTeamId: team.id,
      tenant: { id: connector.tenantId },
      eventType: 'teamMemberAdded',
      settings: { selectedChannel: { id: channel.id } },
    });
  });

  const sendForm = async (to: 'chat' | 'channel') => {
    await teams.install(priya);
    const reference = { ...bot.references[0], channelId: 'msteams' };
    const conversation = { ...reference.conversation!, id: channel.id };
    await bot.adapter.continueConversationAsync(
      '',
      to === 'chat' ? reference : { ...reference, conversation },
      async (context) => void (await context.sendActivity({ ...cardMessage(form), replyToId: '' })),
    );
    return connector.latestCard(to === 'chat' ? priya.aadObjectId : channel.id);
  };

  it('presses an Action.Execute by its title, and shows the card of the answer in place of the pressed one', async () => {
    const shown = await sendForm('chat');
    const answer = await teams.press(priya, shown, 'Save', { count: '3' });
    const data = { plr: 'PLR-7K3M2Q', reason: 'kept', count: '3', concern: 'false' };
    const expected = textCard(`save ${JSON.stringify(data)}`);
    assert.deepEqual([answer.status, answer.card?.card], [200, expected]);
    assert.deepEqual(connector.latestCard(priya.aadObjectId).card, expected);
    const invoke = bot.heard.at(-1)!;
    assert.deepEqual([invoke.name, invoke.replyToId], ['adaptiveCard/action', shown.activityId]);
    assert.deepEqual(invoke.value, {
      action: { type: 'Action.Execute', verb: 'save', title: 'Save', id: 's', data },
      trigger: 'manual',
    });
  });

  it('presses an Action.Submit as a message with a value', async () => {
    const shown = await sendForm('chat');
    const answer = await teams.press(priya, shown, 'Return this PLR');
    const message = bot.heard.at(-1)!;
    assert.deepEqual([answer.status, answer.card, message.type], [200, undefined, 'message']);
    assert.deepEqual(message.value, { verb: 'return', reason: 'kept', concern: 'false' });
    assert.equal(message.replyToId, shown.activityId);
  });

  it('presses a channel’s card in its thread, and leaves the card others see', async () => {
    const shown = await sendForm('channel');
    await teams.press(priya, shown, 'Back');
    const { conversation, channelData } = heard(-1);
    assert.deepEqual([conversation.id, conversation.conversationType], [shown.conversationId, 'channel']);
    assert.deepEqual(channelData['channel'], { id: channel.id });
    assert.deepEqual(connector.latestCard(channel.id).card, form);
  });

  it('lets a hostile test change or take away any field', async () => {
    const overrides = {
      from: { aadObjectId: undefined },
      channelData: { tenant: { id: 'other' } },
      locale: 'fr-FR',
    };
    await teams.says(priya, 'help', { overrides });
    const { from, channelData, locale } = heard(0);
    assert.deepEqual(
      [from.aadObjectId, from.name, channelData['tenant'], locale],
      [undefined, priya.name, { id: 'other' }, 'fr-FR'],
    );
    assert.equal((await teams.post({ no: 'type' })).status, 400);
  });
});
