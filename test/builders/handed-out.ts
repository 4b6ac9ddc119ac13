import type { CaseRef, CycleId, PersonId, PlrRef, ServiceId, TeamId } from '../../src/practice/base/ids.js';
import { handOut } from '../../src/practice/cycles/hand-out.js';
import type { CouncilContext } from '../../src/practice/council/council-context.js';
import type { Plr } from '../../src/practice/plr/plr.js';
import { localDate } from '../../src/practice/base/time.js';

/** A PLR as it is on the day it is issued: the manager of Ash, a case of Cedar, due on 29 April 2022. */
export function handedOut(council: CouncilContext, changes: Partial<Plr> = {}): Plr {
  const { change } = handOut(
    {
      ref: 'PLR-222222' as PlrRef,
      cycleId: '2022-04' as CycleId,
      kind: 'monthly',
      dueOn: changes.dueOn ?? localDate('2022-04-29'),
      managerId: 'ash-manager' as PersonId,
      caseRef: 'CS-1200' as CaseRef,
      practitionerId: 'cedar-worker-first' as PersonId,
      teamId: 'cedar' as TeamId,
      serviceId: 'care' as ServiceId,
      cohort: 'child-in-care',
      reason: {
        way: 'at-random',
        place: 1,
        perPractitioner: 1,
        seed: 'seed',
        on: localDate('2022-04-01'),
        rosterVersion: 1,
        open: 1,
        reviewedRecently: 0,
        practitionerAway: 0,
        ownTeam: 0,
        ownPractice: 0,
        neverThereTogether: 0,
        drawnInThisCycle: 0,
        left: 1,
        memoryMonths: 12,
      },
    },
    council,
  );
  return { ...change.state, ...changes };
}
