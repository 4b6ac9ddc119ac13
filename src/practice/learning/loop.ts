import type { CardContent, Turn } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import { monthlyCycleId } from '../plr/cycle.js';
import type { LoopFigures } from '../plr/fixed-figures.js';
import { monthOf, shiftMonth, type LocalDate } from '../base/time.js';
import { monthInWords, serviceName, teamName } from '../council/words.js';
import { briefKind, type BriefFigures } from './brief-kind.js';

export function loopFigures(briefs: readonly BriefFigures[], today: LocalDate): LoopFigures {
  const reached = ({ state }: MeetingFigures) => state === 'posted' || state === 'discussed';
  const held = briefs.flatMap(({ posts }) => posts).filter((post) => isHeld(post, today));
  return {
    briefsPosted: briefs.filter(({ posts }) => posts.some(reached)).length,
    meetingsDiscussed: {
      n: held.filter(({ state }) => state === 'discussed').length,
      of: held.length,
    },
  };
}

type MeetingFigures = BriefFigures['posts'][number];

/**
 * The day of the meeting has passed, whether or not the brief reached it. When the day is not known: the brief
 * is no longer waiting to be posted.
 */
function isHeld({ state, meetingOn }: MeetingFigures, today: LocalDate): boolean {
  if (state === 'discussed') return true;
  return meetingOn === undefined ? state !== 'scheduled' : meetingOn < today;
}

const monthsShown = 3;

/**
 * "loop": which meetings discussed their brief, for the QA lead (docs/domain.md, 5.2). The last three months
 * that have briefs.
 */
export async function loopCard({ documents, council }: Turn): Promise<CardContent> {
  const months = Array.from({ length: monthsShown + 1 }, (_, back) =>
    shiftMonth(monthOf(council.today), -back),
  );
  const found = await Promise.all(
    months.map(async (month) => ({
      month,
      briefs: await documents.listFigures<BriefFigures>(briefKind, monthlyCycleId(month)),
    })),
  );
  const shown = found.filter(({ briefs }) => briefs.length > 0).slice(0, monthsShown);
  return {
    template: 'learning/loop',
    summary: 'Which team meetings discussed the brief',
    data: {
      intro:
        shown.length === 0
          ? 'No brief was drafted yet: the first comes when a cycle closes.'
          : 'Of the meetings that have passed, with those that the brief did not reach.',
      months: shown.map(({ month, briefs }) => {
        const { n, of } = loopFigures(briefs, council.today).meetingsDiscussed;
        return {
          month: monthInWords(month),
          discussed: of === 0 ? 'no meeting has passed yet' : `${n} of ${of} meetings discussed it`,
          lines: briefs.map((brief) => ({ text: serviceLine(brief, council) })),
        };
      }),
    },
  };
}

function serviceLine(brief: BriefFigures, council: CouncilContext): string {
  const name = serviceName(brief.serviceId, council);
  if (brief.state === 'held-back') return `${name}: held back`;
  if (brief.posts.length === 0) return `${name}: waits for its link reviewer`;
  const { n, of } = loopFigures([brief], council.today).meetingsDiscussed;
  const open = brief.posts.filter(({ state }) => state !== 'discussed');
  const names = open.map((post) => `${teamName(post.teamId, council)}${standing(post, council)}`);
  return `${name}: ${n} of ${of}${names.length === 0 ? '' : `. Not yet: ${names.join(', ')}`}`;
}

function standing(post: MeetingFigures, { today }: CouncilContext): string {
  if (post.state === 'not-posted') return ' (could not be posted)';
  if (!isHeld(post, today)) return ' (meeting to come)';
  return post.state === 'scheduled' ? ' (not posted yet)' : '';
}
