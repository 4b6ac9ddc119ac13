import type { Plr } from '../plr/plr.js';
import type { Instant } from '../base/time.js';
import { isClosed } from '../plr/review.js';
import { removed, removedHere } from '../plr/record.js';
import { isForTheRecord } from '../plr/retention.js';

/** Written about the reviewing and those who review, not about the child: none of it is in the document. */
const notOfTheChild = [
  'change',
  'formerPractitioners',
  'fromLastModeration',
  'moderation.feedback',
  'moderation.reassignments',
  'review.draft',
  'review.reason',
];

/** Of a review that was closed, what its draft said about the danger. */
const ofTheChildAfterAll = ['review.draft.typed.concern.what', 'review.draft.typed.overall.reason'];

/** Properties in which people write, wherever they are in a PLR. */
const narrative = new Set([
  'workingWell',
  'needsToImprove',
  'practitionersPart',
  'what',
  'text',
  'details',
  'direction',
  'note',
  'evidence',
  'difference',
  'why',
  'reason',
  'because',
  'confirmed',
  'nextTime',
  'fromLastModeration',
]);

/**
 * Places where a property of that name holds a code and not somebody's words, as paths with `*` for any index
 * or id.
 */
const codes = [
  'draw',
  'review.why',
  'review.draft.typed.concern.immediate',
  'review.draft.typed.overall.grade',
  'alert.reasons',
  'begun',
  'alert.ladder',
  'alert.timeline',
  'moderation.reason',
  'moderation.chosen',
  'moderation.reminders',
];

/**
 * The PLR without anything anyone wrote: grades, states, dates and who did what stay, and with them the same
 * figures (docs/domain.md, 4.9). What is written in a property named above is removed wherever it is, so that a
 * new part of a PLR which keeps to these names is purged without further work. A test types a marker into every
 * field and looks for it afterwards.
 */
export function purge(plr: Plr, now: Instant): Plr {
  const left = withoutWords(plr, '', saidOf(plr)) as Plr;
  if (plr.record?.state === 'attached')
    return { ...left, record: { ...plr.record, state: 'purged', purgedAt: now } };
  return isClosed(left.review) ? { ...left, review: { ...left.review, purgedAt: now } } : left;
}

/** Whether anybody's words are in it. */
export function hasWords(plr: Plr): boolean {
  return JSON.stringify(withoutWords(plr, '', saidOf(plr))) !== JSON.stringify(plr);
}

/** What replaces the words at a path and below it, unless something else is given further down. */
type Said = (path: string) => string | undefined;

function saidOf(plr: Plr): Said {
  if (!isForTheRecord(plr)) return (path) => (path === '' ? removedHere : undefined);
  return (path) => {
    if (path === '' || ofTheChildAfterAll.includes(path)) return removed;
    return notOfTheChild.includes(path) ? removedHere : undefined;
  };
}

function withoutWords(part: unknown, path: string, saidOf: Said, above = ''): unknown {
  if (codes.includes(path)) return part;
  const said = saidOf(path) ?? above;
  if (typeof part === 'string')
    return part !== '' && narrative.has(path.slice(path.lastIndexOf('.') + 1)) ? said : part;
  if (Array.isArray(part)) return part.map((one) => withoutWords(one, `${path}.*`, saidOf, said));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => [
      name,
      withoutWords(value, path === '' ? name : `${path}.${name}`, saidOf, said),
    ]),
  );
}
