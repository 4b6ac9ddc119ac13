import { monthlyCycleId } from '../plr/cycle.js';
import { cycleKey, cycleKind, isCounted } from '../plr/cycle-record.js';
import { smallCountOf, type CouncilContext } from '../council/council-context.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Services } from '../plr/ports.js';
import type { PlrFigures } from '../plr/figures.js';
import { monthOf, shiftMonth } from '../base/time.js';
import { serviceName } from '../council/words.js';
import { recurringThemes, type MonthOfFigures, type RecurringTheme } from './recurring.js';
import { standardTitle } from '../council/standard-title.js';

/** What recurs goes to workforce development (docs/domain.md, 5.4). */
export interface WorkforceRow extends RecurringTheme {
  /** `All services` for the whole. */
  readonly service: string;
  readonly title: string;
}

/** Only counted months are complete. Last month may not be counted yet, so five are read to get four. */
const monthsLookedAt = [-5, -4, -3, -2, -1];

export async function workforceList(
  { documents }: Services,
  council: CouncilContext,
): Promise<WorkforceRow[]> {
  const read = monthsLookedAt.map(async (back): Promise<MonthOfFigures[]> => {
    const month = shiftMonth(monthOf(council.today), back);
    const id = monthlyCycleId(month);
    const cycle = await documents.read(cycleKind, cycleKey(id));
    if (!isCounted(cycle)) return [];
    return [{ month, figures: await documents.listFigures<PlrFigures>(plrKind, id) }];
  });
  const months = (await Promise.all(read)).flat();
  return recurringThemes(months, { smallCount: smallCountOf(council) }).map((row) => ({
    ...row,
    service: row.serviceId === null ? 'All services' : serviceName(row.serviceId, council),
    title: standardTitle(row.standard, council),
  }));
}
