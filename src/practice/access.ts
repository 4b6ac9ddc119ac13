import type { House } from './house.js';
import { isActive, type Person } from './organisation/organisation.js';
import type { Plr } from './plr.js';

/**
 * Who may do what, in one table (domain.md, "Privacy": every action checks the role). A *standing* is
 * what a person is to one PLR; it comes from the roster and the PLR, never from what a card says.
 */
export const standings = [
  'author',
  'practitioner',
  'team-manager',
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
  'fill in review': ['author'],
  'assess own practice': ['practitioner'],
  'read review': ['author', 'moderator', 'qa-lead'],
  'oversee alert': ['qa-lead'],
} as const satisfies Readonly<Record<string, readonly Standing[]>>;
export type Act = keyof typeof whoMay;

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
  if (person.roles.includes('qa-lead')) held.add('qa-lead');
  if (person.roles.includes('business-support')) held.add('business-support');
  return held;
}

export function may(person: Person, act: Act, plr: Plr, house: House): boolean {
  const held = standingsOf(person, plr, house);
  return whoMay[act].some((standing) => held.has(standing));
}
