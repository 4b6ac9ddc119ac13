import type { CouncilContext } from '../council/council-context.js';
import type { CycleId, PersonId, PlrRef } from '../base/ids.js';
import { plrKey, type Plr } from '../plr/plr.js';
import type { PlainCard } from '../plr/names.js';
import type { Change, DocumentKey, Message } from '../plr/ports.js';
import type { CycleKind } from '../plr/cycle-kind.js';
import { selfAssessmentKey } from '../plr/self-assessment.js';
import type { LocalDate } from '../base/time.js';
import type { DrawnCase } from '../plr/draw-plan.js';
import { assignedKey } from '../plr/issue-keys.js';
import { firstReminders } from './reminders.js';
import { whoseCompliance } from '../plr/whose-compliance.js';

export interface HandedOut extends DrawnCase {
  readonly ref: PlrRef;
  readonly cycleId: CycleId;
  readonly kind: CycleKind;
  readonly dueOn: LocalDate;
  readonly replaces?: PlrRef;
  /** What the last moderation said to look at next time. */
  readonly fromLastModeration?: string;
}

/** A new PLR, and the messages that bring it to its manager and to the practitioner whose work it is. */
export function handOut(one: HandedOut, council: CouncilContext): { key: DocumentKey; change: Change<Plr> } {
  const { reason, ...facts } = one;
  const key = plrKey(one.cycleId, one.ref);
  const state: Plr = {
    ...facts,
    ...whoseCompliance(one.managerId, council.organisation),
    issuedAt: council.now,
    draw: reason,
    review: { state: 'assigned' },
    actions: [],
    reminders: firstReminders(one.dueOn, council),
  };
  const told = (messageKey: string, person: PersonId, card: PlainCard): Message => ({
    key: messageKey,
    to: { person },
    card,
    about: key,
    urgency: 'ordinary',
  });
  const messages = [
    told(assignedKey(one.ref), one.managerId, 'assignment'),
    told(selfAssessmentKey(one.ref), one.practitionerId, 'self-assessment'),
  ];
  return { key, change: { state, did: 'issued', messages } };
}
