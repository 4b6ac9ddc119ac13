import assert from 'node:assert/strict';
import { fitInputs } from '../../../src/cards/fit-inputs.js';

const field = (value: string) => ({ type: 'Input.Text', id: 'reason', label: 'Why', value });
const cardOf = (...values: string[]) => ({ body: [{ type: 'Container', items: values.map(field) }] });
const fieldsOf = (card: ReturnType<typeof cardOf>) => card.body[0]!.items;

describe('what was typed, coming back in a card', () => {
  it('is whole while the card has room for it', () => {
    const card = cardOf('x'.repeat(7_000), 'y'.repeat(6_900));
    fitInputs(card);
    assert.deepEqual(card, cardOf('x'.repeat(7_000), 'y'.repeat(6_900)));
  });

  it('is cut in a choice too: no choice is that long', () => {
    const card = {
      body: [{ type: 'Input.ChoiceSet', id: 'grade', label: 'Grade', value: 'x'.repeat(50_000) }],
    };
    fitInputs(card);
    assert.equal(card.body[0]!.value.length, 14_000);
  });

  it('is cut where it does not fit, no character in two, and the label says so', () => {
    for (const letter of ['x', '£', '€', '👩']) {
      const card = cardOf(letter.repeat(50_000), 'short', letter.repeat(50_000));
      fitInputs(card);
      const [one, two, three] = fieldsOf(card);
      assert.deepEqual(two, field('short'));
      for (const cut of [one!, three!]) {
        const count = cut.value.length;
        assert.equal(cut.value, letter.repeat(count / letter.length));
        assert.ok(Buffer.byteLength(cut.value) > 6_990 && Buffer.byteLength(cut.value) <= 7_000);
        assert.equal(
          cut.label,
          `Why (only the first ${count.toLocaleString('en-GB')} characters fit in here)`,
        );
      }
    }
  });
});
