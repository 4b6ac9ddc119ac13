import {
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
  type Activity,
  type TurnContext,
} from 'botbuilder';
import restify from 'restify';

/** What the toy bot answers with: a card for what a person typed or for what they filled in. */
export interface ToyAnswers {
  /** The card for a typed message; `replace` writes it over the last card that was sent. */
  typed: (text: string) => { card: object; replace?: boolean };
  /** The card that takes the place of the one an Action.Execute came from. */
  executed: (data: Record<string, unknown>) => object;
}

export interface ToyBot {
  endpoint: string;
  /** Every activity that arrived, oldest first. */
  arrived: Partial<Activity>[];
  stop: () => Promise<void>;
}

/** The least bot a Playground can talk to: it tries the browser harness without the product behind it. */
export async function startToyBot(answers: ToyAnswers, port = 0): Promise<ToyBot> {
  const arrived: Partial<Activity>[] = [];
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  let lastCardId: string | undefined;

  async function turn(context: TurnContext): Promise<void> {
    const activity = context.activity;
    arrived.push(structuredClone(activity));
    if (activity.type === 'invoke') {
      const action = (activity.value as { action: { data: Record<string, unknown> } }).action;
      const value = answers.executed(action.data);
      const body = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value };
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
    } else if (activity.type === 'message') {
      const submitted = activity.value as Record<string, unknown> | undefined;
      const answer = submitted ? { card: answers.executed(submitted) } : answers.typed(activity.text.trim());
      const message = MessageFactory.attachment(CardFactory.adaptiveCard(answer.card));
      if ('replace' in answer && answer.replace && lastCardId) {
        await context.updateActivity({ ...message, id: lastCardId });
      } else lastCardId = (await context.sendActivity(message))?.id;
    }
  }

  const server = restify.createServer();
  server.use(restify.plugins.bodyParser());
  server.post('/api/messages', async (request, response) => {
    const { headers } = request;
    const body = request.body as Record<string, unknown>;
    await adapter.process({ method: 'POST', headers, body }, response, turn);
  });
  await new Promise<void>((listening) => {
    server.listen(port, '127.0.0.1', () => listening());
  });
  const address = server.address();
  return {
    endpoint: `http://127.0.0.1:${address.port}/api/messages`,
    arrived,
    stop: () =>
      new Promise((closed) => {
        server.close(() => closed());
      }),
  };
}
