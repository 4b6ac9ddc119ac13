import { capacitiesIn, type Capacity } from '../council/access.js';
import type { CouncilContext } from '../council/council-context.js';
import { isActive, type Person } from '../council/organisation.js';
import type { Plr } from './plr.js';

/** Who may do what to a PLR; in a part of the council, `council/access.ts`. */
export const whoMay = {
  'assess own practice': ['practitioner'],
  'fill in review': ['author', 'qa-completer'],
  'ask for a change': ['author'],
  'decide a change': ['qa-lead'],
  'read review': ['author', 'moderator', 'qa-lead'],
  // Once it is returned (docs/domain.md, 4.2).
  'read shared review': ['practitioner', 'team-manager'],
  'oversee alert': ['qa-lead'],
  // And those to whom the alert has climbed (alerts/people-of-alert.ts).
  'acknowledge alert': ['practitioner', 'team-manager'],
  // The same, with stating again whether the child is safe, which whoever acknowledged it may do as well.
  'record management grip': ['team-manager'],
  // And the owner of an action (actions/action-access.ts).
  'update action': ['team-manager'],
  'verify action': ['link-reviewer', 'qa-lead'],
  'read action': ['team-manager', 'link-reviewer', 'service-manager', 'qa-lead'],
  'moderate blind': ['blind-moderator'],
  'see moderation': ['author', 'moderator', 'qa-lead'],
  'answer moderation': ['author', 'qa-lead'],
  'settle moderation': ['qa-lead'],
  'write moderation feedback': ['moderator'],
  'ask to hand moderation on': ['blind-moderator'],
  'name moderator': ['qa-lead'],
  // The QA leads too, because business support is hard to recruit (docs/domain.md, 17).
  'attach record': ['business-support', 'qa-lead'],
} as const satisfies Readonly<Record<string, readonly Capacity[]>>;
export type Act = keyof typeof whoMay;

const showsGrades: readonly Act[] = [
  ...(['read review', 'read shared review', 'see moderation'] as const),
  ...(['settle moderation', 'attach record'] as const),
];

/** What `person` is to this PLR today: what they are in its service and team, and what they are to it alone. */
export function capacitiesOf(person: Person, plr: Plr, council: CouncilContext): ReadonlySet<Capacity> {
  const held = capacitiesIn(person, plr, council);
  if (!isActive(person, council.today)) return held;
  if (person.id === plr.managerId) held.add('author');
  if (person.id === plr.practitionerId) held.add('practitioner');
  if (moderates(person, plr)) held.add(plr.moderation?.state === 'drawn' ? 'blind-moderator' : 'moderator');
  if (held.has('qa-lead') && plr.qaCompletes !== undefined) held.add('qa-completer');
  return held;
}

export function may(person: Person, act: Act, plr: Plr, council: CouncilContext): boolean {
  const held = capacitiesOf(person, plr, council);
  // Whatever else they are: until they have graded, nothing may show them a grade (docs/domain.md, 4.4).
  if (held.has('blind-moderator') && showsGrades.includes(act)) return false;
  return whoMay[act].some((standing) => held.has(standing));
}

function moderates(person: Person, { moderation }: Plr): boolean {
  return (
    moderation !== undefined &&
    moderation.state !== 'awaiting-moderator' &&
    moderation.moderatorId === person.id
  );
}
