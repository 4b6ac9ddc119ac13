import type { CouncilContext } from '../council/council-context.js';
import type { Plr } from '../plr/plr.js';
import { addActions, type WithMessages } from './decide-added-actions.js';

/**
 * The actions planned in a returned review become actions, each with an owner, and only once: a PLR that has
 * them already is left as it is (docs/domain.md, 4.7). For use within the decision that returns the review.
 */
export function actionsAtReturn(plr: Plr, council: CouncilContext): WithMessages {
  const { review } = plr;
  const there = plr.actions.some(({ origin }) => origin === 'review');
  if (review.state !== 'returned' || there) return { plr, messages: [] };
  return addActions(plr, review.answers.actions, council, review.returnedBy, 'review');
}
