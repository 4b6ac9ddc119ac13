import assert from 'node:assert/strict';
import { periodOfId, periodSaid } from '../../../../src/practice/plr/period-said.js';
import { localDate } from '../../../../src/practice/base/time.js';

const today = localDate('2022-06-07');

describe('the period that somebody named', () => {
  const named: [string, string | undefined][] = [
    ['march', '2022-03'],
    ['march 2022', '2022-03'],
    ['mar 2021', '2021-03'],
    ['september', '2021-09'],
    ['june', '2022-06'],
    ['2022-03', '2022-03'],
    ['', '2022-05'],
    ['last month', '2022-05'],
    ['last quarter', '2021-22-Q4'],
    ['q4', '2021-22-Q4'],
    ['q1', '2022-23-Q1'],
    ['q4 2021/22', '2021-22-Q4'],
    // What is left of "Q4 2021/22" when the punctuation was taken out.
    ['q4 2021 22', '2021-22-Q4'],
    ['quarter 4 2021-22', '2021-22-Q4'],
    ['2021-22-q4', '2021-22-Q4'],
    ['q4 2021/2022', '2021-22-Q4'],
    ['q4 2022', undefined],
    ['q4 2021/23', undefined],
    ['2022-13', undefined],
    ['everything', undefined],
  ];
  for (const [said, id] of named) {
    it(`takes “${said}” in June 2022 as ${id ?? 'none'}`, () => {
      assert.equal(periodSaid(said, today)?.id, id);
    });
  }

  it('is read back from the id on a card, and nothing else is', () => {
    assert.equal(periodOfId('2021-22-Q4')?.months[0], '2022-01');
    assert.equal(periodOfId('2022-03')?.kind, 'monthly');
    for (const id of ['', '2021-23-Q4', '2022-3', '../2022-03']) assert.equal(periodOfId(id), undefined);
  });
});
