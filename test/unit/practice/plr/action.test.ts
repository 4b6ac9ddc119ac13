import assert from 'node:assert/strict';
import { nothingTyped, type Action, type DoneAction } from '../../../../src/practice/plr/action.js';
import { reopenAction, updateAction, verifyAction } from '../../../../src/practice/actions/decide-action.js';
import { actionsAtReturn } from '../../../../src/practice/actions/decide-at-return.js';
import { addActions } from '../../../../src/practice/actions/decide-added-actions.js';
import { suggestedDueDates } from '../../../../src/practice/actions/due-dates.js';
import { handOverChange } from '../../../../src/practice/actions/decide-reassignment.js';
import { ragInWords, rag } from '../../../../src/practice/actions/rag.js';
import { isRefusal } from '../../../../src/practice/base/errors.js';
import type { PersonId, TeamId } from '../../../../src/practice/base/ids.js';
import { figuresOf } from '../../../../src/practice/process/figures-of.js';
import { localDate } from '../../../../src/practice/base/time.js';
import { returned } from '../../../conversation/plrs-with-actions.js';
import { aPlr, aPlrWith, councilAt, plannedAction, withPerson } from '../../../builders/planned-actions.js';

const council = councilAt('2022-04-04T10:00:00Z');
const owner = 'ash-worker-first' as PersonId;
const reviewer = 'assessment-reviewer' as PersonId;

const anAction = (): Action => aPlrWith([plannedAction()]).actions[0]!;
const aDoneAction = (): DoneAction => {
  const update = { to: 'done', evidence: 'Case note', difference: 'She feels safe' } as const;
  const done = updateAction(anAction(), update, owner, council.now);
  assert.ok(!isRefusal(done) && done.state === 'done');
  return done;
};
const allowed = <T>(result: T): Exclude<T, { refused: unknown }> => {
  assert.ok(!isRefusal(result));
  return result as Exclude<T, { refused: unknown }>;
};

describe('an action', () => {
  it('keeps every step with who and when', () => {
    const reopened = allowed(
      reopenAction(
        aDoneAction(),
        { why: 'See the bedroom', dueOn: localDate('2022-05-06') },
        reviewer,
        council.now,
        council,
      ),
    );
    const again = allowed(
      updateAction(reopened, { to: 'cannot-be-done', why: 'Moved away' }, owner, council.now),
    );
    assert.deepEqual(
      again.history.map(({ is, by }) => [is, by]),
      [
        ['created', 'system'],
        ['done', owner],
        ['reopened', reviewer],
        ['cannot-be-done', owner],
      ],
    );
    assert.equal(again.dueOn, '2022-05-06');
  });

  it('keeps what was typed while it is open, and gives it back when it is re-opened', () => {
    const typed = { ...nothingTyped, evidence: 'Visit is booked' };
    const started = allowed(updateAction(anAction(), { to: 'in-progress', typed }, owner, council.now));
    assert.ok(started.state === 'in-progress');
    assert.deepEqual(started.typed, typed);
    const reopened = allowed(
      reopenAction(aDoneAction(), { why: 'More', dueOn: council.today }, reviewer, council.now, council),
    );
    assert.equal(reopened.typed.evidence, 'Case note');
    assert.equal(reopened.reopened?.why, 'More');
  });

  it('refuses an update once it is closed', () => {
    const refused = updateAction(aDoneAction(), { to: 'to-do', typed: nothingTyped }, owner, council.now);
    assert.ok(isRefusal(refused));
    assert.equal(refused.refused, 'closed');
  });

  it('is verified only when done, and never by its owner or by who said it was done', () => {
    const kinds = [
      verifyAction(anAction(), reviewer, council.now),
      verifyAction(aDoneAction(), owner, council.now),
      verifyAction(
        { ...aDoneAction(), ownerId: 'ash-worker-second' as PersonId, doneBy: reviewer },
        reviewer,
        council.now,
      ),
    ].map((result) => (isRefusal(result) ? result.refused : 'verified'));
    assert.deepEqual(kinds, ['not-done', 'own-work', 'own-work']);
    const verified = allowed(verifyAction(aDoneAction(), reviewer, council.now));
    assert.deepEqual([verified.state, verified.difference], ['verified', 'She feels safe']);
  });

  it('is re-opened only once it is closed', () => {
    const to = { why: 'More', dueOn: council.today };
    assert.ok(isRefusal(reopenAction(anAction(), to, reviewer, council.now, council)));
  });
});

describe('the RAG of an action', () => {
  const open = (dueOn: string) => ({ state: 'to-do', dueOn: localDate(dueOn) }) as const;
  // Thursday before Easter: the 15th and 18th are bank holidays.
  const today = localDate('2022-04-14');
  for (const [dueOn, is] of [
    ['2022-04-13', 'red'],
    ['2022-04-14', 'amber'],
    ['2022-04-25', 'amber'],
    ['2022-04-26', 'green'],
  ] as const) {
    it(`is ${is} on 14 April when due on ${dueOn}, Easter between`, () => {
      assert.equal(rag(open(dueOn), today, council.holidays), is);
    });
  }

  it('is a word once the action is closed, however late it was', () => {
    const closed = { state: 'done', dueOn: localDate('2020-01-01') } as const;
    assert.equal(ragInWords(rag(closed, today, council.holidays)), 'Done: waiting to be verified');
  });
});

describe('making actions', () => {
  it('gives each planned action to the allocated worker or the Team Manager, with a card', () => {
    const { plr, messages } = addActions(
      aPlr(),
      [plannedAction(), plannedAction({ owner: 'team-manager' })],
      council,
    );
    assert.deepEqual(
      plr.actions.map(({ id, ownerId }) => [id, ownerId]),
      [
        ['PLR-7K3M2Q-1', 'ash-worker-first'],
        ['PLR-7K3M2Q-2', 'ash-manager'],
      ],
    );
    assert.deepEqual(
      messages.map(({ key }) => key),
      ['action.PLR-7K3M2Q-1.given.v1.ash-worker-first', 'action.PLR-7K3M2Q-2.given.v1.ash-manager'],
    );
  });

  it('makes the actions of a returned review once, beside those of management grip', () => {
    const gripped = addActions(aPlr(), [plannedAction({ keepsChildSafe: true })], council).plr;
    const once = actionsAtReturn(returned(gripped, [plannedAction()]), council);
    const twice = actionsAtReturn(once.plr, council);
    assert.deepEqual(
      once.plr.actions.map(({ id, origin }) => [id, origin]),
      [
        ['PLR-7K3M2Q-1', 'management-grip'],
        ['PLR-7K3M2Q-2', 'review'],
      ],
    );
    assert.equal(twice.plr, once.plr);
    assert.deepEqual(twice.messages, []);
  });

  it('makes none of a review that is not returned', () => {
    assert.deepEqual(actionsAtReturn(aPlr(), council).plr.actions, []);
  });

  it('suggests the next working day for a child’s safety, else 10 working days', () => {
    assert.deepEqual(suggestedDueDates(localDate('2022-04-14'), council.holidays), {
      'child-safety': '2022-04-19',
      practitioner: '2022-05-03',
    });
  });

  it('shows in the figures without a word that anyone wrote', () => {
    const figures = figuresOf(aPlrWith([plannedAction({ what: 'Ring Mrs Example' })]), 'Europe/London');
    assert.deepEqual(figures.actions, [
      {
        id: 'PLR-7K3M2Q-1',
        state: 'to-do',
        dueOn: '2022-04-29',
        ownerId: 'ash-worker-first',
        teamId: 'ash',
        keepsChildSafe: false,
        origin: 'management-grip',
      },
    ]);
  });
});

describe('handing actions over', () => {
  const left = withPerson('ash-worker-first', { activeUntil: localDate('2022-04-08') });
  const later = '2022-04-11T08:00:00Z';
  const ownersAfter = (change: Parameters<typeof councilAt>[1]) =>
    handOverChange(aPlrWith([plannedAction()]), councilAt(later, change))?.state.actions[0];

  it('gives the action of who left to the new allocated worker', () => {
    const moved = ownersAfter((roster) =>
      left({
        ...roster,
        cases: roster.cases.map((one) =>
          one.ref === 'CS-1000' ? { ...one, allocatedWorkerId: 'ash-worker-second' as PersonId } : one,
        ),
      }),
    );
    assert.equal(moved?.ownerId, 'ash-worker-second');
    assert.deepEqual(moved?.history.at(-1), {
      at: '2022-04-11T08:00:00.000Z',
      by: 'system',
      is: 'reassigned',
      from: 'ash-worker-first',
      to: 'ash-worker-second',
    });
  });

  it('gives it to the Team Manager while nobody else is allocated', () => {
    assert.equal(ownersAfter(left)?.ownerId, 'ash-manager');
  });

  it('goes with the case to another team, and tells the old and the new owner', () => {
    const council = councilAt(later, (roster) => ({
      ...roster,
      cases: roster.cases.map((one) =>
        one.ref === 'CS-1000'
          ? { ...one, teamId: 'birch' as TeamId, allocatedWorkerId: 'birch-worker-third' as PersonId }
          : one,
      ),
    }));
    const change = handOverChange(aPlrWith([plannedAction()]), council);
    assert.deepEqual(
      change?.state.actions.map(({ ownerId, teamId }) => [ownerId, teamId]),
      [['birch-worker-third', 'birch']],
    );
    assert.deepEqual(
      change?.messages.map(({ key }) => key),
      [
        'action.PLR-7K3M2Q-1.replaced.moved-v2.ash-worker-first',
        'action.PLR-7K3M2Q-1.moved.v2.ash-worker-first',
        'action.PLR-7K3M2Q-1.reassigned.v2.birch-worker-third',
      ],
    );
  });

  it('changes nothing while every owner is the right one, nor the second time', () => {
    assert.equal(handOverChange(aPlrWith([plannedAction()]), councilAt(later)), undefined);
    const council = councilAt(later, left);
    const once = handOverChange(aPlrWith([plannedAction()]), council)?.state;
    assert.ok(once !== undefined);
    assert.equal(handOverChange(once, council), undefined);
  });
});
