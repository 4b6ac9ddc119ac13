import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  binomialChances,
  binomialLimits,
  threeSigmaTail,
} from '../../../../src/practice/base/statistics/binomial.js';
import { buildFirewall, checkText } from '../../../../src/practice/firewall/identifier-firewall.js';
import { runChart, type MonthlyCount } from '../../../../src/practice/learning/run-chart.js';
import { localDate, month, shiftMonth } from '../../../../src/practice/base/time.js';
import { firewallOrganisation } from '../../../builders/firewall-roster.js';

const start = month('2021-04');
const months = (counts: readonly (readonly [number, number])[]): MonthlyCount[] =>
  counts.map(([n, of], at) => ({ month: shiftMonth(start, at), n, of }));
const rules = { smallCount: 5 };

describe('exact binomial limits', () => {
  it('agree with tails worked out by hand', () => {
    // Fair coin, 10 throws: P(0) = P(10) = 1/1024 = 0.00098, within 0.00135; with P(1) it is 11/1024.
    assert.deepEqual(binomialLimits(10, 0.5), { lower: 1, upper: 9 });
    // 12 at 1/4: P(9 or more) = (220·27 + 66·9 + 12·3 + 1) / 4^12 = 6571/16777216 = 0.00039;
    // with P(8) = 495·81/16777216 it is 0.00278.
    assert.deepEqual(binomialLimits(12, 0.25), { lower: 0, upper: 8 });
    // 5 at 1/2: P(0) = 1/32: five reviews can never be unusual.
    assert.deepEqual(binomialLimits(5, 0.5), { lower: 0, upper: 5 });
  });

  it('call nothing unusual where nothing has varied', () => {
    assert.deepEqual(binomialLimits(12, 0), { lower: 0, upper: 12 });
    assert.deepEqual(binomialLimits(12, 1), { lower: 0, upper: 12 });
  });

  it('leave at most the tail outside, and one count narrower would leave more', () => {
    const sum = (chances: readonly number[]) => chances.reduce((so, one) => so + one, 0);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (trials, p) => {
          const chances = binomialChances(trials, p);
          const { lower, upper } = binomialLimits(trials, p);
          assert.ok(Math.abs(sum(chances) - 1) < 1e-9);
          assert.ok(sum(chances.slice(0, lower)) <= threeSigmaTail);
          assert.ok(sum(chances.slice(0, lower + 1)) > threeSigmaTail);
          assert.ok(sum(chances.slice(upper + 1)) <= threeSigmaTail);
          assert.ok(sum(chances.slice(upper)) > threeSigmaTail);
        },
      ),
      { seed: 20220607, numRuns: 200 },
    );
  });
});

describe('the run chart of a theme', () => {
  it('pools the centre line over months of different size', () => {
    const { centre } = runChart(
      months([
        [2, 10],
        [6, 10],
        [1, 5],
        [3, 15],
      ]),
      rules,
    );
    assert.equal(centre, 12 / 40);
  });

  it('makes no claim from fewer than eight months', () => {
    const chart = runChart(
      months([
        [0, 10],
        [10, 10],
        [0, 10],
      ]),
      rules,
    );
    assert.deepEqual(chart.signals, []);
    assert.equal(
      chart.say,
      'It takes 8 months with enough reviews to tell a change from chance; so far the chart has 3.',
    );
  });

  it('neither shows nor counts a month with fewer than five reviews', () => {
    const chart = runChart(
      months([
        [4, 4],
        [2, 10],
      ]),
      rules,
    );
    assert.deepEqual(chart.points[0], { is: 'withheld', month: '2021-04' });
    assert.equal(chart.centre, 0.2);
  });

  it('sees nothing in what chance explains', () => {
    const chart = runChart(
      months([
        [5, 10],
        [4, 10],
        [6, 10],
        [5, 10],
        [4, 10],
        [6, 10],
        [3, 10],
        [7, 10],
      ]),
      rules,
    );
    assert.deepEqual(chart.signals, []);
    assert.match(chart.say, /^This was found in 40 of 80 reviews over 8 months, with no change beyond/);
  });

  it('signals a month outside its limits', () => {
    const steady = Array.from({ length: 10 }, () => [5, 10] as const);
    const chart = runChart(months([...steady, [0, 10]]), { ...rules, discussedOn: localDate('2022-01-10') });
    assert.deepEqual(chart.signals, [{ is: 'below-limit', month: '2022-02' }]);
    assert.equal(
      chart.say,
      'In February 2022 this was found less often than chance is likely to explain; one month does not make a trend.',
    );
  });

  it('signals eight months in a row on one side of what was usual before the brief', () => {
    const before = [5, 6, 4, 5, 4, 6, 5, 5].map((n) => [n, 10] as const);
    const after = Array.from({ length: 8 }, () => [3, 10] as const);
    const chart = runChart(months([...before, ...after]), { ...rules, discussedOn: localDate('2021-12-06') });
    assert.equal(chart.centre, 0.5);
    assert.equal(chart.discussedIn, '2021-12');
    assert.deepEqual(chart.signals, [{ is: 'run-below', from: '2021-12', until: '2022-07' }]);
    assert.match(chart.say, /^From December 2021 to July 2022 this was found less often than usual/);
  });

  it('lets a month on the centre line neither break nor lengthen a run', () => {
    const before = Array.from({ length: 8 }, () => [5, 10] as const);
    const run = (length: number) => Array.from({ length }, () => [7, 10] as const);
    const signals = (after: readonly (readonly [number, number])[]) =>
      runChart(months([...before, ...after]), { ...rules, discussedOn: localDate('2021-12-06') }).signals;
    assert.equal(signals([...run(4), [5, 10], ...run(4)]).length, 1);
    assert.equal(signals([...run(4), [5, 10], ...run(3)]).length, 0);
  });

  it('says sentences that a channel may see', () => {
    const firewall = buildFirewall(firewallOrganisation());
    fc.assert(
      fc.property(
        fc.array(
          fc
            .tuple(fc.nat(12), fc.integer({ min: 0, max: 12 }))
            .map(([n, of]) => [Math.min(n, of), of] as const),
          { maxLength: 24 },
        ),
        (counts) => {
          const { say } = runChart(months(counts), rules);
          assert.deepEqual(checkText(firewall, say), [], say);
        },
      ),
      { seed: 20220607, numRuns: 200 },
    );
  });
});
