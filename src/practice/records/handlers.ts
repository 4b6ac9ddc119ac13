import { z } from 'zod';
import { may } from '../plr/plr-access.js';
import { isRefusal, refuse, type Refusal } from '../base/errors.js';
import type { ActionHandler, CardContent, Turn } from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import { plrKey, type Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Change, Message } from '../plr/ports.js';
import { addressPress } from '../forms/read-press.js';
import { readyMessageKey, toldOfRecords } from './part.js';
import { retainedUntil } from '../plr/record.js';
import { endedAt } from '../plr/retention.js';
import { recordCard } from './cards.js';

/** When the last of it ended, as far as the card knew: the document may be as old as the card. */
const attachPress = addressPress.extend({ ended: z.string().catch('') });

/**
 * Business support confirms that the PLR is on the child's electronic record: from then on, the time to the
 * purge runs.
 */
export const attachRecord: ActionHandler = (data, turn) => decide(data, turn, attached);

/**
 * It was not attached, or to the wrong record. As long as its words are still there it waits again, and so does
 * the purge.
 */
export const takeBackRecord: ActionHandler = (data, turn) => decide(data, turn, takenBack);

type Decision = (plr: Plr, ended: string, by: PersonId, council: CouncilContext) => Change<Plr> | Refusal;

async function decide(data: unknown, turn: Turn, decision: Decision): Promise<CardContent> {
  const read = attachPress.safeParse(data);
  if (!read.success) return noRecordHere();
  const { actor, council, documents } = turn;
  const key = plrKey(read.data.cycle, read.data.ref);
  let last: Plr | undefined;
  const outcome = await documents.change(plrKind, key, actor.id, (plr): Change<Plr> | Refusal => {
    last = undefined;
    if (!may(actor, 'attach record', plr, council) || plr.record === undefined)
      return refuse('not-yours', 'There is nothing here.');
    last = plr;
    return decision(plr, read.data.ended, actor.id, council);
  });
  if (!isRefusal(outcome)) return recordCard(outcome, council);
  return last === undefined ? noRecordHere() : recordCard(last, council, outcome.say);
}

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

/** The same answer for a PLR that is not there, not ready, and not theirs. */
export function noRecordHere(): CardContent {
  return noticeCard(
    'There is nothing here for you under that reference',
    'Say "records" to see what waits. Nothing was changed.',
  );
}
