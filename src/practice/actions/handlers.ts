import { z } from 'zod';
import { withCardsRedrawn } from '../plr/alert-cards-sent.js';
import { assertNever, isRefusal, refuse, type Refusal } from '../base/errors.js';
import type { CardContent, Turn } from '../surface/feature.js';
import { changePress, readPress } from '../surface/press.js';
import type { CouncilContext } from '../council/council-context.js';
import type { ActionId, PersonId } from '../base/ids.js';
import { plrKey, type Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Change } from '../plr/ports.js';
import { addressPress } from '../forms/read-press.js';
import { isOpenAction, type Action, type OpenAction, type ActionDraft } from '../plr/action.js';
import {
  reassignAction,
  reopenAction,
  updateAction,
  verifyAction,
  type ActionUpdate,
} from './decide-action.js';
import { mayReadAction, mayUpdateAction, mayVerifyAction } from './access.js';
import { actionCard, type ShownAction } from './cards.js';
import { markOf, redraw, notifyOf, type NotifiedAction } from './messages.js';
import { findAction, withAction } from '../plr/actions-of-plr.js';
import { listAsked } from './read-list.js';
import { ownerNow, whoVerifies } from './owners.js';
import {
  readReopening,
  readUpdate,
  reopenFields,
  updateInputs,
  updateTyped,
  type Wrong,
} from './read-form.js';

const address = z.object({
  ...addressPress.shape,
  action: z
    .string()
    .max(60)
    .transform((id) => id as ActionId),
  version: z.coerce.number().int().catch(-1),
  back: listAsked.optional().catch(undefined),
});
type Address = z.infer<typeof address>;

const stale = refuse(
  'out-of-date',
  'This action changed after your card was drawn. Here it is as it stands now. Check it, then save again.',
);
/** The form that was filled in is no longer on the card. */
const overtaken = refuse(
  'out-of-date',
  'Somebody else was faster, so nothing of yours was saved. Here is the action as it stands now.',
);
/** The same press again (Teams repeats a slow one) is answered with the card as it stands, and nothing more. */
const already = refuse('already', '');

/** An action of a PLR, for whoever may do this to it. */
const actionFor = (mayDo: typeof mayReadAction) => ({
  kind: plrKind,
  key: ({ cycle, ref }: Address) => plrKey(cycle, ref),
  mine: (plr: Plr, { action: id }: Address, { actor, council }: Turn) => {
    const action = findAction(plr, id);
    return action !== undefined && mayDo(actor, action, plr, council) && { plr, action };
  },
});
interface OneAction {
  readonly plr: Plr;
  readonly action: Action;
}

/** Shows one action from a list. */
export const openAction = readPress({
  ...actionFor(mayReadAction),
  reads: address,
  show: (one, at, turn) => cardOf(one, at, turn),
});

/** The owner, or their Team Manager, says how the action stands (docs/domain.md, 4.8). */
export const saveUpdate = changePress({
  ...actionFor(mayUpdateAction),
  reads: z.looseObject(address.shape).transform((press) => ({ ...press, typed: updateTyped(press) })),
  screen: { inputs: updateInputs, again: openAction },
  decide: ({ plr, action }, { version, typed }, turn) => {
    const read = readUpdate(typed, action);
    if (!('errors' in read) && saysAlready(action, read)) return already;
    if (!isOpenAction(action)) return overtaken;
    if (action.version !== version) return stale;
    if ('errors' in read) return read;
    const next = updateAction(action, read, turn.actor.id, turn.council.now);
    if (isRefusal(next)) return next;
    return changed(plr, next, `said action ${action.id} is ${next.state}`, turn);
  },
  show: (one, { given, outcome }, turn) => answered(one, given, { typed: given.typed }, outcome, turn),
});

/** The QA Service verifies what is done (docs/domain.md, 4.8). */
export const saveVerification = changePress({
  ...actionFor(mayVerifyAction),
  reads: address,
  decide: ({ plr, action }, { version }, turn) => {
    if (action.state === 'verified' && action.verifiedBy === turn.actor.id) return already;
    if (action.version !== version) return stale;
    const next = verifyAction(action, turn.actor.id, turn.council.now);
    if (isRefusal(next)) return next;
    return changed(plr, next, `verified action ${action.id}`, turn);
  },
  show: (one, { given, outcome }, turn) => answered(one, given, {}, outcome, turn),
});

/** Or re-opens it, with a reason that the owner reads (docs/domain.md, 4.8). */
export const saveReopening = changePress({
  ...actionFor(mayVerifyAction),
  reads: address.extend(reopenFields.shape),
  screen: { inputs: ['reason', 'dueOn'], again: openAction },
  decide: ({ plr, action }, { version, reason, dueOn }, turn) => {
    const { actor, council } = turn;
    if (isOpenAction(action) && action.reopened?.by === actor.id && action.reopened.why === reason)
      return already;
    if (action.version !== version) return isOpenAction(action) ? overtaken : stale;
    const read = readReopening({ reason, dueOn }, council.today);
    if ('errors' in read) return read;
    const next = reopenAction(action, read, actor.id, council.now, council);
    if (isRefusal(next)) return next;
    return giveBack(plr, next, turn);
  },
  show: (one, { given, outcome }, turn) => {
    const { reason, dueOn } = given;
    return answered(one, given, { reopen: { reason, dueOn } }, outcome, turn);
  },
});

/** A saved step: what is closed goes to the QA Service, and every card of it is redrawn. */
function changed(plr: Plr, action: Action, did: string, { actor, council }: Turn): Change<Plr> {
  const closed = action.state === 'done' || action.state === 'cannot-be-done';
  const verifiers = closed ? whoVerifies(action, actor.id, plr, council) : [];
  let told: NotifiedAction<Action> = { action, messages: [] };
  for (const verifier of verifiers) {
    const next = notifyOf(plr, told.action, verifier, 'to-verify', markOf(action), council);
    told = { action: next.action, messages: [...told.messages, ...next.messages] };
  }
  return changeOf(plr, told, did, verifiers, council);
}

/** To the owner, or to whoever has the case by now: an action that is closed is not handed over. */
function giveBack(plr: Plr, action: OpenAction, { council }: Turn): Change<Plr> {
  const owner = ownerNow(action.ownerAs, plr, action.teamId, council);
  const theirs = owner.ownerId === action.ownerId ? action : reassignAction(action, owner, council.now);
  const told = notifyOf(plr, theirs, theirs.ownerId, 'reopened', markOf(theirs), council);
  return changeOf(plr, told, `re-opened action ${action.id}`, [theirs.ownerId], council);
}

/**
 * Saves the action and redraws its cards, except those of `toldNow`; for an action of management grip, the
 * alert's too.
 */
function changeOf(
  plr: Plr,
  { action, messages }: NotifiedAction<Action>,
  did: string,
  toldNow: readonly PersonId[],
  council: CouncilContext,
): Change<Plr> {
  const all = [...messages, ...redraw(plr, action, toldNow)];
  return { state: withAction(plr, action), did, messages: withCardsRedrawn(all, plr, action, council) };
}

/** A refusal is answered with the current card, what was typed, and what to do. */
function answered(
  one: OneAction,
  at: Address,
  typed: ShownAction,
  outcome: Change<Plr> | Refusal | Wrong,
  turn: Turn,
): CardContent {
  if (!isRefusal(outcome) || outcome.refused === 'already') return cardOf(one, at, turn);
  const errors = 'errors' in outcome ? outcome.errors : {};
  return cardOf(one, at, turn, { ...typed, errors, notice: outcome.say });
}

function cardOf(
  { plr, action }: OneAction,
  { back }: Address,
  { actor, council }: Turn,
  shown: ShownAction = {},
): CardContent {
  return actionCard(plr, action, actor, council, { ...shown, back });
}

function saysAlready(action: Action, update: ActionUpdate): boolean {
  switch (update.to) {
    case 'to-do':
    case 'in-progress':
      return action.state === update.to && isSame(action.typed, update.typed);
    case 'done':
      return action.state === 'done' && isSame(action, update);
    case 'cannot-be-done':
      return action.state === 'cannot-be-done' && action.why === update.why;
    default:
      return assertNever(update);
  }
}

function isSame(a: Partial<ActionDraft>, b: Partial<ActionDraft>): boolean {
  return a.evidence === b.evidence && a.difference === b.difference && (a.why ?? '') === (b.why ?? '');
}
