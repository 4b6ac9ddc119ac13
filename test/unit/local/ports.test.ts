import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { localPortUses, readLocalPorts } from '../../../src/local/local-ports.js';
import { portsStillTaken, sayTaken, takenPorts, type PortUse } from '../../../src/local/ports.js';
import { freePort } from '../../stand-ins/free-port.js';

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

  it('that a connection only came from are waited for', async () => {
    const { server, port } = await hold('127.0.0.1');
    server.on('connection', (other) => other.on('error', () => other.destroy()));
    const connection = connect(port, '127.0.0.1');
    await once(connection, 'connect');
    const from = use(connection.localPort ?? 0);
    assert.deepEqual(await takenPorts([from]), [from]);
    const said: string[] = [];
    let waits = 0;
    const aSecond = async () => {
      waits += 1;
      if (connection.destroyed) return;
      connection.resetAndDestroy();
      await once(connection, 'close');
    };
    assert.deepEqual(await portsStillTaken([from], (line) => said.push(line), aSecond), []);
    assert.ok(waits > 0);
    assert.deepEqual(said, [`Waiting a minute at most for port ${from.port}, which was used just now`]);
    server.close();
  });

  it('that somebody listens on are not waited for', async () => {
    const { server, port } = await hold('127.0.0.1');
    const never = () => assert.fail('waited');
    assert.deepEqual(await portsStillTaken([use(port)], never, never), [use(port)]);
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
