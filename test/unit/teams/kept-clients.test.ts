import assert from 'node:assert/strict';
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

  it('repeat nothing by themselves: each request is in the pace of the tenant', async () => {
    const client = await connector(new KeptClients({}), 'https://smba.example/uk/');
    const { pipeline } = (client as unknown as { client: { pipeline: Pipeline } }).client;
    const names = pipeline.getOrderedPolicies().map(({ name }) => name);
    assert.ok(names.length > 0 && !names.some((name) => /retry/i.test(name)), names.join(' '));
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
