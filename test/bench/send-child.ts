import { TableClient } from '@azure/data-tables';
import {
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationReference,
} from 'botbuilder';
import { createApp } from '../../src/app.js';
import { createFoundation } from '../../src/foundation.js';
import { readConfig } from '../../src/config.js';
import { noteFeature, queueNotes } from '../faults/note-feature.js';

/**
 * Sends as fast as it can, as us or as the least bot there is, and prints what it cost this process:
 * `tsx send-child.ts ours|bare WARM-UPS MESSAGES`, the conversations to send to as JSON on stdin.
 */
const [, , who, warmUps, messages] = process.argv;
const conversations = JSON.parse(await read()) as { person: string; id: string }[];
const send = who === 'ours' ? await ours() : bare();
await send(conversations.slice(0, Number(warmUps)), 'warm');
const before = await send.prepare(conversations.slice(-Number(messages)), 'measured');
const start = process.cpuUsage();
const began = performance.now();
await before();
const { user, system } = process.cpuUsage(start);
process.stdout.write(
  JSON.stringify({
    cpuMs: (user + system) / 1_000 / Number(messages),
    perSecond: (Number(messages) / (performance.now() - began)) * 1_000,
  }),
);
process.exit(0);

type Send = ((to: typeof conversations, about: string) => Promise<void>) & {
  /** What belongs to the state and not to the sending is done before the clock runs. */
  prepare(to: typeof conversations, about: string): Promise<() => Promise<void>>;
};

async function ours(): Promise<Send> {
  const config = { ...readConfig(process.env), teamsMaxRps: 100_000 };
  const app = await createApp(config, { log: () => {}, features: [noteFeature] });
  const { services } = await createFoundation(config, { log: () => {} });
  const prepare = async (to: typeof conversations, about: string) => {
    await queueNotes(
      services,
      to.map(({ person }) => person),
      about,
    );
    await app.foundation.refresh();
    return async () => void (await app.delivery.drain());
  };
  return Object.assign(async (to: typeof conversations, about: string) => (await prepare(to, about))(), {
    prepare,
  });
}

/** The card is made once, nothing is rendered, nothing is checked: 16 at a time. */
function bare(): Send {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  const table = TableClient.fromConnectionString(process.env['AZURE_STORAGE_CONNECTION_STRING']!, 'plr', {
    allowInsecureConnection: true,
  });
  const card = CardFactory.adaptiveCard({
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      { type: 'TextBlock', text: 'A note', size: 'Large', weight: 'Bolder', wrap: true },
      { type: 'TextBlock', text: 'measured', wrap: true },
    ],
  });
  const one = async ({ person, id }: (typeof conversations)[number], about: string) => {
    const reference = {
      channelId: 'msteams',
      serviceUrl: process.env['TEAMS_SERVICE_URL']!,
      bot: { id: '28:bot', name: '' },
      conversation: { id },
    } as ConversationReference;
    await adapter.continueConversationAsync('', reference, async (context) => {
      await context.sendActivity({ type: 'message', summary: 'A note', attachments: [card] });
    });
    await table.createEntity({ partitionKey: 'bare', rowKey: `${about}-${person}`, state: 'delivered' });
  };
  const all = async (to: typeof conversations, about: string) => {
    const left = [...to];
    const worker = async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await one(next, about);
    };
    await Promise.all(Array.from({ length: 16 }, worker));
  };
  return Object.assign(all, {
    prepare: (to: typeof conversations, about: string) => Promise.resolve(() => all(to, about)),
  });
}

async function read(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin) text += String(chunk);
  return text;
}
