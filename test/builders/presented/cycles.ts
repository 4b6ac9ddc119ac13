import { listChanges } from '../../../src/practice/cycles/changes/list-changes.js';
import { aTurn } from '../a-turn.js';
import { askCard, changeCard, decideCard } from '../../../src/practice/cycles/changes/change-cards.js';
import type { AskedChange, DecidedChange } from '../../../src/practice/plr/change-of-plan.js';
import { cycleNote } from '../../../src/practice/cycles/messages.js';
import { cycleKey, type ClosedCycle, type IssuedCycle } from '../../../src/practice/plr/cycle-record.js';
import { cycleStatus } from '../../../src/practice/cycles/status.js';
import { reminderCard } from '../../../src/practice/cycles/feature-reminders.js';
import { openRows } from '../../../src/practice/process/today/cards.js';
import { seenOn } from './today.js';
import { statusCard, teamsCard, unreachedCard } from '../../../src/practice/cycles/cards.js';
import { closeCard, reopenCard } from '../../../src/practice/cycles/cards-closing.js';
import type { CardContent } from '../../../src/practice/surface/feature.js';
import type { PersonId, ServiceId, TeamId } from '../../../src/practice/base/ids.js';
import { instant, localDate, month } from '../../../src/practice/base/time.js';
import { aContext } from '../a-context.js';
import { aReview } from '../a-plr.js';
import { someFigures } from '../cycle-figures.js';
import type { Presented } from '../presented.js';

const council = aContext({ at: '2022-04-22T09:00:00Z' });
const plr = aReview().build();
const qaLead = 'qa-lead' as PersonId;
const asked: AskedChange = {
  state: 'asked',
  number: 1,
  wish: 'case-closed',
  reason: 'The case closed on Tuesday.',
  askedBy: plr.managerId,
  askedAt: instant('2022-04-21T09:00:00Z'),
};
const decided: DecidedChange = {
  state: 'decided',
  number: 1,
  asked,
  outcome: 'none',
  because: 'It is open again.',
  decidedBy: qaLead,
  decidedAt: council.now,
};

const services = ['assessment', 'care'] as ServiceId[];
const inCare = { managerServiceId: 'care' as ServiceId };
const figures = [
  someFigures('PLR-222222', {
    standing: { is: 'returned', on: localDate('2022-04-20'), completedBy: 'service', late: false },
  }),
  someFigures('PLR-333333'),
  someFigures('PLR-444444', {
    ...inCare,
    managerTeamId: 'cedar' as TeamId,
    standing: { is: 'returned', on: localDate('2022-04-21'), completedBy: 'qa', late: false },
  }),
  someFigures('PLR-555555', {
    ...inCare,
    managerTeamId: 'damson' as TeamId,
    managerId: 'damson-manager' as PersonId,
  }),
];

const issued: IssuedCycle = {
  state: 'issued',
  id: plr.cycleId,
  kind: 'monthly',
  month: month('2022-04'),
  issueOn: localDate('2022-04-01'),
  dueOn: plr.dueOn,
  seed: 'a-seed',
  rosterVersion: 1,
  issuedAt: plr.issuedAt,
  countsAt: instant('2022-05-05T08:00:00Z'),
  closesAt: instant('2022-05-31T23:00:00Z'),
  issued: figures.length,
  unplaced: [],
  coverage: { reviewed: 4, open: 24, percent: 17, target: 10, shortfall: 0 },
  notes: [
    {
      key: 'roster-2',
      at: council.now,
      title: 'The list of staff and cases has changed',
      lines: [
        {
          key: 'left-birch-manager',
          sentence: `Birch Manager has left. ${plr.ref} is still open: exempt it, or let the QA Service complete it.`,
          decide: plr.ref,
        },
        ...[
          'Alder',
          'Beech',
          'Elder',
          'Elm',
          'Hazel',
          'Holly',
          'Larch',
          'Lime',
          'Maple',
          'Pine',
          'Rowan',
          'Yew',
        ].map((name) => ({
          key: `joined-${name}`,
          sentence: `${name} Manager has joined and is asked for a review of this month.`,
        })),
      ],
    },
  ],
};

const { closesAt, ...issuedFacts } = issued;
const closed: ClosedCycle = {
  ...issuedFacts,
  state: 'closed',
  countedAt: issued.countsAt,
  closedAt: closesAt ?? issued.countsAt,
  closedBy: 'system',
};

const known = {
  id: issued.id,
  cycle: issued,
  status: cycleStatus({
    figures,
    assigned: figures.map(({ ref, managerId }) => ({
      key: `assigned.${ref}`,
      to: { person: managerId },
      card: 'assignment',
      about: ref,
      at: council.now,
      ...(ref === 'PLR-555555'
        ? { state: 'undeliverable' as const, reason: 'the app was removed' }
        : { state: 'delivered' as const, reason: '' }),
    })),
    today: council.today,
    services,
  }),
};

export const presentedCycles: Presented = {
  'cycle/change-ask': () =>
    askCard(plr, {
      choice: 'holiday',
      reason: 'It is a long story.',
      choiceError: 'Choose one of these',
      reasonError: 'Say why, in a sentence or two',
    }),
  'cycle/change-decide': () => decideCard({ ...plr, change: asked }, council),
  'cycle/change': () => changeCard({ ...plr, change: decided }, decided, council, true),
  'cycle/reminder': () => reminderCard(plr, council),
  'cycle/changes': () => listChanges(aTurn('qa-lead', council, { plrs: [{ ...plr, change: asked }] })),
  'cycle/note': () =>
    cycleNote.present(
      issued,
      {
        key: `note.${issued.id}.roster-2.${qaLead}`,
        to: { person: qaLead },
        card: 'cycle-note',
        reason: { note: 'roster-2' },
        about: cycleKey(issued.id),
        urgency: 'ordinary',
      },
      council,
    ) as CardContent,
  'cycle/status': () =>
    statusCard(known, { part: { sees: 'all' }, open: openRows(seenOn('qa-lead')) }, council),
  'cycle/unreached': () => unreachedCard(known, council),
  'cycle/close': () => closeCard(known, issued, council),
  'cycle/reopen': () =>
    reopenCard({ ...known, cycle: closed }, closed, council, {
      reason: '',
      until: '2022-06-30',
      reasonError: 'Say why, in a sentence or two',
    }),
  'cycle/teams': () => teamsCard(known, 'care', council),
};
