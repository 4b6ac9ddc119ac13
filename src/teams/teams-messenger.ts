import type {
  Activity,
  CloudAdapter,
  ConversationParameters,
  ConversationReference,
  TurnContext,
} from 'botbuilder';
import type { Cards } from '../cards/cards.js';
import { conversationKey, type Conversation, type Conversations } from '../delivery/conversations.js';
import type { Attempt, Messenger } from '../delivery/delivery.js';
import type { Whereabouts } from '../delivery/outbox.js';
import type { CardContent } from '../practice/feature.js';
import type { Recipient } from '../practice/ports.js';
import { cardActivity } from './bot.js';
import { attemptFrom, isUnknownConversation } from './teams-answers.js';

/** What Teams calls a recipient; undefined when the roster does not know them (any more). */
export type TeamsTarget = { readonly person: string } | { readonly channel: string; readonly team: string };

export interface TeamsMessengerOptions {
  readonly adapter: CloudAdapter;
  readonly cards: Cards;
  readonly conversations: Conversations;
  readonly botId: string;
  readonly tenantId: string;
  /** Opens new conversations; none in local mode, where only installs make them. */
  readonly serviceUrl: string | undefined;
  readonly target: (to: Recipient) => Promise<TeamsTarget | undefined>;
  /** Whether we may send to this service at all (an allow-list, so that no activity can lead us elsewhere). */
  readonly mayReach: (serviceUrl: string) => boolean;
}

const nobody: Attempt = { undeliverable: 'not in the roster' };
const notInstalled: Attempt = { undeliverable: 'the app is not installed for them yet' };

/** Delivery's messenger over Bot Framework: opens conversations, posts and redraws cards, names what went wrong. */
export class TeamsMessenger implements Messenger {
  private readonly options: TeamsMessengerOptions;

  constructor(options: TeamsMessengerOptions) {
    this.options = options;
  }

  async send(to: Recipient, content: CardContent): Promise<Attempt> {
    const target = await this.options.target(to);
    if (target === undefined) return nobody;
    const key =
      'person' in target ? conversationKey.person(target.person) : conversationKey.channel(target.channel);
    const known = (await this.options.conversations.find(key)) ?? (await this.throughItsTeam(target));
    if (known !== undefined && known.blockedBecause !== '') return { undeliverable: known.blockedBecause };
    const conversation = known ?? this.unopened();
    if (conversation === undefined) return notInstalled;
    if (!this.options.mayReach(conversation.serviceUrl))
      return { undeliverable: 'its service address is not on the allow-list' };
    return this.guarded(key, conversation, () =>
      'person' in target
        ? this.toPerson(target.person, key, conversation, content)
        : this.toChannel(target, conversation, content),
    );
  }

  async redraw(where: Whereabouts, content: CardContent): Promise<Attempt> {
    if (!this.options.mayReach(where.serviceUrl))
      return { undeliverable: 'its service address is not on the allow-list' };
    try {
      await this.inConversation(where.serviceUrl, where.conversationId, async (context) => {
        await context.updateActivity({
          ...cardActivity(content, this.options.cards),
          id: where.activityId,
        });
      });
      return { sent: where };
    } catch (error) {
      return attemptFrom(error);
    }
  }

  /** Teams tells of an install in a team once, in General; from then on every standard channel of it can be posted to. */
  private async throughItsTeam(target: TeamsTarget): Promise<Conversation | undefined> {
    if ('person' in target) return undefined;
    return this.options.conversations.find(conversationKey.channel(target.team));
  }

  /** A conversation nobody has opened yet: through the connector named in the configuration, if any. */
  private unopened(): Conversation | undefined {
    const { serviceUrl, tenantId, botId } = this.options;
    if (serviceUrl === undefined) return undefined;
    return { serviceUrl, tenantId, botId: `28:${botId}`, conversationId: '', blockedBecause: '' };
  }

  /** Translates what went wrong, and keeps in mind what will go wrong again. */
  private async guarded(
    key: string,
    conversation: Conversation,
    send: () => Promise<Attempt>,
  ): Promise<Attempt> {
    try {
      return await send();
    } catch (error) {
      const attempt = attemptFrom(error);
      if (isUnknownConversation(error)) await this.options.conversations.forget(key);
      else if ('undeliverable' in attempt && conversation.conversationId !== '') {
        await this.options.conversations.remember(key, {
          ...conversation,
          blockedBecause: attempt.undeliverable,
        });
      }
      return attempt;
    }
  }

  private async toPerson(
    aadObjectId: string,
    key: string,
    conversation: Conversation,
    content: CardContent,
  ): Promise<Attempt> {
    let { conversationId } = conversation;
    if (conversationId === '') {
      conversationId = await this.open(conversation.serviceUrl, {
        members: [{ id: aadObjectId, name: '' }],
        isGroup: false,
      });
      await this.options.conversations.remember(key, { ...conversation, conversationId });
    }
    const activityId = await this.inConversation(conversation.serviceUrl, conversationId, async (context) => {
      return (await context.sendActivity(cardActivity(content, this.options.cards)))?.id;
    });
    return { sent: { serviceUrl: conversation.serviceUrl, conversationId, activityId: activityId ?? '' } };
  }

  /** Every channel post opens a thread of its own. */
  private async toChannel(
    target: { readonly channel: string; readonly team: string },
    conversation: Conversation,
    content: CardContent,
  ): Promise<Attempt> {
    const conversationId = await this.open(conversation.serviceUrl, {
      isGroup: true,
      channelData: { channel: { id: target.channel }, team: { id: target.team } },
      activity: cardActivity(content, this.options.cards) as Activity,
    });
    // CloudAdapter loses the activity id of a channel post; it is in the thread's own id.
    const activityId = /;messageid=([^;]+)/.exec(conversationId)?.[1] ?? '';
    return { sent: { serviceUrl: conversation.serviceUrl, conversationId, activityId } };
  }

  private async open(serviceUrl: string, parameters: Partial<ConversationParameters>): Promise<string> {
    const { adapter, botId, tenantId } = this.options;
    let conversationId = '';
    await adapter.createConversationAsync(
      botId,
      'msteams',
      serviceUrl,
      'https://api.botframework.com',
      {
        tenantId,
        bot: { id: `28:${botId}`, name: '' },
        ...parameters,
        channelData: { ...(parameters.channelData as object | undefined), tenant: { id: tenantId } },
      } as ConversationParameters,
      (context) => {
        conversationId = context.activity.conversation.id;
        return Promise.resolve();
      },
    );
    return conversationId;
  }

  private async inConversation<T>(
    serviceUrl: string,
    conversationId: string,
    act: (context: TurnContext) => Promise<T>,
  ): Promise<T> {
    const { adapter, botId, tenantId } = this.options;
    const reference = {
      channelId: 'msteams',
      serviceUrl,
      bot: { id: `28:${botId}`, name: '' },
      conversation: { id: conversationId, tenantId },
    } as ConversationReference;
    const results: T[] = [];
    // The adapter's onTurnError swallows what the logic throws: it is carried out by hand.
    let failed: { error: unknown } | undefined;
    await adapter.continueConversationAsync(botId, reference, async (context) => {
      try {
        results.push(await act(context));
      } catch (error) {
        failed = { error };
      }
    });
    if (failed !== undefined) throw failed.error;
    return results[0] as T;
  }
}
