import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ActivityTypes,
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
  TurnContext,
  type Activity,
  type ConversationReference,
} from 'botbuilder';
import type { JsonRecord } from '../../stand-ins/json-record.js';

export const cardMessage = (card: JsonRecord, summary = 'A card') => ({
  ...MessageFactory.attachment(CardFactory.adaptiveCard(card)),
  summary,
});

export const textCard = (text: string): JsonRecord => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text, wrap: true }],
});

/** A real CloudAdapter without an app id, whose bot keeps what it heard and echoes it. */
export async function startEchoBot() {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  const heard: Activity[] = [];
  const references: Partial<ConversationReference>[] = [];

  const echo = async (context: TurnContext) => {
    const { activity } = context;
    heard.push(activity);
    references.push(TurnContext.getConversationReference(activity));
    if (String(activity.type) === 'message' && activity.text) {
      await context.sendActivity(`You said ${activity.text}`);
    }
    if (String(activity.type) === 'invoke') await context.sendActivity(invokeResponse(activity));
  };

  const server = createServer((request, response) => void answer(request, response));
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
    const { method = '', headers } = request;
    // A malformed activity makes `process` reject without an answer.
    await adapter
      .process({ method, headers, body }, asBotbuilderWants(response), echo)
      // No chaining: restify, once loaded, gives every response of the process a writeHead that returns nothing.
      .catch(() => {
        response.statusCode = 400;
        response.end();
      });
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    adapter,
    heard,
    references,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function invokeResponse(activity: Activity): Partial<Activity> {
  const value = activity.value as { action: { verb: string; data: unknown } };
  const card = textCard(`${value.action.verb} ${JSON.stringify(value.action.data)}`);
  const body = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };
  return { type: ActivityTypes.InvokeResponse, value: { status: 200, body } };
}

/** The little of Express and restify that botbuilder calls. */
function asBotbuilderWants(response: ServerResponse) {
  const { socket } = response;
  return {
    socket,
    header: (name: string, value: unknown) => response.setHeader(name, String(value)),
    status: (code: number) => (response.statusCode = code),
    send: (body: unknown) => response.write(typeof body === 'string' ? body : JSON.stringify(body)),
    end: () => response.end(),
  };
}
