import assert from 'node:assert/strict';
import { shownTexts } from '../../../../src/practice/firewall/channel-gate.js';

describe('what a channel would see of a card', () => {
  it('is every text in it, the runs of a paragraph as one, and nothing that a button carries', () => {
    const card = {
      body: [
        { type: 'RichTextBlock', inlines: [{ text: 'Sarah ' }, { text: 'Okafor' }] },
        { type: 'FactSet', facts: [{ title: 'Due', value: '7 June 2022' }] },
      ],
      actions: [{ title: 'Open', verb: 'secret', data: { text: 'NC-104233' } }],
    };
    assert.deepEqual(shownTexts(card), ['Sarah Okafor', 'Due', '7 June 2022', 'Open']);
  });
});
