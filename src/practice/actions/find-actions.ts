import { figuresInHand } from '../plr/figures-in-hand.js';
import type { CouncilContext } from '../council/council-context.js';
import type { ActionId, CycleId, PersonId, PlrRef, ServiceId, TeamId } from '../base/ids.js';
import type { SecondGrade } from '../plr/grades-blind.js';
import type { Services } from '../plr/ports.js';
import type { PlrFigures } from '../plr/figures.js';
import type { LocalDate } from '../base/time.js';
import type { Action } from '../plr/action.js';
import type { Selection } from './read-list.js';
import { rag } from './rag.js';

/** An action as the figures have it: enough to list, filter and count it, without anything that anyone wrote. */
export interface ActionLine {
  readonly id: ActionId;
  readonly cycleId: CycleId;
  readonly ref: PlrRef;
  readonly state: Action['state'];
  readonly dueOn: LocalDate;
  readonly ownerId: PersonId;
  readonly teamId: TeamId;
  readonly serviceId: ServiceId;
  readonly keepsChildSafe: boolean;
  readonly origin: Action['origin'];
  readonly plr: SecondGrade;
}

/**
 * Every action of the cycles that still have something due: one listing of figures for each, no narrative. None
 * that waits for somebody is missed, because a cycle is settled only once each of its actions is verified or
 * cannot be done.
 */
export async function findActions(
  services: Pick<Services, 'documents' | 'partitions'>,
): Promise<ActionLine[]> {
  return (await figuresInHand(services)).flatMap(actionLinesOf);
}

export function actionLinesOf(plr: PlrFigures): ActionLine[] {
  const { cycleId, ref, serviceId } = plr;
  return plr.actions.flatMap(
    ({ id, ownerId, teamId = plr.teamId, keepsChildSafe = false, origin = 'review', ...action }) =>
      id === undefined || ownerId === undefined || teamId === undefined
        ? []
        : [{ ...action, id, cycleId, ref, ownerId, teamId, serviceId, keepsChildSafe, origin, plr }],
  );
}

export function isOpenLine({ state }: Pick<ActionLine, 'state'>): boolean {
  return state === 'to-do' || state === 'in-progress';
}

/** Nothing is left to do or to verify. */
export function isOverLine({ state }: Pick<ActionLine, 'state'>): boolean {
  return state === 'verified' || state === 'cannot-be-done';
}

export function isSelected(line: ActionLine, by: Selection, council: CouncilContext): boolean {
  switch (by) {
    case 'open':
      return isOpenLine(line);
    case 'overdue':
      return rag(line, council.today, council.holidays) === 'red';
    case 'to-verify':
      return line.state === 'done';
    case 'verified':
    case 'cannot-be-done':
      return line.state === by;
    case 'every':
      return true;
  }
}

/** Open actions come first, by date, and of one day those that keep a child safe. */
export function actionsByUrgency(a: ActionLine, b: ActionLine): number {
  return rank(a) < rank(b) ? -1 : 1;
}

function rank({ dueOn, keepsChildSafe, id, ...line }: ActionLine): string {
  return [isOpenLine(line) ? 0 : 1, dueOn, keepsChildSafe ? 0 : 1, id].join('~');
}
