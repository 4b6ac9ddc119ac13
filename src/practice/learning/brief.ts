import type { CycleId, PersonId, ServiceId, StandardId, TeamId } from '../base/ids.js';
import type { DocumentKey } from '../plr/ports.js';
import type { FindingKind } from '../plr/answers.js';
import type { Instant, LocalDate, Month } from '../base/time.js';
import type { Excused } from '../firewall/channel-gate.js';
import type { Post } from './decide-post.js';

/**
 * The learning brief of one service for one month (docs/domain.md, 5.1). The link reviewer
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
  /** The text being worked on; what is posted is the text that was approved. */
  readonly text: BriefText;
  /** Raised with every save, and carried by the card: a save from an older card is seen. */
  readonly saves: number;
  readonly excused: readonly Excuse[];
  /** What teams said last time, to come back with this brief. */
  readonly lastTime: readonly Commitment[];
  /**
   * What was approved. A brief that was posted in part and then stopped has it too: the rest waits for a
   * corrected text.
   */
  readonly posting?: Posting;
}

export interface DraftedBrief extends BriefFacts {
  readonly state: 'drafted';
  /** When the link reviewer is reminded; none once they were. */
  readonly remindAt?: Instant;
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
}

/** What was approved, and how far posting it has got. */
export interface Posting {
  readonly text: BriefText;
  readonly excused: readonly Excuse[];
  readonly approvedBy: PersonId;
  readonly approvedAt: Instant;
  /** 1 for the first approval; raised each time a stopped brief is approved again, or meetings have moved. */
  readonly round: number;
  readonly posts: readonly Post[];
}

/**
 * The reviews on which it is based: those of the service, or of all services when this one has too few to be
 * shown.
 */
export type BriefBase =
  | { readonly is: 'service'; readonly of: number }
  | { readonly is: 'whole'; readonly of: number }
  | { readonly is: 'too-few' };

export interface NamedTheme {
  readonly standard: StandardId;
  readonly kind: FindingKind;
}

/** A false hit that the link reviewer allowed, and why. */
export interface Excuse extends Excused {
  readonly why: string;
  readonly by: PersonId;
  readonly at: Instant;
}

/** What a team recorded in its meeting (docs/domain.md, 5.2). */
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

export function briefKey(cycleId: CycleId, serviceId: ServiceId): DocumentKey<'brief'> {
  return { partition: cycleId, kind: 'brief', id: serviceId };
}

/** What a brief is in every state, without what belongs to one state alone. */
export function briefFacts(brief: Brief): BriefFacts {
  const { cycleId, month, serviceId, about, themes, draftedAt, text, saves, excused, lastTime, posting } =
    brief;
  return {
    cycleId,
    month,
    serviceId,
    about,
    themes,
    draftedAt,
    text,
    saves,
    excused,
    lastTime,
    ...(posting === undefined ? {} : { posting }),
  };
}
