import { alertPart } from '../alerts/alert-part.js';
import { reminderPart } from '../cycles/reminders.js';
import { actionPart } from '../actions/action-part.js';
import type { House } from '../council/house.js';
import { moderationPart } from '../moderation/moderation-part.js';
import type { Plr } from './plr.js';
import type { Change, DocumentKind, Ended } from './ports.js';
import { recordPart } from '../records/record-part.js';
import { figuresOf } from '../process/figures-of.js';
import { unconfirmedConcernPart } from '../reviews/unconfirmed-concern.js';
import type { Instant } from '../base/time.js';

/** What one feature adds to a PLR over time. Each part is pure, and is asked in turn. */
export interface PlrPart {
  dueAt?(plr: Plr): Instant | undefined;
  whenDue?(plr: Plr, now: Instant, house: House): Change<Plr> | undefined;
  whenEnded?(plr: Plr, ended: Ended, house: House): Change<Plr> | undefined;
  /** The cards whose end `whenEnded` is told of. */
  readonly endsOf?: readonly string[];
}

/** In order of importance: when several have something due, the first comes first. */
const parts: readonly PlrPart[] = [
  alertPart,
  unconfirmedConcernPart,
  actionPart,
  moderationPart,
  reminderPart,
  recordPart,
];

export const plrKind: DocumentKind<Plr, 'plr'> = {
  kind: 'plr',
  schemaVersion: 1,
  figures: figuresOf,
  dueAt: (plr) => earliest(parts.map((part) => part.dueAt?.(plr))),
  whenDue: (plr, now, house) =>
    firstOf(parts, (part) => {
      const at = part.dueAt?.(plr);
      return at !== undefined && at <= now ? part.whenDue?.(plr, now, house) : undefined;
    }),
  whenEnded: (plr, ended, house) =>
    firstOf(parts, (part) =>
      part.endsOf?.includes(ended.message.card) === true ? part.whenEnded?.(plr, ended, house) : undefined,
    ),
  endsOf: parts.flatMap(({ endsOf = [] }) => endsOf),
};

function firstOf<Found>(
  from: readonly PlrPart[],
  find: (part: PlrPart) => Found | undefined,
): Found | undefined {
  for (const part of from) {
    const found = find(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

function earliest(times: readonly (Instant | undefined)[]): Instant | undefined {
  return times.filter((at) => at !== undefined).sort()[0];
}
