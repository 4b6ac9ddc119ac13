import { Temporal } from 'temporal-polyfill';
import { refuse } from '../errors.js';
import type { Job, Presenter, Tick } from '../feature.js';
import type { House } from '../house.js';
import type { PersonId, TeamId } from '../ids.js';
import { isHere } from '../organisation/staff.js';
import type { Change, DocumentKey, DocumentKind } from '../ports.js';
import {
  addDays,
  addWorkingDays,
  instantAt,
  isWorkingDay,
  type BankHolidays,
  type LocalDate,
} from '../time.js';
import { teamName, dateInWords } from '../words.js';
import { findActions, isOpenLine, type ActionLine } from './find-actions.js';
import { everyOne } from './list-asked.js';
import { rag } from './rag.js';
import { roundDone, roundsSoFar } from './rounds.js';

/**
 * How a team's actions stood at the start of a week: counts, nothing anyone wrote. One document for each
 * team, written over each week, so that they do not pile up.
 */
export interface Digest {
  readonly teamId: TeamId;
  /** The Monday of its week. */
  readonly week: LocalDate;
  readonly counts: DigestCounts;
}

export interface DigestCounts {
  readonly open: number;
  readonly overdue: number;
  readonly dueThisWeek: number;
  readonly keepsChildSafe: number;
  readonly toVerify: number;
}

export const digestKind: DocumentKind<Digest, 'digest'> = { kind: 'digest', schemaVersion: 1 };

function digestKey(team: TeamId): DocumentKey<'digest'> {
  return { partition: 'council', kind: 'digest', id: team };
}

/** At 9 on the week's first working day each Team Manager is told what is open, and nobody if nothing is. */
export const sendTheWeeklyDigest: Job = {
  name: 'tell Team Managers what is open this week',
  run: async (tick) => {
    const { house } = tick;
    const week = mondayOf(house.today);
    const first = firstWorkingDay(week, house.holidays);
    if (house.now < instantAt(first, '09:00', house.timeZone) || first > addDays(week, 6)) return;
    if ((await roundsSoFar(tick)).digestWeek >= week) return;
    const lines = await findActions(tick);
    for (const { id, teamManagerId } of house.organisation.roster.teams) {
      const counts = countsOf(
        lines.filter(({ teamId }) => teamId === id),
        house,
      );
      if (counts.open > 0 && isHere(teamManagerId, house))
        await send({ teamId: id, week, counts }, teamManagerId, tick);
    }
    await roundDone(tick, { digestWeek: week }, 'sent the digests of the week');
  },
};

async function send(digest: Digest, to: PersonId, { documents }: Tick): Promise<void> {
  const key = digestKey(digest.teamId);
  const change: Change<Digest> = {
    state: digest,
    did: `counted the week of ${digest.week}`,
    messages: [
      {
        key: `digest.${digest.teamId}.${digest.week}.${to}`,
        to: { person: to },
        card: 'action-digest',
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

export function countsOf(lines: readonly ActionLine[], { today, holidays }: House): DigestCounts {
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

export const digestPresenter: Presenter<Digest> = {
  kind: digestKind,
  present: ({ teamId, week, counts }, message, house) => {
    if (!message.key.startsWith(`digest.${teamId}.${week}.`))
      return { superseded: 'there is a newer digest' };
    return {
      template: 'action/digest',
      summary: 'Your team has open actions',
      data: {
        intro: `How the actions of ${teamName(teamId, house)} stood in the week of ${dateInWords(week)}.`,
        facts: [
          { title: 'Open', value: String(counts.open) },
          { title: 'Overdue', value: String(counts.overdue) },
          { title: 'Due this week', value: String(counts.dueThisWeek) },
          { title: 'Keep a child safe', value: String(counts.keepsChildSafe) },
          { title: 'Waiting to be verified', value: String(counts.toVerify) },
        ],
        list: { scope: 'team', show: 'open', service: everyOne, team: teamId, page: 0 },
      },
    };
  },
};

function mondayOf(date: LocalDate): LocalDate {
  return addDays(date, 1 - Temporal.PlainDate.from(date).dayOfWeek);
}

function firstWorkingDay(from: LocalDate, holidays: BankHolidays): LocalDate {
  return isWorkingDay(from, holidays) ? from : addWorkingDays(from, 1, holidays);
}
