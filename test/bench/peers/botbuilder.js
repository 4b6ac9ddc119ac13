import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { answer, serve, step } from './bare.js';

class Bot extends ActivityHandler {
  async onAdaptiveCardInvoke(context) {
    await step(context.activity);
    return answer;
  }
}

const bot = new Bot();
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
serve((request, response) => adapter.process(request, response, (context) => bot.run(context)));
