import type { CouncilContext } from '../council/council-context.js';
import type { PersonId, TeamId } from '../base/ids.js';
import type { Team } from '../council/organisation.js';
import { addMonths, addWorkingDays, dateAt, instantAt, type Instant, type LocalDate } from '../base/time.js';

/** One team's copy of a brief: the standing agenda item in its meeting channel (docs/domain.md, 5.2). */
export type Post = ScheduledPost | NotPosted | PostedPost | DiscussedPost;

interface PostFacts {
  readonly teamId: TeamId;
  /** The round in which it was scheduled: posting it again, or at another time, takes a new one. */
  readonly round: number;
  /** None when the team's meeting rule has ended. */
  readonly meetingAt?: Instant;
}

export interface ScheduledPost extends PostFacts {
  readonly state: 'scheduled';
  readonly postAt: Instant;
}

/** Teams did not take it, all attempts failed, or the identifier firewall stopped it. */
export interface NotPosted extends PostFacts {
  readonly state: 'not-posted';
  readonly reason: string;
}

export interface PostedPost extends PostFacts {
  readonly state: 'posted';
  readonly postedAt: Instant;
  readonly nudgeAt: Instant;
  readonly missedAt: Instant;
  readonly nudged: 'not-yet' | 'nudged' | 'missed';
}

export interface DiscussedPost extends PostFacts {
  readonly state: 'discussed';
  readonly postedAt: Instant;
  readonly record: Discussion;
  /** What was recorded before it was corrected, oldest first. */
  readonly former?: readonly Discussion[];
}

export interface Discussion {
  readonly discussedOn: LocalDate;
  readonly willChange: string;
  readonly howKnow: string;
  readonly byWhen: LocalDate;
  readonly recordedBy: PersonId;
  readonly recordedAt: Instant;
}

/** Working days before the meeting on which the brief is posted, at 09:00, unless the council says otherwise. */
const defaultWorkingDaysBefore = 2;
/** Working days after the meeting until the team is nudged, when nothing is recorded. */
const workingDaysToNudge = 2;
/** Months after the meeting until the QA lead is told, when nothing is recorded. */
const monthsToMiss = 1;

/** Ahead of the team's next meeting; at once when the meeting is nearer than that, or none is known. */
export function schedulePost(
  { id, meetingRule }: Team,
  round: number,
  council: CouncilContext,
): ScheduledPost {
  const meetingAt = council.nextMeeting(meetingRule, council.now);
  if (meetingAt === undefined) return { state: 'scheduled', teamId: id, round, postAt: council.now };
  const days = council.briefWorkingDaysBefore ?? defaultWorkingDaysBefore;
  const before = addWorkingDays(dateAt(meetingAt, council.timeZone), -days, council.holidays);
  const postAt = instantAt(before, '09:00', council.timeZone);
  return { state: 'scheduled', teamId: id, round, meetingAt, postAt };
}

/**
 * When it was delivered: the nudge is counted from the meeting before which it came, or from the next one if it
 * came late.
 */
export function postedNow(
  { teamId, round, meetingAt }: ScheduledPost | NotPosted,
  council: CouncilContext,
): PostedPost {
  const rule = council.organisation.teams.get(teamId)?.meetingRule;
  const late = meetingAt === undefined || meetingAt <= council.now;
  const meeting = late && rule !== undefined ? council.nextMeeting(rule, council.now) : meetingAt;
  const day = dateAt(meeting ?? council.now, council.timeZone);
  const nudgeOn = addWorkingDays(day, workingDaysToNudge, council.holidays);
  return {
    state: 'posted',
    teamId,
    round,
    ...(meeting === undefined ? {} : { meetingAt: meeting }),
    postedAt: council.now,
    nudgeAt: instantAt(nudgeOn, '09:00', council.timeZone),
    missedAt: instantAt(addMonths(day, monthsToMiss), '09:00', council.timeZone),
    nudged: 'not-yet',
  };
}

/** When something of this post is due by itself. */
export function postDueAt(post: Post): Instant | undefined {
  if (post.state !== 'posted' || post.nudged === 'missed') return undefined;
  return post.nudged === 'not-yet' ? post.nudgeAt : post.missedAt;
}
