import type { CouncilContext } from './council-context.js';
import type { ServiceId, TeamId } from '../base/ids.js';
import { rungIds, rungPosts } from './ladder.js';
import { isActive, reviewsCases, type Person } from './organisation.js';

/**
 * Who may do what in a part of the council (docs/domain.md, "Privacy"). What they may do to a PLR is in
 * `plr/plr-access.ts`. A *standing* is what a person is there. It comes from the roster and the PLR, never from
 * what a card says.
 */
export const capacities = [
  'author',
  'qa-completer',
  'practitioner',
  'team-member',
  'team-manager',
  'blind-moderator',
  'moderator',
  'link-reviewer',
  ...rungIds,
  'qa-lead',
  'business-support',
  // By role alone, in the whole council: for lists of a person's own.
  'any-manager',
  'any-practitioner',
  'any-link-reviewer',
] as const;
export type Capacity = (typeof capacities)[number];

/** In a service, a team, or the whole council. */
export const whoMayIn = {
  // The QA lead for what they complete (docs/domain.md, 13).
  // And whoever is named as a reviewer of a Practice Week, a manager or not (docs/domain.md, 4.10).
  'list own reviews': [
    ...(['any-manager', 'any-practitioner', 'any-link-reviewer'] as const),
    ...(['qa-lead', 'business-support'] as const),
  ],
  'list changes': ['qa-lead'],
  'see how we are doing': ['qa-lead'],
  'close a cycle': ['qa-lead'],
  'see open alerts': ['qa-lead'],
  // Responsibility does not end with a month. Nobody sees grades or words by it (process/open/seen-by.ts).
  'see what is open': [
    ...(['team-manager', 'link-reviewer', 'service-manager'] as const),
    ...(['head-of-service', 'assistant-director', 'qa-lead'] as const),
  ],
  'list team actions': ['team-manager'],
  'list all actions': ['link-reviewer', 'qa-lead'],
  // The QA lead sees everybody's, anyone else their own.
  'list moderations': ['any-link-reviewer', 'qa-lead'],
  'oversee moderations': ['qa-lead'],
  // And those to whom it was sent, who answer it.
  'run calibration exercise': ['qa-lead'],
  'see calibration': ['link-reviewer', 'qa-lead'],
  // The QA lead in the link reviewer's stead, so that a brief never waits for one person (docs/domain.md, 5.1).
  'write learning brief': ['link-reviewer', 'qa-lead'],
  'see whether it worked': ['link-reviewer', 'qa-lead'],
  'record discussion': ['team-member', 'team-manager'],
  'enter learning': ['qa-lead'],
  'see loop': ['qa-lead'],
  'list records': ['business-support', 'qa-lead'],
  'work on board report': ['qa-lead'],
  'read service report': ['service-manager'],
} as const satisfies Readonly<Record<string, readonly Capacity[]>>;
export type ActIn = keyof typeof whoMayIn;

/** A service, a team, or both; with neither, the whole council. */
export interface Part {
  readonly serviceId?: ServiceId;
  readonly teamId?: TeamId;
}
export const wholeCouncil: Part = {};

/** What `person` is in this part of the council today; nothing at all for someone who has left. */
export function capacitiesIn(
  person: Person,
  { serviceId, teamId }: Part,
  council: CouncilContext,
): Set<Capacity> {
  const held = new Set<Capacity>();
  if (!isActive(person, council.today)) return held;
  const team = teamId && council.organisation.teams.get(teamId);
  const service = serviceId && council.organisation.services.get(serviceId);
  if (team && person.teamId === team.id) held.add('team-member');
  if (team && person.id === team.teamManagerId) held.add('team-manager');
  if (service && person.id === service.linkReviewerId) held.add('link-reviewer');
  for (const id of rungIds) if (service && person.id === service[rungPosts[id].post]) held.add(id);
  if (person.roles.includes('qa-lead')) held.add('qa-lead');
  if (person.roles.includes('business-support')) held.add('business-support');
  if (teamId !== undefined || serviceId !== undefined) return held;
  if (reviewsCases(person)) held.add('any-manager');
  if (person.roles.includes('practitioner')) held.add('any-practitioner');
  if (person.roles.includes('link-reviewer')) held.add('any-link-reviewer');
  return held;
}

export function mayIn(person: Person, act: ActIn, part: Part, council: CouncilContext): boolean {
  const held = capacitiesIn(person, part, council);
  return whoMayIn[act].some((standing) => held.has(standing));
}

/** The services that they may do this in, former ones among them: past PLRs name those. */
export function servicesFor(person: Person, act: ActIn, council: CouncilContext): ServiceId[] {
  return [...council.organisation.services.keys()].filter((serviceId) =>
    mayIn(person, act, { serviceId }, council),
  );
}
