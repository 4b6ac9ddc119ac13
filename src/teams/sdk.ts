import { createRequire } from 'node:module';
import type * as TeamsAi from '@microsoft/teams-ai/lib/Application.js';
import type * as BotBuilder from 'botbuilder';
import type * as Connector from 'botframework-connector';

/**
 * The Teams SDK, as far as it is used. Required, since to import CommonJS Node reads every file of it twice;
 * and of teams-ai the Application alone, since the rest brings models' tokenizers and clients into memory.
 */
const require = createRequire(import.meta.url);

export const {
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  INVOKE_RESPONSE_KEY,
  TurnContext,
} = require('botbuilder') as typeof BotBuilder;
export const { AuthenticationConstants, AuthenticationError, ConnectorFactory } =
  require('botframework-connector') as typeof Connector;
export const { Application } = require('@microsoft/teams-ai/lib/Application.js') as typeof TeamsAi;

export type TurnContext = BotBuilder.TurnContext;
