import type { Cards } from './cards/cards.js';
import type { Config } from './config.js';
import { applyDeliveryOutcome } from './conversation/apply-delivery-outcome.js';
import type { Heard } from './conversation/heard.js';
import { mustArriveWith, presentWith } from './conversation/presenting.js';
import { targetOf } from './conversation/recipients.js';
import type { Conversations } from './delivery/conversations.js';
import { Delivery } from './delivery/delivery.js';
import type { Leadership } from './delivery/leadership.js';
import { Pace, type Timer } from './delivery/pace.js';
import { lookAtQueue } from './delivery/queue.js';
import { kindsOf } from './features.js';
import type { Foundation } from './foundation.js';
import type { Log } from './log.js';
import { longestUnheardMs } from './practice/alerts/longest-unheard.js';
import type { Feature } from './practice/surface/feature.js';
import { isOfStorage } from './storage/table.js';
import { mayReach } from './teams/service-urls.js';
import { TeamsAdapter } from './teams/teams-adapter.js';
import { TeamsMessenger } from './teams/teams-messenger.js';
import { Telemetry } from './telemetry/telemetry.js';

export interface SendingNeeds {
  readonly config: Config;
  readonly foundation: Foundation;
  readonly features: readonly Feature[];
  readonly cards: Cards;
  readonly conversations: Conversations;
  readonly heard: Heard;
  readonly leadership: Leadership;
  readonly timer: Timer;
  readonly realNowMs: () => number;
  readonly channelKeysUrl: string | undefined;
  readonly log: Log;
}

/** What sends: Teams' adapter, at the pace that it allows, and delivery, which draws each message from its state. */
export function wireSending(needs: SendingNeeds) {
  const { config, foundation, features, cards, conversations, heard, log, timer } = needs;
  const { outbox, registry, services, clock, council } = foundation;
  const pace = new Pace(config.teamsMaxRps, timer);
  const adapter = new TeamsAdapter(config.bot, { log, pace, timer, channelKeysUrl: needs.channelKeysUrl });
  const telemetry = new Telemetry({
    log,
    lookAtQueue: async () => lookAtQueue(outbox, await registry.active(), clock),
    longestUnheardMs: () => longestUnheardMs(services, clock),
  });
  const messenger = new TeamsMessenger({
    door: adapter,
    cards,
    conversations,
    botId: config.bot.id,
    tenantId: config.bot.tenantId,
    serviceUrl: config.teamsServiceUrl,
    target: (to) => targetOf(to, council()),
    mayReach: mayReach(config),
    heard: (aadObjectId) => heard.of(aadObjectId),
    log,
  });
  const delivery = new Delivery({
    outbox,
    messenger: telemetry.tracing(messenger),
    leadership: needs.leadership,
    timer,
    pace,
    activePartitions: () => registry.active(),
    present: presentWith(features, services, cards, council),
    mustArrive: mustArriveWith(features, services),
    isOfStorage,
    ended: applyDeliveryOutcome(kindsOf(features), services, council),
    clock,
    realNowMs: needs.realNowMs,
    random: Math.random,
    log,
    count: (what) => telemetry.count(what),
  });
  return { adapter, telemetry, delivery };
}
