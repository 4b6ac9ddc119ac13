import { may } from '../access.js';
import { isRefusal, refuse, type Refusal } from '../errors.js';
import type { ActionHandler, CardContent } from '../feature.js';
import { noticeCard } from '../help.js';
import type { House } from '../house.js';
import type { PersonId } from '../ids.js';
import { plrKey, type Plr } from '../plr.js';
import { plrKind } from '../plr-kind.js';
import type { Change } from '../ports.js';
import { addressPress } from '../reviews/read-press.js';
import { addDuration } from '../time.js';
import { readyMessageKey } from './record-part.js';
import { defaultRetentionDays } from './record.js';
import { recordCard } from './record-cards.js';

/** Business support says that the PLR is in the child's electronic record: from then on the wait for the purge runs. */
export const attachRecord: ActionHandler = async (data, turn) => {
  const read = addressPress.safeParse(data);
  if (!read.success) return nothingHere();
  const { actor, house, documents } = turn;
  const key = plrKey(read.data.cycle, read.data.ref);
  let last: Plr | undefined;
  const outcome = await documents.change(plrKind, key, actor.id, (plr): Change<Plr> | Refusal => {
    last = undefined;
    if (!may(actor, 'attach record', plr, house) || plr.record === undefined)
      return refuse('not-yours', 'There is nothing here.');
    last = plr;
    return attached(plr, actor.id, house);
  });
  if (!isRefusal(outcome)) return recordCard(outcome, house);
  return last === undefined ? nothingHere() : recordCard(last, house);
};

function attached(plr: Plr, by: PersonId, house: House): Change<Plr> | Refusal<'already-attached'> {
  if (plr.record?.state !== 'waiting') return refuse('already-attached', 'It was attached before.');
  const others = house.organisation.roster.people.filter(({ id }) => id !== by);
  return {
    state: {
      ...plr,
      record: {
        state: 'attached',
        readyAt: plr.record.readyAt,
        attachedAt: house.now,
        attachedBy: by,
        purgeAt: addDuration(house.now, `P${house.retentionDays ?? defaultRetentionDays}D`),
      },
    },
    did: 'confirmed that it is in the child’s record',
    // Whoever else was asked sees that it is done.
    messages: others
      .filter(({ roles }) => roles.includes('business-support'))
      .map(({ id }) => ({
        key: `record.${plr.ref}.attached.${id}`,
        to: { person: id },
        card: 'record-ready',
        about: plrKey(plr.cycleId, plr.ref),
        urgency: 'ordinary',
        redraws: readyMessageKey(plr, id),
      })),
  };
}

/** The same answer for a PLR that is not there, not ready, and not theirs. */
export function nothingHere(): CardContent {
  return noticeCard(
    'There is nothing here for you under that reference',
    'Say "records" to see what waits. Nothing was changed.',
  );
}
