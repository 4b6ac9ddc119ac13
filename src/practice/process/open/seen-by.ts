import { mayIn, wholeCouncil, type Part } from '../../council/access.js';
import type { CouncilContext } from '../../council/council-context.js';
import type { Person } from '../../council/organisation.js';
import { gradesBlind } from '../../plr/grades-blind.js';
import type { Services } from '../../plr/ports.js';
import { openKinds, type Open, type OpenItem, type OpenKind } from './open-item.js';
import { whatIsOpen } from './what-is-open.js';

/** `isMine`: the next step is this person's. */
export interface SeenItem {
  readonly item: Open;
  readonly isMine: boolean;
}

/** What is open now, in every cycle. */
export async function readOpen(
  { standing }: Pick<Services, 'standing'>,
  council: CouncilContext,
): Promise<Open[]> {
  return whatIsOpen(await standing.read(), council);
}

/**
 * What this person sees of it: what is theirs to do, what concerns them, and what is open in their part of the
 * council (docs/domain.md, 4.7, 6, 8 and 9).
 */
export function openFor(person: Person, open: readonly Open[], council: CouncilContext): SeenItem[] {
  return open.flatMap((item) => {
    const isMine = item.who.includes(person.id);
    const isTheirs = isMine || item.concerns?.includes(person.id) === true;
    return isTheirs || (isInTheirPart(person, item, council) && !isKeptFrom(person, item, council))
      ? [{ item, isMine }]
      : [];
  });
}

function isInTheirPart(person: Person, { serviceId, teamId }: Open, council: CouncilContext): boolean {
  const part: Part = {
    ...(serviceId === null ? {} : { serviceId }),
    ...(teamId === null ? {} : { teamId }),
  };
  return mayIn(person, 'see what is open', part, council);
}

/** An alert gives the grade away (docs/domain.md, 4.4). Whoever oversees all alerts sees them: safety comes first. */
function isKeptFrom(person: Person, { givesGradeAwayOf }: Open, council: CouncilContext): boolean {
  if (givesGradeAwayOf === undefined || mayIn(person, 'see open alerts', wholeCouncil, council)) return false;
  return gradesBlind(person, givesGradeAwayOf, council);
}

/** How many there are of each kind, those included of which there is none. */
export function totalsOf(items: readonly OpenItem[]): Record<OpenKind, number> {
  const count = (kind: OpenKind) => items.filter((item) => item.kind === kind).length;
  return Object.fromEntries(openKinds.map((kind) => [kind, count(kind)])) as Record<OpenKind, number>;
}
