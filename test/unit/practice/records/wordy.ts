import type { ActionStep, ImpossibleAction, VerifiedAction } from '../../../../src/practice/plr/action.js';
import type { ClosedAlert, Statement } from '../../../../src/practice/plr/alert.js';
import { defaultLadder } from '../../../../src/practice/council/ladder.js';
import type { DecidedChange } from '../../../../src/practice/plr/change-of-plan.js';
import type { ActionId, PersonId, PlrRef, TeamId } from '../../../../src/practice/base/ids.js';
import type { SettledModeration } from '../../../../src/practice/plr/moderation.js';
import type { Plr } from '../../../../src/practice/plr/plr.js';
import type { SelfAssessment } from '../../../../src/practice/plr/self-assessment.js';
import { instant, localDate } from '../../../../src/practice/base/time.js';
import { aReview, sectionIds } from '../../../builders/a-plr.js';

export const word = 'Marker';
export const at = instant('2022-04-20T09:00:00Z');
export const by = 'birch-manager' as PersonId;

/** With nothing left out: a new field, even one that may be missing, must be given here. */
type Filled<T> = T extends string | number | boolean
  ? T
  : T extends readonly (infer One)[]
    ? readonly Filled<One>[]
    : { [Name in keyof T]-?: Filled<T[Name]> };
/** One of each kind. */
type OfEach<T extends { readonly is: string }> = { [Is in T['is']]: Filled<T & { readonly is: Is }> };

/** What of a PLR this file need not fill: the review is typed, the rest are ids, dates and counts. */
type WithoutWords =
  | 'shared'
  | 'ref'
  | 'cycleId'
  | 'kind'
  | 'managerId'
  | 'practitionerId'
  | 'teamId'
  | 'serviceId'
  | 'managerTeamId'
  | 'managerServiceId'
  | 'caseRef'
  | 'cohort'
  | 'issuedAt'
  | 'dueOn'
  | 'draw'
  | 'review'
  | 'qaCompletes'
  | 'reminders'
  | 'reroutes'
  | 'replaces'
  | 'replacedBy'
  | 'record'
  | 'hold';

const self = (text: string) => ({ text, savedAt: at, saves: 1 }) satisfies Filled<SelfAssessment>;

const change = {
  state: 'decided',
  number: 1,
  outcome: 'none',
  because: `${word} because`,
  decidedBy: by,
  decidedAt: at,
  asked: { state: 'asked', number: 1, wish: 'leave', reason: `${word} wish`, askedBy: by, askedAt: at },
} satisfies Filled<DecidedChange>;

const earlier = {
  acknowledgement: {
    is: 'acknowledgement',
    saidTo: 'qa-lead' as PersonId,
    by,
    at,
    safety: 'not-yet',
    details: `${word} earlier details`,
  },
  restatement: {
    is: 'restatement',
    saidTo: 'qa-lead' as PersonId,
    by,
    at,
    safety: 'not-yet',
    details: `${word} earlier restated`,
  },
  grip: { is: 'grip', by, at, direction: `${word} earlier direction` },
  'sent-back': { is: 'sent-back', by, at, reason: `${word} sent back` },
  closing: { is: 'closing', by, at, note: `${word} earlier note` },
  reopened: { is: 'reopened', by, at, reason: `${word} reopened` },
} satisfies OfEach<Statement>;

const alert = {
  state: 'closed',
  reasons: [{ because: 'immediate-concern', by, at, unconfirmedSince: at }],
  round: 1,
  roundFrom: 0,
  raisedAt: at,
  ladder: defaultLadder,
  timeline: [{ at, is: 'flagged', because: 'immediate-concern', by, byItself: true }],
  earlier: Object.values(earlier),
  acknowledgement: {
    is: 'acknowledgement',
    saidTo: 'qa-lead' as PersonId,
    by,
    at,
    safety: 'safe',
    details: `${word} details`,
  },
  restated: {
    is: 'restatement',
    saidTo: 'qa-lead' as PersonId,
    by,
    at,
    safety: 'safe',
    details: `${word} restated`,
  },
  grip: { is: 'grip', by, at, direction: `${word} direction` },
  closing: { is: 'closing', by, at, note: `${word} note` },
} satisfies Filled<ClosedAlert>;

const sections = sectionIds.map((section) => ({ section, grade: 'good' }) as const);

const moderation = {
  state: 'settled',
  ref: 'PLR-7K3M2Q' as PlrRef,
  drawnAt: at,
  dueOn: localDate('2022-05-06'),
  reason: { why: 'inadequate' },
  reassignments: [{ from: by, to: by, reason: `${word} handed on`, by, at }],
  reminders: [],
  moderatorId: by,
  chosen: { is: 'link-reviewer-of-service' },
  original: { sections, overall: 'good', by, at },
  moderated: {
    sections: sections.map((one) => ({ ...one, reason: `${word} ${one.section} moderated` })),
    overall: 'requires_improvement',
    reason: `${word} second`,
    by,
    at,
  },
  feedback: { confirmed: `${word} confirmed`, nextTime: `${word} next time`, at },
  disputed: { by, at, why: `${word} disputed` },
  settled: { by, at, grade: 'requires_improvement', reason: `${word} settled`, nobodyElse: true },
} satisfies Filled<SettledModeration>;

const dueOn = localDate('2022-05-06');
const steps = {
  created: { is: 'created', by, at },
  started: { is: 'started', by, at },
  'put-back': { is: 'put-back', by, at },
  reassigned: { is: 'reassigned', by, at, from: by, to: by },
  'cannot-be-done': { is: 'cannot-be-done', by, at, why: `${word} impossible` },
  reopened: { is: 'reopened', by, at, why: `${word} again`, dueOn },
  done: { is: 'done', by, at, evidence: `${word} evidence`, difference: `${word} difference` },
  verified: { is: 'verified', by, at },
} satisfies OfEach<ActionStep>;

const agreed = {
  id: 'PLR-7K3M2Q-1' as ActionId,
  what: `${word} actions.1.what`,
  ownerId: by,
  ownerAs: 'team-manager',
  teamId: 'birch' as TeamId,
  dueOn,
  keepsChildSafe: false,
  origin: 'review',
  createdAt: at,
  version: 9,
  cards: [],
} as const;

const verified = {
  ...agreed,
  history: [
    steps.created,
    steps.started,
    steps['put-back'],
    steps.reassigned,
    steps['cannot-be-done'],
    steps.reopened,
    { ...steps.done, evidence: `${word} first evidence`, difference: `${word} first difference` },
    { ...steps.reopened, why: `${word} once more` },
    steps.done,
    steps.verified,
  ],
  state: 'verified',
  evidence: steps.done.evidence,
  difference: steps.done.difference,
  doneBy: by,
  doneAt: at,
  verifiedBy: by,
  verifiedAt: at,
} satisfies Filled<VerifiedAction>;

const impossible = {
  ...agreed,
  id: 'PLR-7K3M2Q-2' as ActionId,
  what: `${word} actions.2.what`,
  history: [steps.created, steps['cannot-be-done']],
  state: 'cannot-be-done',
  why: steps['cannot-be-done'].why,
  saidBy: by,
  saidAt: at,
} satisfies Filled<ImpossibleAction>;

/** A returned PLR at its end, with a word of somebody's in every place where people write. */
export function wordy(facts: Partial<Plr> = {}): Plr {
  const typing = Object.fromEntries(
    sectionIds
      .flatMap((section) => [`${section}.working-well`, `${section}.to-improve`])
      .concat('together.part', 'family.what', 'overall.reason', 'actions.1.what')
      .map((field) => [field, `${word} ${field}`]),
  );
  const written = {
    selfAssessment: self(`${word} self`),
    fromLastModeration: `${word} last`,
    formerPractitioners: [{ practitionerId: by, selfAssessment: self(`${word} former self`) }],
    change,
    alert,
    begun: [
      { because: 'immediate-concern', by, since: at, save: 1, end: 'taken-back', endedAt: at, endedBy: by },
    ],
    moderation,
    actions: [verified, impossible],
  } satisfies { [Name in Exclude<keyof Plr, WithoutWords>]-?: Filled<Plr[Name]> };
  return aReview()
    .returned()
    .typing(typing)
    .withImmediateConcern(`${word} concern`)
    .with({ ...written, ...facts })
    .build();
}
