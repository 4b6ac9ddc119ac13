import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

export interface ChannelKeys {
  /** The OpenID metadata that names the keys, as Bot Framework publishes its own. */
  readonly metadataUrl: string;
  /** A token as the channel signs it; `claims` and `header` are laid over the good ones, `key` signs instead. */
  token(changes?: TokenChanges): string;
  stop(): Promise<void>;
}

export interface TokenChanges {
  readonly claims?: Record<string, unknown>;
  readonly header?: Record<string, unknown>;
  readonly key?: KeyObject;
}

const issuer = 'https://api.botframework.com';
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A signing key of our own, published on loopback: what Bot Framework does for the real channel. */
export async function startChannelKeys(good: { audience: string; serviceUrl: string }): Promise<ChannelKeys> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = publicKey.export({ format: 'jwk' });
  const server = createServer((request, response) => {
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const body =
      request.url === '/keys'
        ? { keys: [{ ...jwk, kid: 'channel', use: 'sig', endorsements: ['msteams'] }] }
        : { issuer, jwks_uri: `${base}/keys` };
    // Restify, once loaded, makes writeHead return nothing: no chaining.
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const nowS = Math.floor(Date.now() / 1000);
  return {
    metadataUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/openid`,
    token: ({ claims = {}, header = {}, key = privateKey } = {}) => {
      const head = { alg: 'RS256', typ: 'JWT', kid: 'channel', ...header };
      const said = {
        iss: issuer,
        aud: good.audience,
        serviceurl: good.serviceUrl,
        nbf: nowS - 60,
        exp: nowS + 3600,
        ...claims,
      };
      const signed = `${part(head)}.${part(said)}`;
      if (head.alg === 'none') return `${signed}.`;
      return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
