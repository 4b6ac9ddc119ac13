import type { Plr } from '../plr.js';
import type { Instant } from '../time.js';
import type { AttachedRecord } from './record.js';

/** What stands where somebody's words were. */
export const removed = 'Removed: it is in the child’s record.';

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
  return { ...(withoutWords(plr, '') as Plr), record: { ...record, state: 'purged', purgedAt: now } };
}

function withoutWords(part: unknown, path: string): unknown {
  if (codes.includes(path)) return part;
  if (Array.isArray(part)) return part.map((one) => withoutWords(one, `${path}.*`));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part as Record<string, unknown>).map(([name, value]) => {
      const at = path === '' ? name : `${path}.${name}`;
      if (typeof value !== 'string') return [name, withoutWords(value, at)];
      return [name, narrative.has(name) && !codes.includes(at) && value !== '' ? removed : value];
    }),
  );
}
