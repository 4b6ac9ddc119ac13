import type { CaseRef, PersonId } from '../../src/practice/base/ids.js';
import type { Case, Person, Roster } from '../../src/practice/council/organisation.js';
import { aadObjectIdOf, smallCouncil } from './small-council.js';

/** The small council with so many managers more, and a case for each of them to review. */
export function largerCouncil(moreManagers: number): Roster {
  const roster = smallCouncil();
  const manager = roster.people.find(({ id }) => id === 'ash-manager') as Person;
  const managers = Array.from({ length: moreManagers }, (_, index): Person => {
    const id = `manager-${index}` as PersonId;
    return { ...manager, id, aadObjectId: aadObjectIdOf(id) };
  });
  const cases = Array.from({ length: moreManagers }, (_, index): Case => {
    const like = roster.cases[index % roster.cases.length] as Case;
    return { ...like, ref: `CS-${10_000 + index}` as CaseRef };
  });
  return { ...roster, people: [...roster.people, ...managers], cases: [...roster.cases, ...cases] };
}
