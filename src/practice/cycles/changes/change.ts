import { refuse, type Refusal } from '../../base/errors.js';
import type { CouncilContext } from '../../council/council-context.js';
import type { PersonId, PlrRef } from '../../base/ids.js';
import { qaLeads } from '../../council/staff.js';
import { isOpen, plrKey, type OpenPlr, type Plr } from '../../plr/plr.js';
import type { Change, Message } from '../../plr/ports.js';
import { retainedUntil } from '../../plr/record.js';
import type { ClosedReview } from '../../plr/review.js';
import { selfAssessmentKey } from '../../plr/self-assessment.js';
import { assignedKey } from '../../plr/issue-keys.js';
import { remindersAnew } from '../reminders.js';
import {
  outcomes,
  type AskedChange,
  type DecidedChange,
  type Outcome,
  type Wish,
} from '../../plr/change-of-plan.js';

/** The number of the change that is asked for now, or that would come next. */
export function changeNumber({ change }: Plr): number {
  if (change === undefined) return 1;
  return change.state === 'asked' ? change.number : change.number + 1;
}

const changeKeys = {
  asked: (ref: PlrRef, number: number, qaLead: PersonId) => `change.${ref}.${number}.asked.${qaLead}`,
  decided: (ref: PlrRef, number: number, qaLead: PersonId) => `change.${ref}.${number}.decided.${qaLead}`,
  told: (ref: PlrRef, number: number) => `change.${ref}.${number}.told`,
  redrawn: (ref: PlrRef, number: number) => `change.${ref}.${number}.assigned`,
};

export function askForChange(
  plr: Plr,
  wish: Wish,
  reason: string,
  by: PersonId,
  council: CouncilContext,
): Change<Plr> | Refusal<'not-open' | 'asked-already'> {
  if (!isOpen(plr)) return notOpen(plr);
  if (plr.change?.state === 'asked')
    return refuse('asked-already', 'You have asked already. The QA Service has not decided yet.');
  const number = changeNumber(plr);
  const change: AskedChange = { state: 'asked', number, wish, reason, askedBy: by, askedAt: council.now };
  return {
    state: { ...plr, change },
    did: `asked for a change: ${wish}`,
    messages: qaLeads(council).map((person) => ({
      key: changeKeys.asked(plr.ref, number, person),
      to: { person },
      card: 'change-asked',
      about: plrKey(plr.cycleId, plr.ref),
      urgency: 'ordinary',
    })),
  };
}

export interface Decision {
  readonly number: number;
  readonly outcome: Outcome;
  readonly because: string;
  readonly by: PersonId;
  /** The PLR that takes its place; for a re-draw only. */
  readonly replacedBy?: PlrRef;
}

export function decideChange(
  plr: Plr,
  decision: Decision,
  council: CouncilContext,
): Change<Plr> | Refusal<'not-open' | 'decided-already'> {
  if (decision.number !== changeNumber(plr))
    return refuse('decided-already', 'This was decided already: the card shows how. Nothing was changed.');
  if (!isOpen(plr)) return notOpen(plr);
  const { number, outcome, because, by } = decision;
  const change: DecidedChange = {
    state: 'decided',
    number,
    ...(plr.change?.state === 'asked' ? { asked: plr.change } : {}),
    outcome,
    because,
    decidedBy: by,
    decidedAt: council.now,
  };
  return {
    state: { ...plr, change, ...effectOf(plr, decision, council) },
    did: `decided a change: ${outcome}`,
    messages: decisionMessages(plr, change, council),
  };
}

function effectOf(
  plr: OpenPlr,
  { outcome, because, by, replacedBy }: Decision,
  council: CouncilContext,
): Partial<Plr> {
  const { does, why } = outcomes[outcome];
  switch (does) {
    case 'nothing':
      return {};
    case 'qa-completes':
      return { qaCompletes: { decidedBy: by, at: council.now }, reminders: remindersAnew(plr, council) };
    case 'exempt':
    case 'redrawn':
    case 'withdrawn': {
      // What had been written is kept: it may be what set off an alert that is still open.
      const draft = plr.review.state === 'draft' ? { draft: plr.review } : {};
      const review: ClosedReview = {
        state: does,
        why,
        reason: because,
        approvedBy: by,
        at: council.now,
        purgeAt: retainedUntil(council.now, council.retentionDays),
        ...draft,
      };
      return { review, ...(replacedBy === undefined ? {} : { replacedBy }) };
    }
  }
}

/** The manager is told; the cards that they and the QA leads have are redrawn to show what was decided. */
function decisionMessages(plr: OpenPlr, change: DecidedChange, council: CouncilContext): Message[] {
  const { ref, cycleId, managerId, practitionerId, reroutes } = plr;
  const { number, outcome, asked, decidedBy } = change;
  const about = { about: plrKey(cycleId, ref), urgency: 'ordinary' } as const;
  const manager = { to: { person: managerId }, card: 'change-told', ...about } as const;
  const told: Message = { key: changeKeys.told(ref, number), ...manager };
  const redrawn: Message = { key: changeKeys.redrawn(ref, number), ...manager, redraws: assignedKey(ref) };
  const others =
    asked === undefined
      ? []
      : qaLeads(council).map((person): Message => ({
          key: changeKeys.decided(ref, number, person),
          to: { person },
          card: 'change-asked',
          redraws: changeKeys.asked(ref, number, person),
          ...about,
        }));
  const completes: Message = {
    key: `qa-completes.${ref}.${number}`,
    to: { person: decidedBy },
    card: 'assignment',
    ...about,
  };
  const { does } = outcomes[outcome];
  const ends = does === 'exempt' || does === 'redrawn' || does === 'withdrawn';
  const practitioner: Message = {
    key: `self-assessment-closed.${ref}`,
    to: { person: practitionerId },
    card: 'self-assessment',
    redraws: selfAssessmentKey(ref, reroutes),
    ...about,
  };
  return [
    told,
    ...(ends ? [practitioner] : []),
    ...(outcome === 'none' ? [] : [redrawn]),
    ...(outcome === 'qa' ? [completes] : []),
    ...others,
  ];
}

const whyNotOpen: Partial<Readonly<Record<Plr['review']['state'], string>>> = {
  returned: 'This review has been returned: it can no longer be exempted, drawn again or withdrawn.',
  'not-returned': 'This review was not returned, and its cycle has closed. Open the cycle again first.',
};

function notOpen({ review }: Plr): Refusal<'not-open'> {
  const why = whyNotOpen[review.state] ?? 'This review is closed already.';
  return refuse('not-open', `${why} Nothing was changed.`);
}
