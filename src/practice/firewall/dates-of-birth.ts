import type { LocalDate } from '../base/time.js';
import { textAfter, textBefore, hitAt, type Hit, type Reading } from './hits.js';

interface WrittenDate {
  readonly from: number;
  readonly to: number;
  /** Absent where the text gives none. */
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
}

const monthName =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const ordinals = (
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth ' +
  'fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third ' +
  'twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first'
).split(' ');
const dayNumber = `(?:(?<day>\\d{1,2})(?:st|nd|rd|th)?|(?<ordinal>${[...ordinals].reverse().join('|')}))`;
const shapes: readonly RegExp[] = [
  new RegExp(
    `(?<![a-z\\d]|\\d[.,/])(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? (?:the )?)?${dayNumber}(?: of)?[ .,/-]{0,2}(?<name>${monthName})(?![a-z])(?:[ .,/-]{0,3}'?(?<year>\\d{4}|\\d{2})(?![\\d:]))?`,
    'gi',
  ),
  new RegExp(
    `(?<![a-z])(?<name>${monthName})[ .-]{1,2}(?:the )?${dayNumber}(?:[ ,-]{1,2}(?<year>\\d{4}))?(?!\\d)`,
    'gi',
  ),
  /(?<!\d|\d[./-])(?<day>\d{1,2}) ?(?<mark>[./\\|-]) ?(?<month>\d{1,2}) ?\k<mark> ?(?<year>\d{4}|\d{2})(?![\d]|[./-]\d)/g,
  /(?<!\d)(?<day>\d{2}) (?<month>\d{2}) (?<year>(?:19|20)\d{2})(?!\d)/g,
  /(?<!\d|\d[./-])(?<year>(?:19|20)\d{2})[./-](?<month>\d{1,2})[./-](?<day>\d{1,2})(?![\d]|[./-]\d)/g,
  /(?<!\d)(?<day>\d{2})(?<month>\d{2})(?<year>(?:19|20)\d{2})(?!\d)/g,
  new RegExp(
    `(?<![a-z]|\\d(?:st|nd|rd|th)?(?: of)? )(?<name>${monthName})[ ,]{1,2}(?<year>(?:19|20)\\d{2})(?!\\d)`,
    'gi',
  ),
  /(?<=\b(?:dob|d\.o\.b\.?|of birth|born)\W{0,3}(?:(?:is|was|on) )?)(?<day>\d{2}) ?(?<month>\d{2}) ?(?<year>\d{2})(?! ?\d)/gi,
  /(?<=\bborn [^.\d\n]{0,25})(?<year>(?:19|20)\d{2})(?![\d/-])/gi,
  /(?<!\d)(?<year>(?:19|20)\d{2})(?<month>0[1-9]|1[0-2])(?<day>[0-3]\d)(?!\d)/g,
  /(?<!\d|\d[./-])(?<day>\d{1,2})[/.](?<month>\d{1,2})(?!\d|[./-]\d)/g,
];

const birth =
  "(?:\\bborn\\b|\\bd[./]? ?o[./]? ?b(?:s\\b|(?![a-z]))\\.?|\\bdates?[ -]of[ -]birth|\\bbirth[ -]?dates?|\\bbirthdays?\\b|\\bedd\\b|\\bexpected (?:date of )?(?:delivery|birth)|\\b(?:unborn|baby)(?:'s)? (?:is |was )?due\\b)";
const someone =
  '(?:child|young person|baby|infant|toddler|boy|girl|sibling|brother|sister|twin|son|daughter|mother|father|mum|dad)';
const birthBefore = new RegExp(
  `${birth}(?:(?!\\. [a-z])[^!?;]){0,45}$|\\bb\\. ?$|\\b${someone}(?: [a-z])?(?: ?\\(|, )$` +
    `|\\b(?:turn(?:ed|s|ing)?|will be|becomes?|is|was|be|are) (?:\\d{1,2}|one|two|three|ten|twelve|thirteen|twenty|four(?:teen)?|five|fifteen|six(?:teen)?|seven(?:teen)?|eight(?:een)?|eleven|nine(?:teen)?) (?:on|in) (?:the )?$`,
);
const birthAfter =
  /^[^\n.!?;]{0,25}(?:\bdob\b|\bd\.o\.b|\bdate of birth|\bbirth ?day|\bbirth ?date|\bwas born\b|\bwere born\b)/;
/** What councils date apart from people: an old date that one of these leads to is not a birthday. */
const workBefore =
  /\b(?:inspect\w*|ofsted|publish\w*|polic(?:y|ies)|guidance|updated|version|issued|dated|force|framework|report\w*|act|order|meeting|review\w*|cycle|conference|launched|introduced|since|until|effective|replaced|judgment|procedure\w*|strategy|letter|opened|closed|started|began|placed|moved|hearing|court|signed|approved|agreed|visited|allocated|referr\w+|together|regulations|minutes|board|seen|care|made|audit\w*|training)(?: (?:on|in|of|from|by|to|at|as|last|was|were|is|the|this|it|us|our|has|been|into|came|service|services|council|version|dated|issued|published|updated))*[ :,(]*$/;

/**
 * Three rules, in this order.
 * 1. Beside a word of birth (born, DOB, date of birth, birthday, EDD, turned sixteen on) any date is one,
 *    with or without its year.
 * 2. Without such a word, a full date is one when it lies more than three years before `today`: the work that
 *    a brief tells of (visits, cycles, meetings) is recent, birthdays are not. A word of office work just
 *    before it (published, inspected, policy) clears it.
 * 3. A full date of the last three years, or to come, is a date of work. So an infant's birthday without any
 *    word of birth passes: the link reviewer's reading is the check for that.
 */
export function findDatesOfBirth(reading: Reading, today: LocalDate | undefined): Hit[] {
  const dates = shapes.flatMap((shape) =>
    [...reading.text.matchAll(shape)].map((match) => writtenDate(match, today)),
  );
  const births = dates.filter((date) => isBirth(reading, date, today));
  const others = dates.filter((date) => date.year !== undefined && isSecond(reading, date, births));
  return [...births, ...others].map((date) => hitAt(reading, 'date-of-birth', date.from, date.to));
}

/** "Born 3 April 2014 on one form and 3 April 2021 on the other": what is said of the first goes for the second. */
function isSecond(reading: Reading, date: WrittenDate, births: readonly WrittenDate[]): boolean {
  if (!isPossible(date) || workBefore.test(textBefore(reading, date.from, 75))) return false;
  return births.some(({ to }) => {
    const between = reading.text.slice(to, date.from).toLowerCase();
    return to < date.from && date.from - to < 40 && /^[^.!?;\n]*\b(?:and|or)\b[^.!?;\n]*$/.test(between);
  });
}

function writtenDate(match: RegExpMatchArray, today: LocalDate | undefined): WrittenDate {
  const { day, ordinal, month, name, year } = match.groups ?? {};
  const from = match.index ?? 0;
  const monthNumber = name === undefined ? Number(month) : months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  return {
    from,
    to: from + match[0].length,
    ...(name === undefined && month === undefined ? {} : { month: monthNumber }),
    ...(day === undefined ? {} : { day: Number(day) }),
    ...(ordinal === undefined ? {} : { day: ordinals.indexOf(ordinal.toLowerCase()) + 1 }),
    ...(year === undefined ? {} : { year: fullYear(year, today) }),
  };
}

/** Two digits are a year of the last hundred. */
function fullYear(year: string, today: LocalDate | undefined): number {
  if (year.length === 4) return Number(year);
  const latest = today === undefined ? 2049 : Number(today.slice(0, 4)) + 1;
  const guess = Math.floor(latest / 100) * 100 + Number(year);
  return guess > latest ? guess - 100 : guess;
}

function isBirth(reading: Reading, date: WrittenDate, today: LocalDate | undefined): boolean {
  if (!isPossible(date)) return false;
  const leadIn = textBefore(reading, date.from, 75);
  const cue = birthBefore.exec(leadIn)?.[0];
  const isTold = cue !== undefined && !(/\d/.test(cue) && workBefore.test(leadIn));
  if (isTold || birthAfter.test(textAfter(reading, date.to, 40))) return true;
  if (today === undefined || !isOld(date, today)) return false;
  return !workBefore.test(leadIn);
}

function isPossible({ month = 1, day = 1 }: WrittenDate): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

const workYears = 3;

function isOld({ year, month, day }: WrittenDate, today: LocalDate): boolean {
  if (year === undefined || month === undefined || day === undefined) return false;
  const two = (number: number) => String(number).padStart(2, '0');
  const oldest = `${Number(today.slice(0, 4)) - workYears}${today.slice(4)}`;
  return year > Number(today.slice(0, 4)) - 110 && `${year}-${two(month)}-${two(day)}` < oldest;
}
