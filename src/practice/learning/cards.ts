import type { CardContent } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import { dateAt } from '../base/time.js';
import {
  dateInWords,
  monthInWords,
  personName,
  serviceName,
  teamName,
  timeInWords,
  tooLongInWords,
} from '../council/words.js';
import { whyNotSent } from '../surface/why-not-sent.js';
import type { Post } from './decide-post.js';
import { briefPartShape, briefParts, type Brief, type BriefPart, type BriefText } from './brief.js';
import { hasMoreToPost } from './part.js';
import { hitInWords } from '../firewall/channel-gate.js';
import type { BriefHit } from './decide-edit.js';

/** The brief as the link reviewer sees it: how it will look, where it stands, what they can do. */
export function briefCard(brief: Brief, council: CouncilContext, notice = ''): CardContent {
  const posts = brief.posting?.posts ?? [];
  const reason = brief.state === 'held-back' ? heldBackNotice(brief, council) : '';
  return {
    template: 'learning/brief',
    summary: `Learning brief for ${monthInWords(brief.month)}`,
    data: {
      ...addressOf(brief),
      // The slides (briefing-file.ts).
      file: { kind: 'briefing', of: `${brief.cycleId}/${brief.serviceId}` },
      title: titleOf(brief, council),
      intro: introOf(brief, council),
      hasNotice: (notice || reason) !== '',
      notice: notice || reason,
      sections: briefSections(brief.text),
      hasTeams: posts.length > 0,
      teams: posts.map((post) => ({
        name: teamName(post.teamId, council),
        standing: standingOf(post, council),
      })),
      open: brief.state === 'drafted',
      heldBack: brief.state === 'held-back',
      mayStop: brief.state === 'approved' && hasMoreToPost(brief),
    },
  };
}

const listedAtMost = 20;

/** Several briefs, those that wait for somebody first; each opens with its button. */
export function briefsCard(briefs: readonly Brief[], council: CouncilContext): CardContent {
  const waiting = briefs.filter(({ state }) => state === 'drafted');
  const rest = briefs.filter(({ state }) => state !== 'drafted');
  const shown = [...waiting, ...rest].slice(0, listedAtMost);
  const more = briefs.length > shown.length ? ` The first ${shown.length} are shown.` : '';
  return {
    template: 'learning/briefs',
    summary: 'Learning briefs',
    data: {
      intro: `${waiting.length} of ${briefs.length} wait to be approved or held back.${more}`,
      rows: shown.map((brief) => {
        const name = `${serviceName(brief.serviceId, council)}, ${monthInWords(brief.month)}`;
        return { ...addressOf(brief), name, standing: standingInWords[brief.state] };
      }),
    },
  };
}

const standingInWords: Readonly<Record<Brief['state'], string>> = {
  drafted: 'Not approved yet.',
  approved: 'Approved.',
  'held-back': 'Held back.',
};

function addressOf({ cycleId, serviceId, saves }: Brief) {
  return { cycle: cycleId, service: serviceId, saves };
}

export function titleOf({ month, serviceId }: Brief, council: CouncilContext): string {
  return `Learning brief: ${serviceName(serviceId, council)}, ${monthInWords(month)}`;
}

function introOf(brief: Brief, council: CouncilContext): string {
  switch (brief.state) {
    case 'drafted':
      return brief.posting === undefined
        ? 'This is how it will look in the team meetings. Nothing is posted until you approve it.'
        : 'It waits for you: teams that do not have it yet get it when you approve it again.';
    case 'approved':
      return `${personName(brief.posting.approvedBy, council)} approved it. Each team gets it ahead of its next meeting.`;
    case 'held-back':
      return 'Held back: no team gets it.';
  }
}

function heldBackNotice(brief: Extract<Brief, { state: 'held-back' }>, council: CouncilContext): string {
  const on = dateInWords(dateAt(brief.heldBackAt, council.timeZone));
  return `Held back by ${personName(brief.heldBackBy, council)} on ${on}: ${brief.reason}`;
}

function standingOf(post: Post, council: CouncilContext): string {
  switch (post.state) {
    case 'scheduled':
      return `will be posted on ${timeInWords(post.postAt > council.now ? post.postAt : council.now, council.timeZone)}`;
    case 'not-posted':
      return `not posted: ${whyNotSent(post.reason)}`;
    case 'posted':
      return `posted on ${dateInWords(dateAt(post.postedAt, council.timeZone))}`;
    case 'discussed':
      return `discussed on ${dateInWords(post.record.discussedOn)}`;
  }
}

const headings = ['lookedAt', 'workingWell', 'needsToBeBetter', 'doDifferently'] as const;
const questions = ['firstQuestion', 'secondQuestion', 'thirdQuestion'] as const;

/** The parts as they are shown: a heading, and a paragraph for each line. */
export function briefSections(text: BriefText) {
  return [
    ...headings.map((part) => ({ title: briefPartShape[part].title, lines: briefLines(text[part]) })),
    {
      title: 'Three questions for the meeting',
      lines: questions.map((part, at) => ({ text: `${at + 1}. ${text[part]}` })),
    },
  ];
}

/** A point begins with a dash when it is typed, and is shown with a bullet. */
export function briefLines(text: string): { text: string }[] {
  const lines = text.split(/\r?\n|\r/).map((line) => line.trim());
  return lines.filter((line) => line !== '').map((line) => ({ text: line.replace(/^-\s+/, '• ') }));
}

export interface EditProblems {
  readonly notice: string;
  /**
   * When there are none, somebody else has saved in the meantime: what is saved now is shown beside what was
   * typed.
   */
  readonly mistakes?: Partial<Record<BriefPart | 'reason', string>>;
}

export function editCard(
  brief: Brief,
  council: CouncilContext,
  typed: BriefText = brief.text,
  { notice, mistakes = {} }: EditProblems = { notice: '' },
): CardContent {
  const isLate = notice !== '' && Object.keys(mistakes).length === 0;
  return {
    template: 'learning/brief-edit',
    summary: 'Edit the learning brief',
    data: {
      ...addressOf(brief),
      title: titleOf(brief, council),
      hasNotice: notice !== '',
      notice,
      parts: briefParts.map((part) => ({
        id: part,
        label: briefPartShape[part].title,
        value: typed[part],
        hasMistake: mistakes[part] !== undefined,
        mistake: mistakes[part] ?? '',
        differs: isLate && typed[part] !== brief.text[part],
        saved: briefLines(brief.text[part]),
      })),
    },
  };
}

export function holdCard(brief: Brief, council: CouncilContext, reason = '', mistake = ''): CardContent {
  return {
    template: 'learning/brief-hold',
    summary: 'Hold back the learning brief',
    data: {
      ...addressOf(brief),
      title: `Hold back: ${titleOf(brief, council)}`,
      hasMistake: mistake !== '',
      mistake,
      reason,
    },
  };
}

/** When there are more hits, the rest are shown once the first ones are dealt with. */
const hitsShown = 12;
/** In characters: the reason why a hit may stay. */
export const whyLimit = 200;

/** What the firewall found, each with its place and in words. `whys`: what was typed, by hit. */
export function hitsCard(
  brief: Brief,
  hits: readonly BriefHit[],
  whys: readonly string[] = [],
  complain = false,
): CardContent {
  return {
    template: 'learning/brief-hits',
    summary: 'The learning brief was not posted',
    data: {
      ...addressOf(brief),
      intro: `Nothing was posted. Mend the text; or, where a find is wrong, say why it may stay: that is kept with your name. Found: ${hits.length}.`,
      hits: hits.slice(0, hitsShown).map((hit, at) => ({
        id: `why${at}`,
        part: briefPartShape[hit.part].title,
        ...around(hit),
        says: `“${hit.text}” ${hitInWords(hit.kind)}.`,
        why: whys[at] ?? '',
        ...whyMistake(complain, (whys[at] ?? '').trim()),
      })),
    },
  };
}

function whyMistake(complain: boolean, why: string) {
  if (why.length > whyLimit) return { hasMistake: true, mistake: tooLongInWords(why, whyLimit) };
  return {
    hasMistake: complain && why === '',
    mistake: 'Say why this may stay, or go back and mend the text.',
  };
}

/** A hit with enough of its sentence to find it by. */
function around({ within, start, end }: BriefHit) {
  const from = Math.max(0, start - 60);
  const until = Math.min(within.length, end + 60);
  return {
    before: `${from > 0 ? '… ' : ''}${within.slice(from, start)}`,
    found: within.slice(start, end),
    after: `${within.slice(end, until)}${until < within.length ? ' …' : ''}`,
  };
}
