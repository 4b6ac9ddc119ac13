import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import { plrKey, type Plr } from '../plr/plr.js';
import type { PlrPart } from '../plr/plr-kind.js';
import type { Change, Message } from '../plr/ports.js';
import type { Instant } from '../base/time.js';
import { purge } from './decide-purge.js';
import { purgeAt, readyAt } from '../plr/retention.js';

/** What happens to a returned PLR by itself: it becomes ready to attach, and later its narrative goes. */
export const recordPart: PlrPart = {
  of: 'record',
  dueAt: (plr) => readyAt(plr) ?? purgeAt(plr),
  whenDue: (plr, now, council) => becomeReady(plr, now, council) ?? losesItsWords(plr, now),
};

function becomeReady(plr: Plr, now: Instant, council: CouncilContext): Change<Plr> | undefined {
  const at = readyAt(plr);
  if (at === undefined || at > now) return undefined;
  const { record } = plr;
  const told = toldOfRecords(council);
  const attachedBefore =
    record === undefined || record.state === 'waiting'
      ? {}
      : { attachedBefore: [...(record.attachedBefore ?? []), record.attachedAt] };
  const state: Plr = { ...plr, record: { state: 'waiting', readyAt: now, told, ...attachedBefore } };
  return {
    state,
    did: 'made ready for the child’s record',
    messages: told.map((id) => readyMessage(state, id)),
  };
}

/** Everyone in business support; the QA leads while nobody has that role (docs/domain.md, 17). */
export function toldOfRecords({ organisation, today }: CouncilContext): PersonId[] {
  const support = organisation.withRole('business-support', today);
  return (support.length > 0 ? support : organisation.withRole('qa-lead', today)).map(({ id }) => id);
}

function readyMessage(plr: Plr, person: PersonId): Message {
  return {
    key: readyMessageKey(plr, person),
    to: { person },
    card: 'record-ready',
    about: plrKey(plr.cycleId, plr.ref),
    urgency: 'ordinary',
  };
}

export function readyMessageKey(plr: Plr, person: PersonId): string {
  return `record.${plr.ref}.ready${timesInKey(plr)}.${person}`;
}

/** Nothing the first time, `.2` when it is to be attached a second time. */
function timesInKey({ record }: Plr): string {
  const before = record?.attachedBefore?.length ?? 0;
  return before === 0 ? '' : `.${before + 1}`;
}

function losesItsWords(plr: Plr, now: Instant): Change<Plr> | undefined {
  const at = purgeAt(plr);
  if (at === undefined || at > now) return undefined;
  return { state: purge(plr, now), did: 'purged the narrative', messages: [] };
}
