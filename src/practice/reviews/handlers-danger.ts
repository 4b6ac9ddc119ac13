import { figuresInHand } from '../plr/figures-in-hand.js';
import type { CardContent, Command } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Person } from '../council/organisation.js';
import { firstHere, managersOfTeam } from '../council/staff.js';
import { nameToRing } from '../council/words.js';
import { dangerStep, dangerTitle } from '../forms/dangers.js';
import { isUnreturned, type PlrFigures } from '../plr/figures.js';

/** More are in "my reviews". */
const maxButtons = 4;

/** What people type when a child is in danger is answered with what to do now, first of all by telephone. */
export const aChildIsUnsafe: Command = {
  words: [dangerTitle.toLowerCase(), 'a child is unsafe', 'concern', 'emergency'],
  within: ['unsafe', 'not safe', 'in danger', 'emergency', 'concern', 'concerns', '999'],
  does: 'what to do now, and whom to ring',
  for: () => true,
  answer: async (turn) => {
    const { actor, council } = turn;
    const mine = (await figuresInHand(turn)).filter(
      (plr) => isUnreturned(plr) && (plr.completer ?? plr.managerId) === actor.id,
    );
    return dangerCard(actor, mine, council);
  },
};

export function dangerCard(
  actor: Person,
  reviews: readonly Pick<PlrFigures, 'cycleId' | 'ref'>[],
  council: CouncilContext,
): CardContent {
  const [manager] =
    actor.teamId === undefined ? [] : firstHere(council, ...managersOfTeam(actor.teamId, council));
  const toRing =
    manager === undefined || manager === actor.id ? '' : ` Yours is ${nameToRing(manager, council)}.`;
  return {
    template: 'review/danger',
    summary: 'A child may be unsafe: what to do now',
    data: {
      ring: `Then ring the child’s social worker or their Team Manager.${toRing} Do not wait for an answer here.`,
      hasReviews: reviews.length > 0,
      reviews: reviews.slice(0, maxButtons).map(({ cycleId: cycle, ref }) => ({
        title: `Enter it in ${ref}`,
        data: { cycle, ref, goTo: dangerStep },
      })),
    },
  };
}
