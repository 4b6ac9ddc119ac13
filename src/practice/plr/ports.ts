import type { Refusal } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { DrawPlan } from './draw-plan.js';
import type { CycleId, PersonId, PlrRef, TeamId } from '../base/ids.js';
import type { Organisation } from '../council/organisation.js';
import type { PlrFigures } from './figures.js';
import type { CardName, MessageReason, ReasonOf } from './message-reasons.js';
import type { Instant } from '../base/time.js';

/**
 * What the framework needs from the outside world, in its own words. `src/storage`, `src/delivery` and
 * `src/foundation.ts` provide it.
 */

/** Where a document lives: its partition (a cycle, or `council`), its kind, and its id within the kind. */
export interface DocumentKey<Kind extends string = string> {
  readonly partition: string;
  readonly kind: Kind;
  readonly id: string;
}

export type Recipient =
  | { readonly person: PersonId }
  | { readonly channel: 'alert' | 'meeting'; readonly team: TeamId }
  | { readonly channel: 'board' };

/** Alerts go before all else, then what answers a person, then the rest (docs/domain.md, 4.3). */
export type Urgency = 'alert' | 'answer' | 'ordinary';

/**
 * Something that somebody must be told. It is stored with the state that causes it, and rendered from the state
 * as it is when it is sent. Its card names the presenter that turns the document into one. The key makes a repeat impossible: name it after the fact it announces
 * (`assigned.PLR-7K3M2Q`), never after the attempt.
 */
export type Message = MessageFacts & MessageReason;
/** Of this card: with what it says of why it was sent. */
export type MessageOf<Card extends CardName> = MessageFacts & ReasonOf<Card>;

export interface MessageFacts {
  readonly key: string;
  readonly to: Recipient;
  readonly about: DocumentKey;
  readonly urgency: Urgency;
  /** The key of an earlier message to the same recipient: its card is redrawn in place, and no new message appears. */
  readonly redraws?: string;
  /** Not to be sent before this time (a brief before a meeting). Default: at once. */
  readonly notBefore?: Instant;
}

/** Who did what, for the append-only log: ids and verbs, never people's words. */
export interface LogEntry {
  readonly at: Instant;
  readonly by: PersonId | 'system' | 'operator';
  /** A verb in the past: `saved step risk`, `read`, `acknowledged alert`. */
  readonly did: string;
}

/** The whole effect of a decision on one document. It is saved in one transaction, or not at all. */
export interface Change<State> {
  readonly state: State;
  readonly did: string;
  readonly messages: readonly Message[];
}

/** Messages in one change: a transaction holds 100 rows, a message takes two, and the save itself needs some. */
export const maxMessages = 45;

/** What each kind of document defines, so that one store serves them all. */
export interface DocumentKind<State, Kind extends string = string> {
  readonly kind: Kind;
  /** Raised when the shape changes; `upgrade` brings older rows up to it. */
  readonly schemaVersion: number;
  upgrade?(old: unknown, fromVersion: number): State;
  /** What follows is registered where the product is wired: storage refuses to save one of it that is not. */
  readonly behaves?: 'as registered';
  /** The next time at which something is due by itself; undefined when nothing is. Pure. */
  dueAt?(state: State): Instant | undefined;
  /** What is due at `now`: a pure function of the state, the time and what the council’s context knows. */
  whenDue?(state: State, now: Instant, council: CouncilContext): Change<State> | undefined;
  /**
   * Told how a message ended, before the end is recorded, and of each attempt that was refused. A crash in between
   * repeats the call, so the second time it must change nothing. This is how an alert that is refused climbs at once.
   */
  whenEnded?(state: State, ended: Ended, council: CouncilContext): Change<State> | undefined;
  /** The cards whose end `whenEnded` is told of. Default: all. */
  readonly endsOf?: readonly CardName[];
  /**
   * The anonymous figures kept beside the state on its row, days as people in `timeZone` see them; they outlive
   * the purge.
   */
  figures?(state: State, timeZone: string): unknown;
  /**
   * What is open of it, without anything that anyone wrote, for the standing view over all cycles; undefined when
   * nothing is. By the state alone: what depends on the day or the roster is decided when it is read
   * (docs/decisions/0017).
   */
  open?(state: State): object | undefined;
}

export interface Ended {
  readonly message: Message;
  /**
   * `refused` is no end: the message did not reach them, it is tried again, and `delivered` may follow. `setAside`: it
   * failed too often, or the identifier firewall stopped it.
   */
  readonly as: 'delivered' | 'refused' | 'undeliverable' | 'setAside';
  readonly reason: string;
}

export interface Documents {
  read<State>(kind: DocumentKind<State>, key: DocumentKey): Promise<State | undefined>;
  /** All documents of a kind in a partition. */
  list<State>(kind: DocumentKind<State>, partition: string): Promise<State[]>;
  /** The figures alone, without the narratives: what counts and reports read. */
  listFigures<Figures>(kind: DocumentKind<unknown>, partition: string): Promise<Figures[]>;
  /** Creates the document with its messages; false when it exists already, and then nothing is changed. */
  create<State>(
    kind: DocumentKind<State>,
    key: DocumentKey,
    change: Change<State>,
    by: LogEntry['by'],
  ): Promise<boolean>;
  /**
   * Creates many documents of one kind in one partition, in a few transactions of up to 100 rows. Those that
   * exist are left alone.
   */
  createAll<State>(
    kind: DocumentKind<State>,
    entries: readonly { readonly key: DocumentKey; readonly change: Change<State> }[],
    by: LogEntry['by'],
  ): Promise<{ created: number; existing: number }>;
  /**
   * Loads, decides and saves in at most two round trips. On a version conflict it decides again, a few times: the
   * outcome is that of the decision that was saved. A refusal is never based on a remembered state: it is decided
   * on a fresh read.
   */
  change<State, Outcome extends Change<State> | Refusal>(
    kind: DocumentKind<State>,
    key: DocumentKey,
    by: LogEntry['by'],
    decide: (state: State) => Outcome,
  ): Promise<Changed<State, Outcome> | Unchanged<State, Outcome> | Missing>;
}

/** The part of `Documents` that puts what somebody was shown on the log. */
export interface ReadLog {
  /**
   * Adds a link to the log of each document: one conditional write for up to 49 of a partition. A document
   * that is not there is passed over.
   */
  noteRead(
    kind: DocumentKind<unknown>,
    keys: readonly DocumentKey[],
    by: LogEntry['by'],
    did: string,
  ): Promise<void>;
}

/** What was saved. A decision may say more than what is saved of it, for whoever draws the answer. */
export interface Changed<State, Outcome> {
  readonly before: State;
  readonly after: State;
  readonly outcome: Outcome;
}

/** The decision refused, on the document as it is. */
export interface Unchanged<State, Outcome> extends Refusal {
  readonly before: State;
  readonly outcome: Outcome;
}

/** There is no such document. To the person, it looks the same as one that is not theirs. */
export interface Missing extends Refusal<'missing'> {
  readonly refused: 'missing';
}

/** The partitions there are: a cycle each, and `council`. */
export interface Partitions {
  /** Those that still have something due or unsent, newest first. */
  active(): Promise<string[]>;
  /** All there ever were, newest first. */
  all(): Promise<string[]>;
  activate(partition: string): Promise<void>;
  /** Takes a partition out of the sweep. False, and it stays in the sweep, while anything is due or unsent there. */
  settle(partition: string): Promise<boolean>;
}

/** What is open of a document, as its kind says. */
export interface OpenDocument {
  readonly key: DocumentKey;
  readonly open: unknown;
}

/** A message that reached nobody. */
export interface LostMessage extends LedgerLine {
  readonly document: DocumentKey;
  readonly urgent: boolean;
}

export interface OpenRows {
  readonly documents: readonly OpenDocument[];
  readonly lost: readonly LostMessage[];
}

/** What is open in all cycles, however long ago (docs/decisions/0017). */
export interface Standing {
  /** Cost: one range of rows for each partition in the sweep, and one row for each open thing. */
  read(): Promise<OpenRows>;
  /** Makes the rows of a partition again from its documents, where they differ. Cost: its documents. */
  mend(partition: string): Promise<void>;
  /** Partitions whose rows were made by the rule of an older version. */
  toMend(): Promise<string[]>;
}

/** The draw of each cycle, kept whole: what `plr cycle explain` shows and the 12-month memory reads. */
export interface Plans {
  read(cycleId: CycleId): Promise<DrawPlan | undefined>;
  /**
   * Keeps the plan if there is none yet, and returns the one that is kept, so that two processes issue the same
   * draw.
   */
  keep(plan: DrawPlan): Promise<DrawPlan>;
}

/** PLRs from before the bot, out of a council's spreadsheet: figures only, a whole month at a time. */
export interface History {
  read(cycleId: CycleId): Promise<readonly PlrFigures[]>;
  /** Replaces what was kept for this month. */
  keep(cycleId: CycleId, figures: readonly PlrFigures[]): Promise<void>;
}

export interface References {
  /** Reserves references for an owner each; returns those that belong to another already. */
  reserve(cycleId: CycleId, wanted: ReadonlyMap<PlrRef, string>): Promise<PlrRef[]>;
  cycleOf(ref: PlrRef): Promise<CycleId | undefined>;
}

/** One message's line in the delivery ledger, by its named state, as `plr deliveries` shows it. */
export interface LedgerLine {
  readonly key: string;
  readonly to: Recipient;
  readonly card: string;
  /** The id of the document it is about: a PLR's reference. */
  readonly about: string;
  readonly state: MessageState;
  readonly reason: string;
  /** It was refused before, and waits to be tried again. */
  readonly refused?: boolean;
  readonly at: Instant;
}

/** Whether it has not come to whom it was for: it ended so, or they did not let it through so far. */
export function isUndelivered({ state, refused }: Pick<LedgerLine, 'state' | 'refused'>): boolean {
  if (state === 'undeliverable' || state === 'setAside') return true;
  return refused === true && (state === 'queued' || state === 'sending');
}

export type MessageState = 'queued' | 'sending' | 'delivered' | 'undeliverable' | 'superseded' | 'setAside';

export interface Ledger {
  /** The messages of a partition whose key begins with `keyPrefix`, such as `assigned.`. */
  lines(partition: string, keyPrefix: string): Promise<readonly LedgerLine[]>;
}

/** What every turn and tick may reach. */
export interface Services {
  readonly documents: Documents;
  readonly partitions: Partitions;
  readonly plans: Plans;
  readonly history: History;
  readonly references: References;
  readonly ledger: Ledger;
  readonly standing: Standing;
  /** A roster as it was at an earlier import. */
  readonly rosterVersion: (version: number) => Promise<Organisation>;
  /** Removes the rosters that were replaced before that time; the current one and `except` stay. */
  readonly forgetRosters: (replacedBefore: Instant, except: readonly number[]) => Promise<void>;
  /** A new unguessable seed. */
  readonly newSeed: () => string;
}
