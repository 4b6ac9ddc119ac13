import { refuse, type Refusal } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import { addDays, dateAt, localDate, readDate, type LocalDate } from '../base/time.js';
import { tooLongInWords } from '../council/words.js';
import type { DiscussedPost, Discussion, Post, PostedPost } from './decide-post.js';
import { hitInWords, identifiersIn } from '../firewall/channel-gate.js';

/** What was typed: every field may be missing or wrong. */
export interface DiscussionTyped {
  readonly discussedOn: string;
  readonly willChange: string;
  readonly howKnow: string;
  readonly byWhen: string;
}
export type DiscussionField = keyof DiscussionTyped;
export type DiscussionMistakes = Partial<Record<DiscussionField, string>>;

const discussionLimits = { willChange: 500, howKnow: 300 } as const;

export type DiscussionRefusal = Refusal<'not-posted' | 'recorded' | 'over' | 'unchanged' | 'mistakes'> & {
  readonly mistakes?: DiscussionMistakes;
};

/** How often this discussion was saved: a form carries it, so that a save from an older form is seen. */
export function savesOf(post: Post): number {
  return post.state === 'discussed' ? 1 + (post.former?.length ?? 0) : 0;
}

export interface DiscussionSave {
  readonly typed: DiscussionTyped;
  /** `savesOf` the post when the form was opened. */
  readonly saves: number;
  /** A later brief is with the team, so what was decided on this one can no longer be changed. */
  readonly isOver: boolean;
}

/**
 * Records what the meeting decided, or corrects what was recorded and keeps the former words. The words are
 * shown in the channel, so the identifier firewall reads them first.
 */
export function recordDiscussion(
  post: Post,
  { typed, saves, isOver }: DiscussionSave,
  by: PersonId,
  council: CouncilContext,
): DiscussedPost | DiscussionRefusal {
  if (post.state !== 'posted' && post.state !== 'discussed')
    return refuse('not-posted', 'This brief is not with your team yet.');
  if (post.state === 'discussed' && isOver) return refuse('over', tooLate);
  if (saves !== savesOf(post))
    return refuse(
      'recorded',
      'This was recorded already by someone of your team. Nothing of yours was saved.',
    );
  const mistakes = mistakesIn(typed, post, council);
  if (Object.keys(mistakes).length > 0)
    return {
      ...refuse('mistakes', 'Nothing was saved yet. Mend what is marked, then save again.'),
      mistakes,
    };
  const record: Discussion = {
    discussedOn: localDate(typed.discussedOn),
    willChange: typed.willChange.trim(),
    howKnow: typed.howKnow.trim(),
    byWhen: localDate(typed.byWhen),
    recordedBy: by,
    recordedAt: council.now,
  };
  if (post.state === 'discussed') return corrected(post, record);
  const { teamId, round, meetingAt, postedAt } = post;
  const meeting = meetingAt === undefined ? {} : { meetingAt };
  return { state: 'discussed', teamId, round, ...meeting, postedAt, record };
}

export const tooLate =
  'A newer brief is with your team, so this record stays as it is. Say there what has changed since.';

function corrected(post: DiscussedPost, record: Discussion): DiscussedPost | DiscussionRefusal {
  const isSame = typedFields.every((field) => record[field] === post.record[field]);
  if (isSame) return refuse('unchanged', 'These are the words that are recorded. Nothing was changed.');
  return { ...post, record, former: [...(post.former ?? []), post.record] };
}

const typedFields = ['discussedOn', 'willChange', 'howKnow', 'byWhen'] as const;

function mistakesIn(
  typed: DiscussionTyped,
  post: PostedPost | DiscussedPost,
  council: CouncilContext,
): DiscussionMistakes {
  const posted = dateAt(post.postedAt, council.timeZone);
  const discussedOn = dateMistake(typed.discussedOn, posted, council.today, {
    missing: 'Give the date of the meeting.',
    early: 'Give a date on or after the day the brief was posted.',
    late: 'Give a date that is not in the future.',
  });
  const from = discussedOn === undefined ? localDate(typed.discussedOn) : posted;
  const byWhen = dateMistake(typed.byWhen, from, addDays(council.today, 366), {
    missing: 'Give the date by which you will have changed it.',
    early: 'Give a date on or after the meeting.',
    late: 'Give a date within a year.',
  });
  return given({
    discussedOn,
    willChange: wordsMistake(typed.willChange, discussionLimits.willChange, 'what you will change', council),
    howKnow: wordsMistake(typed.howKnow, discussionLimits.howKnow, 'how you will know', council),
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

function wordsMistake(
  text: string,
  limit: number,
  what: string,
  council: CouncilContext,
): string | undefined {
  const words = text.trim();
  if (words === '') return `Say ${what}.`;
  if (words.length > limit) return tooLongInWords(words, limit);
  const [hit] = identifiersIn(words, council);
  if (hit === undefined) return undefined;
  return `“${hit.text}” ${hitInWords(hit.kind)}. The whole channel reads this: say it without.`;
}
