import { mayIn, wholeCouncil, type ActIn } from '../council/access.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Person } from '../council/organisation.js';
import { isUnreturned, type PlrFigures } from './figures.js';

/** How far a PLR is on its way to its second grade. */
export interface SecondGrade extends Pick<PlrFigures, 'moderation' | 'moderating'> {
  readonly standing: Pick<PlrFigures['standing'], 'is'>;
}

/**
 * Whether this person is to grade the PLR blind, or may yet be (docs/domain.md, 4.4): a link reviewer until the
 * second grade is given. A PLR that is returned and not drawn hides nothing, because an Inadequate is drawn as
 * soon as it is returned. One that was not returned may still be, when its cycle is opened again.
 */
export function gradesBlind(
  person: Person,
  { standing, moderation, moderating }: SecondGrade,
  council: CouncilContext,
): boolean {
  const mayCome = isUnreturned({ standing }) || standing.is === 'not-returned';
  if (moderation !== 'drawn' && !(mayCome && moderation === undefined)) return false;
  if (moderating?.by === person.id) return true;
  const mayIt = (act: ActIn) => mayIn(person, act, wholeCouncil, council);
  return mayIt('list moderations') && !mayIt('oversee moderations');
}
