import type { House } from './house.js';
import { isActive, type Person } from './organisation/organisation.js';
import type { Plr } from './plr.js';

/**
 * Who may do what, in one table (domain.md, "Privacy": every action checks the role). A *standing* is
 * what a person is to one PLR; it comes from the roster and the PLR, never from what a card says.
 */
export const standings = [
  'author',
  'qa-completer',
  'practitioner',
  'team-manager',
  'blind-moderator',
  'moderator',
  'link-reviewer',
  'service-manager',
  'head-of-service',
  'assistant-director',
  'qa-lead',
  'business-support',
] as const;
export type Standing = (typeof standings)[number];

export const whoMay = {
  'assess own practice': ['practitioner'],
  'fill in review': ['author', 'qa-completer'],
  'ask for a change': ['author'],
  'decide a change': ['qa-lead'],
  'read review': ['author', 'moderator', 'qa-lead'],
  'oversee alert': ['qa-lead'],
  // The owner of an action besides (actions/action-access.ts).
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
  // The QA Service besides: business support is hard to staff (17).
  'attach record': ['business-support', 'qa-lead'],
} as const satisfies Readonly<Record<string, readonly Standing[]>>;
export type Act = keyof typeof whoMay;

const showsGrades: readonly Act[] = ['read review', 'see moderation', 'settle moderation', 'attach record'];

/** What `person` is to this PLR today; nothing at all for someone who has left. */
export function standingsOf(person: Person, plr: Plr, house: House): ReadonlySet<Standing> {
  const held = new Set<Standing>();
  if (!isActive(person, house.today)) return held;
  const team = house.organisation.teams.get(plr.teamId);
  const service = house.organisation.services.get(plr.serviceId);
  if (person.id === plr.managerId) held.add('author');
  if (person.id === plr.practitionerId) held.add('practitioner');
  if (person.id === team?.teamManagerId) held.add('team-manager');
  if (person.id === service?.linkReviewerId) held.add('link-reviewer');
  if (person.id === service?.serviceManagerId) held.add('service-manager');
  if (person.id === service?.headOfServiceId) held.add('head-of-service');
  if (person.id === service?.assistantDirectorId) held.add('assistant-director');
  if (moderates(person, plr)) held.add(plr.moderation?.state === 'drawn' ? 'blind-moderator' : 'moderator');
  if (person.roles.includes('qa-lead')) held.add('qa-lead');
  if (person.roles.includes('qa-lead') && plr.qaCompletes !== undefined) held.add('qa-completer');
  if (person.roles.includes('business-support')) held.add('business-support');
  return held;
}

export function may(person: Person, act: Act, plr: Plr, house: House): boolean {
  const held = standingsOf(person, plr, house);
  // Whatever else they are: until they have graded, nothing may show them a grade (4.4).
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
