import { createRequire } from 'node:module';
import type * as TeamsAi from '@microsoft/teams-ai/lib/Application.js';
import type * as BotBuilder from 'botbuilder';
import type * as Connector from 'botframework-connector';

/**
 * The parts of the Teams SDK that we use. Loaded by `require`, because an `import` of CommonJS makes Node read every
 * file twice. Of teams-ai only the Application: the rest loads models' tokenizers and clients.
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
