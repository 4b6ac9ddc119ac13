import { z } from 'zod';
import type { AadObjectId, CaseRef, PersonId, ServiceId, TeamId } from '../practice/base/ids.js';
import { cohorts, roles, type Role } from '../practice/council/organisation.js';
import { localDate, type DateRange, type LocalDate } from '../practice/base/time.js';
import { meetingRuleProblem } from './meeting-rule.js';

/**
 * What one cell may hold, kind by kind. A cell that a column must have and that is blank, or missing, is
 * `undefined` here; each refusal is a plain sentence that says what to do.
 */

/** Control characters, and the invisible ones that turn the order of what is read. */
const unseen = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const unseenButBreaks = /[^\P{Cc}\n\r]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

function cell(longest: number, forbidden = unseen) {
  return z
    .string({ error: 'This cell is empty. Fill it in.' })
    .max(longest, { error: `This cell is too long. Use at most ${longest} characters.`, abort: true })
    .refine((text) => !text.includes('\ufffd'), {
      error: 'Some characters are not UTF-8. Correct them, and save the file as “CSV UTF-8”.',
      abort: true,
    })
    .refine((text) => !forbidden.test(text), {
      error: 'This cell has a line break or a character that cannot be seen. Take it out.',
      abort: true,
    });
}

/** Ids become storage keys, which cannot have these characters, and are in logs, which name nobody. */
const id = cell(64)
  .regex(/^[^\s/\\#?]+$/, { error: 'An id cannot have spaces or the characters / \\ # ?.' })
  .refine((text) => !text.includes('@'), {
    error:
      'An id cannot be an email address: it stands in logs. Use a staff number, or another code that names nobody.',
  });

export const serviceId = id.transform((text) => text as ServiceId);
export const teamId = id.transform((text) => text as TeamId);
export const personId = id.transform((text) => text as PersonId);
export const caseRef = cell(64)
  .regex(/^[^[\]<>{}*`$\\|]+$/, {
    error: 'A case reference cannot have the characters [ ] < > { } * ` $ \\ |. Take them out.',
  })
  .transform((text) => text as CaseRef);
/** Names are used in sentences on cards, where these characters would make a link, a mention or a template. */
export const name = cell(120).regex(/^[^[\]<>{}*_`$\\|]+$/, {
  error: 'A name cannot have the characters [ ] < > { } * _ ` $ \\ |. Take them out.',
});
export const channelId = cell(200);

export const email = cell(254).regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, {
  error: 'This is not an email address. Write it like name@council.gov.uk.',
});

export const telephone = cell(40).regex(/^\+?\d(?:[\d ()-]{5,22}\d)$/, {
  error: 'This is not a telephone number. Write it like 01632 960001, with the area code.',
});

export const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Teams writes Entra ids in lower case, some exports in capitals. */
export const aadObjectId = cell(64).transform(
  (text) => (guid.test(text) ? text.toLowerCase() : text) as AadObjectId,
);

export const meetingRule = cell(500, unseenButBreaks).superRefine((text, context) => {
  const problem = meetingRuleProblem(text);
  if (problem !== undefined) context.addIssue(problem);
});

/** A roster repeats the same few thousand dates a hundred thousand times. */
const datesRead = new Map<string, LocalDate>();
const maxDates = 50_000;

function readDate(text: string): LocalDate | undefined {
  const known = datesRead.get(text);
  if (known !== undefined) return known;
  try {
    const date = localDate(text);
    if (datesRead.size < maxDates) datesRead.set(text, date);
    return date;
  } catch {
    return undefined;
  }
}

export const date = cell(40).transform((text, context) => {
  const read = readDate(text);
  if (read !== undefined) return read;
  context.addIssue('This is not a date. Write it like 2022-04-01.');
  return z.NEVER;
});

/** `2022-04-04/2022-04-15`, several parted by `;`, kept in the order of the calendar. */
export const absences = cell(4_000)
  .transform((text, context) => {
    const ranges = parted(text).map(readRange);
    if (ranges.every((range) => range !== undefined)) {
      return ranges.sort((a, b) => (a.from < b.from ? -1 : 1));
    }
    context.addIssue('Write each absence like 2022-04-04/2022-04-15, and part them by ;.');
    return z.NEVER;
  })
  .default([]);

function readRange(text: string): DateRange | undefined {
  const [from, until, ...more] = text.split('/').map((day) => readDate(day.trim()));
  return from === undefined || until === undefined || more.length > 0 ? undefined : { from, until };
}

/** In the order of `roles`, so that listing them in another order changes nothing. */
export const roleList = cell(200).transform((text, context): Role[] => {
  const named = parted(text).map(asSlug);
  const unknown = named.find((one) => !roles.some((role) => role === one));
  if (unknown === undefined && named.length > 0) return roles.filter((role) => named.includes(role));
  context.addIssue(`Use only these roles, parted by ;: ${roles.join(', ')}.`);
  return z.NEVER;
});

export const cohort = cell(60).transform((text, context) => {
  const found = cohorts.find((one) => one === asSlug(text));
  if (found !== undefined) return found;
  context.addIssue(`Use one of the six cohorts: ${cohorts.join(', ')}.`);
  return z.NEVER;
});

function parted(text: string): string[] {
  return text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** `Child in need` and `child_in_need` are `child-in-need`. */
function asSlug(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
}
