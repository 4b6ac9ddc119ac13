import type { PersonId, ServiceId, TeamId } from '../../base/ids.js';
import { compareText } from '../../base/text-order.js';
import type { Instant, LocalDate } from '../../base/time.js';
import type { RungId } from '../../council/ladder.js';
import type { SecondGrade } from '../../plr/grades-blind.js';
import type { LostMessage } from '../../plr/ports.js';

/** What can be open. The first five are about a child who may be unsafe, most urgent first. */
export const openKinds = [
  'alert-unacknowledged',
  'alert-not-safe',
  'alert-grip-due',
  'alert-to-close',
  'concern-begun',
  'message-undelivered',
  'review-not-returned',
  'moderation-to-do',
  'moderation-to-answer',
  'moderation-to-settle',
  'action',
  'change-to-decide',
  'brief-to-approve',
  'meeting-not-discussed',
  'document-to-attach',
  'report-to-sign',
  'vacancy',
] as const;
export type OpenKind = (typeof openKinds)[number];

/** One thing that somebody still has to do. What happened at a moment has a moment, what is counted in days a day. */
export interface OpenItem {
  readonly kind: OpenKind;
  /** The PLR's reference; an action's begins with it. */
  readonly ref: string | null;
  readonly cycle: string | null;
  /** Of the child's team; of a review that is not returned, of the manager who owes it. */
  readonly serviceId: ServiceId | null;
  readonly teamId: TeamId | null;
  readonly since: Instant | LocalDate | null;
  readonly due: Instant | LocalDate | null;
  readonly overdue: boolean;
  /** Who has the next step. */
  readonly who: readonly PersonId[];
  /** Of a review: when its reminder was last sent. */
  readonly reminded?: Instant;
}

export type VacantPost = 'team-manager' | 'link-reviewer' | RungId;

/** With what decides who may see it, and what is said of it to people. */
export interface Open extends OpenItem {
  /** It shows that there is an alert, or may: kept from whoever is still to grade this PLR blind. */
  readonly givesGradeAwayOf?: SecondGrade;
  /** Of a review: the manager, or the QA lead who completes it, even when they have left and others are to decide. */
  readonly owedBy?: PersonId;
  /** Of a message: whom it did not reach, and why not. */
  readonly lost?: Pick<LostMessage, 'to' | 'reason'>;
  /** Of a vacancy. */
  readonly post?: VacantPost;
  /** People whom it concerns, without the next step being theirs. */
  readonly concerns?: readonly PersonId[];
  /** It comes before what is merely due. */
  readonly forSafety?: true;
}

const firstKinds = openKinds.slice(0, 5);

/** Children who may be unsafe first; then what keeps a child safe and is late; then what is late; then by its day. */
export function byUrgency(one: Open, other: Open): number {
  return groupOf(one) - groupOf(other) || compareText(placeOf(one), placeOf(other));
}

function groupOf({ kind, overdue, forSafety }: Open): number {
  const first = firstKinds.indexOf(kind);
  if (first >= 0) return first;
  if (forSafety === true && kind === 'message-undelivered') return firstKinds.length;
  if (!overdue) return firstKinds.length + 3;
  return firstKinds.length + (forSafety === true ? 1 : 2);
}

function placeOf({ kind, ref, cycle, serviceId, teamId, since, due, overdue }: Open): string {
  const place = String(openKinds.indexOf(kind)).padStart(2, '0');
  return [overdue ? 0 : 1, due ?? since, place, cycle, ref, serviceId, teamId].join('~');
}
