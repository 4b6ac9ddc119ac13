import type { Cards } from './cards/cards.js';
import type { Config } from './config.js';
import { FrontDesk } from './conversation/front-desk.js';
import { Gate } from './conversation/gate.js';
import type { Heard } from './conversation/heard.js';
import type { Conversations } from './delivery/conversations.js';
import type { Foundation } from './foundation.js';
import { createServer } from './http/server.js';
import type { Log } from './log.js';
import type { Feature } from './practice/surface/feature.js';
import { createBot } from './teams/bot.js';
import { FileDesk } from './teams/file-desk.js';
import { mayReach } from './teams/service-urls.js';
import type { TeamsAdapter } from './teams/teams-adapter.js';
import { mayUploadTo } from './teams/upload.js';
import type { Telemetry } from './telemetry/telemetry.js';

export interface ConversationNeeds {
  readonly config: Config;
  readonly foundation: Foundation;
  readonly features: readonly Feature[];
  readonly cards: Cards;
  readonly conversations: Conversations;
  readonly heard: Heard;
  readonly reachable: (key: string, again: boolean) => Promise<void>;
  readonly adapter: TeamsAdapter;
  readonly telemetry: Telemetry;
  readonly log: Log;
}

/** Who answers: the server, Teams' side of it, the gate for what leaves, and the front desk behind it. */
export function wireConversation(needs: ConversationNeeds) {
  const { config, foundation, features, cards, conversations, heard, adapter, telemetry, log } = needs;
  const { clients, services, council } = foundation;
  const frontDesk = new FrontDesk({
    features,
    // Word and spreadsheets are loaded when the first one is asked for, so that no start waits for them.
    makeFile: async (content) => (await import('./documents/document-file.js')).documentFile(content),
    services,
    conversations,
    council,
    tenantId: config.bot.tenantId,
    mayReach: mayReach(config),
    heard: (aadObjectId) => heard.of(aadObjectId),
    reachable: needs.reachable,
  });
  const reception = new Gate(frontDesk, { cards, council, log });
  const files = new FileDesk({
    adapter,
    botId: config.bot.id,
    reception,
    cards,
    mayUpload: mayUploadTo(config.mode),
    log,
  });
  const bot = createBot(adapter, reception, cards, files, log);
  const server = createServer({
    refusal: (authorization) => adapter.refusal(authorization),
    answer: (authorization, activity) =>
      telemetry.traced('activity', {}, () => adapter.answer(authorization, activity, bot)),
    probeStorage: () => clients.probe(),
    log,
  });
  return { files, server };
}
