import { Application } from '@microsoft/teams-ai';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { answer, serve, step } from './bare.js';

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const app = new Application({ startTypingTimer: false });
app.adaptiveCards.actionExecute('review.save', async (context) => {
  await step(context.activity);
  return answer.value;
});
serve((request, response) => adapter.process(request, response, (context) => app.run(context)));
