import { assertNever, refuse, type Refusal } from '../base/errors.js';
import type { ActionId, PersonId, TeamId } from '../base/ids.js';
import type { Instant, LocalDate } from '../base/time.js';
import { nextReminder, type Calendar, type DueReminder } from '../actions/reminder-stages.js';

/**
 * A specific action with one owner and a due date, by its named state (docs/domain.md, 4.7, 4.8). Every step of
 * it is kept.
 */
export type Action = OpenAction | DoneAction | VerifiedAction | ImpossibleAction;
export type OpenAction = ToDoAction | InProgressAction;

interface ActionFacts {
  /** `PLR-7K3M2Q-1`: the PLR's reference and a number, so that a spreadsheet and a card say the same. */
  readonly id: ActionId;
  readonly what: string;
  readonly ownerId: PersonId;
  /** What the owner is to the case. Who that is changes with the roster (owners.ts). */
  readonly ownerAs: OwnerRole;
  /** The team that has the case now: its manager may update the action. */
  readonly teamId: TeamId;
  readonly dueOn: LocalDate;
  readonly keepsChildSafe: boolean;
  readonly origin: 'review' | 'management-grip';
  readonly createdAt: Instant;
  /** Raised with every save and carried by the card, so that a save from an older card is seen. */
  readonly version: number;
  readonly history: readonly ActionStep[];
  /** The one card of this action that each person has: redrawn when the action changes. */
  readonly cards: readonly { readonly to: PersonId; readonly key: string }[];
}

interface OpenFacts extends ActionFacts {
  /** What was typed but is not needed yet: nothing typed is ever lost. */
  readonly typed: Typed;
  readonly reopened?: Reopened;
  readonly nextReminder?: DueReminder;
}

export interface ToDoAction extends OpenFacts {
  readonly state: 'to-do';
}

export interface InProgressAction extends OpenFacts {
  readonly state: 'in-progress';
}

export interface DoneAction extends ActionFacts {
  readonly state: 'done';
  readonly evidence: string;
  readonly difference: string;
  readonly doneBy: PersonId;
  readonly doneAt: Instant;
}

export interface VerifiedAction extends Omit<DoneAction, 'state'> {
  readonly state: 'verified';
  readonly verifiedBy: PersonId;
  readonly verifiedAt: Instant;
}

export interface ImpossibleAction extends ActionFacts {
  readonly state: 'cannot-be-done';
  readonly why: string;
  readonly saidBy: PersonId;
  readonly saidAt: Instant;
}

export type OwnerRole = 'practitioner' | 'team-manager';

export interface Typed {
  readonly evidence: string;
  readonly difference: string;
  readonly why: string;
}
export const nothingTyped: Typed = { evidence: '', difference: '', why: '' };

export interface Reopened {
  readonly why: string;
  readonly by: PersonId;
  readonly at: Instant;
}

/** One step in the life of an action, with the words that went with it. */
export type ActionStep = { readonly at: Instant; readonly by: PersonId | 'system' } & (
  | { readonly is: 'created' | 'started' | 'put-back' | 'verified' }
  | { readonly is: 'done'; readonly evidence: string; readonly difference: string }
  | { readonly is: 'cannot-be-done'; readonly why: string }
  | { readonly is: 'reopened'; readonly why: string; readonly dueOn: LocalDate }
  | { readonly is: 'reassigned'; readonly from: PersonId; readonly to: PersonId }
);

export type ActionUpdate =
  | { readonly to: 'to-do' | 'in-progress'; readonly typed: Typed }
  | { readonly to: 'done'; readonly evidence: string; readonly difference: string }
  | { readonly to: 'cannot-be-done'; readonly why: string };

export function isOpen(action: Action): action is OpenAction {
  return action.state === 'to-do' || action.state === 'in-progress';
}

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
  if (!isOpen(action)) {
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

export function isOwnWork({ ownerId, doneBy }: DoneAction, by: PersonId): boolean {
  return by === ownerId || by === doneBy;
}

/** The action is open again, with a reason that is kept, and a new date, since the old one may be long past. */
export function reopenAction(
  action: Action,
  { why, dueOn }: { readonly why: string; readonly dueOn: LocalDate },
  by: PersonId,
  now: Instant,
  calendar: Calendar,
): InProgressAction | Refusal<'not-closed'> {
  if (isOpen(action)) {
    return refuse('not-closed', 'Only an action that is closed can be re-opened. Nothing was changed.');
  }
  const typed: Typed =
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

function moved(
  action: OpenAction,
  to: 'to-do' | 'in-progress',
  typed: Typed,
  step: { at: Instant; by: PersonId },
): OpenAction {
  const { version, history } =
    action.state === to
      ? { version: action.version + 1, history: action.history }
      : raised(action, { ...step, is: to === 'to-do' ? 'put-back' : 'started' });
  return { ...action, state: to, typed, version, history };
}

function raised({ version, history }: ActionFacts, step: ActionStep) {
  return { version: version + 1, history: [...history, step] };
}

/** The facts alone, with one more step: what belonged to the former state is dropped. */
function withStep(action: Action, step: ActionStep): ActionFacts {
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
