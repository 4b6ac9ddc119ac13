import { ActivityHandler, CloudAdapter } from '@microsoft/agents-hosting';
import { answer, serve, step } from './bare.js';

class Bot extends ActivityHandler {
  async onAdaptiveCardInvoke(context) {
    await step(context.activity);
    return answer;
  }
}

const bot = new Bot();
const adapter = new CloudAdapter({});
serve((request, response) => {
  request.user = {};
  return adapter.process(request, response, (context) => bot.run(context));
});
