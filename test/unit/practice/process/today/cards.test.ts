import assert from 'node:assert/strict';
import type { PersonId, TeamId } from '../../../../../src/practice/base/ids.js';
import { addDays, localDate } from '../../../../../src/practice/base/time.js';
import { byUrgency, openKinds, type Open } from '../../../../../src/practice/process/open/open-item.js';
import { openFor } from '../../../../../src/practice/process/open/seen-by.js';
import type { TodayButton } from '../../../../../src/practice/process/today/buttons.js';
import {
  cutCard,
  rowsOfCut,
  shownMine,
  shownUnsafe,
  todayCard,
} from '../../../../../src/practice/process/today/cards.js';
import { asTheirs, bySort, openCuts } from '../../../../../src/practice/process/today/sorts.js';
import { detailInWords } from '../../../../../src/practice/process/today/words.js';
import { aContext } from '../../../../builders/a-context.js';
import { anOpenItem, presserOf, seenOn, thatDay } from '../../../../builders/presented/today.js';
import { smallCouncil } from '../../../../builders/small-council.js';

interface Shown {
  readonly intro: string;
  readonly sections: readonly {
    readonly heading: string;
    readonly rows: readonly {
      readonly title: string;
      readonly detail: string;
      readonly buttons: TodayButton[];
    }[];
  }[];
  readonly pages: readonly TodayButton[];
}

const person = (id: string) => id as PersonId;
const today = (id: string, open: readonly Open[]) =>
  todayCard(seenOn(id, [...open].sort(byUrgency)), presserOf(id)).data as Shown;
const headings = ({ sections }: Shown) => sections.map(({ heading }) => heading);
const buttonsOf = ({ sections }: Shown) =>
  sections.flatMap(({ rows }) => rows.flatMap(({ buttons }) => buttons.map(({ title }) => title)));
const refs = (count: number) =>
  Array.from({ length: count }, (_, at) => `PLR-${String(at).padStart(6, '2')}`);
const lost = { to: { person: person('ash-manager') }, reason: '' };

describe('Today', () => {
  it('says a good word when there is nothing, and shows nothing', () => {
    const { intro, sections } = today('qa-lead', []);
    assert.equal(intro, 'You are up to date. Nothing waits for you.');
    assert.deepEqual(sections, []);
  });

  it('begins with children who may be unsafe, shows what fits a phone, and the rest by one press', () => {
    const open = [
      ...refs(9).map((ref) => anOpenItem('alert-unacknowledged', ref)),
      ...refs(20).map((ref) => anOpenItem('change-to-decide', ref)),
    ];
    const shown = today('qa-lead', open);
    assert.deepEqual(headings(shown), ['Children who may be unsafe', 'Waiting for you']);
    assert.deepEqual(
      shown.sections.map(({ rows }) => rows.length),
      [shownUnsafe + 1, shownMine + 1],
    );
    assert.deepEqual(
      shown.sections.map(({ rows }) => rows.at(-1)?.buttons[0]?.data),
      [
        { cut: 'alerts', page: 0 },
        { cut: 'mine', page: 0 },
      ],
    );
  });

  it('makes one line of what is one thing to do', () => {
    const documents = refs(40).map((ref) =>
      anOpenItem('document-to-attach', ref, { who: [person('business-support')] }),
    );
    const shown = today('business-support', documents);
    assert.deepEqual(buttonsOf(shown), ['40 documents to attach']);
  });

  it('shows somebody who is two things both parts, and nothing twice', () => {
    const roster = smallCouncil();
    const council = aContext({
      at: thatDay.now,
      roster: {
        ...roster,
        services: roster.services.map((one) =>
          one.id === 'care' ? { ...one, serviceManagerId: person('birch-manager') } : one,
        ),
      },
    });
    const birch = anOpenItem('review-not-returned', 'PLR-222222', { owedBy: person('ash-manager') });
    const own = anOpenItem('action', 'PLR-333333-1', { who: [person('birch-manager')] });
    const care = anOpenItem('review-not-returned', 'PLR-444444', {
      serviceId: 'care' as never,
      teamId: 'cedar' as TeamId,
      owedBy: person('cedar-manager'),
    });
    const other = anOpenItem('review-not-returned', 'PLR-555555', { teamId: 'ash' as TeamId });
    const me = council.organisation.people.get(person('birch-manager'))!;
    const seen = asTheirs(openFor(me, [birch, own, care, other], council), me.id);
    assert.deepEqual(
      seen.map(({ item }) => item.ref),
      ['PLR-222222', 'PLR-333333-1', 'PLR-444444'],
    );
    const shown = todayCard(seen, { ...presserOf('birch-manager'), council, person: me }).data as Shown;
    assert.deepEqual(buttonsOf(shown), ['2 reviews not returned']);
    assert.deepEqual(headings(shown), ['Waiting for you', 'Also open']);
  });

  it('lists every thing once over the pages of a cut, with a way on and back', () => {
    const open = refs(2 * rowsOfCut + 1).map((ref) => anOpenItem('change-to-decide', ref));
    const pages = [0, 1, 2, 99].map(
      (page) => cutCard(seenOn('qa-lead', open), 'changes', presserOf('qa-lead', page)).data as Shown,
    );
    const listed = pages.slice(0, 3).flatMap(({ sections }) => sections.flatMap(({ rows }) => rows));
    assert.equal(new Set(listed.map(({ detail }) => detail)).size, open.length);
    assert.deepEqual(pages[3], pages[2], 'a page that is gone by now is the last');
    assert.deepEqual(
      pages.map((one) => one.pages.map(({ title }) => title)),
      [
        ['Next page', 'Back to today'],
        ['Previous page', 'Next page', 'Back to today'],
        ['Previous page', 'Back to today'],
        ['Previous page', 'Back to today'],
      ],
    );
  });

  it('shows each kind of open thing in one sort, and says so of each cut that is empty', () => {
    const all = openKinds.map((kind) =>
      anOpenItem(kind, 'PLR-222222', kind === 'message-undelivered' ? { lost } : {}),
    );
    const seen = seenOn('qa-lead', all);
    assert.equal(bySort(seen).flatMap(({ items }) => items).length, openKinds.length);
    for (const cut of openCuts) {
      const { intro } = cutCard([], cut, presserOf('qa-lead')).data as Shown;
      assert.match(intro, /^(There is no|Nothing|You are up to date)/, cut);
    }
  });
});

describe('the buttons of what is open', () => {
  const buttonsFor = (id: string, item: Open) => {
    const { sections } = cutCard(seenOn(id, [item]), 'overdue', presserOf(id)).data as Shown;
    return sections.flatMap(({ rows }) => rows.flatMap(({ buttons }) => buttons.map(({ verb }) => verb)));
  };
  const late = (kind: Open['kind'], changes: Partial<Open> = {}) =>
    anOpenItem(kind, 'PLR-222222', { overdue: true, ...changes });
  const owed = late('review-not-returned', { owedBy: person('ash-manager'), who: [person('ash-manager')] });

  const cases: readonly (readonly [string, Open, string[]])[] = [
    ['ash-manager', owed, ['review.open']],
    ['qa-lead', owed, ['change.open', 'today.remind']],
    ['head-of-service', owed, []],
    ['assessment-service-manager', owed, []],
    ['birch-manager', late('alert-unacknowledged', { who: [person('birch-manager')] }), ['alert.open']],
    [
      'birch-worker-first',
      late('alert-grip-due', { concerns: [person('birch-worker-first')] }),
      ['alert.open'],
    ],
    ['head-of-service', late('alert-unacknowledged', { who: [person('birch-manager')] }), []],
    ['qa-lead', late('alert-unacknowledged', { who: [person('birch-manager')] }), ['alert.open']],
    ['assessment-reviewer', late('brief-to-approve'), ['learning.open']],
    ['head-of-service', late('brief-to-approve'), []],
    ['birch-manager', late('meeting-not-discussed'), ['learning.record']],
    ['birch-manager', late('meeting-not-discussed', { since: null }), []],
    [
      'assessment-reviewer',
      late('moderation-to-do', { who: [person('assessment-reviewer')] }),
      ['moderation.open'],
    ],
    ['head-of-service', late('moderation-to-do'), []],
  ];
  for (const [id, item, verbs] of cases)
    it(`are ${verbs.join(' and ') || 'none'} for the ${id}, of ${item.kind}`, () => {
      assert.deepEqual(buttonsFor(id, item), verbs);
    });

  it('open an action for nobody who may not read it', () => {
    const item = late('action');
    assert.deepEqual(buttonsFor('qa-lead', item), []);
    assert.deepEqual(buttonsFor('qa-lead', { ...item, ref: 'PLR-4K3M2Q-1' }), ['action.open']);
  });

  it('remind nobody who has left: they are to be decided about', () => {
    const left = late('review-not-returned', { owedBy: person('nobody-here'), who: [person('qa-lead')] });
    assert.deepEqual(buttonsFor('qa-lead', left), ['change.open']);
  });
});

describe('how late something is', () => {
  const due = (days: number, overdue = days < 0) => {
    const item = anOpenItem('change-to-decide', 'PLR-222222', { due: addDays(thatDay.today, days), overdue });
    return detailInWords({ item, isMine: true }, thatDay);
  };
  for (const [days, said] of [
    [-12, '12 days late: due on 26 May 2022.'],
    [-1, '1 day late: due on 6 June 2022.'],
    [0, 'Due today.'],
    [1, 'Due tomorrow.'],
    [2, 'Due on 9 June 2022.'],
  ] as const)
    it(`is said in words (${days} days)`, () => assert.ok(due(days).endsWith(said), due(days)));

  it('is said of a review with the day of its last reminder', () => {
    const item = anOpenItem('review-not-returned', 'PLR-222222', {
      due: localDate('2022-05-31'),
      overdue: true,
      owedBy: person('ash-manager'),
      who: [person('ash-manager')],
    });
    const said = (changes: Partial<Open>) =>
      detailInWords({ item: { ...item, ...changes }, isMine: false }, thatDay);
    assert.match(said({}), /7 days late: due on 31 May 2022\. Not reminded yet\.$/);
    assert.match(said({ reminded: '2022-06-02T08:00:00.000Z' as never }), /Last reminded on 2 June 2022\.$/);
  });
});
