import assert from 'node:assert/strict';
import type { ServiceId } from '../../../../src/practice/base/ids.js';
import { newFeedback } from '../../../../src/practice/moderation/last-moderation.js';
import { moderationCounts, returnedByService } from '../../../../src/practice/moderation/figures.js';
import type { PlrFigures } from '../../../../src/practice/plr/figures.js';
import { figuresOf } from '../../../../src/practice/process/figures-of.js';
import { localDate } from '../../../../src/practice/base/time.js';
import { aReview } from '../../../builders/a-plr.js';

const today = localDate('2022-04-21');
const returned = figuresOf(aReview().returned().build(), 'Europe/London');

/** `n` returns of one Service, the first of them so far in moderation. */
function service(id: string, n: number, states: readonly PlrFigures['moderation'][] = []): PlrFigures[] {
  return Array.from({ length: n }, (_, at) => {
    const moderation = states[at];
    const one = { ...returned, serviceId: id as ServiceId };
    return moderation === undefined ? one : { ...one, moderation };
  });
}

describe('the counts of moderation', () => {
  it('asks for 20% of each Service, rounded up: 13, 6 and 16 returns need 3, 2 and 4', () => {
    assert.equal(moderationCounts(service('a', 13), today).required, 3);
    assert.equal(moderationCounts(service('b', 6), today).required, 2);
    assert.equal(moderationCounts(service('c', 16), today).required, 4);
    assert.equal(
      moderationCounts([...service('a', 13), ...service('b', 6), ...service('c', 16)], today).required,
      9,
    );
  });

  it('asks for every Inadequate besides the sample', () => {
    const inadequate: PlrFigures = { ...returned, grades: { original: 'inadequate' } };
    assert.equal(moderationCounts([...service('assessment', 4), inadequate], today).required, 2);
  });

  it('counts drawn in whatever state, and completed when agreed or settled', () => {
    const states = ['drawn', 'graded', 'agreed', 'disputed', 'settled'] as const;
    const { required, drawn, completed } = moderationCounts(service('a', 10, states), today);
    assert.deepEqual([required, drawn, completed], [2, 5, 2]);
  });

  it('leaves out what was not returned and what came from a spreadsheet', () => {
    const assigned = figuresOf(aReview().build(), 'Europe/London');
    const history: PlrFigures = { ...returned, source: 'history' };
    assert.deepEqual(moderationCounts([assigned, history], today), {
      ...{ required: 0, drawn: 0, completed: 0, overdue: 0 },
    });
  });

  it('calls overdue what is neither agreed nor settled, from the day after it was due', () => {
    const due = (...states: PlrFigures['moderation'][]) =>
      service('a', states.length, states).map((one) => ({ ...one, moderating: { dueOn: today } }));
    const open = due('drawn', 'graded', 'disputed');
    assert.equal(moderationCounts(open, today).overdue, 0);
    const figures = [...open, ...due('agreed', 'settled'), ...service('a', 2)];
    assert.equal(moderationCounts(figures, localDate('2022-04-22')).overdue, 3);
  });
});

describe('what the draw may look at', () => {
  it('knows a PLR whose words are purged', () => {
    const purged: PlrFigures = { ...returned, record: { state: 'purged', readyOn: localDate('2022-05-30') } };
    const looked = [...returnedByService([returned, purged]).values()].flat();
    assert.deepEqual(
      looked.map((plr) => plr.purged),
      [false, true],
    );
  });
});

describe('feedback for the next assignment', () => {
  const plr = (sentOn: string, feedbackOn?: string): PlrFigures => ({
    ...returned,
    sentOn: localDate(sentOn),
    moderating: {
      dueOn: localDate('2022-05-30'),
      ...(feedbackOn === undefined ? {} : { feedbackOn: localDate(feedbackOn) }),
    },
  });

  it('is what was written since the manager’s last assignment', () => {
    assert.equal(newFeedback([plr('2022-04-01', '2022-04-20')]).length, 1);
    assert.equal(newFeedback([plr('2022-04-01', '2022-05-09'), plr('2022-05-03')]).length, 1);
    assert.equal(newFeedback([plr('2022-04-01', '2022-04-20'), plr('2022-05-03')]).length, 0);
    assert.equal(newFeedback([plr('2022-04-01')]).length, 0);
  });

  it('ends with the latest, so that it is the one on the card', () => {
    const both = newFeedback([plr('2022-05-03', '2022-05-20'), plr('2022-04-01', '2022-05-09')]);
    assert.deepEqual(
      both.map(({ moderating }) => moderating?.feedbackOn),
      ['2022-05-09', '2022-05-20'],
    );
  });
});
