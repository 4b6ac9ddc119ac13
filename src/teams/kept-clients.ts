import type { Activity } from 'botbuilder';
import type {
  AuthenticateRequestResult,
  ClaimsIdentity,
  ConnectorClient,
  ConnectorFactory as Factory,
  UserTokenClient,
} from 'botframework-connector';
import { Fault } from '../practice/base/errors.js';
import { ConfigurationBotFrameworkAuthentication, ConnectorFactory } from './sdk.js';
import { shortAnswers, type Policy } from './short-answers.js';

/** What the SDK's client keeps private: the policies through which each request goes. */
interface WithPipeline {
  readonly client: {
    readonly pipeline: {
      addPolicy(policy: Policy, where: { readonly afterPhase: 'Sign' }): void;
      removePolicy(which: { readonly name: string }): readonly unknown[];
    };
  };
}

/** A tenant is served from one or two addresses; an unknown caller could send any number of them. */
const maxClients = 50;

/**
 * Bot Framework's authentication, which makes two HTTP clients for every turn; here each is made once and kept.
 * All turns have the same credentials, those of this bot, so a client depends on its address alone. Its silent
 * retries (it waits out a 429 inline, and repeats 502 and 503 three times) are removed, since every request has
 * to keep to the tenant's pace; so are redirects, and answers longer than any that Teams gives.
 */
export class KeptClients extends ConfigurationBotFrameworkAuthentication {
  private readonly connectors = new Map<string, Promise<ConnectorClient>>();
  private userTokens: Promise<UserTokenClient> | undefined;

  override async authenticateRequest(
    activity: Activity,
    authorization: string,
  ): Promise<AuthenticateRequestResult> {
    const { connectorFactory, ...sender } = await super.authenticateRequest(activity, authorization);
    return connectorFactory === undefined
      ? sender
      : { ...sender, connectorFactory: this.kept(connectorFactory) };
  }

  override createConnectorFactory(claims: ClaimsIdentity): Factory {
    return this.kept(super.createConnectorFactory(claims));
  }

  override createUserTokenClient(claims: ClaimsIdentity): Promise<UserTokenClient> {
    if (this.userTokens !== undefined) return this.userTokens;
    const client = super.createUserTokenClient(claims);
    client.catch(() => (this.userTokens = undefined));
    return (this.userTokens = client);
  }

  private kept(factory: Factory): Factory {
    return new KeptConnectors(factory, this.connectors);
  }
}

class KeptConnectors extends ConnectorFactory {
  private readonly factory: Factory;
  private readonly made: Map<string, Promise<ConnectorClient>>;

  constructor(factory: Factory, made: Map<string, Promise<ConnectorClient>>) {
    super();
    this.factory = factory;
    this.made = made;
  }

  override create(serviceUrl: string, audience: string): Promise<ConnectorClient> {
    const name = `${audience} ${serviceUrl}`;
    const known = this.made.get(name);
    if (known !== undefined) return known;
    if (this.made.size >= maxClients) this.made.clear();
    const client = this.factory.create(serviceUrl, audience).then(kept);
    client.catch(() => this.made.delete(name));
    this.made.set(name, client);
    return client;
  }
}

/** What the SDK would do by itself: repeat a request, and take a card to an address that nobody has allowed. */
const unwanted = ['defaultRetryPolicy', 'redirectPolicy'];

function kept(client: ConnectorClient): ConnectorClient {
  const { pipeline } = (client as unknown as WithPipeline).client;
  for (const name of unwanted)
    if (pipeline.removePolicy({ name }).length === 0)
      throw new Fault('sdk-changed', 'The SDK’s silent retries and redirects are not where they were.');
  // Nearest to the network, so that nothing reads an answer whole before this.
  pipeline.addPolicy(shortAnswers, { afterPhase: 'Sign' });
  return client;
}
