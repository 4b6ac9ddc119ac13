import type { Activity } from 'botbuilder';
import type {
  AuthenticateRequestResult,
  ClaimsIdentity,
  ConnectorClient,
  ConnectorFactory as Factory,
  UserTokenClient,
} from 'botframework-connector';
import { ConfigurationBotFrameworkAuthentication, ConnectorFactory } from './sdk.js';

/** A tenant is served from one or two addresses; a caller without a name could send any number of them. */
const maxClients = 50;

/**
 * Bot Framework's authentication, which makes two HTTP clients for every turn; here each is made once and kept.
 * All turns have the same credentials, those of this bot, so that a client depends on its address alone.
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
    const client = this.factory.create(serviceUrl, audience);
    client.catch(() => this.made.delete(name));
    this.made.set(name, client);
    return client;
  }
}
