import type { Activity, InvokeResponse, ResourceResponse, TurnContext } from 'botbuilder';
import type { AuthenticateRequestResult, ConnectorClient } from 'botframework-connector';
import type { BotIdentity } from '../config.js';
import type { Attempt } from '../delivery/messenger.js';
import type { Pace, Timer } from '../delivery/pace.js';
import { failed, type Log } from '../log.js';
import { errorInLog } from '../practice/base/errors.js';
import { readActivity } from './inbound.js';
import { KeptClients } from './kept-clients.js';
import { AuthenticationConstants, AuthenticationError, CloudAdapter } from './sdk.js';
import { attemptFrom } from './teams-answers.js';

export interface DoorOptions {
  readonly log: Log;
  /** Told of every 429 that an answer meets: it slows what is sent unasked. */
  readonly pace: Pick<Pace, 'holdEveryone'>;
  readonly timer: Timer;
  /** Where the channel publishes the keys it signs with. Default: Bot Framework's own; tests name their own. */
  readonly channelKeysUrl?: string | undefined;
}

/** Nobody waits longer for an answer; Teams itself gives a turn up after 15 s. */
const longestWaitMs = 8_000;
const shortWaitMs = 1_000;
const teams = 'msteams';

const notAnActivity =
  'A Bot Framework activity with type, channelId, serviceUrl, from, recipient and conversation is needed.';

/**
 * CloudAdapter, kept to one channel. Left to itself it answers a forged signature with 500, prints what
 * went wrong (with addresses that name people's conversations) to the console, and takes tokens of the
 * Emulator and of other bots besides those of the channel.
 */
export class TeamsAdapter extends CloudAdapter {
  private readonly identity: BotIdentity;
  private readonly log: Log;
  private readonly pace: DoorOptions['pace'];
  private readonly timer: Timer;

  constructor(identity: BotIdentity, { log, pace, timer, channelKeysUrl }: DoorOptions) {
    super(new KeptClients(credentialsOf(identity, channelKeysUrl)));
    this.identity = identity;
    this.log = log;
    this.pace = pace;
    this.timer = timer;
  }

  /**
   * What the token alone says, before the activity is read: the answer for whoever may not send one, undefined for
   * the rest. Whether the token is also for this activity's service address is looked at with the activity.
   */
  async refusal(authorization: string): Promise<InvokeResponse | undefined> {
    if (this.identity.id === '') return undefined;
    try {
      this.mustBeOfTheChannel(authorization);
      await this.botFrameworkAuthentication.authenticateStreamingRequest(authorization, teams);
      return undefined;
    } catch (error) {
      return this.refused(error);
    }
  }

  /** Instead of CloudAdapter's `process`, which reads an activity twice and answers through restify's formatters. */
  async answer(
    authorization: string,
    body: unknown,
    turn: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse> {
    const activity = readActivity(body);
    if (activity === undefined) return { status: 400, body: { error: notAnActivity } };
    return (await this.processActivity(authorization, activity, turn)) ?? { status: 200 };
  }

  override sendActivities(
    context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    return this.onceMore(() => super.sendActivities(context, activities));
  }

  override updateActivity(
    context: TurnContext,
    activity: Partial<Activity>,
  ): Promise<ResourceResponse | void> {
    return this.onceMore(() => super.updateActivity(context, activity));
  }

  /**
   * What answers somebody is in no outbox: it is tried once more after what passes, as Teams asks, and no sooner.
   * @throws what Teams said, when it lasts.
   */
  private async onceMore<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      const attempt = attemptFrom(error);
      const throttledMs = 'throttledMs' in attempt ? attempt.throttledMs : undefined;
      if (throttledMs !== undefined) this.pace.holdEveryone(throttledMs);
      const inMs = throttledMs ?? shortWaitMs;
      if ((throttledMs === undefined && !passes(attempt)) || inMs > longestWaitMs) throw error;
      await this.timer.wait(inMs);
      return request();
    }
  }

  /** The client for a service address, outside any turn: for what is sent unasked. */
  connectorAt(serviceUrl: string): Promise<ConnectorClient> {
    const us = this.createClaimsIdentity(this.identity.id);
    const audience = AuthenticationConstants.ToChannelFromBotOAuthScope;
    return this.botFrameworkAuthentication.createConnectorFactory(us).create(serviceUrl, audience);
  }

  protected override async processActivity(
    authorization: string | AuthenticateRequestResult,
    activity: Activity,
    turn: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    let sender: AuthenticateRequestResult;
    try {
      sender = await this.authenticated(authorization, activity);
    } catch (error) {
      return this.refused(error);
    }
    try {
      return await super.processActivity(sender, activity, turn);
    } catch (error) {
      this.log(failed.turn, { error: errorInLog(error) });
      return { status: 500 };
    }
  }

  /** @throws when the token is not one that the channel gave for this bot and this service address. */
  private async authenticated(
    authorization: string | AuthenticateRequestResult,
    activity: Activity,
  ): Promise<AuthenticateRequestResult> {
    if (typeof authorization !== 'string') return authorization;
    if (activity.channelId !== teams) throw new AuthenticationError('not Teams', 403);
    if (this.identity.id !== '') this.mustBeOfTheChannel(authorization);
    return this.botFrameworkAuthentication.authenticateRequest(activity, authorization);
  }

  /** Before any keys are fetched: for tokens of the Emulator or of other bots, Bot Framework would ask other hosts. */
  private mustBeOfTheChannel(authorization: string): void {
    if (issuerIn(authorization) !== AuthenticationConstants.ToBotFromChannelTokenIssuer)
      throw new AuthenticationError('not the channel', 401);
  }

  private refused(error: unknown): InvokeResponse {
    const status = statusOf(error);
    this.log('activity refused', { status, error: errorInLog(error) });
    return { status };
  }
}

function passes(attempt: Attempt): boolean {
  return 'failed' in attempt && attempt.failed.cause === 'away' && !attempt.failed.notReached;
}

/** What a token says of itself; nothing is proved by it yet. */
function issuerIn(authorization: string): unknown {
  const claims = authorization.split('.')[1] ?? '';
  try {
    const read: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString());
    return typeof read === 'object' && read !== null && 'iss' in read ? read.iss : undefined;
  } catch {
    return undefined;
  }
}

/** 401 for a token that is unreadable or not valid; 503 when the keys cannot be fetched, so that Teams asks again. */
function statusOf(error: unknown): number {
  if (error instanceof AuthenticationError) return error.statusCode === 500 ? 503 : error.statusCode;
  return error instanceof Error && error.name === 'FetchError' ? 503 : 401;
}

function credentialsOf(identity: BotIdentity, channelKeysUrl: string | undefined) {
  if (identity.id === '') return {};
  return {
    MicrosoftAppId: identity.id,
    MicrosoftAppPassword: identity.password,
    MicrosoftAppType: identity.type === 'UserAssignedMSI' ? 'MSI' : 'SingleTenant',
    MicrosoftAppTenantId: identity.tenantId,
    ...(channelKeysUrl === undefined ? {} : withOwnKeys(channelKeysUrl)),
  };
}

/** Bot Framework takes either all of its addresses from the configuration or none. */
function withOwnKeys(channelKeysUrl: string) {
  return {
    ValidateAuthority: 'true',
    ToChannelFromBotLoginUrl: AuthenticationConstants.ToChannelFromBotLoginUrl,
    ToChannelFromBotOAuthScope: AuthenticationConstants.ToChannelFromBotOAuthScope,
    ToBotFromChannelTokenIssuer: AuthenticationConstants.ToBotFromChannelTokenIssuer,
    OAuthUrl: AuthenticationConstants.OAuthUrl,
    ToBotFromChannelOpenIdMetadataUrl: channelKeysUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: AuthenticationConstants.ToBotFromEmulatorOpenIdMetadataUrl,
    CallerId: 'urn:botframework:azure',
  };
}
