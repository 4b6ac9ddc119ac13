import assert from 'node:assert/strict';
import { typedText } from '../../../src/practice/base/typed-text.js';

describe('text from people', () => {
  const flag = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';
  const kept = [
    flag,
    '👩‍👧',
    'ع\u200f‏ שלום',
    '\u202e\u200b\ufeff',
    '\ue000',
    'naïve “words” – 5 °C',
    'Zażółć gęślą jaźń',
    'మనం',
    'and\n\tmore…',
    '\u{10fffd}',
  ];
  for (const text of kept)
    it(`stays as it is: ${JSON.stringify(text)}`, () => assert.equal(typedText(text), text));

  it('has one kind of line break', () => {
    assert.equal(typedText('a\r\nb\rc\vd\fe\u0085f\u2028g\u2029h\ni'), 'a\nb\nc\nd\ne\nf\ng\nh\ni');
    assert.equal(typedText('\r\n\r\n'), '\n\n');
  });

  it('has no half of a character, and nothing that is none', () => {
    assert.equal(typedText('a\ud800b\udc00c\udfff\ud83dz'), 'abcz');
    assert.equal(typedText('seen\uffff\ufffe\ufdd0\ufdef\u{1ffff}\u{10fffe}.'), 'seen.');
    assert.equal(typedText('bell\u0007 nul\u0000'), 'bell nul');
  });

  it('keeps every other character, one like another', () => {
    for (let code = 0; code < 0x10000; code += 1) {
      const character = String.fromCharCode(code);
      const isBreak = '\r\v\f\u0085\u2028\u2029'.includes(character);
      const isNone = /[\p{Cs}\p{Noncharacter_Code_Point}]|[^\P{Cc}\n\t]/u.test(character);
      const expected = isBreak ? '\n' : isNone ? '' : character;
      if (typedText(character) !== expected) assert.fail(`\\u${code.toString(16).padStart(4, '0')}`);
    }
  });
});
