import type { CouncilContext } from './council-context.js';
import type { PersonId, ServiceId, TeamId } from '../base/ids.js';
import type { Cohort } from './organisation.js';
import { dateAt, type Instant, type LocalDate } from '../base/time.js';

/** How the product words things: British dates, and names from the roster. */
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `7 June 2022` */
export function dateInWords(date: LocalDate): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${day} ${months[(month ?? 1) - 1]} ${year}`;
}

/** `7 June 2022 at 14:05`, in the council's time zone. */
export function timeInWords(at: Instant, timeZone: string): string {
  return `${dateInWords(dateAt(at, timeZone))} at ${timeOfDay(at, timeZone)}`;
}

/** `14:05`, in the council's time zone. */
export function timeOfDay(at: Instant, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at));
}

/** `June 2022` */
export function monthInWords(month: string): string {
  return dateInWords(`${month.slice(0, 7)}-01` as LocalDate).slice(2);
}

/** `Jun 22`: what fits under a chart on a phone. */
export function shortMonth(month: string): string {
  return `${monthInWords(month).slice(0, 3)} ${month.slice(2, 4)}`;
}

export function personName(id: PersonId, { organisation }: CouncilContext): string {
  return organisation.people.get(id)?.name ?? 'someone no longer in the roster';
}

/** With their telephone number, where the roster has it: for the personal chat of whoever must ring them. */
export function nameToRing(id: PersonId, council: CouncilContext): string {
  const number = council.organisation.people.get(id)?.telephone;
  const name = personName(id, council);
  return number === undefined ? name : `${name}, ${number}`;
}

export function teamName(id: TeamId, { organisation }: CouncilContext): string {
  return organisation.teams.get(id)?.name ?? 'a team no longer in the roster';
}

export function serviceName(id: ServiceId, { organisation }: CouncilContext): string {
  return organisation.services.get(id)?.name ?? 'a service no longer in the roster';
}

const cohortWords: Readonly<Record<Cohort, string>> = {
  'child-in-need': 'Child in need',
  'child-protection': 'Child protection',
  'child-in-care': 'Child in care',
  'care-experienced': 'Care experienced',
  'early-help': 'Early help',
  disability: 'Disability',
};

export function cohortInWords(cohort: Cohort): string {
  return cohortWords[cohort];
}

/** A sentence’s first letter. */
export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** What to say about a text that is too long. */
export function tooLongInWords(text: string, maxLength: number): string {
  const [limit, has] = [maxLength, text.length].map((count) => count.toLocaleString('en-GB'));
  return `Shorten this to ${limit} characters: it has ${has}, so it is not saved yet.`;
}

/**
 * What was typed and no longer has a field, given back so that it can be used elsewhere; each text up to
 * `longest` characters.
 */
export function givenBack(typed: readonly string[], longest: number): string {
  const texts = typed.map((text) => text.trim().slice(0, longest)).filter((text) => text !== '');
  return texts.length === 0 ? '' : `You wrote: “${texts.join('”, “')}”`;
}

/** Every text within, however deep, without the names of keys. */
export function textsIn(part: unknown, found: string[] = []): string[] {
  if (typeof part === 'string') found.push(part);
  else if (typeof part === 'object' && part !== null)
    for (const inner of Object.values(part)) textsIn(inner, found);
  return found;
}
