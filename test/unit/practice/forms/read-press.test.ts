import assert from 'node:assert/strict';
import { selfAssessmentPress } from '../../../../src/practice/forms/read-press.js';

function read(text: unknown) {
  return selfAssessmentPress.parse({ cycle: '2022-04', ref: 'PLR-7K3M2Q', saves: 0, text }).text;
}

describe('what is typed into a card', () => {
  it('is kept as it is, whatever the language', () => {
    for (const text of ['the child’s “words” – and\n\tmore…', 'Zażółć gęślą jaźń', 'మనం', '👩‍👧 and 🙂'])
      assert.equal(read(text), text);
  });

  it('comes without what no document can hold, one character like another', () => {
    for (let code = 0; code < 0x10000; code += 1) {
      const character = String.fromCharCode(code);
      const cannotBeHeld = /\p{C}/u.test(character) && !'\n\t\u200d\r'.includes(character);
      const expected = character === '\r' ? '\n' : cannotBeHeld ? '' : character;
      if (read(character) !== expected) assert.fail(`\\u${code.toString(16).padStart(4, '0')}`);
    }
  });

  it('has one kind of line end', () => {
    assert.equal(read('one\r\ntwo\rthree\nfour'), 'one\ntwo\nthree\nfour');
  });

  it('is nothing when it is no text', () => {
    for (const odd of [undefined, null, 7, {}, ['a']]) assert.equal(read(odd), '');
  });
});
