import { spawn, type StdioOptions } from 'node:child_process';
import { availableParallelism } from 'node:os';

/**
 * `npm test`, once it is built: the lint beside the tests, which share as many processes as there are processors.
 * What the lint says comes in one piece, and mocha has the last word unless the lint failed.
 */
const lint = 'npm run --silent lint';
/** What takes longest begins first, so that the processes end together. */
const tests = ['long', 'faults', 'conversation', 'contract', 'unit'].map(
  (kind) => `"test/${kind}/**/*.test.ts"`,
);
const mocha = `mocha --parallel --jobs ${availableParallelism()} ${tests.join(' ')}`;

/** @returns whether it failed, and what it said where that was not shown as it came. */
function run(command: string, stdio: StdioOptions): Promise<{ failed: boolean; said: string }> {
  const child = spawn(command, { shell: true, stdio });
  let said = '';
  for (const output of [child.stdout, child.stderr])
    output?.on('data', (text: Buffer) => (said += text.toString()));
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ failed: code !== 0, said }));
  });
}

const linting = run(lint, ['ignore', 'pipe', 'pipe']).then(({ failed, said }) => {
  if (said !== '') console.log(`\n${said}`);
  return failed;
});
const testing = run(mocha, 'inherit').then(({ failed }) => failed);
const [lintFailed, testsFailed] = await Promise.all([linting, testing]);
if (lintFailed) console.error('The lint failed: what it says is above.');
process.exitCode = lintFailed || testsFailed ? 1 : 0;
