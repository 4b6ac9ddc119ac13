import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { localPortUses, readLocalPorts } from '../../../src/local/local-ports.js';
import { freePort, sayTaken, takenPorts, type PortUse } from '../../../src/local/ports.js';

const use = (port: number): PortUse => ({ port, usedFor: 'the bot', variable: 'PORT', elsewhere: 4078 });

async function hold(host: string): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((listening) => {
    server.listen(0, host, listening);
  });
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : 0 };
}

describe('ports', () => {
  it('names only those that somebody holds', async () => {
    const { server, port } = await hold('127.0.0.1');
    assert.deepEqual(await takenPorts([use(await freePort()), use(port)]), [use(port)]);
    server.close();
  });

  it('says of a taken port what it is for and the way round it', () => {
    const said = sayTaken([use(3978)]);
    for (const part of ['Port 3978', 'the bot', 'PORT=4078', 'lsof -i :3978', 'Nothing was started']) {
      assert.ok(said.includes(part), `${part} is missing from:\n${said}`);
    }
  });

  it('are the usual ones when the environment says nothing', () => {
    const { ports, problems } = readLocalPorts({});
    assert.deepEqual(problems, []);
    assert.deepEqual(
      localPortUses(ports).map(({ port }) => port),
      [3978, 10_000, 10_001, 10_002, 56_150, 56_151, 56_152, 56_153],
    );
  });

  it('can each be moved by the variable that is named when they are taken', () => {
    const before = localPortUses(readLocalPorts({}).ports);
    for (const { port, variable, elsewhere } of before) {
      const after = localPortUses(readLocalPorts({ [variable]: String(elsewhere) }).ports);
      assert.ok(
        !after.some((moved) => moved.port === port),
        `${variable}=${elsewhere} leaves ${port} in use`,
      );
    }
  });

  it('that are no port numbers are all refused at once, by name', () => {
    const { problems } = readLocalPorts({
      PORT: 'http',
      PLR_AZURITE_PORT: '65534',
      PLR_PLAYGROUND_PORT: '1.5',
    });
    assert.deepEqual(
      problems.map((problem) => problem.split(' ')[0]),
      ['PORT', 'PLR_AZURITE_PORT', 'PLR_PLAYGROUND_PORT'],
    );
  });
});
