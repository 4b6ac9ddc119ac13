import { textAfter, textBefore, hitAt, hitsOf, type Hit, type Reading } from './hits.js';

/** Ten digits, together or in groups of 3, 3 and 4 or in two; in any groups where the text says what they are. */
const tenDigits = /(?<!\d)(?:\d{3}[\s./_()-]{0,3}\d{3}[\s./_()-]{0,3}\d{4}|\d{4,6}[ -]\d{4,6})(?!\d)/g;
const anyGroups = /(?<!\d)\d(?:[ ./_-]?\d){9}(?!\d)/g;
const saysNhsAfter = /^\W{0,3}(?:(?:is|was|as|the|his|her|their|an) ){0,3}nhs (?:no|num)/;
const saysNhs = /\b(?:nhs|(?:health|patient|hospital|spine) (?:no|number|id))\b\D{0,25}$/;

/**
 * NHS numbers: the check digit holds (modulus 11, NHS Data Dictionary), or the text says that it is one,
 * since a mistyped number still points at a child. Ten digits that start with 0 are a telephone number
 * unless the text says otherwise.
 */
export function findNhsNumbers(reading: Reading): Hit[] {
  const plain = [...reading.text.matchAll(tenDigits)].filter((match) =>
    isNhsNumber(reading, match.index, match[0]),
  );
  const said = [...reading.text.matchAll(anyGroups)].filter((match) =>
    saysNhs.test(textBefore(reading, match.index, 40)),
  );
  return [...plain, ...said].map((match) =>
    hitAt(reading, 'nhs-number', match.index, match.index + match[0].length),
  );
}

function isNhsNumber(reading: Reading, at: number, found: string): boolean {
  if (found.replace(/\D/g, '').length !== 10) return false;
  if (saysNhs.test(textBefore(reading, at, 40))) return true;
  if (saysNhsAfter.test(textAfter(reading, at + found.length, 30))) return true;
  if (
    /[+\d][ .-]?$/.test(textBefore(reading, at, 2)) ||
    /^(?:[.-]\d| \d{3})/.test(textAfter(reading, at + found.length, 4))
  ) {
    return false;
  }
  return !found.startsWith('0') && checkDigitHolds(found.replace(/\D/g, ''));
}

/** Modulus 11: the first nine digits weighted 10 to 2; a check digit of 10 is never issued. */
export function checkDigitHolds(digits: string): boolean {
  const sum = [...digits.slice(0, 9)].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
  const check = (11 - (sum % 11)) % 11;
  return check !== 10 && check === Number(digits[9]);
}

const ukNumber = /(?<![\d+])(?:\+ ?44|0044|\(?0)(?:[ .()-]{0,3}\d){8,11}(?!\d)/g;

/** UK numbers: 10 or 11 digits from the 0, or 9 or 10 after +44. */
export function findPhones(reading: Reading): Hit[] {
  return [...reading.text.matchAll(ukNumber)]
    .filter((match) => isUkNumber(match[0]))
    .map((match) => hitAt(reading, 'phone', match.index, match.index + match[0].length));
}

function isUkNumber(found: string): boolean {
  const digits = found.replace(/\D/g, '').replace(/^(?:0044|44)0?/, '0');
  return /^0[1235789]\d{8,9}$/.test(digits);
}

const address = /(?<![\w.%+'-])[\w.%+'-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6}/gi;
const spelledAddress =
  /(?<![\w.%+'-])[\w.%+'-]{1,64} ?(?:\[at\]|\(at\)| at ) ?[a-z0-9-]{1,63}(?: ?(?:\[dot\]|\(dot\)| dot ) ?[a-z0-9-]{1,63}){1,5}/gi;

export function findEmails(reading: Reading): Hit[] {
  return [...hitsOf(reading, 'email', address), ...hitsOf(reading, 'email', spelledAddress)];
}
