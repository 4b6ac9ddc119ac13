import type { Plr } from '../plr.js';
import type { Instant } from '../time.js';
import type { AttachedRecord } from './record.js';

/** What stands where somebody's words were, if the document for the child's record has them. */
export const removed = 'Removed: it is in the child’s record.';
/** What stands there if it has not. */
export const removedHere = 'Removed: the time for which it is kept is over.';

/** Written of the reviewing and of those who review, not of the child: the document has none of it. */
const notOfTheChild = [
  'change',
  'formerPractitioners',
  'fromLastModeration',
  'moderation.feedback',
  'moderation.reassignments',
];

/** Properties in which people write, wherever in a PLR they are. */
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

/** Where a word of that name is a code and not somebody's: paths with `*` for any index or id. */
const codes = [
  'draw',
  'review.why',
  'alert.reasons',
  'alert.ladder',
  'alert.timeline',
  'moderation.reason',
  'moderation.chosen',
  'moderation.reminders',
];

/**
 * The PLR without anything anyone wrote: grades, states, dates and who did what stay, and with them the same
 * figures (4.9). What is written in a property named here is removed wherever it turns up, so that a new part
 * of a PLR that keeps to these names is purged without being told; a test types a marker into every field
 * and looks for it afterwards.
 */
export function purge(plr: Plr, record: AttachedRecord, now: Instant): Plr {
  return {
    ...(withoutWords(plr, '', removed) as Plr),
    record: { ...record, state: 'purged', purgedAt: now },
  };
}

function withoutWords(part: unknown, path: string, says: string): unknown {
  if (codes.includes(path)) return part;
  const said = notOfTheChild.includes(path) ? removedHere : says;
  if (typeof part === 'string')
    return part !== '' && narrative.has(path.slice(path.lastIndexOf('.') + 1)) ? said : part;
  if (Array.isArray(part)) return part.map((one) => withoutWords(one, `${path}.*`, said));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => [
      name,
      withoutWords(value, path === '' ? name : `${path}.${name}`, said),
    ]),
  );
}
