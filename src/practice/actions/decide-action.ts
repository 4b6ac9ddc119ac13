import {
  type Action,
  type ActionDraft,
  type ActionFacts,
  type ActionStep,
  type InProgressAction,
  type OpenAction,
  type VerifiedAction,
  isOpenAction,
  isOwnWork,
  nothingTyped,
} from '../plr/action.js';
import type { Calendar } from '../base/stages.js';
import { nextReminder } from './stages.js';
import type { Instant, LocalDate } from '../base/time.js';
import type { PersonId, TeamId } from '../base/ids.js';
import { type Refusal, assertNever, refuse } from '../base/errors.js';

export type ActionUpdate =
  | { readonly to: 'to-do' | 'in-progress'; readonly typed: ActionDraft }
  | { readonly to: 'done'; readonly evidence: string; readonly difference: string }
  | { readonly to: 'cannot-be-done'; readonly why: string };

/**
 * The owner or the Team Manager says how it stands (docs/domain.md, 4.8). What is closed stays closed until QA
 * re-opens it.
 */
export function updateAction(
  action: Action,
  update: ActionUpdate,
  by: PersonId,
  now: Instant,
): Action | Refusal<'closed'> {
  if (!isOpenAction(action)) {
    return refuse('closed', 'This action is closed. The QA Service can re-open it. Nothing was changed.');
  }
  const step = { at: now, by };
  switch (update.to) {
    case 'to-do':
    case 'in-progress':
      return moved(action, update.to, update.typed, step);
    case 'done': {
      const { evidence, difference } = update;
      const facts = withStep(action, { ...step, is: 'done', evidence, difference });
      return { ...facts, state: 'done', evidence, difference, doneBy: by, doneAt: now };
    }
    case 'cannot-be-done': {
      const { why } = update;
      const facts = withStep(action, { ...step, is: 'cannot-be-done', why });
      return { ...facts, state: 'cannot-be-done', why, saidBy: by, saidAt: now };
    }
    default:
      return assertNever(update);
  }
}

/** The QA Service oversees (docs/domain.md, 4.8). Nobody verifies what they own, or said was done. */
export function verifyAction(
  action: Action,
  by: PersonId,
  now: Instant,
): VerifiedAction | Refusal<'not-done' | 'own-work'> {
  if (action.state !== 'done') {
    return refuse('not-done', 'This action is not waiting to be verified. Nothing was changed.');
  }
  if (isOwnWork(action, by)) {
    return refuse('own-work', 'Somebody else has to verify an action that is your own. Nothing was changed.');
  }
  const step: ActionStep = { at: now, by, is: 'verified' };
  return {
    ...action,
    ...raised(action, step),
    state: 'verified',
    verifiedBy: by,
    verifiedAt: now,
  };
}

/** The action is open again, with a reason that is kept, and a new date, since the old one may be long past. */
export function reopenAction(
  action: Action,
  { why, dueOn }: { readonly why: string; readonly dueOn: LocalDate },
  by: PersonId,
  now: Instant,
  calendar: Calendar,
): InProgressAction | Refusal<'not-closed'> {
  if (isOpenAction(action)) {
    return refuse('not-closed', 'Only an action that is closed can be re-opened. Nothing was changed.');
  }
  const typed: ActionDraft =
    action.state === 'cannot-be-done'
      ? { ...nothingTyped, why: action.why }
      : { evidence: action.evidence, difference: action.difference, why: '' };
  return {
    ...withStep(action, { at: now, by, is: 'reopened', why, dueOn }),
    state: 'in-progress',
    dueOn,
    typed,
    reopened: { why, by, at: now },
    ...nextReminder(dueOn, now, calendar),
  };
}

/** A worker leaves or the case moves: the same action gets another owner. */
export function reassignAction(
  action: OpenAction,
  to: { readonly ownerId: PersonId; readonly teamId: TeamId },
  now: Instant,
): OpenAction {
  const step: ActionStep = { at: now, by: 'system', is: 'reassigned', from: action.ownerId, to: to.ownerId };
  return { ...action, ...raised(action, step), ownerId: to.ownerId, teamId: to.teamId };
}

export function moved(
  action: OpenAction,
  to: 'to-do' | 'in-progress',
  typed: ActionDraft,
  step: { at: Instant; by: PersonId },
): OpenAction {
  const { version, history } =
    action.state === to
      ? { version: action.version + 1, history: action.history }
      : raised(action, { ...step, is: to === 'to-do' ? 'put-back' : 'started' });
  return { ...action, state: to, typed, version, history };
}

export function raised({ version, history }: ActionFacts, step: ActionStep) {
  return { version: version + 1, history: [...history, step] };
}

/** The facts alone, with one more step: what belonged to the former state is dropped. */
export function withStep(action: Action, step: ActionStep): ActionFacts {
  const { id, what, ownerId, ownerAs, teamId, dueOn, keepsChildSafe, origin, createdAt, cards } = action;
  return {
    id,
    what,
    ownerId,
    ownerAs,
    teamId,
    dueOn,
    keepsChildSafe,
    origin,
    createdAt,
    cards,
    ...raised(action, step),
  };
}
