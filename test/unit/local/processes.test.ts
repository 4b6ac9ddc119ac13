import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { answersHttp, ProcessGroup, untilReady } from '../../../src/local/processes.js';
import { freePort } from '../../stand-ins/free-port.js';
import { Fault } from '../../../src/practice/base/errors.js';

const processesModule = fileURLToPath(new URL('../../../src/local/processes.ts', import.meta.url));

describe('the processes of a local run', () => {
  let folder: string, group: ProcessGroup;
  const script = (name: string, code: string) => {
    const path = join(folder, `${name}.mjs`);
    writeFileSync(path, code);
    return path;
  };
  const server = (port: number, more = '') =>
    `import { createServer } from 'node:http';
     createServer((q, r) => r.end()).listen(${port}, () => console.log('ready')); ${more}`;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plr-processes-'));
    group = new ProcessGroup(join(folder, 'logs'), 300);
  });

  afterEach(async () => {
    await group.stopAll();
    rmSync(folder, { recursive: true });
  });

  async function startServer(name: string, more = '') {
    const port = await freePort();
    const child = group.start({ name, script: script(name, server(port, more)) });
    await untilReady(child, () => answersHttp(`http://127.0.0.1:${port}/`));
    return { child, port };
  }

  it('write what they say to a log of their own', async () => {
    const { child } = await startServer('talks');
    assert.equal(readFileSync(child.logFile, 'utf8'), 'ready\n');
  });

  it('are all stopped, the youngest first', async () => {
    const order: string[] = [];
    for (const name of ['storage', 'bot']) {
      const { child } = await startServer(name);
      void child.ended.then(() => order.push(name));
    }
    await group.stopAll();
    assert.deepEqual(order, ['bot', 'storage']);
  });

  it('are killed when they do not heed SIGTERM', async () => {
    const { child } = await startServer('deaf', "process.on('SIGTERM', () => {});");
    await group.stopAll();
    assert.equal((await child.ended).how, 'SIGKILL');
  });

  it('tell of the first one that ends by itself', async () => {
    group.start({ name: 'fails', script: script('fails', 'process.exit(3)') });
    assert.deepEqual(await group.firstDeath, { child: 'fails', how: 'exit code 3' });
  });

  it('say the end of their log when they stop before they are ready', async () => {
    const child = group.start({ name: 'fails', script: script('fails', "throw new Error('no room')") });
    await assert.rejects(
      untilReady(child, () => Promise.resolve(false)),
      (fault: Fault) => fault instanceof Fault && fault.message.includes('no room'),
    );
  });

  it('listen on the loopback address only, even when they name no address', async () => {
    const { port } = await startServer('open');
    // 127.0.0.2 is this machine too, and a server on every address would answer there.
    assert.equal(await answersHttp(`http://127.0.0.2:${port}/`), false);
  });

  it('do not outlive a parent that was killed, and end by SIGTERM with time to write their data down', async () => {
    const port = await freePort();
    const written = join(folder, 'written');
    const saves = `import { writeFileSync } from 'node:fs';
      process.on('SIGTERM', () => { writeFileSync(${JSON.stringify(written)}, 'saved'); process.exit(0); });`;
    const child = script('child', saves + server(port));
    const parent = script(
      'parent',
      `import { ProcessGroup } from ${JSON.stringify(processesModule)};
       new ProcessGroup(${JSON.stringify(join(folder, 'logs'))}).start({ name: 'c', script: ${JSON.stringify(child)} });
       setInterval(() => {}, 1000);`,
    );
    const started = spawn(process.execPath, ['--import', 'tsx', parent], { stdio: 'ignore' });
    const until = async (condition: () => Promise<boolean>) => {
      while (!(await condition())) await delay(20);
    };
    await until(() => answersHttp(`http://127.0.0.1:${port}/`));
    started.kill('SIGKILL');
    await once(started, 'exit');
    await until(async () => !(await answersHttp(`http://127.0.0.1:${port}/`)));
    assert.equal(readFileSync(written, 'utf8'), 'saved');
  });
});
