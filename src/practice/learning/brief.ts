import { refuse, type Refusal } from '../errors.js';
import type { House } from '../house.js';
import type { CycleId, PersonId, ServiceId, StandardId, TeamId } from '../ids.js';
import type { DocumentKey } from '../ports.js';
import type { FindingKind } from '../reviews/figures.js';
import type { Instant, LocalDate, Month } from '../time.js';
import { tooLongInWords } from '../words.js';
import { identifiersIn, type Excused, type GateHit } from './channel-gate.js';
import type { Post } from './agenda-post.js';

/**
 * The learning brief of one service for one month (5; domain.md, "Learning loop"). The link reviewer
 * writes on it; only what they approved is ever posted.
 */
export type Brief = DraftedBrief | ApprovedBrief | HeldBackBrief;

export interface BriefFacts {
  readonly cycleId: CycleId;
  readonly month: Month;
  readonly serviceId: ServiceId;
  readonly about: BriefBase;
  /** The themes that the draft named: their charts mark when this brief was discussed. */
  readonly themes: readonly NamedTheme[];
  readonly draftedAt: Instant;
  /** The text on the desk; what is posted is the text that was approved. */
  readonly text: BriefText;
  /** Raised with every save, and carried by the card: a save from an older card is seen. */
  readonly saves: number;
  readonly excused: readonly Excuse[];
  /** What teams said last time, to come back with this brief. */
  readonly lastTime: readonly Commitment[];
}

export interface DraftedBrief extends BriefFacts {
  readonly state: 'drafted';
  /** When the link reviewer is reminded; none once they were. */
  readonly remindAt?: Instant;
  /** Posted in part already, then stopped by the identifier firewall: the rest waits for a mended text. */
  readonly posting?: Posting;
}

export interface ApprovedBrief extends BriefFacts {
  readonly state: 'approved';
  readonly posting: Posting;
}

export interface HeldBackBrief extends BriefFacts {
  readonly state: 'held-back';
  readonly reason: string;
  readonly heldBackBy: PersonId;
  readonly heldBackAt: Instant;
  readonly posting?: Posting;
}

/** What was approved, and where it has got to. */
export interface Posting {
  readonly text: BriefText;
  readonly excused: readonly Excuse[];
  readonly approvedBy: PersonId;
  readonly approvedAt: Instant;
  /** 1 for the first approval; raised each time a stopped brief is approved again. */
  readonly round: number;
  readonly posts: readonly Post[];
}

/** The reviews it rests on: those of the service, or of all when the service has too few to be shown. */
export type BriefBase =
  | { readonly is: 'service'; readonly of: number }
  | { readonly is: 'whole'; readonly of: number }
  | { readonly is: 'too-few' };

export interface NamedTheme {
  readonly standard: StandardId;
  readonly kind: FindingKind;
}

/** A false hit that the link reviewer let stand, and why. */
export interface Excuse extends Excused {
  readonly why: string;
  readonly by: PersonId;
  readonly at: Instant;
}

/** What a team recorded in its meeting (5.2). */
export interface Commitment {
  readonly teamId: TeamId;
  readonly discussedOn: LocalDate;
  readonly willChange: string;
  readonly howKnow: string;
  readonly byWhen: LocalDate;
}

export const briefParts = [
  'lookedAt',
  'workingWell',
  'needsToBeBetter',
  'doDifferently',
  'firstQuestion',
  'secondQuestion',
  'thirdQuestion',
] as const;
export type BriefPart = (typeof briefParts)[number];
export type BriefText = Readonly<Record<BriefPart, string>>;

/** Titles as the brief shows them; limits in characters, so that it stays one page. */
export const briefPartShape: Readonly<Record<BriefPart, { readonly title: string; readonly limit: number }>> =
  {
    lookedAt: { title: 'What we looked at', limit: 350 },
    workingWell: { title: 'What is working well', limit: 700 },
    needsToBeBetter: { title: 'What needs to be better', limit: 700 },
    doDifferently: { title: 'What to do differently', limit: 600 },
    firstQuestion: { title: 'First question', limit: 150 },
    secondQuestion: { title: 'Second question', limit: 150 },
    thirdQuestion: { title: 'Third question', limit: 150 },
  };

export const reasonLimit = 300;

export function briefKey(cycleId: CycleId, serviceId: ServiceId): DocumentKey<'brief'> {
  return { partition: cycleId, kind: 'brief', id: serviceId };
}

/** What a brief is in every state, without what belongs to one state alone. */
export function factsOf(brief: Brief): BriefFacts {
  const { cycleId, month, serviceId, about, themes, draftedAt, text, saves, excused, lastTime } = brief;
  return { cycleId, month, serviceId, about, themes, draftedAt, text, saves, excused, lastTime };
}

function postingOf({ posting }: Brief): { readonly posting?: Posting } {
  return posting === undefined ? {} : { posting };
}

export type BriefRefusal = Refusal<'not-open' | 'out-of-date' | 'mistakes' | 'hits'> & {
  readonly mistakes?: Partial<Record<BriefPart | 'reason', string>>;
};

/** What is on the desk can be edited, approved or held back; what is out, or put aside, cannot. */
function notOpen(brief: Brief): BriefRefusal | undefined {
  if (brief.state === 'drafted') return undefined;
  return refuse(
    'not-open',
    brief.state === 'approved'
      ? 'This brief was approved already. Nothing was changed.'
      : 'This brief was held back. Take it up again to change it.',
  );
}

export function editBrief(brief: Brief, text: BriefText, saves: number): DraftedBrief | BriefRefusal {
  const closed = notOpen(brief);
  if (closed !== undefined || brief.state !== 'drafted') return closed as BriefRefusal;
  if (saves !== brief.saves) {
    return refuse(
      'out-of-date',
      'The brief was changed since you opened this card. Nothing of yours was saved: compare, then save again.',
    );
  }
  const mistakes = mistakesIn(text);
  if (Object.keys(mistakes).length > 0)
    return {
      ...refuse('mistakes', 'Nothing was saved yet. Mend what is marked, then save again.'),
      mistakes,
    };
  return { ...brief, text, saves: brief.saves + 1 };
}

function mistakesIn(text: BriefText): Partial<Record<BriefPart, string>> {
  const mistakes: Partial<Record<BriefPart, string>> = {};
  for (const part of briefParts) {
    const { limit } = briefPartShape[part];
    if (text[part].trim() === '') mistakes[part] = 'Write something here: no part of the brief may be empty.';
    else if (text[part].length > limit)
      mistakes[part] = `${tooLongInWords(text[part], limit)} The brief is one page.`;
  }
  return mistakes;
}

/** A hit in the brief, and the part it stands in. */
export interface BriefHit extends GateHit {
  readonly part: BriefPart;
}

/** What the identifier firewall finds in the text on the desk that nobody has answered for. */
export function hitsIn(text: BriefText, house: House, excused: readonly Excused[]): BriefHit[] {
  return briefParts.flatMap((part) =>
    identifiersIn(text[part], house, excused).map((hit) => ({ ...hit, part })),
  );
}

export function excuseHits(
  brief: DraftedBrief,
  excuses: readonly (Excused & { readonly why: string })[],
  by: PersonId,
  at: Instant,
): DraftedBrief {
  const answered = excuses.map((one) => ({ ...one, by, at }));
  return { ...brief, excused: [...brief.excused, ...answered] };
}

export function holdBackBrief(
  brief: Brief,
  reason: string,
  by: PersonId,
  now: Instant,
): HeldBackBrief | BriefRefusal {
  const closed = notOpen(brief);
  if (closed !== undefined || brief.state !== 'drafted') return closed as BriefRefusal;
  const words = reason.trim();
  if (words === '' || words.length > reasonLimit) {
    const say = words === '' ? 'Say why it is held back.' : tooLongInWords(words, reasonLimit);
    return { ...refuse('mistakes', 'Nothing was changed yet.'), mistakes: { reason: say } };
  }
  return {
    ...factsOf(brief),
    ...postingOf(brief),
    state: 'held-back',
    reason: words,
    heldBackBy: by,
    heldBackAt: now,
  };
}

/** Held back too soon: back on the desk as it was. */
export function takeUpBrief(brief: Brief): DraftedBrief | BriefRefusal {
  if (brief.state !== 'held-back')
    return refuse('not-open', 'This brief is not held back. Nothing was changed.');
  return { ...factsOf(brief), ...postingOf(brief), state: 'drafted' };
}
