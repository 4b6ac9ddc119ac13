import type { AlertReason } from './alert-reason.js';
import type { PersonId } from '../base/ids.js';
import type { AlertStep } from './message-reasons.js';
import type { Recipient } from './ports.js';
import { addHours, type Instant } from '../base/time.js';
import { rungIds, type Ladder, type RungId } from '../council/ladder.js';

/**
 * What an Inadequate grade or an immediate concern sets off (docs/domain.md, 4.3). Raised until somebody states
 * the child's safety, then acknowledged until the Team Manager has recorded management grip, then gripped until
 * the QA lead closes it. Nothing else ends it, and every open state has a time at which something follows.
 */
export type Alert = RaisedAlert | AcknowledgedAlert | GrippedAlert | ClosedAlert;
export type OpenAlert = Exclude<Alert, ClosedAlert>;

export interface AlertFacts {
  /** In the order in which they were flagged. A reason comes again only when it raised the alert afresh. */
  readonly reasons: readonly Flag[];
  /** 1 at first, and one more each time a new danger raises it afresh. */
  readonly round: number;
  /** Where this round begins in the timeline. */
  readonly roundFrom: number;
  /** The start of this round's clock: when it was confirmed, or the half hour after which it went out by itself was over. */
  readonly raisedAt: Instant;
  readonly ladder: Ladder;
  /** What happened, in order: ids and states, never people's words. Only ever added to. */
  readonly timeline: readonly TimelineEntry[];
  /** Statements that a later one has replaced: nothing that was written is lost. */
  readonly earlier: readonly Statement[];
}

export interface Flag {
  readonly because: AlertReason;
  readonly by: PersonId;
  readonly at: Instant;
  /** When it was entered, if it was never confirmed and went out by itself. */
  readonly unconfirmedSince?: Instant;
}

export interface RaisedAlert extends AlertFacts {
  readonly state: 'raised';
}

interface AnsweredAlert extends AlertFacts {
  readonly acknowledgement: Acknowledgement;
  /** What was last said about the child's safety since then, if anything. */
  readonly restated?: Restatement;
}

export interface AcknowledgedAlert extends AnsweredAlert {
  readonly state: 'acknowledged';
  /** The QA lead's reason, when the grip was not enough or the alert was re-opened. */
  readonly back?: Back;
}

export interface GrippedAlert extends AnsweredAlert {
  readonly state: 'gripped';
  readonly grip: Grip;
}

export interface ClosedAlert extends AnsweredAlert {
  readonly state: 'closed';
  readonly grip: Grip;
  readonly closing: Closing;
}

export type Statement = Acknowledgement | Restatement | Grip | Back | Closing;

export const safeties = ['safe', 'made-safe', 'not-yet'] as const;
export type Safety = (typeof safeties)[number];

/** The reviewer has changed the words of the concern, or says now that there is none. */
export type ConcernNews = 'reworded' | 'denied';

/** `told`: they know of it now, and nothing was said of the child's safety. */
export const callAnswers = [...safeties, 'told', 'no-answer'] as const;
export type CallAnswer = (typeof callAnswers)[number];

interface Said<Is extends string> {
  readonly is: Is;
  readonly by: PersonId;
  readonly at: Instant;
}

/** Said on the telephone to this QA lead, who entered it: `by` said it, `at` that time. */
interface ByTelephone {
  readonly saidTo?: PersonId;
}

/** `details`: who made the child safe and how, or what is being done. Needed unless the child was safe. */
export interface Acknowledgement extends Said<'acknowledgement'>, ByTelephone {
  readonly safety: Safety;
  readonly details: string;
}

/** Whether the child is safe may be stated again until the alert is closed, each time with a note. */
export interface Restatement extends Said<'restatement'>, ByTelephone {
  readonly safety: Safety;
  readonly details: string;
}

/** The recorded management direction that makes the child safe; its actions are among the PLR's. */
export interface Grip extends Said<'grip'> {
  readonly direction: string;
}

export interface Back extends Said<'sent-back' | 'reopened'> {
  readonly reason: string;
}

export interface Closing extends Said<'closing'> {
  readonly note: string;
}

/** The part in which somebody was told. */
export type Addressee = Actor | (typeof onlookers)[number];
/** Those who must act on it; the others only look on. */
export type Actor = 'practitioner' | ManagerPart;
/** Who may record management grip, lowest first. */
export const managerParts = ['team-manager', ...rungIds] as const;
export type ManagerPart = (typeof managerParts)[number];
const onlookers = ['qa-lead', 'channel', 'raiser'] as const;

export function mustAct(as: Addressee): as is Actor {
  return !(onlookers as readonly Addressee[]).includes(as);
}

export type TimelineEntry = { readonly at: Instant } & Happened;

export type Happened =
  | {
      readonly is: 'flagged';
      readonly because: AlertReason;
      readonly by: PersonId;
      /** It was never confirmed, and went out by itself. */
      readonly byItself?: true;
    }
  | { readonly is: 'saved' }
  | {
      readonly is: 'sent';
      readonly key: string;
      readonly step: AlertStep;
      readonly to: Recipient;
      readonly as: Addressee;
    }
  | { readonly is: 'delivered'; readonly key: string }
  | { readonly is: 'undeliverable'; readonly key: string; readonly reason: string }
  | { readonly is: 'away'; readonly as: Actor; readonly person: PersonId }
  | { readonly is: 'climbed'; readonly rung: RungId; readonly why: WhyClimbed }
  | { readonly is: 'nobody-left' }
  /** Those who oversee it were told that it had reached nobody who must act since then. */
  | { readonly is: 'unheard'; readonly since: Instant }
  /** The moment at which the time ran out, however late that was noticed. */
  | { readonly is: 'breached'; readonly ranOutAt: Instant }
  | { readonly is: 'reminded' }
  | { readonly is: ConcernNews; readonly by: PersonId }
  /** A telephone call, entered by a QA lead after it was made. */
  | {
      readonly is: 'rang';
      readonly by: PersonId;
      readonly as: Actor;
      readonly person: PersonId;
      readonly rangAt: Instant;
      readonly answer: CallAnswer;
    }
  | { readonly is: 'acknowledged' | 'safety-restated'; readonly by: PersonId; readonly safety: Safety }
  | { readonly is: 'grip-recorded' | 'sent-back' | 'closed' | 'reopened'; readonly by: PersonId };

export type WhyClimbed = 'time' | 'away' | 'undeliverable';
type Kind = Happened['is'];
type Of<Is extends Kind> = TimelineEntry & { readonly is: Is };
export type Sent = Of<'sent'>;

export function withEntries<A extends AlertFacts>(alert: A, at: Instant, ...happened: Happened[]): A {
  return { ...alert, timeline: [...alert.timeline, ...happened.map((one) => ({ at, ...one }))] };
}

/** What has happened since the clock last started, of these kinds. */
export function inThisRound<Is extends Kind>(alert: AlertFacts, ...kinds: readonly Is[]): Of<Is>[] {
  return entries({ ...alert, timeline: alert.timeline.slice(alert.roundFrom) }, ...kinds);
}

/** The rungs it has climbed to in this round, in their order. */
export function climbedTo(alert: AlertFacts): RungId[] {
  return inThisRound(alert, 'climbed').map(({ rung }) => rung);
}

export function entries<Is extends Kind>(
  { timeline }: Pick<AlertFacts, 'timeline'>,
  ...kinds: readonly Is[]
): Of<Is>[] {
  return timeline.filter((entry): entry is Of<Is> => (kinds as readonly Kind[]).includes(entry.is));
}

/** After each of these, management grip is somebody's next step. */
export const turns = ['acknowledged', 'sent-back', 'reopened'] as const;

const said = [
  ...['flagged', 'reworded', 'denied', ...turns],
  ...['safety-restated', 'grip-recorded', 'closed'],
] as const satisfies readonly Kind[];

/**
 * How much people have said about it so far: a card that was drawn before the last of it can no longer be
 * answered.
 */
export function saidSoFar(alert: AlertFacts): number {
  return entries(alert, ...said).length;
}

export function breachTime({ raisedAt, ladder }: AlertFacts): Instant {
  return addHours(raisedAt, ladder.breachAfterHours);
}

/**
 * The times that it was not acknowledged in time, in any round. What was said in time on the telephone, and entered
 * after the time had run out, is no breach.
 */
export function breaches(alert: Pick<AlertFacts, 'timeline'>): Of<'breached'>[] {
  const said = entries(alert, 'rang').filter(({ answer }) => safeties.some((one) => one === answer));
  return entries(alert, 'breached').filter(
    ({ at, ranOutAt }) => !said.some((call) => call.at >= at && call.rangAt <= ranOutAt),
  );
}

/** In this round. */
export function isBreached({ timeline, roundFrom }: AlertFacts): boolean {
  return breaches({ timeline: timeline.slice(roundFrom) }).length > 0;
}

/** What was last stated about the child's safety. */
export function lastStated(alert: Exclude<Alert, RaisedAlert>): Acknowledgement | Restatement {
  return alert.restated ?? alert.acknowledgement;
}

/** By the last statement; management grip alone does not change it. */
export function isNotYetSafe(alert: Alert): boolean {
  return alert.state !== 'raised' && alert.state !== 'closed' && lastStated(alert).safety === 'not-yet';
}
