import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Cards, cardsFolder } from '../../../src/cards/cards.js';
import { fitCard } from '../../../src/cards/fit-card.js';

const field = (value: string) => ({ type: 'Input.Text', id: 'reason', label: 'Why', value });
const run = (text: string) => ({ type: 'TextRun', text });
const cardOf = <Item>(...items: Item[]) => ({ body: [{ type: 'Container', items }] });
const bytes = (card: object) => Buffer.byteLength(JSON.stringify(card));

describe('a card with long texts', () => {
  it('is left as it is while it has room for them', () => {
    for (const make of [field, run]) {
      const card = cardOf(make('x'.repeat(12_000)), make('y'.repeat(12_000)));
      fitCard(card);
      assert.deepEqual(card, cardOf(make('x'.repeat(12_000)), make('y'.repeat(12_000))));
    }
  });

  it('gives back the beginning of what was typed where it does not fit, and the label says so', () => {
    for (const letter of ['x', '£', '€', '👩', '"', '\n']) {
      const card = cardOf(field(letter.repeat(50_000)), field('short'), field(letter.repeat(50_000)));
      fitCard(card);
      assert.ok(bytes(card) > 24_000 && bytes(card) <= 25_000, `${bytes(card)} bytes of ${letter}`);
      const [one, two, three] = card.body[0]!.items;
      assert.deepEqual(two, field('short'));
      for (const { value, label } of [one!, three!]) {
        assert.equal(value, letter.repeat(value.length / letter.length));
        const count = value.length.toLocaleString('en-GB');
        assert.equal(label, `Why (only the first ${count} characters fit in here)`);
      }
    }
  });

  it('shows the beginning of what others wrote where it does not fit, and says so', () => {
    const card = cardOf(run('€'.repeat(9_000)), run('short'));
    fitCard(card);
    assert.match(card.body[0]!.items[0]!.text, /^€+… \(only the beginning fits in here\)$/);
    assert.deepEqual(card.body[0]!.items[1], run('short'));
    assert.ok(bytes(card) > 24_000 && bytes(card) <= 25_000);
  });

  it('is cut in a choice too: no choice is that long', () => {
    const choice = { type: 'Input.ChoiceSet', id: 'grade', label: 'Grade', value: 'x'.repeat(50_000) };
    fitCard({ body: [choice] });
    assert.ok(bytes(choice) <= 25_000);
  });
});

describe('every card, with thousands of characters wherever somebody writes', () => {
  const cards = new Cards();
  for (const template of cards.names()) {
    it(`is small enough for Teams: ${template}`, () => {
      const sample: unknown = JSON.parse(
        readFileSync(new URL(`${template}.sample.json`, cardsFolder), 'utf8'),
      );
      const card = cards.render({ template, summary: '', data: atLength(sample) as object });
      assert.ok(bytes(card) <= 28_000, `${bytes(card)} bytes`);
    });
  }
});

/** A sentence in a sample may be somebody's. What a button carries is the product's own. */
function atLength(part: unknown, key = ''): unknown {
  if (typeof part === 'string') return part.length > 60 ? `${part} ${'€'.repeat(3_000)}` : part;
  if (typeof part !== 'object' || part === null || key === 'data') return part;
  if (Array.isArray(part)) return part.map((inner) => atLength(inner));
  return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, atLength(inner, name)]));
}
