import assert from 'node:assert/strict';
import { progressBar } from '../../../src/cli/progress-bar.js';

function stream(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => Boolean(written.push(text)) };
}

describe('the progress bar', () => {
  it('says nothing where nobody watches', () => {
    const file = stream(false);
    progressBar(file).show('Importing', 1, 2);
    progressBar(file).end();
    assert.deepEqual(file.written, []);
  });

  it('fills as the work is done, and leaves a clean line', () => {
    const terminal = stream(true);
    const bar = progressBar(terminal);
    bar.show('Rows read', 60_000);
    bar.show('Importing', 30, 60);
    bar.show('Importing', 60, 60);
    bar.end();
    assert.match(terminal.written[0] ?? '', /Rows read: 60,000$/);
    assert.match(terminal.written[1] ?? '', /\[#{15}\.{15}\] 30 of 60$/);
    assert.match(terminal.written[2] ?? '', /\[#{30}\] 60 of 60$/);
    assert.equal(terminal.written[3], '\r\u001b[K');
  });
});
