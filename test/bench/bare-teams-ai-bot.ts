import { Application } from '@microsoft/teams-ai';
import {
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationReference,
} from 'botbuilder';
import restify from 'restify';

/** The least bot there is on teams-ai: it listens, answers one thing, and sends one card when told to. */
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const app = new Application({ startTypingTimer: false });
app.activity('message', async (context) => void (await context.sendActivity('hello')));
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.get('/readyz', (_request, response, next) => {
  response.send(200);
  next();
});
server.post('/api/messages', async (request, response) => {
  await adapter.process(
    request as never,
    response as never,
    async (context) => void (await app.run(context)),
  );
});
server.post('/send', async (request, response) => {
  await sendToAll((request.body as { conversations: string[] }).conversations);
  response.send(200);
});
server.listen(Number(process.env['PORT']), '127.0.0.1');

/** The card is made once, nothing is kept: 16 at a time. */
async function sendToAll(conversations: readonly string[]): Promise<void> {
  const left = [...conversations];
  const worker = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await sendTo(next);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}

const card = CardFactory.adaptiveCard({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    { type: 'TextBlock', text: 'A note', size: 'Large', weight: 'Bolder', wrap: true },
    { type: 'TextBlock', text: 'measured', wrap: true },
  ],
});

async function sendTo(id: string): Promise<void> {
  const reference = {
    channelId: 'msteams',
    serviceUrl: process.env['TEAMS_SERVICE_URL']!,
    bot: { id: '28:bot', name: '' },
    conversation: { id },
  } as ConversationReference;
  await adapter.continueConversationAsync('', reference, async (context) => {
    await context.sendActivity({ type: 'message', summary: 'A note', attachments: [card] });
  });
}
