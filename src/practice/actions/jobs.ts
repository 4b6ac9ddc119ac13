import { Temporal } from 'temporal-polyfill';
import { refuse } from '../base/errors.js';
import type { Job, Tick } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import { isHere, managersOfTeam } from '../council/staff.js';
import { plrKey } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Change } from '../plr/ports.js';
import {
  addDays,
  addWorkingDays,
  dateAt,
  instantAt,
  isWorkingDay,
  type BankHolidays,
  type LocalDate,
} from '../base/time.js';
import { findAction } from '../plr/actions-of-plr.js';
import { digestKey, digestKind, type Digest, type DigestCounts } from './digest.js';
import { findActions, isOpenLine, type ActionLine } from './find-actions.js';
import { whoVerifies } from './owners.js';
import { rag } from './rag.js';
import { roundDone, roundsSoFar } from './rounds.js';

/**
 * At 9 on the week's first working day each Team Manager is told what is open, and each verifier what waits for
 * them. Somebody with nothing open gets no message.
 */
export const sendTheWeeklyDigest: Job = {
  name: 'tell Team Managers what is open this week, and verifiers what waits for them',
  run: async (tick) => {
    const { council } = tick;
    const week = mondayOf(council.today);
    const first = firstWorkingDay(week, council.holidays);
    if (council.now < instantAt(first, '09:00', council.timeZone) || first > addDays(week, 6)) return;
    if ((await roundsSoFar(tick)).digestWeek >= week) return;
    const lines = await findActions(tick);
    for (const { id } of council.organisation.roster.teams) {
      const counts = digestCounts(
        lines.filter(({ teamId }) => teamId === id),
        council,
      );
      const manager = managersOfTeam(id, council).find((one) => isHere(one, council));
      if (counts.open > 0 && manager !== undefined) await send({ teamId: id, week, counts }, manager, tick);
    }
    for (const [verifierId, doneOn] of await waitingFor(lines, tick)) {
      const since = doneOn.reduce((first, day) => (day < first ? day : first));
      await send({ verifierId, week, toVerify: doneOn.length, since }, verifierId, tick);
    }
    await roundDone(tick, { digestWeek: week }, 'sent the digests of the week');
  },
};

/** Who has to verify what is done, as of today, with the days on which it was done. */
async function waitingFor(
  lines: readonly ActionLine[],
  { documents, council }: Tick,
): Promise<ReadonlyMap<PersonId, LocalDate[]>> {
  const waiting = new Map<PersonId, LocalDate[]>();
  for (const { cycleId, ref, id } of lines.filter(({ state }) => state === 'done')) {
    const plr = await documents.read(plrKind, plrKey(cycleId, ref));
    const action = plr && findAction(plr, id);
    if (plr === undefined || action?.state !== 'done') continue;
    const doneOn = dateAt(action.doneAt, council.timeZone);
    for (const verifier of whoVerifies(action, action.doneBy, plr, council))
      waiting.set(verifier, [...(waiting.get(verifier) ?? []), doneOn]);
  }
  return waiting;
}

async function send(digest: Digest, to: PersonId, { documents }: Tick): Promise<void> {
  const key = digestKey(digest);
  const change: Change<Digest> = {
    state: digest,
    did: `counted the week of ${digest.week}`,
    messages: [
      {
        key: `digest.${key.id}.${digest.week}.${to}`,
        to: { person: to },
        card: 'action-digest',
        reason: { week: digest.week },
        about: key,
        urgency: 'ordinary',
      },
    ],
  };
  if (await documents.create(digestKind, key, change, 'system')) return;
  await documents.change(digestKind, key, 'system', (before) =>
    before.week >= digest.week ? refuse('sent', 'This week was counted.') : change,
  );
}

export function digestCounts(
  lines: readonly ActionLine[],
  { today, holidays }: CouncilContext,
): DigestCounts {
  const open = lines.filter(isOpenLine);
  const sunday = addDays(mondayOf(today), 6);
  return {
    open: open.length,
    overdue: open.filter((line) => rag(line, today, holidays) === 'red').length,
    dueThisWeek: open.filter(({ dueOn }) => today <= dueOn && dueOn <= sunday).length,
    keepsChildSafe: open.filter(({ keepsChildSafe }) => keepsChildSafe).length,
    toVerify: lines.filter(({ state }) => state === 'done').length,
  };
}

function mondayOf(date: LocalDate): LocalDate {
  return addDays(date, 1 - Temporal.PlainDate.from(date).dayOfWeek);
}

function firstWorkingDay(from: LocalDate, holidays: BankHolidays): LocalDate {
  return isWorkingDay(from, holidays) ? from : addWorkingDays(from, 1, holidays);
}
