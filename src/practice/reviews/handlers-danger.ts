import type { CardContent, Command } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Person } from '../council/organisation.js';
import { isHere } from '../council/staff.js';
import { nameToRing } from '../council/words.js';
import { dangerTitle } from '../forms/dangers.js';

/**
 * What people type when a child is in danger is answered with what to do now, first of all by telephone. Nothing is
 * read for it: the answer comes though storage is away.
 */
export const aChildIsUnsafe: Command = {
  words: [dangerTitle.toLowerCase(), 'a child is unsafe', 'concern', 'emergency'],
  within: ['unsafe', 'not safe', 'in danger', 'emergency', 'concern', 'concerns', '999'],
  does: 'what to do now, and whom to ring',
  for: () => true,
  answer: ({ actor, council }) => Promise.resolve(dangerCard(actor, council)),
};

export function dangerCard(actor: Person, council: CouncilContext): CardContent {
  const team = actor.teamId === undefined ? undefined : council.organisation.teams.get(actor.teamId);
  const manager = team?.teamManagerId;
  const theirs =
    manager === undefined || manager === actor.id || !isHere(manager, council)
      ? ''
      : ` Your Team Manager is ${nameToRing(manager, council)}.`;
  return {
    template: 'review/danger',
    summary: 'A child may be unsafe: what to do now',
    data: {
      ring: `Then ring the child’s social worker or their Team Manager.${theirs} Do not wait for an answer here.`,
    },
  };
}
