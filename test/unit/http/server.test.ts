import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createServer, type Answer, type ServerLimits, type Server } from '../../../src/http/server.js';

const head = (more: string) =>
  `POST /api/messages HTTP/1.1\r\nhost: x\r\nauthorization: Bearer good\r\ncontent-type: application/json\r\n${more}\r\n\r\n`;
const sized = (bytes: number) => head(`content-length: ${bytes}`);
const healthy = 'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n';

describe('the server', () => {
  let server: Server;
  let port: number;
  const sockets: Socket[] = [];
  const asked: unknown[] = [];
  let answering: (activity: unknown) => Promise<Answer>;

  async function start(limits: Partial<ServerLimits> = {}) {
    server = createServer({
      refusal: (authorization) =>
        Promise.resolve(authorization === 'Bearer good' ? undefined : { status: 401 }),
      answer: (_authorization, activity) => {
        asked.push(activity);
        return answering(activity);
      },
      probeStorage: () => Promise.resolve(),
      log: () => undefined,
      limits: { lookEveryMs: 10, ...limits },
    });
    port = await server.listen(0, '127.0.0.1');
  }
  beforeEach(() => {
    asked.length = 0;
    answering = () => Promise.resolve({ status: 200, body: 'done' });
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await server.end();
  });

  /** A connection that has sent this, and all that comes back on it. */
  async function open(sends = '') {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    let heard = '';
    let hear = () => {};
    socket.on('data', (bytes: Buffer) => {
      heard += bytes.toString();
      hear();
    });
    socket.on('error', () => undefined);
    const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(heard)));
    await once(socket, 'connect');
    if (sends !== '') socket.write(sends);
    const answered = (times = 1) =>
      new Promise<string>((resolve) => {
        hear = () => (heard.split('HTTP/1.1 ').length > times ? resolve(heard) : undefined);
        hear();
      });
    return { socket, closed, answered };
  }

  describe('turns away before the body is read', () => {
    it('whoever brings no token that counts', async () => {
      await start();
      const { answered } = await open(sized(1_000).replace('good', 'forged'));
      assert.match(await answered(), /^HTTP\/1.1 401 /);
      assert.deepEqual(asked, []);
    });

    it('what says that it is too large, and cuts off what would go on for ever', async () => {
      await start();
      assert.match(await (await open(sized(300_000))).answered(), /^HTTP\/1.1 413 /);
      const { closed } = await open(sized(10_000_000_000));
      assert.match(await closed, /^HTTP\/1.1 413 /);
      assert.deepEqual(asked, []);
    });

    it('a body without a size, once it is too large', async () => {
      await start({ maxBytes: 10 });
      const { closed } = await open(`${head('transfer-encoding: chunked')}b\r\n01234567890\r\n`);
      assert.match(await closed, /^HTTP\/1.1 413 /);
      assert.deepEqual(asked, []);
    });
  });

  it('reads a body that comes in pieces', async () => {
    await start();
    const text = JSON.stringify({ text: 'é'.repeat(20_000) });
    const { socket, answered } = await open(sized(Buffer.byteLength(text)));
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += 999)
      await new Promise((resolve) => socket.write(bytes.subarray(at, at + 999), resolve));
    assert.match(await answered(), /^HTTP\/1.1 200 /);
    assert.deepEqual(asked, [JSON.parse(text)]);
  });

  it('holds so many bytes of bodies together: the one that began first goes, and a small one is answered', async () => {
    await start({ maxBytes: 30_000, maxBytesTogether: 60_000 });
    const slow = [];
    for (let one = 0; one < 5; one += 1) slow.push(await open(`${sized(29_000)}${'x'.repeat(20_000)}`));
    await Promise.all(slow.slice(0, 2).map(({ closed }) => closed));
    assert.match(await (await open(`${sized(2)}{}`)).answered(), /^HTTP\/1.1 200 /);
    assert.ok(!slow.at(-1)!.socket.closed);
  });

  for (const [what, sends] of Object.entries({
    'a head that is not finished': 'POST /api/messages HTTP/1.1\r\n',
    'a connection on which nothing comes': '',
  }))
    it(`waits so long for ${what}`, async () => {
      await start({ headersMs: 50, requestMs: 60_000 });
      assert.match(await (await open(sends)).closed, /^HTTP\/1.1 408 /);
    });

  it('waits so long for a body', async () => {
    await start({ headersMs: 50, requestMs: 50 });
    assert.match(await (await open(`${sized(100)}{`)).closed, /^HTTP\/1.1 408 /);
    assert.deepEqual(asked, []);
  });

  it('keeps an idle connection for longer than the ingress does', async () => {
    await start();
    assert.match(await (await open(healthy)).answered(), /keep-alive: timeout=250\r\n/i);
  });

  it('has so many open: the one of no use for longest gives way, and none that is being answered', async () => {
    let finish = () => {};
    answering = () => new Promise((resolve) => (finish = () => resolve({ status: 200, body: 'late' })));
    await start({ maxOpen: 3 });
    const pressed = await open(`${sized(2)}{}`);
    const useful = await open(healthy);
    await useful.answered();
    const idle = await open();
    useful.socket.write(healthy);
    await useful.answered(2);
    await open();
    await idle.closed;
    await open();
    await useful.closed;
    finish();
    assert.match(await pressed.answered(), /late/);
  });

  it('answers who asks for another protocol, and closes', async () => {
    await start();
    const { closed } = await open(
      healthy.replace('host', 'connection: upgrade\r\nupgrade: websocket\r\nhost'),
    );
    assert.match(await closed, /^HTTP\/1.1 200 [^]*connection: close/i);
  });

  it('ends in order: idle ones at once, what has begun when it is answered, the rest in time', async () => {
    let finish = () => {};
    answering = () => new Promise((resolve) => (finish = () => resolve({ status: 200, body: 'late' })));
    await start({ unfinishedMs: 50, answersMs: 60_000 });
    const idle = await open(healthy);
    await idle.answered();
    const [half, fresh, pressed] = [await open(`${sized(9)}{`), await open(), await open(`${sized(2)}{}`)];
    await (await open(healthy)).answered();
    const ended = server.end();
    await Promise.all([idle.closed, half.closed, fresh.closed]);
    assert.ok(!pressed.socket.closed);
    finish();
    assert.match(await pressed.closed, /late/);
    await ended;
  });

  it('ends, whatever is not answered', async () => {
    answering = () => new Promise(() => undefined);
    await start({ unfinishedMs: 10, answersMs: 50 });
    const pressed = await open(`${sized(2)}{}`);
    await (await open(healthy)).answered();
    await server.end();
    assert.equal(await pressed.closed, '');
  });
});
