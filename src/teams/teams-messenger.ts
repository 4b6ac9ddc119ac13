import { once } from 'node:events';
import type { Activity } from 'botbuilder';
import type { Cards } from '../cards/cards.js';
import { conversationKey, type Conversations, type KnownConversation } from '../delivery/conversations.js';
import { away, refusedFor, undrawn } from '../delivery/failures.js';
import type { Attempt, Messenger, Permit } from '../delivery/messenger.js';
import type { Whereabouts } from '../delivery/outbox.js';
import type { Log } from '../log.js';
import { errorInLog } from '../practice/base/errors.js';
import type { CardContent } from '../practice/surface/feature.js';
import type { Recipient } from '../practice/plr/ports.js';
import { cardActivity } from './card-activity.js';
import type { TeamsAdapter } from './teams-adapter.js';
import { activityIn, opening, type Self } from './outbound.js';
import { attemptFrom, idIn, statusOf, unreadable } from './teams-answers.js';

/** What Teams calls a recipient; undefined when the roster does not know them (any more). */
export type TeamsTarget = { readonly person: string } | { readonly channel: string; readonly team: string };

export interface TeamsMessengerOptions extends Self {
  readonly door: Pick<TeamsAdapter, 'connectorAt'>;
  readonly cards: Cards;
  readonly conversations: Conversations;
  /** Opens new conversations; none in local mode, where only installs make them. */
  readonly serviceUrl: string | undefined;
  readonly target: (to: Recipient) => TeamsTarget | undefined;
  /** Whether we may send to this service at all (an allow-list, so that no activity can lead us elsewhere). */
  readonly mayReach: (serviceUrl: string) => boolean;
  /** Told of whoever takes a message after a refusal. */
  readonly heard: (aadObjectId: string) => void;
  readonly log: Log;
}

type Card = Partial<Activity>;

const nobody: Attempt = { failed: { ...refusedFor('not in the roster'), isFinal: true } };
const notInstalled: Attempt = { failed: refusedFor('the app is not installed for them yet') };
const tooFar: Attempt = {
  failed: { ...refusedFor('its service address is not on the allow-list'), isFinal: true },
};
const gone: Attempt = { failed: { ...refusedFor('the card is not there any more'), isFinal: true } };
/** An install came while Teams was asked: what it said is tried next. */
const overtaken: Attempt = { failed: away('the app was installed meanwhile') };
const stopped: Attempt = { stopped: true };
/** Teams mostly answers in less than a second; what takes longer, to its last byte, counts as a lost connection. */
const patienceMs = 15_000;

/** Delivery's messenger over the Bot Connector: opens conversations, posts and redraws cards, names what went wrong. */
export class TeamsMessenger implements Messenger {
  private readonly options: TeamsMessengerOptions;

  constructor(options: TeamsMessengerOptions) {
    this.options = options;
  }

  send(to: Recipient, content: CardContent, permit: Permit): Promise<Attempt> {
    return this.drawn(content, (card) => this.sendCard(to, card, permit));
  }

  /** In a channel the conversation is the thread that the card began, so it is found there too. */
  redraw(where: Whereabouts, content: CardContent, permit: Permit): Promise<Attempt> {
    return this.drawn(content, (card) => this.redrawCard(where, card, permit));
  }

  /** Drawn before storage or Teams is asked: one card that cannot be drawn must not stop the others. */
  private async drawn(content: CardContent, work: (card: Card) => Promise<Attempt>): Promise<Attempt> {
    let card: Card;
    try {
      card = cardActivity(content, this.options.cards);
    } catch (error) {
      this.options.log('a card could not be drawn', { template: content.template, error: errorInLog(error) });
      return { failed: undrawn('its card could not be drawn') };
    }
    return work(card);
  }

  private async sendCard(to: Recipient, card: Card, permit: Permit): Promise<Attempt> {
    const target = this.options.target(to);
    if (target === undefined) return nobody;
    const known = await this.whereIs(target);
    const isNear = known !== undefined && this.options.mayReach(known.serviceUrl);
    // A refusal is asked about anew: Teams tells nobody when a block is lifted.
    const conversation = isNear ? known : this.unopened(known?.etag);
    if (conversation === undefined) return known === undefined ? notInstalled : tooFar;
    if (!this.options.mayReach(conversation.serviceUrl)) return tooFar;
    const attempt = await ('person' in target
      ? this.toPerson(target.person, conversation, card, permit)
      : this.toChannel(target, conversation, card, permit));
    // Another replica may have heard of a new address: the next attempt reads it anew.
    if (!('sent' in attempt)) for (const key of keysOf(target)) this.options.conversations.forget(key);
    return attempt;
  }

  private async redrawCard(where: Whereabouts, card: Card, permit: Permit): Promise<Attempt> {
    const { serviceUrl, conversationId, activityId } = where;
    if (!this.options.mayReach(serviceUrl)) return tooFar;
    const { conversations } = await this.options.door.connectorAt(serviceUrl);
    const activity = { ...activityIn(this.options, where, card), id: activityId };
    if (!(await permit())) return stopped;
    const redrawn = await asked((options) =>
      conversations.updateActivity(conversationId, activityId, activity, options),
    );
    if (!('error' in redrawn)) return { sent: where };
    return statusOf(redrawn.error) === 404 ? gone : attemptFrom(redrawn.error);
  }

  private async whereIs(target: TeamsTarget): Promise<KnownConversation | undefined> {
    for (const key of keysOf(target)) {
      const known = await this.options.conversations.find(key);
      if (known !== undefined) return known;
    }
    return undefined;
  }

  /**
   * A conversation nobody has opened yet, or only at an address that is not allowed any more: through the connector
   * named in the configuration, if any.
   */
  private unopened(etag = ''): KnownConversation | undefined {
    const { serviceUrl } = this.options;
    if (serviceUrl === undefined) return undefined;
    return { serviceUrl, conversationId: '', blockedBecause: '', etag };
  }

  private async toPerson(
    aadObjectId: string,
    found: KnownConversation,
    card: Card,
    permit: Permit,
  ): Promise<Attempt> {
    const { serviceUrl } = found;
    const key = conversationKey.person(aadObjectId);
    const { conversations } = await this.options.door.connectorAt(serviceUrl);
    let conversation: KnownConversation | undefined = found;
    if (found.conversationId === '') {
      if (!(await permit())) return stopped;
      const opened = await asked((options) =>
        conversations.createConversation(
          opening(this.options, { members: [{ id: aadObjectId, name: '' }], isGroup: false }),
          options,
        ),
      );
      if ('error' in opened) return this.refused(opened.error, key, found);
      const id = idIn(opened.answer);
      if (id === undefined) return { failed: unreadable };
      conversation = await this.options.conversations.correct(key, found, { ...found, conversationId: id });
      if (conversation === undefined) return overtaken;
    }
    const { conversationId } = conversation;
    const activity = activityIn(this.options, { serviceUrl, conversationId }, card);
    if (!(await permit())) return stopped;
    const sent = await asked((options) =>
      conversations.sendToConversation(conversationId, activity, options),
    );
    if ('error' in sent) return this.refused(sent.error, key, conversation, found.conversationId === '');
    if (conversation.blockedBecause !== '') this.options.heard(aadObjectId);
    const activityId = idIn(sent.answer);
    return activityId === undefined
      ? { failed: unreadable }
      : { sent: { serviceUrl, conversationId, activityId } };
  }

  /** Every channel post opens a thread of its own. */
  private async toChannel(
    target: { readonly channel: string; readonly team: string },
    { serviceUrl }: KnownConversation,
    card: Card,
    permit: Permit,
  ): Promise<Attempt> {
    const { conversations } = await this.options.door.connectorAt(serviceUrl);
    const parameters = opening(this.options, {
      isGroup: true,
      channelData: { channel: { id: target.channel }, team: { id: target.team } },
      activity: card as Activity,
    });
    if (!(await permit())) return stopped;
    const posted = await asked((options) => conversations.createConversation(parameters, options));
    // An install is reported in General, under another key: a refusal kept here would never be lifted.
    if ('error' in posted) return attemptFrom(posted.error);
    const conversationId = idIn(posted.answer);
    if (conversationId === undefined) return { failed: unreadable };
    // The id of the message that began a thread is in the thread's own id.
    const began = /;messageid=([^;]+)/.exec(conversationId)?.[1];
    return {
      sent: { serviceUrl, conversationId, activityId: idIn(posted.answer, 'activityId') ?? began ?? '' },
    };
  }

  /**
   * Names what went wrong, and keeps that somebody did not let it through: when they are heard of again, what waits for
   * them goes at once. The id of a conversation that Teams no longer knows is forgotten, so that the next send opens a
   * new one.
   */
  private async refused(
    error: unknown,
    key: string,
    conversation: KnownConversation,
    isNew = false,
  ): Promise<Attempt> {
    const attempt = attemptFrom(error);
    const { conversations } = this.options;
    const isForgotten = statusOf(error) === 404 && conversation.conversationId !== '';
    const now = isForgotten ? { ...conversation, conversationId: '' } : conversation;
    if (isForgotten && !isNew) {
      await conversations.correct(key, conversation, now);
      return { failed: away('Teams no longer knows the conversation') };
    }
    if (!('failed' in attempt) || attempt.failed.cause !== 'refused') return attempt;
    if (now.blockedBecause === attempt.failed.reason && !isForgotten) return attempt;
    const blocked = { ...now, blockedBecause: attempt.failed.reason };
    return (await conversations.correct(key, conversation, blocked)) === undefined ? overtaken : attempt;
  }
}

/** Teams tells of an install in a team once, in General; from then on every standard channel of it can be posted to. */
function keysOf(target: TeamsTarget): string[] {
  if ('person' in target) return [conversationKey.person(target.person)];
  return [conversationKey.channel(target.channel), conversationKey.channel(target.team)];
}

/**
 * Only what Teams refuses is an answer: what fails on our side is thrown. The SDK's own timeout is over with the first
 * byte of an answer, and does not count the wait for a token.
 */
async function asked<T>(
  request: (options: { abortSignal: AbortSignal }) => Promise<T>,
): Promise<{ answer: T } | { error: unknown }> {
  const abortSignal = AbortSignal.timeout(patienceMs);
  const gaveUp = once(abortSignal, 'abort').then(() => {
    throw new Error('Teams took too long.');
  });
  try {
    return { answer: await Promise.race([request({ abortSignal }), gaveUp]) };
  } catch (error) {
    return { error };
  }
}
