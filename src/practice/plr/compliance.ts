import type { PlrRef } from '../base/ids.js';
import { isUnreturned, type PlrFigures } from './figures.js';
import { assertNever } from '../base/errors.js';
import type { ComplianceLine } from './fixed-figures.js';
import { percent } from '../base/statistics/proportion.js';

/**
 * Where every PLR of a set stands. A re-drawn PLR was replaced by another, and a withdrawn one was taken back:
 * each has its own line and neither counts as issued, so that no manager is counted twice.
 */
export interface ComplianceCounts {
  /** Drawn and not taken back. */
  readonly issued: number;
  readonly exempt: number;
  readonly withdrawn: number;
  readonly redrawn: number;
  /** Issued less exempt; undeliverable ones stay in (docs/domain.md, 13). */
  readonly sent: number;
  /** Submitted in full by the time of the report, late ones included. */
  readonly returned: number;
  readonly returnedByService: number;
  readonly completedByQa: number;
  readonly late: number;
  readonly notReturned: number;
  readonly undeliverable: number;
}

type Counter = { -readonly [Key in keyof ComplianceCounts]: number };

export function countCompliance(
  figures: readonly PlrFigures[],
  undeliverable: ReadonlySet<PlrRef>,
): ComplianceCounts {
  const counts: Counter = {
    ...{ issued: 0, exempt: 0, withdrawn: 0, redrawn: 0, sent: 0, returned: 0 },
    ...{ returnedByService: 0, completedByQa: 0, late: 0, notReturned: 0, undeliverable: 0 },
  };
  for (const one of figures) {
    count(one, counts);
    if (countsAsSent(one) && undeliverable.has(one.ref)) counts.undeliverable += 1;
  }
  counts.issued = counts.exempt + counts.returned + counts.notReturned;
  counts.sent = counts.issued - counts.exempt;
  return counts;
}

function count({ standing }: PlrFigures, counts: Counter): void {
  switch (standing.is) {
    case 'assigned':
    case 'draft':
    case 'not-returned':
      counts.notReturned += 1;
      return;
    case 'returned':
      counts.returned += 1;
      counts[standing.completedBy === 'qa' ? 'completedByQa' : 'returnedByService'] += 1;
      if (standing.late) counts.late += 1;
      return;
    case 'exempt':
      counts.exempt += 1;
      return;
    case 'redrawn':
      counts.redrawn += 1;
      return;
    case 'withdrawn':
      counts.withdrawn += 1;
      return;
    default:
      assertNever(standing);
  }
}

/** Whether a PLR is in the base of compliance. */
export function countsAsSent({ standing }: PlrFigures): boolean {
  return standing.is === 'returned' || standing.is === 'not-returned' || isUnreturned({ standing });
}

export function complianceLine(month: string, counts: ComplianceCounts): ComplianceLine {
  const { sent, returned, returnedByService, completedByQa } = counts;
  return {
    ...{ month, sent, returned, returnedByService, completedByQa },
    percentReturnedByService: percent(returnedByService, sent),
    percentReturned: percent(returned, sent),
  };
}
