import { isRefusal, refuse } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import type { Person } from '../council/organisation.js';
import { isAwayUntil } from '../council/staff.js';
import { blindReasonLimit } from './blind-draft.js';
import { handOn, reassign } from './decide-hand-on.js';
import { couldModerate } from './cards.js';
import { redrawForModerator, toModerator } from './messages.js';
import { tookPart } from './moderator-search.js';
import type { ModerationStep } from './step.js';

/** The moderator cannot do it: the next tick chooses another by workload. */
export function handOnStep(reason: string, by: Person, council: CouncilContext): ModerationStep {
  return (plr, moderation) => {
    if (reason.length > blindReasonLimit) return tooLong;
    const moved = handOn(moderation, reason, by.id, council.now);
    if (isRefusal(moved)) return moved;
    return { state: { ...plr, moderation: moved }, did: 'handed a moderation on', messages: [] };
  };
}

/** The QA lead names who moderates instead. */
export function nameStep(to: PersonId, reason: string, by: Person, council: CouncilContext): ModerationStep {
  return (plr, moderation) => {
    if (reason.length > blindReasonLimit) return tooLong;
    if (!couldModerate(plr, council).includes(to)) {
      return refuse('incomplete', 'Choose who should moderate it from the list.');
    }
    const named = reassign(moderation, to, tookPart(plr, council), reason, by.id, council.now);
    if (isRefusal(named)) return named;
    const before = moderation.state === 'drawn' ? [redrawForModerator(plr, moderation, 'handed-on')] : [];
    const away = isAwayUntil(to, named.dueOn, council);
    return {
      state: { ...plr, moderation: away ? { ...named, namedThoughAway: true } : named },
      did: 'named a moderator',
      messages: [...before, toModerator(plr, named)],
    };
  };
}

const tooLong = refuse('too-long', `Keep your reason to ${blindReasonLimit} characters, then send it again.`);
