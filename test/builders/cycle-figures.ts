import type { CycleId, PersonId, PlrRef, ServiceId, TeamId } from '../../src/practice/base/ids.js';
import type { PlrFigures } from '../../src/practice/plr/figures.js';
import { localDate } from '../../src/practice/base/time.js';

/** The figures of one PLR of April 2022, assigned and not yet begun, with what a test changes. */
export function someFigures(ref: string, changes: Partial<PlrFigures> = {}): PlrFigures {
  const managerServiceId = 'assessment' as ServiceId;
  return { ...figuresWithoutService(ref), managerServiceId, managerTeamId: 'ash' as TeamId, ...changes };
}

/** The same for a manager who belongs to no service and no team. */
export function figuresWithoutService(ref: string, changes: Partial<PlrFigures> = {}): PlrFigures {
  return {
    ref: ref as PlrRef,
    cycleId: '2022-04' as CycleId,
    kind: 'monthly',
    source: 'bot',
    serviceId: 'care' as ServiceId,
    teamId: 'cedar' as TeamId,
    managerId: 'ash-manager' as PersonId,
    sentOn: localDate('2022-04-01'),
    dueOn: localDate('2022-04-29'),
    standing: { is: 'assigned' },
    grades: {},
    actions: [],
    findings: [],
    ...changes,
  };
}
