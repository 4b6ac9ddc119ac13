import type { CardContent } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import { dateAt } from '../base/time.js';
import { dateInWords, monthInWords, serviceName, teamName } from '../council/words.js';
import type { Post } from './decide-post.js';
import { savesOf, type DiscussionMistakes, type DiscussionTyped } from './decide-discussion.js';
import type { Brief, Commitment, Posting } from './brief.js';
import { briefLines, briefSections } from './cards.js';
import { identifiersIn } from '../firewall/channel-gate.js';

/**
 * The standing agenda item as the channel sees it (docs/domain.md, 5.2). `posting`: only what was approved is
 * ever shown.
 */
export function agendaCard(
  brief: Brief & { readonly posting: Posting },
  post: Post,
  council: CouncilContext,
  notice = '',
): CardContent {
  const said = brief.lastTime.find(({ teamId }) => teamId === post.teamId);
  return {
    template: 'learning/agenda-item',
    summary: 'Standing agenda item: learning from Practice Learning Reviews',
    excused: brief.posting.excused,
    data: {
      ...addressOf(brief, post),
      title: agendaTitle(brief),
      forMeeting: `${serviceName(brief.serviceId, council)}. ${meetingInWords(post, council)}`,
      hasNotice: notice !== '',
      notice,
      ...lastTime(said, council),
      sections: briefSections(brief.posting.text),
      ...recorded(post),
      mayRecord: post.state !== 'discussed',
      mayCorrect: post.state === 'discussed',
    },
  };
}

function addressOf({ cycleId, serviceId }: Brief, { teamId }: Post) {
  return { cycle: cycleId, service: serviceId, team: teamId };
}

function agendaTitle({ month }: Brief): string {
  return `Standing agenda item: learning from Practice Learning Reviews, ${monthInWords(month)}`;
}

function meetingInWords(post: Post, { timeZone, today }: CouncilContext): string {
  if (post.state === 'discussed') return '';
  if (post.meetingAt === undefined) return 'For your next meeting.';
  const day = dateAt(post.meetingAt, timeZone);
  if (day >= today) return `For your meeting on ${dateInWords(day)}.`;
  return post.state === 'posted'
    ? `For your meeting on ${dateInWords(day)}. Not recorded yet: please record what you decided.`
    : 'For your next meeting.';
}

/**
 * What the team said last time. Words that would identify somebody by today's roster are left out, and the card
 * says so.
 */
function lastTime(said: Commitment | undefined, council: CouncilContext) {
  if (said === undefined) return { hasLastTime: false, lastTimeTitle: '', lastTime: [] };
  const words = [
    { title: 'We will change', lines: briefLines(said.willChange) },
    { title: 'We will know by', lines: briefLines(said.howKnow) },
  ];
  const mayShow = words
    .flatMap(({ lines }) => lines)
    .every(({ text }) => identifiersIn(text, council).length === 0);
  return {
    hasLastTime: true,
    lastTimeTitle: `Last time, on ${dateInWords(said.discussedOn)}, you said`,
    lastTime: mayShow
      ? [...words, { title: 'By when', lines: [{ text: `${dateInWords(said.byWhen)}. Did it happen?` }] }]
      : [
          {
            title: 'It is not shown',
            lines: [{ text: 'Something in it may identify a person. Your Team Manager has your notes.' }],
          },
        ],
  };
}

/**
 * Each label is separate, because the firewall has to read the words in a paragraph of their own, as it did
 * when they were typed.
 */
function recorded(post: Post) {
  if (post.state !== 'discussed') return { discussed: false, discussedTitle: '', record: [] };
  const { discussedOn, willChange, howKnow, byWhen } = post.record;
  return {
    discussed: true,
    discussedTitle: `Discussed on ${dateInWords(discussedOn)}`,
    record: [
      { title: 'What we will change', lines: briefLines(willChange) },
      { title: 'How we will know', lines: briefLines(howKnow) },
      { title: 'By when', lines: [{ text: dateInWords(byWhen) }] },
    ],
  };
}

function typedBefore(post: Post, council: CouncilContext): DiscussionTyped {
  if (post.state === 'discussed') return post.record;
  return { ...discussionSaved(post), discussedOn: likelyDay(post, council) };
}

/** What is recorded so far. */
export function discussionSaved(post: Post | undefined): DiscussionTyped {
  if (post?.state !== 'discussed') return { discussedOn: '', willChange: '', howKnow: '', byWhen: '' };
  const { discussedOn, willChange, howKnow, byWhen } = post.record;
  return { discussedOn, willChange, howKnow, byWhen };
}

export function discussionCard(
  brief: Brief,
  post: Post,
  council: CouncilContext,
  typed: DiscussionTyped = typedBefore(post, council),
  problems: { readonly notice: string; readonly mistakes?: DiscussionMistakes } = { notice: '' },
): CardContent {
  const { notice, mistakes = {} } = problems;
  const wrong = (field: keyof DiscussionTyped) => ({
    [`${field}Wrong`]: mistakes[field] !== undefined,
    [`${field}Mistake`]: mistakes[field] ?? '',
  });
  return {
    template: 'learning/agenda-record',
    summary: 'Record what your meeting decided',
    data: {
      ...addressOf(brief, post),
      title: `What ${teamName(post.teamId, council)} decided, ${monthInWords(brief.month)}`,
      saves: savesOf(post),
      ...whatStands(post),
      hasNotice: notice !== '',
      notice,
      discussedOn: typed.discussedOn,
      willChange: typed.willChange,
      howKnow: typed.howKnow,
      byWhen: typed.byWhen,
      ...wrong('discussedOn'),
      ...wrong('willChange'),
      ...wrong('howKnow'),
      ...wrong('byWhen'),
    },
  };
}

/** When somebody has recorded it already: what they recorded, so that whoever corrects it can compare. */
function whatStands(post: Post) {
  const { discussed, discussedTitle, record } = recorded(post);
  return { corrects: discussed, standsTitle: `Recorded so far. ${discussedTitle}`, stands: record };
}

/** The day of the meeting once it has come, otherwise today: what most people will want to enter. */
function likelyDay(post: Post, { today, timeZone }: CouncilContext): string {
  const meeting = post.meetingAt === undefined ? today : dateAt(post.meetingAt, timeZone);
  return meeting <= today ? meeting : today;
}

/** For the Team Manager in person, when the meeting has passed and nothing is recorded. */
export function nudgeCard(brief: Brief, post: Post, council: CouncilContext): CardContent {
  const day =
    post.meetingAt === undefined ? '' : ` on ${dateInWords(dateAt(post.meetingAt, council.timeZone))}`;
  return {
    template: 'learning/agenda-nudge',
    summary: 'A team meeting has not recorded its learning yet',
    data: {
      ...addressOf(brief, post),
      title: `What did ${teamName(post.teamId, council)} decide?`,
      text: `The brief for ${monthInWords(brief.month)} was for your meeting${day}, and nothing is recorded yet. Anyone in the team can record it, here or in the channel.`,
    },
  };
}
