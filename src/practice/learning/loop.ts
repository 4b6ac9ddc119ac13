import type { CardContent, Turn } from '../feature.js';
import type { House } from '../house.js';
import { monthlyCycleId } from '../cycles/cycle.js';
import type { LoopFigures } from '../reporting/fixed-figures.js';
import { monthOf, shiftMonth } from '../time.js';
import { monthInWords, serviceName, teamName } from '../words.js';
import { briefKind, type BriefFigures } from './brief-kind.js';

export function loopFigures(briefs: readonly BriefFigures[]): LoopFigures {
  const posted = briefs.map(({ posts }) =>
    posts.filter(({ state }) => state === 'posted' || state === 'discussed'),
  );
  const meetings = posted.flat();
  return {
    briefsPosted: posted.filter(({ length }) => length > 0).length,
    meetingsDiscussed: {
      n: meetings.filter(({ state }) => state === 'discussed').length,
      of: meetings.length,
    },
  };
}

const monthsShown = 3;

/** "loop": which meetings discussed their brief, for the QA lead (5.2). The last three months that have briefs. */
export async function loopCard({ documents, house }: Turn): Promise<CardContent> {
  const months = Array.from({ length: monthsShown + 1 }, (_, back) =>
    shiftMonth(monthOf(house.today), -back),
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
          : 'Of the meetings that the brief was posted to.',
      months: shown.map(({ month, briefs }) => {
        const { n, of } = loopFigures(briefs).meetingsDiscussed;
        return {
          month: monthInWords(month),
          discussed: `${n} of ${of} meetings discussed it`,
          lines: briefs.map((brief) => ({ text: serviceLine(brief, house) })),
        };
      }),
    },
  };
}

function serviceLine(brief: BriefFigures, house: House): string {
  const name = serviceName(brief.serviceId, house);
  if (brief.state === 'held-back') return `${name}: held back`;
  if (brief.posts.length === 0) return `${name}: waits for its link reviewer`;
  const discussed = brief.posts.filter(({ state }) => state === 'discussed').length;
  const open = brief.posts.filter(({ state }) => state !== 'discussed');
  const names = open.map(({ teamId, state }) => `${teamName(teamId, house)}${standing[state]}`);
  return `${name}: ${discussed} of ${brief.posts.length}${names.length === 0 ? '' : `. Not yet: ${names.join(', ')}`}`;
}

const standing = {
  scheduled: ' (not posted yet)',
  'not-posted': ' (could not be posted)',
  posted: '',
  discussed: '',
} as const;
