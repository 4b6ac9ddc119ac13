import { refuse, type Refusal } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { CycleId } from '../base/ids.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Services } from '../plr/ports.js';
import type { PlrFigures } from '../plr/figures.js';
import type { LocalDate } from '../base/time.js';
import { lastDueOf } from './closing-time.js';
import { cycleKey, cycleKind, type Cycle } from '../plr/cycle-record.js';
import { cycleStatus, type CycleStatus } from './status.js';

/** A cycle's status, and its record; a cycle that came from a spreadsheet has none. */
export interface KnownStatus {
  readonly id: CycleId;
  readonly cycle: Cycle | undefined;
  readonly status: CycleStatus;
  /** When the last of its PLRs is or was due. */
  readonly lastDueOn?: LocalDate;
}

/**
 * Reads only the figures, and of the ledger only the messages that brought the PLRs: no narrative and no other
 * cycle.
 */
export async function readStatus(
  id: CycleId,
  { documents, history, ledger }: Pick<Services, 'documents' | 'history' | 'ledger'>,
  council: CouncilContext,
): Promise<KnownStatus | Refusal<'not-issued'>> {
  const [cycle, ours, past, assigned] = await Promise.all([
    documents.read(cycleKind, cycleKey(id)),
    documents.listFigures<PlrFigures>(plrKind, id),
    history.read(id),
    ledger.lines(id, 'assigned.'),
  ]);
  const figures = [...ours, ...past];
  if (cycle === undefined && figures.length === 0)
    return refuse('not-issued', `The cycle ${id} has not been issued: there is nothing to count yet.`);
  const services = council.organisation.roster.services.map((service) => service.id);
  const status = cycleStatus({ figures, assigned, today: council.today, services });
  const lastDueOn = lastDueOf(ours);
  return { id, cycle, status, ...(lastDueOn === undefined ? {} : { lastDueOn }) };
}
