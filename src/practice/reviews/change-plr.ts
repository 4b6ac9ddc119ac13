import { may, type Act } from '../plr/plr-access.js';
import { refuse, type Refusal } from '../base/errors.js';
import type { Turn } from '../surface/feature.js';
import { plrKey, type Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Change } from '../plr/ports.js';
import type { Address } from '../forms/read-press.js';

/** The result of a press: the PLR as it is now, and what else the decision says about it. */
export interface Decided<Outcome> {
  /** Undefined when there is nothing to save. */
  readonly change: Change<Plr> | undefined;
  readonly outcome: Outcome;
}

/** Not there, or not theirs: to the person the two look the same. */
export type NotYours = Refusal<'not-yours'>;

const notYours: NotYours = refuse(
  'not-yours',
  'There is nothing here under that reference for you. Nothing was changed. Say "my reviews" to see what is yours.',
);
const nothingNew = refuse('nothing-new', 'There is nothing to save.');

/**
 * Decides on the PLR as it is and saves what changes, for someone who may. What the last decision said is
 * returned with the PLR, so that drawing the card needs no second read.
 */
export async function changePlr<Outcome>(
  { cycle, ref }: Address,
  act: Act,
  turn: Turn,
  decide: (plr: Plr) => Decided<Outcome>,
): Promise<{ readonly plr: Plr; readonly outcome: Outcome } | NotYours> {
  let last: { plr: Plr; outcome: Outcome } | undefined;
  await turn.documents.change(plrKind, plrKey(cycle, ref), turn.actor.id, (plr) => {
    last = undefined;
    if (!may(turn.actor, act, plr, turn.council)) return notYours;
    const { change, outcome } = decide(plr);
    last = { plr: change?.state ?? plr, outcome };
    return change ?? nothingNew;
  });
  return last ?? notYours;
}
