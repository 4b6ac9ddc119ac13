// Starts `npm start` as a person would, waits until the first assignment card has been delivered, presses
// Ctrl-C, and checks that everything ends and every port is free again. Ports as `npm start` reads
// them: PORT, PLR_AZURITE_PORT, PLR_PLAYGROUND_PORT.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';

const root = fileURLToPath(new URL('..', import.meta.url));
const readyWithinMs = 180_000;
const cardWithinMs = 60_000;
const endsWithinMs = 60_000;

const port = (variable, usual) => Number(process.env[variable] || usual);
const bot = port('PORT', 3978);
const azurite = port('PLR_AZURITE_PORT', 10_000);
const playground = port('PLR_PLAYGROUND_PORT', 56_150);
const ports = [bot, ...[0, 1, 2].map((n) => azurite + n), ...[0, 1, 2, 3].map((n) => playground + n)];
// Azurite's own account: the key is in its documentation, and opens nothing else.
const storage = [
  'DefaultEndpointsProtocol=http;AccountName=devstoreaccount1',
  'AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
  ...['Blob', 'Queue', 'Table'].map(
    (name, n) => `${name}Endpoint=http://127.0.0.1:${azurite + n}/devstoreaccount1`,
  ),
].join(';');

const since = performance.now();
const seconds = () => `${((performance.now() - since) / 1000).toFixed(1)} s`;
// A process group of its own, as a terminal gives it: Ctrl-C reaches all of it at once.
const started = spawn('npm', ['start'], { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
const ended = new Promise((settle) => started.once('exit', (code, signal) => settle(code ?? signal)));
let said = '';
started.stdout.on('data', (text) => {
  said += text;
  process.stdout.write(text);
});

/** Asks again and again; says whether it came true in time, and stops when npm has ended. */
async function comesTrue(isTrue, withinMs) {
  let hasEnded = false;
  void ended.then(() => (hasEnded = true));
  for (const giveUpAt = performance.now() + withinMs; performance.now() < giveUpAt; await delay(250)) {
    if (await isTrue()) return true;
    if (hasEnded) return false;
  }
  return false;
}

async function cardsDelivered() {
  const plr = spawn(process.execPath, ['dist/cli/plr.js', 'deliveries', '--json'], {
    cwd: root,
    env: { ...process.env, AZURE_STORAGE_CONNECTION_STRING: storage, PLR_MODE: 'local' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let json = '';
  plr.stdout.on('data', (text) => (json += text));
  await new Promise((settle) => plr.once('close', settle));
  try {
    const { rows } = JSON.parse(json);
    return rows.some(({ card, state }) => card === 'assignment' && state === 'delivered');
  } catch {
    return false;
  }
}

function isFree(number) {
  return new Promise((settle) => {
    const server = createServer();
    server.once('error', () => settle(false));
    server.listen(number, '127.0.0.1', () => server.close(() => settle(true)));
  });
}

async function walk() {
  if (!(await comesTrue(() => said.includes('Ready.'), readyWithinMs))) return 'npm start did not get ready.';
  console.log(`Ready after ${seconds()}.`);
  if (!(await comesTrue(cardsDelivered, cardWithinMs))) return 'No assignment card was delivered.';
  console.log(`The first card was there after ${seconds()}.`);
  return undefined;
}

async function stop() {
  process.kill(-started.pid, 'SIGINT');
  const code = await Promise.race([ended, delay(endsWithinMs, 'nothing in time', { ref: false })]);
  // npm waits for `npm start` to end; where the shell between them dies of the Ctrl-C itself, npm does too.
  if (code !== 0 && code !== 'SIGINT') return `After Ctrl-C it ended with ${code}, not 0.`;
  if (!said.includes('Stopping everything.')) return 'It did not say that it stops everything.';
  const taken = [];
  for (const one of ports) if (!(await isFree(one))) taken.push(one);
  return taken.length === 0 ? undefined : `Still taken after Ctrl-C: ${taken.join(', ')}.`;
}

let wrong = await walk();
try {
  wrong ??= await stop();
} finally {
  if (started.exitCode === null && started.signalCode === null) process.kill(-started.pid, 'SIGKILL');
}
console.log(wrong ?? `All stopped after ${seconds()}.`);
process.exit(wrong === undefined ? 0 : 1);
