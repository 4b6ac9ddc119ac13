import { withCardsRedrawn } from '../plr/alert-cards-sent.js';
import { refuse } from '../base/errors.js';
import type { Job, Tick } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import { isHere } from '../council/staff.js';
import { plrKey, type Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Change } from '../plr/ports.js';
import { isOpenAction, type OpenAction } from '../plr/action.js';
import { reassignAction } from './decide-action.js';
import { farewell, markOf, redraw, notifyOf } from './messages.js';
import { withAction } from '../plr/actions-of-plr.js';
import { findActions, isOpenLine, type ActionLine } from './find-actions.js';
import { ownerNow, teamManagerOf } from './owners.js';
import { roundDone, roundsSoFar } from './rounds.js';

/**
 * When a worker leaves or the case moves, the action goes to the new allocated worker or Team Manager, and both
 * the old and the new owner are told. Every PLR with an open action is looked at once for each roster; on other
 * days, only those whose owner is no longer here, which the figures show.
 */
export const reassignOnANewRoster: Job = {
  name: 'hand over the actions of who left or moved',
  run: async (tick) => {
    const { council } = tick;
    const { version } = council.organisation;
    const { rosterVersion, rosterOn } = await roundsSoFar(tick);
    if (rosterVersion === version && rosterOn === council.today) return;
    const open = (await findActions(tick)).filter(isOpenLine);
    const looked = rosterVersion === version ? open.filter(({ ownerId }) => !isHere(ownerId, council)) : open;
    for (const line of onePerPlr(looked)) await handOver(line, tick);
    await roundDone(
      tick,
      { rosterVersion: version, rosterOn: council.today },
      'held actions against the roster',
    );
  },
};

function onePerPlr(lines: readonly ActionLine[]): ActionLine[] {
  return [...new Map(lines.map((line) => [line.ref, line])).values()];
}

async function handOver({ cycleId, ref }: ActionLine, { documents, council }: Tick): Promise<void> {
  await documents.change(
    plrKind,
    plrKey(cycleId, ref),
    'system',
    (plr) => handOverChange(plr, council) ?? refuse('nothing-to-do', 'Every owner is still the right one.'),
  );
}

/** Every open action of a PLR with its owner by today's roster; undefined when all of them have that owner already. */
export function handOverChange(plr: Plr, council: CouncilContext): Change<Plr> | undefined {
  let state = plr;
  const messages: Change<Plr>['messages'][number][] = [];
  const moved: string[] = [];
  for (const action of plr.actions.filter(isOpenAction)) {
    const to = ownerNow(action.ownerAs, plr, action.teamId, council);
    if (to.ownerId === action.ownerId && to.teamId === action.teamId) continue;
    const handed = hand(state, action, to, council);
    state = handed.state;
    messages.push(...handed.messages);
    moved.push(action.id);
  }
  if (moved.length === 0) return undefined;
  const directed = state.actions.findLast(
    ({ id, origin }) => origin === 'management-grip' && moved.includes(id),
  );
  const told = directed === undefined ? messages : withCardsRedrawn(messages, state, directed, council);
  return { state, did: `handed over ${moved.join(', ')}`, messages: told };
}

function hand(plr: Plr, action: OpenAction, to: ReturnType<typeof ownerNow>, council: CouncilContext) {
  const next = reassignAction(action, to, council.now);
  if (to.ownerId === action.ownerId) {
    // Only the team has changed: the owner keeps the card, and another manager may now update the action.
    return { state: withAction(plr, next), messages: redraw(plr, next) };
  }
  const formerManager = teamManagerOf(action.teamId, council);
  // Whoever still manages the team may still update it: their card is redrawn, not taken away.
  const stays = action.ownerId === formerManager && action.teamId === to.teamId;
  const left = stays ? { action: next, messages: [] } : farewell(plr, next, action.ownerId, council);
  const told = notifyOf(plr, left.action, to.ownerId, 'reassigned', markOf(next), council);
  return {
    state: withAction(plr, told.action),
    messages: [...left.messages, ...told.messages, ...redraw(plr, told.action, [to.ownerId])],
  };
}
