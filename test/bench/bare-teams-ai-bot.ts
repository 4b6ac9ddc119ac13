import { Application } from '@microsoft/teams-ai';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import restify from 'restify';

/** The least bot there is on teams-ai: it listens and answers one thing. */
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
server.listen(Number(process.env['PORT']), '127.0.0.1');
