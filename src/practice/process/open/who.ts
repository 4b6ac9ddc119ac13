import type { CouncilContext } from '../../council/council-context.js';
import type { PersonId } from '../../base/ids.js';
import { qaLeads } from '../../council/staff.js';

/** Those QA leads who have no part in it; all of them where nobody else is there. */
export function qaLeadsBut(council: CouncilContext, ...taken: readonly (PersonId | undefined)[]): PersonId[] {
  const all = qaLeads(council);
  const free = all.filter((id) => !taken.includes(id));
  return free.length === 0 ? all : free;
}
