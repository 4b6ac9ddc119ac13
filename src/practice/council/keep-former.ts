import { addDays, type LocalDate } from '../base/time.js';
import type { Former, Person, Roster } from './organisation.js';

/**
 * The roster to keep after an import on the day `on`: the new one, and beside it the services, teams and
 * people that earlier rosters had and the files no longer have.
 *
 * Past PLRs, actions and the log refer to people, teams and services by id, so their names must go on
 * resolving after a council drops leavers from its export. They stay apart from the current lists, so that
 * nothing is drawn for, posted to or counted for them. A person's last active day is the day before the
 * import, unless their own came earlier. Cases are not kept: a PLR has a copy of what it needs of its case,
 * and a child's data is not held longer than the council's own system asks.
 */
export function keepFormer(previous: Roster | undefined, next: Roster, on: LocalDate): Roster {
  const yesterday = addDays(on, -1);
  const former: Former = {
    services: gone([...(previous?.former?.services ?? []), ...(previous?.services ?? [])], next.services),
    teams: gone([...(previous?.former?.teams ?? []), ...(previous?.teams ?? [])], next.teams),
    people: gone([...(previous?.former?.people ?? []), ...(previous?.people ?? [])], next.people).map(
      (person) => lastActive(person, yesterday),
    ),
  };
  const { services, teams, people, cases } = next;
  return { services, teams, people, cases, former };
}

function gone<Row extends { readonly id: string }>(before: readonly Row[], now: readonly Row[]): Row[] {
  const ids = new Set(now.map(({ id }) => id));
  return before.filter(({ id }) => !ids.has(id));
}

function lastActive(person: Person, day: LocalDate): Person {
  const { activeUntil } = person;
  return activeUntil !== undefined && activeUntil <= day ? person : { ...person, activeUntil: day };
}
