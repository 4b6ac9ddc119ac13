import { refuse, type Refusal } from '../errors.js';
import type { House } from '../house.js';
import type { PersonId, TeamId } from '../ids.js';
import type { Team } from '../organisation/organisation.js';
import {
  addDays,
  addMonths,
  addWorkingDays,
  dateAt,
  instantAt,
  localDate,
  type Instant,
  type LocalDate,
} from '../time.js';
import { hitInWords, identifiersIn } from './channel-gate.js';

/** One team's copy of a brief: the standing agenda item in its meeting channel (5.2). */
export type Post = ScheduledPost | NotPosted | PostedPost | DiscussedPost;

interface PostFacts {
  readonly teamId: TeamId;
  /** Of which approval: a stopped brief is posted again under a new one. */
  readonly round: number;
  /** None when the team's meeting rule has ended. */
  readonly meetingAt?: Instant;
}

export interface ScheduledPost extends PostFacts {
  readonly state: 'scheduled';
  readonly postAt: Instant;
}

/** Teams would not take it, or the identifier firewall stopped it. */
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
}

export interface Discussion {
  readonly discussedOn: LocalDate;
  readonly willChange: string;
  readonly howKnow: string;
  readonly byWhen: LocalDate;
  readonly recordedBy: PersonId;
  readonly recordedAt: Instant;
}

export interface LoopRules {
  /** The brief is posted so many working days before the meeting, at 09:00. Default 2. */
  readonly workingDaysBefore: number;
  /** Not recorded so many working days after it: a nudge. Default 2. */
  readonly workingDaysToNudge: number;
  /** Not recorded so many months after it: the QA lead sees it. Default 1. */
  readonly monthsToMiss: number;
}
export const defaultLoopRules: LoopRules = { workingDaysBefore: 2, workingDaysToNudge: 2, monthsToMiss: 1 };

/** Ahead of the team's next meeting; at once when that is nearer than the rule says, or no meeting is known. */
export function schedulePost(
  { id, meetingRule }: Team,
  round: number,
  house: House,
  { workingDaysBefore } = defaultLoopRules,
): ScheduledPost {
  const meetingAt = house.nextMeeting(meetingRule, house.now);
  if (meetingAt === undefined) return { state: 'scheduled', teamId: id, round, postAt: house.now };
  const before = addWorkingDays(dateAt(meetingAt, house.timeZone), -workingDaysBefore, house.holidays);
  const postAt = instantAt(before, '09:00', house.timeZone);
  return { state: 'scheduled', teamId: id, round, meetingAt, postAt };
}

/** Delivered: the clocks of the nudge start from the meeting it came before, or from the next one if it came late. */
export function postedNow(
  { teamId, round, meetingAt }: ScheduledPost | NotPosted,
  house: House,
  rules = defaultLoopRules,
): PostedPost {
  const rule = house.organisation.teams.get(teamId)?.meetingRule;
  const late = meetingAt === undefined || meetingAt <= house.now;
  const meeting = late && rule !== undefined ? house.nextMeeting(rule, house.now) : meetingAt;
  const day = dateAt(meeting ?? house.now, house.timeZone);
  const nudgeOn = addWorkingDays(day, rules.workingDaysToNudge, house.holidays);
  return {
    state: 'posted',
    teamId,
    round,
    ...(meeting === undefined ? {} : { meetingAt: meeting }),
    postedAt: house.now,
    nudgeAt: instantAt(nudgeOn, '09:00', house.timeZone),
    missedAt: instantAt(addMonths(day, rules.monthsToMiss), '09:00', house.timeZone),
    nudged: 'not-yet',
  };
}

/** When something of this post is due by itself. */
export function postDueAt(post: Post): Instant | undefined {
  if (post.state !== 'posted' || post.nudged === 'missed') return undefined;
  return post.nudged === 'not-yet' ? post.nudgeAt : post.missedAt;
}

/** What was typed: every field may be missing or wrong. */
export interface DiscussionTyped {
  readonly discussedOn: string;
  readonly willChange: string;
  readonly howKnow: string;
  readonly byWhen: string;
}
export type DiscussionField = keyof DiscussionTyped;
export type DiscussionMistakes = Partial<Record<DiscussionField, string>>;

export const discussionLimits = { willChange: 500, howKnow: 300 } as const;

export type DiscussionRefusal = Refusal<'not-posted' | 'recorded' | 'mistakes'> & {
  readonly mistakes?: DiscussionMistakes;
};

/** Records what the meeting decided. The words are shown in the channel, so the identifier firewall reads them first. */
export function recordDiscussion(
  post: Post,
  typed: DiscussionTyped,
  by: PersonId,
  house: House,
): DiscussedPost | DiscussionRefusal {
  if (post.state === 'discussed') {
    return refuse('recorded', 'This discussion was recorded already. Nothing was changed.');
  }
  if (post.state !== 'posted') return refuse('not-posted', 'This brief is not with your team yet.');
  const mistakes = mistakesIn(typed, post, house);
  if (Object.keys(mistakes).length > 0)
    return {
      ...refuse('mistakes', 'Nothing was saved yet. Mend what is marked, then save again.'),
      mistakes,
    };
  const { teamId, round, meetingAt, postedAt } = post;
  return {
    state: 'discussed',
    teamId,
    round,
    ...(meetingAt === undefined ? {} : { meetingAt }),
    postedAt,
    record: {
      discussedOn: localDate(typed.discussedOn),
      willChange: typed.willChange.trim(),
      howKnow: typed.howKnow.trim(),
      byWhen: localDate(typed.byWhen),
      recordedBy: by,
      recordedAt: house.now,
    },
  };
}

function mistakesIn(typed: DiscussionTyped, post: PostedPost, house: House): DiscussionMistakes {
  const posted = dateAt(post.postedAt, house.timeZone);
  const discussedOn = dateMistake(typed.discussedOn, posted, house.today, {
    missing: 'Give the date of the meeting.',
    early: 'Give a date on or after the day the brief was posted.',
    late: 'Give a date that is not in the future.',
  });
  const from = discussedOn === undefined ? localDate(typed.discussedOn) : posted;
  const byWhen = dateMistake(typed.byWhen, from, addDays(house.today, 366), {
    missing: 'Give the date by which you will have changed it.',
    early: 'Give a date on or after the meeting.',
    late: 'Give a date within a year.',
  });
  return given({
    discussedOn,
    willChange: wordsMistake(typed.willChange, discussionLimits.willChange, 'what you will change', house),
    howKnow: wordsMistake(typed.howKnow, discussionLimits.howKnow, 'how you will know', house),
    byWhen,
  });
}

function given(mistakes: Record<DiscussionField, string | undefined>): DiscussionMistakes {
  return Object.fromEntries(Object.entries(mistakes).filter(([, say]) => say !== undefined));
}

function dateMistake(
  text: string,
  from: LocalDate,
  until: LocalDate,
  say: { readonly missing: string; readonly early: string; readonly late: string },
): string | undefined {
  const date = readDate(text);
  if (date === undefined) return say.missing;
  if (date < from) return say.early;
  return date > until ? say.late : undefined;
}

function readDate(text: string): LocalDate | undefined {
  try {
    return localDate(text);
  } catch {
    return undefined;
  }
}

function wordsMistake(text: string, limit: number, what: string, house: House): string | undefined {
  const words = text.trim();
  if (words === '') return `Say ${what}.`;
  if (words.length > limit) return `Shorten this to ${limit} characters: it has ${words.length}.`;
  const [hit] = identifiersIn(words, house);
  if (hit === undefined) return undefined;
  return `“${hit.text}” ${hitInWords(hit.kind)}. The whole channel reads this: say it without.`;
}
