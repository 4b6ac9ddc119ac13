import { addActions } from '../../src/practice/actions/decide-added-actions.js';
import type { DrawReason } from '../../src/practice/plr/draw-plan.js';
import type { CouncilContext } from '../../src/practice/council/council-context.js';
import type { CaseRef, CycleId, PersonId, PlrRef, ServiceId, TeamId } from '../../src/practice/base/ids.js';
import type { Person, Roster } from '../../src/practice/council/organisation.js';
import type { Plr } from '../../src/practice/plr/plr.js';
import type { PlannedAction } from '../../src/practice/plr/answers.js';
import { instant, localDate } from '../../src/practice/base/time.js';
import { aContext } from './a-context.js';
import { smallCouncil } from './small-council.js';

/** The small council at a time of April 2022; `change` makes somebody leave, be away, or a case move. */
export function councilAt(
  at: string,
  change: (roster: Roster) => Roster = (roster) => roster,
): CouncilContext {
  return aContext({ at, roster: change(smallCouncil()) });
}

export function withPerson(id: string, over: Partial<Person>): (roster: Roster) => Roster {
  return (roster) => ({
    ...roster,
    people: roster.people.map((person) => (person.id === id ? { ...person, ...over } : person)),
  });
}

/** Issued on 1 April 2022: a case of Ash Team with its first worker, reviewed by Birch's manager. */
export function aPlr(): Plr {
  return {
    ref: 'PLR-7K3M2Q' as PlrRef,
    cycleId: '2022-04' as CycleId,
    kind: 'monthly',
    managerId: 'birch-manager' as PersonId,
    practitionerId: 'ash-worker-first' as PersonId,
    teamId: 'ash' as TeamId,
    serviceId: 'assessment' as ServiceId,
    caseRef: 'CS-1000' as CaseRef,
    cohort: 'child-in-need',
    issuedAt: instant('2022-04-01T08:00:00Z'),
    dueOn: localDate('2022-04-29'),
    draw: {} as DrawReason,
    review: { state: 'assigned' },
    actions: [],
  };
}

export function plannedAction(over: Partial<PlannedAction> = {}): PlannedAction {
  return {
    what: 'Visit the child at home',
    owner: 'practitioner',
    dueOn: localDate('2022-04-29'),
    keepsChildSafe: false,
    ...over,
  };
}

export function aPlrWith(
  planned: readonly PlannedAction[],
  council = councilAt('2022-04-01T09:00:00Z'),
): Plr {
  return addActions(aPlr(), planned, council).plr;
}
