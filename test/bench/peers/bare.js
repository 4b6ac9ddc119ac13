import { TableClient } from '@azure/data-tables';
import restify from 'restify';

/**
 * What the bare bots share, whichever SDK they are on: a restify server, a table, and a step that reads one
 * row, writes one row and answers with a fixed card of 20 lines. Nothing is checked, drawn or logged.
 */
const table = TableClient.fromConnectionString(process.env.AZURE_STORAGE_CONNECTION_STRING, 'bare', {
  allowInsecureConnection: true,
});

const card = {
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body: Array.from({ length: 20 }, (_, line) => ({
    type: 'TextBlock',
    text: `Line ${line + 1} of a card that is always the same`,
    wrap: true,
  })),
};

/** What Teams wants for an answer to Action.Execute. */
export const answer = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };

/** Keeps what was typed, in the row of the person who pressed. */
export async function step(activity) {
  const rowKey = activity.from.aadObjectId;
  const row = await table.getEntity('bare', rowKey).catch(() => ({ saves: 0 }));
  const typed = JSON.stringify(activity.value.action.data);
  await table.upsertEntity({ partitionKey: 'bare', rowKey, saves: row.saves + 1, typed }, 'Replace');
}

/** Listens, and says on which port. Restify wants its handlers to be async functions by name. */
export function serve(answerTo) {
  const server = restify.createServer();
  server.use(restify.plugins.bodyParser());
  server.post('/api/messages', async (request, response) => answerTo(request, response));
  server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
}
