import type { BotFrameworkAdapter, CloudAdapter, ConversationReference } from 'botbuilder';
import { Fault } from '../practice/errors.js';

type Connector = ReturnType<BotFrameworkAdapter['createConnectorClient']>;

/** What the SDK's client keeps to itself: the policies that each request goes through. */
interface WithPipeline {
  readonly client: {
    readonly pipeline: { removePolicy(which: { readonly name: string }): readonly unknown[] };
  };
}

/**
 * One connector client for each service URL, kept: `continueConversationAsync` makes a new one, with a turn
 * around it, for every message. Its silent retries are taken out (it waits out a 429 inline, and repeats 502
 * and 503 three times), since every request has to be in the pace of the tenant.
 */
export class Connectors {
  private readonly adapter: CloudAdapter;
  private readonly botId: string;
  private readonly made = new Map<string, Promise<Connector>>();

  constructor(adapter: CloudAdapter, botId: string) {
    this.adapter = adapter;
    this.botId = botId;
  }

  at(serviceUrl: string): Promise<Connector> {
    const known = this.made.get(serviceUrl);
    if (known !== undefined) return known;
    const made = this.make(serviceUrl);
    this.made.set(serviceUrl, made);
    made.catch(() => this.made.delete(serviceUrl));
    return made;
  }

  /** The adapter makes one for a turn, with the credentials that fit the cloud: an empty turn is enough. */
  private async make(serviceUrl: string): Promise<Connector> {
    const reference = {
      channelId: 'msteams',
      serviceUrl,
      bot: { id: `28:${this.botId}`, name: '' },
      conversation: { id: 'none' },
    } as ConversationReference;
    let found: unknown;
    await this.adapter.continueConversationAsync(this.botId, reference, (context) => {
      found = context.turnState.get(this.adapter.ConnectorClientKey);
      return Promise.resolve();
    });
    if (found === undefined) throw new Fault('no-connector', 'The SDK made no connector client.');
    if ((found as WithPipeline).client.pipeline.removePolicy({ name: 'defaultRetryPolicy' }).length === 0)
      throw new Fault('sdk-changed', 'The SDK’s silent retries are not where they were.');
    return found as Connector;
  }
}
