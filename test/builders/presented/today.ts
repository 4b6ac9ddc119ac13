import { lateCard } from '../../../src/practice/process/today/late-digest.js';
import type { PersonId, ServiceId, TeamId } from '../../../src/practice/base/ids.js';
import { instant, localDate } from '../../../src/practice/base/time.js';
import { todayCard } from '../../../src/practice/process/today/cards.js';
import { asTheirs } from '../../../src/practice/process/today/sorts.js';
import type { Open } from '../../../src/practice/process/open/open-item.js';
import { openFor } from '../../../src/practice/process/open/seen-by.js';
import { aContext } from '../a-context.js';
import type { Presented } from '../presented.js';

export const thatDay = aContext({ at: '2022-06-07T09:00:00Z' });

/** Something open of the Birch Team's since April, unless a test says otherwise. */
export function anOpenItem(kind: Open['kind'], ref: string | null, changes: Partial<Open> = {}): Open {
  return {
    kind,
    ref,
    cycle: '2022-04',
    serviceId: 'assessment' as ServiceId,
    teamId: 'birch' as TeamId,
    since: instant('2022-05-30T14:30:00Z'),
    due: null,
    overdue: false,
    who: ['qa-lead' as PersonId],
    ...changes,
  };
}

const april = localDate('2022-04-29');
const owed = (number: number): Open =>
  anOpenItem('review-not-returned', `PLR-22222${number}`, {
    since: instant('2022-04-01T08:00:00Z'),
    due: april,
    overdue: true,
    who: ['ash-manager' as PersonId],
    owedBy: 'ash-manager' as PersonId,
    teamId: 'ash' as TeamId,
    reminded: instant('2022-05-30T08:00:00Z'),
  });

/** What a QA lead finds on a morning with something of nearly each kind left open. */
export const aMorning: readonly Open[] = [
  anOpenItem('alert-unacknowledged', 'PLR-7K3M2Q', {
    due: instant('2022-05-31T14:30:00Z'),
    overdue: true,
    who: ['birch-manager' as PersonId, 'assessment-service-manager' as PersonId],
  }),
  anOpenItem('alert-grip-due', 'PLR-8K3M2Q', {
    who: ['cedar-manager' as PersonId],
    teamId: 'cedar' as TeamId,
  }),
  anOpenItem('alert-to-close', 'PLR-9K3M2Q'),
  ...[2, 3, 4].map(owed),
  anOpenItem('moderation-to-settle', 'PLR-3K3M2Q', { due: localDate('2022-05-20'), overdue: true }),
  anOpenItem('action', 'PLR-4K3M2Q-1', {
    due: localDate('2022-06-30'),
    who: ['birch-worker-first' as PersonId],
  }),
  anOpenItem('change-to-decide', 'PLR-5K3M2Q'),
  ...['PLR-6K3M2Q', 'PLR-6K3M2R'].map((ref) =>
    anOpenItem('message-undelivered', ref, {
      lost: { to: { person: 'birch-manager' as PersonId }, reason: '403 BotNotInConversationRoster' },
    }),
  ),
  anOpenItem('report-to-sign', null, { cycle: '2022-05', serviceId: null, teamId: null }),
];

export const presserOf = (id: string, page = 0) => ({
  person: thatDay.organisation.people.get(id as PersonId)!,
  council: thatDay,
  actions: new Map([['PLR-4K3M2Q-1', 'Visit every week until the plan is reviewed']]),
  remindedToday: new Set<PersonId>(),
  page,
});

export const seenOn = (id: string, open: readonly Open[] = aMorning) =>
  asTheirs(openFor(presserOf(id).person, open, thatDay), id as PersonId);

export const presentedToday: Presented = {
  'today/late': () => lateCard({ day: localDate('2022-06-07'), late: ['PLR-7K3M2Q', 'PLR-8K3M2Q'] }),
  'today/today': () => todayCard(seenOn('qa-lead'), presserOf('qa-lead')),
};
