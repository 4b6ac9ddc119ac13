import type { House } from '../house.js';
import type { CycleId, PlrRef } from '../ids.js';
import { plrKey, type Plr } from '../plr.js';
import type { Change, DocumentKey } from '../ports.js';
import { selfAssessmentKey } from '../reviews/self-assessment.js';
import type { CycleKind } from '../reviews/figures.js';
import type { LocalDate } from '../time.js';
import type { DrawnCase } from './draw.js';
import { assignedKey } from './issue-keys.js';
import { firstReminders } from './reminders.js';
import { whoseCompliance } from './whose-compliance.js';

export interface HandedOut extends DrawnCase {
  readonly ref: PlrRef;
  readonly cycleId: CycleId;
  readonly kind: CycleKind;
  readonly dueOn: LocalDate;
  readonly replaces?: PlrRef;
}

/** A new PLR, and the message that brings it to its manager. */
export function handOut(one: HandedOut, house: House): { key: DocumentKey; change: Change<Plr> } {
  const { reason, ...facts } = one;
  const key = plrKey(one.cycleId, one.ref);
  const state: Plr = {
    ...facts,
    ...whoseCompliance(one.managerId, house.organisation),
    issuedAt: house.now,
    draw: reason,
    review: { state: 'assigned' },
    actions: [],
    reminders: firstReminders(one.dueOn, house),
  };
  const message = {
    key: assignedKey(one.ref),
    to: { person: one.managerId },
    card: 'assignment',
    about: key,
    urgency: 'ordinary',
  } as const;
  const selfAssessment = {
    key: selfAssessmentKey(one.ref),
    to: { person: one.practitionerId },
    card: 'self-assessment',
    about: key,
    urgency: 'ordinary',
  } as const;
  return { key, change: { state, did: 'issued', messages: [message, selfAssessment] } };
}
