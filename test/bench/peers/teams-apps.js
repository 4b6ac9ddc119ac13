import { App } from '@microsoft/teams.apps';
import { answer, serve, step } from './bare.js';

/** Needs Node 22. Restify in the place of its Express. */
const restifyAdapter = {
  registerRoute: (_method, path, handle) => {
    if (path !== '/api/messages') return;
    serve(async (request, response) => {
      const { status, body } = await handle({ body: request.body, headers: request.headers });
      response.send(status, body);
    });
  },
};
const silent = () => {};
const errorsOnly = {
  ...{ debug: silent, info: silent, warn: silent, log: silent, error: console.error },
  child: () => errorsOnly,
};
const app = new App({
  httpServerAdapter: restifyAdapter,
  dangerouslyAllowUnauthenticatedRequests: true,
  logger: errorsOnly,
});
app.on('card.action', async ({ activity }) => {
  await step(activity);
  return answer;
});
await app.initialize();
