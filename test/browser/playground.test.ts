import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { startPlayground, type Persona } from '../../src/local/playgrounds.js';
import { freePort } from '../stand-ins/free-port.js';
import { ProcessGroup } from '../../src/local/processes.js';
import { expectNoAxeViolations, launchChromium, PlaygroundPage } from './playground-page.js';
import { startToyBot, type ToyBot } from './toy-bot.js';

const someone = (id: string, name: string) => ({
  id,
  name,
  aadObjectId: `00000000-0000-4000-8000-0000000000${id}`,
  email: `${id}@council.example`,
});

const persona: Persona = {
  key: 'team-manager',
  person: someone('10', 'Amara Okafor'),
  team: {
    id: '19:harbour@thread.tacv2',
    name: 'Harbour team',
    aadGroupId: 'group-harbour',
    meetingChannel: { id: '19:harbour-meeting@thread.tacv2', name: 'Team meeting' },
  },
  others: ['11', '12', '13', '14', '15'].map((id) => someone(id, `Person ${id}`)),
};

const choices = [
  { title: 'Good', value: 'good' },
  { title: 'Inadequate', value: 'inadequate' },
];
const form = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    { type: 'TextBlock', text: 'A form', style: 'heading', wrap: true },
    { type: 'Input.ChoiceSet', id: 'grade', label: 'Grade', style: 'expanded', choices },
    {
      type: 'Input.ChoiceSet',
      id: 'moderated',
      label: 'Moderated grade',
      placeholder: 'Choose one',
      choices,
    },
    { type: 'Input.ChoiceSet', id: 'seen', label: 'Seen', style: 'expanded', isMultiSelect: true, choices },
    { type: 'Input.Text', id: 'well', label: 'What is working well?', isMultiline: true },
    { type: 'Input.Number', id: 'count', label: 'How many visits?' },
    { type: 'Input.Date', id: 'due', label: 'Due date' },
    { type: 'Input.Toggle', id: 'concern', title: 'A child may be unsafe', label: 'Concern', valueOn: 'yes' },
  ],
  actions: [
    { type: 'Action.Execute', title: 'Save', verb: 'save', data: { ref: 'PLR-7K3M2Q' } },
    { type: 'Action.Submit', title: 'Submit', data: { ref: 'PLR-7K3M2Q' } },
  ],
};
const saying = (text: string) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text, wrap: true }],
});

/** As the Bot Connector opens a thread (v3/conversations). */
async function postInChannel(url: string, channelId: string, content: object): Promise<void> {
  const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content }];
  const response = await fetch(`${url}/_connector/v3/conversations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      isGroup: true,
      channelData: { channel: { id: channelId } },
      activity: { type: 'message', summary: 'A form', attachments },
    }),
  });
  assert.equal(response.status, 201);
}

describe('the Agents Playground, as the browser tests use it', () => {
  let folder: string, group: ProcessGroup, bot: ToyBot, browser: Browser, url: string;
  let executed: Record<string, unknown>[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plr-playground-'));
    group = new ProcessGroup(join(folder, 'logs'));
    bot = await startToyBot({
      typed: (text) =>
        text === 'form'
          ? { card: form }
          : { card: saying(`You said ${text}`), replace: text === 'something else' },
      executed: (data) => {
        executed.push(data);
        return saying('Saved, thank you');
      },
    });
    browser = await launchChromium();
    const options = {
      port: await freePort(),
      persona,
      botEndpoint: bot.endpoint,
      tenantId: 'tenant',
      folder,
    };
    url = (await startPlayground(group, options)).url;
  });

  beforeEach(() => {
    executed = [];
  });

  after(async () => {
    await browser?.close();
    await group.stopAll();
    await bot?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('tells the bot of its installs in the chat, General and the meeting channel before any page opens', async () => {
    const installed = () =>
      bot.arrived
        .filter(({ type }) => type === 'installationUpdate')
        .map((install) => install.conversation?.id);
    // The Playground answers first and tells the bot after.
    while (installed().length < 3) await nextTurn();
    assert.deepEqual(installed().slice(0, 3), [
      'a:personal-10',
      '19:harbour@thread.tacv2',
      '19:harbour-meeting@thread.tacv2',
    ]);
  });

  it('sends what was filled in as Action.Execute and puts the answer in the card’s place', async () => {
    const playground = await PlaygroundPage.open(browser, url);
    await playground.say('form');
    const card = await playground.cardWith('A form');
    await card.choose('Grade', 'Inadequate');
    await card.choose('Moderated grade', 'Good');
    await card.choose('Seen', 'Good');
    await card.choose('Seen', 'Inadequate');
    await card.fill('What is working well?', 'Seen alone at every visit.');
    await card.fill('How many visits?', '3');
    await card.fill('Due date', '2022-06-07');
    await card.choose('Concern', 'A child may be unsafe');
    assert.equal(await card.pressAndWait('Save'), 'Saved, thank you');
    assert.deepEqual(executed, [
      {
        ref: 'PLR-7K3M2Q',
        grade: 'inadequate',
        moderated: 'good',
        seen: 'good,inadequate',
        well: 'Seen alone at every visit.',
        count: '3',
        due: '2022-06-07',
        concern: 'yes',
      },
    ]);
    await playground.close();
  });

  it('sends Action.Submit as a message with a value, whose answer is a card of its own', async () => {
    const playground = await PlaygroundPage.open(browser, url);
    await playground.say('form');
    await (await playground.cardWith('A form')).press('Submit');
    await playground.cardWith('Saved, thank you');
    assert.equal(bot.arrived.at(-1)?.type, 'message');
    assert.equal(executed.length, 1);
    await playground.close();
  });

  it('draws an updated activity in the place of the old one', async () => {
    const playground = await PlaygroundPage.open(browser, url);
    await playground.say('something');
    const card = await playground.cardWith('You said something');
    await playground.say('something else');
    await card.waitFor('You said something else');
    await playground.close();
  });

  it('answers a card that the bot posts in a channel', async () => {
    const playground = await PlaygroundPage.open(browser, url, { conversation: 'Team meeting' });
    await postInChannel(url, persona.team!.meetingChannel.id, form);
    const card = await playground.cardWith('A form');
    await card.fill('What is working well?', 'We agreed dates.');
    assert.equal(await card.pressAndWait('Save'), 'Saved, thank you');
    assert.equal(executed[0]?.well, 'We agreed dates.');
    await playground.close();
  });

  it('shows a card as narrow as a phone, without an axe violation', async () => {
    const playground = await PlaygroundPage.open(browser, url, { width: 'phone' });
    await playground.say('form');
    const { locator } = await playground.cardWith('A form');
    assert.ok((await locator.boundingBox())!.width <= 312);
    await expectNoAxeViolations(playground.page, locator);
    await playground.close();
  });

  it('notices a card that axe finds fault with', async () => {
    const playground = await PlaygroundPage.open(browser, url);
    await playground.say('form');
    const { locator } = await playground.cardWith('A form');
    await locator.evaluate((card: { innerHTML: string }) => {
      card.innerHTML += '<input>';
    });
    await assert.rejects(expectNoAxeViolations(playground.page, locator), /label/);
    await playground.close();
  });
});
