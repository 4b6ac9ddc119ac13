import { z } from 'zod';
import { withCardsRedrawn } from '../plr/alert-cards-sent.js';
import { assertNever, isRefusal, refuse, type Refusal } from '../base/errors.js';
import type { CardContent, Turn, Verb } from '../surface/feature.js';
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
import { actionCard, noActionHere, type ShownAction } from './cards.js';
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

const notTheirs = refuse('missing', 'There is nothing here for you.');
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

/** Shows one action from a list. */
export async function openAction(data: unknown, turn: Turn): Promise<CardContent> {
  const at = address.safeParse(data);
  return at.success ? current(at.data, turn) : noActionHere();
}

/** The owner, or their Team Manager, says how the action stands (docs/domain.md, 4.8). */
async function update(data: unknown, turn: Turn): Promise<CardContent> {
  const at = address.safeParse(data);
  if (!at.success) return noActionHere();
  const typed = updateTyped(data);
  const { actor, council } = turn;
  return answer(at.data, turn, { typed }, (plr, action) => {
    if (!mayUpdateAction(actor, action, plr, council)) return notTheirs;
    const read = readUpdate(typed, action);
    if (!('errors' in read) && saysAlready(action, read)) return already;
    if (!isOpenAction(action)) return overtaken;
    if (action.version !== at.data.version) return stale;
    if ('errors' in read) return read;
    const next = updateAction(action, read, actor.id, council.now);
    if (isRefusal(next)) return next;
    return changed(plr, next, `said action ${action.id} is ${next.state}`, turn);
  });
}

/** The QA Service verifies what is done (docs/domain.md, 4.8). */
export async function saveVerification(data: unknown, turn: Turn): Promise<CardContent> {
  const at = address.safeParse(data);
  if (!at.success) return noActionHere();
  const { actor, council } = turn;
  return answer(at.data, turn, {}, (plr, action) => {
    if (!mayVerifyAction(actor, action, plr, council)) return notTheirs;
    if (action.state === 'verified' && action.verifiedBy === actor.id) return already;
    if (action.version !== at.data.version) return stale;
    const next = verifyAction(action, actor.id, council.now);
    if (isRefusal(next)) return next;
    return changed(plr, next, `verified action ${action.id}`, turn);
  });
}

/** Or re-opens it, with a reason that the owner reads (docs/domain.md, 4.8). */
async function reopen(data: unknown, turn: Turn): Promise<CardContent> {
  const at = address.safeParse(data);
  if (!at.success) return noActionHere();
  const typed = reopenFields.parse(data);
  const { actor, council } = turn;
  return answer(at.data, turn, { reopen: typed }, (plr, action) => {
    if (!mayVerifyAction(actor, action, plr, council)) return notTheirs;
    if (isOpenAction(action) && action.reopened?.by === actor.id && action.reopened.why === typed.reason)
      return already;
    if (action.version !== at.data.version) return isOpenAction(action) ? overtaken : stale;
    const read = readReopening(typed, council.today);
    if ('errors' in read) return read;
    const next = reopenAction(action, read, actor.id, council.now, council);
    if (isRefusal(next)) return next;
    return giveBack(plr, next, turn);
  });
}

export const saveUpdate: Verb = {
  answer: update,
  screen: { inputs: updateInputs, again: openAction },
};

export const saveReopening: Verb = {
  answer: reopen,
  screen: { inputs: ['reason', 'dueOn'], again: openAction },
};

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

type Decide = (plr: Plr, action: Action) => Change<Plr> | Refusal | Wrong;

/** Saves what is decided. A refusal is answered with the current card, what was typed, and what to do. */
async function answer(at: Address, turn: Turn, typed: ShownAction, decide: Decide): Promise<CardContent> {
  const { cycle, ref, action: id } = at;
  const result = await turn.documents.change(plrKind, plrKey(cycle, ref), turn.actor.id, (plr) => {
    const action = findAction(plr, id);
    return action === undefined ? notTheirs : decide(plr, action);
  });
  if (!isRefusal(result)) return cardOf(result, at, turn, {});
  if (result.refused === 'missing') return noActionHere(typed);
  if (result.refused === 'already') return current(at, turn);
  const errors = 'errors' in result ? (result as Wrong).errors : {};
  return current(at, turn, { ...typed, errors, notice: result.say });
}

async function current(at: Address, turn: Turn, shown: ShownAction = {}): Promise<CardContent> {
  const plr = await turn.documents.read(plrKind, plrKey(at.cycle, at.ref));
  return plr === undefined ? noActionHere(shown) : cardOf(plr, at, turn, shown);
}

function cardOf(plr: Plr, at: Address, { actor, council }: Turn, shown: ShownAction): CardContent {
  const action = findAction(plr, at.action);
  if (action === undefined || !mayReadAction(actor, action, plr, council)) return noActionHere(shown);
  return actionCard(plr, action, actor, council, { ...shown, back: at.back });
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
