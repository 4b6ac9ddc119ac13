import { z } from 'zod';
import { isRefusal, refuse, type Refusal } from '../base/errors.js';
import type { Turn } from '../surface/feature.js';
import { changePress, plrFor, readPress } from '../surface/press.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import { plrKey, type Plr } from '../plr/plr.js';
import type { Change, Message } from '../plr/ports.js';
import { addressPress, type Address } from '../forms/read-press.js';
import { readyMessageKey, toldOfRecords } from './part.js';
import { retainedUntil } from '../plr/record.js';
import { endedAt } from '../plr/retention.js';
import { recordCard } from './cards.js';

/** A PLR that has ended, for whoever attaches it to the child’s record. */
const theirs = plrFor('attach record');
const withRecord = {
  ...theirs,
  mine: (plr: Plr, given: Address, turn: Turn) => plr.record !== undefined && theirs.mine(plr, given, turn),
};

export const openRecord = readPress({
  ...withRecord,
  reads: addressPress,
  show: (plr, _given, { council }) => recordCard(plr, council),
});

type Decision = (plr: Plr, ended: string, by: PersonId, council: CouncilContext) => Change<Plr> | Refusal;

const recordPress = (decision: Decision) =>
  changePress({
    ...withRecord,
    /** `ended`: when the last of it ended, as far as the card knew: the document may be as old as the card. */
    reads: addressPress.extend({ ended: z.string().catch('') }),
    decide: (plr, { ended }, { actor, council }) => decision(plr, ended, actor.id, council),
    show: (plr, { outcome }, { council }) => recordCard(plr, council, isRefusal(outcome) ? outcome.say : ''),
  });

/**
 * Business support confirms that the PLR is on the child's electronic record: from then on, the time to the
 * purge runs.
 */
export const attachRecord = recordPress(attached);

/**
 * It was not attached, or to the wrong record. As long as its words are still there it waits again, and so does
 * the purge.
 */
export const takeBackRecord = recordPress(takenBack);

function attached(
  plr: Plr,
  ended: string,
  by: PersonId,
  council: CouncilContext,
): Change<Plr> | Refusal<'already-attached' | 'out-of-date'> {
  if (plr.record?.state !== 'waiting') return refuse('already-attached', 'It was attached before.');
  const now = endedAt(plr);
  if (now !== undefined && now !== ended)
    return refuse(
      'out-of-date',
      'More was said since this card was made. Nothing was confirmed: please get the document again.',
    );
  return {
    state: {
      ...plr,
      record: {
        ...plr.record,
        state: 'attached',
        attachedAt: council.now,
        attachedBy: by,
        purgeAt: retainedUntil(council.now, council.retentionDays),
      },
    },
    did: 'confirmed that it is in the child’s record',
    messages: redrawnForOthers(plr, 'attached', by, council),
  };
}

function takenBack(
  plr: Plr,
  _ended: string,
  by: PersonId,
  council: CouncilContext,
): Change<Plr> | Refusal<'not-attached'> {
  if (plr.record?.state !== 'attached') return refuse('not-attached', 'Nothing was changed.');
  const { readyAt, told, attachedBefore } = plr.record;
  return {
    state: {
      ...plr,
      record: {
        state: 'waiting',
        readyAt,
        ...(told === undefined ? {} : { told }),
        ...(attachedBefore === undefined ? {} : { attachedBefore }),
      },
    },
    did: 'took back that it is in the child’s record',
    messages: redrawnForOthers(plr, 'taken-back', by, council),
  };
}

/**
 * Shows the others who were asked how it stands. The key has the time, because it may be attached and taken
 * back more than once.
 */
function redrawnForOthers(plr: Plr, what: string, by: PersonId, council: CouncilContext): Message[] {
  const others = (plr.record?.told ?? toldOfRecords(council)).filter((id) => id !== by);
  return others.map((id) => ({
    key: `record.${plr.ref}.${what}-${council.now.replace(/\D/g, '')}.${id}`,
    to: { person: id },
    card: 'record-ready',
    about: plrKey(plr.cycleId, plr.ref),
    urgency: 'ordinary',
    redraws: readyMessageKey(plr, id),
  }));
}
