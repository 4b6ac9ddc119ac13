import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ClaimsIdentity } from 'botframework-connector';
import { KeptClients } from '../../../src/teams/kept-clients.js';

interface Pipeline {
  getOrderedPolicies(): { readonly name: string }[];
}

const nobody = new ClaimsIdentity([], 'anonymous');
const connector = (clients: KeptClients, address: string) =>
  clients.createConnectorFactory(nobody).create(address, 'channel');

describe('clients that are kept between turns', () => {
  it('are one for each address, whichever turn asks', async () => {
    const clients = new KeptClients({});
    const first = await connector(clients, 'https://smba.example/uk/');
    assert.equal(await connector(clients, 'https://smba.example/uk/'), first);
    assert.notEqual(await connector(clients, 'https://smba.example/emea/'), first);
  });

  it('repeat nothing by themselves and go nowhere else: each request is in the pace of the tenant', async () => {
    const client = await connector(new KeptClients({}), 'https://smba.example/uk/');
    const { pipeline } = (client as unknown as { client: { pipeline: Pipeline } }).client;
    const names = pipeline.getOrderedPolicies().map(({ name }) => name);
    assert.ok(names.length > 0 && !names.some((name) => /retry|redirect/i.test(name)), names.join(' '));
  });

  it('read no answer to its end that is longer than any of Teams', async () => {
    let wrote = 0;
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const megabyte = 'x'.repeat(1024 * 1024);
      const more = () => {
        if (response.destroyed) return;
        wrote += 1;
        response.write(megabyte, more);
      };
      more();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { conversations } = await connector(new KeptClients({}), `http://127.0.0.1:${port}/`);
    const answer = await conversations.sendToConversation('c', { type: 'message' });
    assert.equal((answer as { id?: unknown }).id, undefined);
    assert.ok(wrote < 50, `${wrote} MB were read`);
    server.closeAllConnections();
    server.close();
  });

  it('are those of the turns that come in', async () => {
    const clients = new KeptClients({});
    const serviceUrl = 'https://smba.example/uk/';
    const { connectorFactory } = await clients.authenticateRequest({ serviceUrl } as never, '');
    const incoming = await connectorFactory!.create(serviceUrl, 'channel');
    assert.equal(incoming, await connector(clients, serviceUrl));
  });

  it('are not kept for ever more addresses', async () => {
    const clients = new KeptClients({});
    const first = await connector(clients, 'https://smba.example/0/');
    for (let other = 1; other <= 50; other += 1) await connector(clients, `https://smba.example/${other}/`);
    assert.notEqual(await connector(clients, 'https://smba.example/0/'), first);
  });

  it('hold one for tokens of users', async () => {
    const clients = new KeptClients({});
    assert.equal(await clients.createUserTokenClient(nobody), await clients.createUserTokenClient(nobody));
  });
});
