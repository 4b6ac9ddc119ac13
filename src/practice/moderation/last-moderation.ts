import { figuresOfCycles } from '../plr/figures-in-hand.js';
import { parseCycleId } from '../plr/cycle.js';
import type { CycleId, PersonId } from '../base/ids.js';
import { plrKey } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Services } from '../plr/ports.js';
import type { PlrFigures } from '../plr/figures.js';
import { isShown, nextAssignmentLine } from '../plr/moderation-outcome.js';

/**
 * Feedback on a cycle is given until a month and a half after its issue, so two cycles hold everything that is
 * new.
 */
const cyclesLookedBack = 2;

/**
 * The line from their last moderation for each manager's next assignment. Managers without feedback since their
 * last assignment are left out. Called once, when a cycle is issued: it reads the figures of two cycles, and
 * then only the PLRs that have feedback. The words stay with their PLR, and go when it is purged.
 */
export async function linesFromLastModeration(
  before: CycleId,
  { documents, partitions }: Pick<Services, 'documents' | 'partitions'>,
): Promise<ReadonlyMap<PersonId, string>> {
  const cycles = (await partitions.all())
    .flatMap((name) => parseCycleId(name) ?? [])
    .filter(({ kind, id }) => kind === 'monthly' && id < before)
    .slice(0, cyclesLookedBack);
  const figures = await figuresOfCycles(cycles, { documents });
  const lines = new Map<PersonId, string>();
  for (const one of newFeedback(figures)) {
    const plr = await documents.read(plrKind, plrKey(one.cycleId, one.ref));
    const moderation = plr?.moderation;
    if (moderation === undefined || !isShown(moderation) || moderation.feedback === undefined) continue;
    lines.set(one.managerId, nextAssignmentLine(moderation.feedback));
  }
  return lines;
}

/**
 * Given on or after the day of the manager's latest assignment: earlier feedback was already on that one.
 * Oldest first.
 */
export function newFeedback(figures: readonly PlrFigures[]): PlrFigures[] {
  const lastSent = new Map<PersonId, string>();
  for (const { managerId, sentOn } of figures) {
    if (sentOn > (lastSent.get(managerId) ?? '')) lastSent.set(managerId, sentOn);
  }
  const on = ({ moderating }: PlrFigures) => moderating?.feedbackOn ?? '';
  return figures
    .filter((one) => on(one) !== '' && on(one) >= (lastSent.get(one.managerId) ?? ''))
    .sort((a, b) => (on(a) < on(b) ? -1 : on(a) > on(b) ? 1 : 0));
}
