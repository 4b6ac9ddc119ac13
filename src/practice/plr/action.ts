import type { ActionId, PersonId, TeamId } from '../base/ids.js';
import type { Instant, LocalDate } from '../base/time.js';
import type { DueStage } from '../base/stages.js';

/**
 * A specific action with one owner and a due date, by its named state (docs/domain.md, 4.7, 4.8). Every step of
 * it is kept.
 */
export type Action = OpenAction | DoneAction | VerifiedAction | ImpossibleAction;
export type OpenAction = ToDoAction | InProgressAction;

export interface ActionFacts {
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
  readonly typed: ActionDraft;
  readonly reopened?: Reopened;
  readonly nextReminder?: DueStage<ActionStage>;
}

/** When an open action speaks up (`actions/action-stages.ts`). */
export type ActionStage = 'due-soon' | 'due-today' | 'overdue' | 'overdue-a-week' | 'overdue-two-weeks';

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

export interface ActionDraft {
  readonly evidence: string;
  readonly difference: string;
  readonly why: string;
}
export const nothingTyped: ActionDraft = { evidence: '', difference: '', why: '' };

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

export function isOpenAction(action: Action): action is OpenAction {
  return action.state === 'to-do' || action.state === 'in-progress';
}

export function isOwnWork({ ownerId, doneBy }: DoneAction, by: PersonId): boolean {
  return by === ownerId || by === doneBy;
}
