import type { CouncilContext } from '../council/council-context.js';
import type { CycleId, ServiceId, TeamId } from '../base/ids.js';
import type { Change, DocumentKind } from '../plr/ports.js';
import { dateAt, type Instant, type LocalDate, type Month } from '../base/time.js';
import type { OpenBrief, OpenMeeting } from '../plr/open-facts.js';
import { postDueAt, type DiscussedPost, type Post } from './decide-post.js';
import { briefFacts, type Brief, type NamedTheme } from './brief.js';
import { postEnded, postsWhenDue, toLinkReviewer } from './part.js';

/** The anonymous figures of a brief: where each meeting stands, without anything that anyone wrote. */
export interface BriefFigures {
  readonly cycleId: CycleId;
  readonly month: Month;
  readonly serviceId: ServiceId;
  readonly state: Brief['state'];
  readonly themes: readonly NamedTheme[];
  readonly posts: readonly {
    readonly teamId: TeamId;
    readonly state: 'scheduled' | 'not-posted' | 'posted' | 'discussed';
    /** The meeting it is for; missing where none is known, and in older rows. */
    readonly meetingOn?: LocalDate;
    readonly discussedOn?: LocalDate;
  }[];
}

export const briefKind: DocumentKind<Brief, 'brief'> = {
  kind: 'brief',
  schemaVersion: 1,
  figures: briefFigures,
  open: openOfBrief,
  dueAt: (brief) =>
    [reminderOf(brief), ...(brief.posting?.posts ?? []).map(postDueAt)]
      .filter((at) => at !== undefined)
      .sort()[0],
  whenDue: (brief, now, council) => remind(brief, now, council) ?? postsWhenDue(brief, now, council),
  whenEnded: postEnded,
  endsOf: ['agenda-item'],
};

function briefFigures(
  { cycleId, month, serviceId, state, themes, posting }: Brief,
  timeZone: string,
): BriefFigures {
  const posts = (posting?.posts ?? []).map((post) => ({
    teamId: post.teamId,
    state: post.state,
    ...(post.meetingAt === undefined ? {} : { meetingOn: dateAt(post.meetingAt, timeZone) }),
    ...(post.state === 'discussed' ? { discussedOn: post.record.discussedOn } : {}),
  }));
  return { cycleId, month, serviceId, state, themes, posts };
}

/** To approve while it is a draft; and each meeting to which it was to go, until what was said there is recorded. */
function openOfBrief({ cycleId, serviceId, state, draftedAt, posting }: Brief): OpenBrief | undefined {
  const meetings = (posting?.posts ?? []).flatMap((post): OpenMeeting[] =>
    post.state === 'discussed' ? [] : [meetingOf(post)],
  );
  const isDraft = state === 'drafted';
  if (!isDraft && (state === 'held-back' || meetings.length === 0)) return undefined;
  return { cycleId, serviceId, ...(isDraft ? { draftedAt } : {}), meetings };
}

/** Where no meeting is known, from the day on which it was posted or could not be. */
function meetingOf({ teamId, state, meetingAt, ...post }: Exclude<Post, DiscussedPost>): OpenMeeting {
  const at = meetingAt ?? ('postedAt' in post ? post.postedAt : undefined);
  return { teamId, isWaiting: state === 'scheduled', ...(at === undefined ? {} : { at }) };
}

function reminderOf(brief: Brief): Instant | undefined {
  return brief.state === 'drafted' ? brief.remindAt : undefined;
}

/** A draft that nobody approved or held back: its link reviewer is reminded, once. */
function remind(brief: Brief, now: Instant, council: CouncilContext): Change<Brief> | undefined {
  if (brief.state !== 'drafted' || brief.remindAt === undefined || brief.remindAt > now) return undefined;
  return {
    state: { ...briefFacts(brief), state: 'drafted' },
    did: 'reminded of the draft brief',
    messages: toLinkReviewer(brief, 'reminder', 'brief-draft', council),
  };
}
