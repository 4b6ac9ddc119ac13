import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  calibrate,
  calibrationInWords,
  signTest,
  type GradePair,
} from '../../../../src/practice/moderation/calibration.js';
import {
  bootstrapKappa,
  quadraticWeightedKappa,
  quantile,
} from '../../../../src/practice/base/statistics/weighted-kappa.js';
import { grades, type Grade } from '../../../../src/practice/plr/grade.js';

function tableOf(first: readonly number[], second: readonly number[], levels: readonly number[]): number[][] {
  return levels.map((row) =>
    levels.map((column) => first.filter((one, at) => one === row && second[at] === column).length),
  );
}

function pairsOf(...counts: [Grade, Grade, number][]): GradePair[] {
  return counts.flatMap(([original, moderated, n]) => new Array<GradePair>(n).fill({ original, moderated }));
}

// The `anxiety` ratings of R's irr package: 20 people, three raters, grades 1 to 6.
const anxiety = [
  [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
  [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
  [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
] as const;

// Hout, Duncan and Sobel (1987), as `SexualFun` in R's vcd package: 91 couples, four grades.
const couples = [
  [7, 7, 2, 3],
  [2, 8, 3, 7],
  [1, 5, 4, 9],
  [2, 8, 9, 14],
];

describe('quadratic-weighted kappa', () => {
  it('is 0.297 for raters 1 and 2 of the anxiety data (R irr: kappa2(anxiety[,1:2], "squared"))', () => {
    const table = tableOf(anxiety[0], anxiety[1], [1, 2, 3, 4, 5, 6]);
    assert.equal(quadraticWeightedKappa(table)?.toFixed(3), '0.297');
  });

  it('is 0.2520325 for raters 2 and 3 (R irr, and statsmodels’ own test; the grade nobody gave left out)', () => {
    const table = tableOf(anxiety[1], anxiety[2], [1, 2, 3, 4, 6]);
    assert.equal(quadraticWeightedKappa(table)?.toFixed(7), '0.2520325');
  });

  it('is 0.9541 for the example in scikit-learn’s test of cohen_kappa_score', () => {
    const table = [
      [46, 0, 0],
      [4, 40, 0],
      [0, 0, 10],
    ];
    assert.equal(quadraticWeightedKappa(table)?.toFixed(4), '0.9541');
  });

  it('is 22/29 for the first example of Maple’s EssayTools[QuadraticWeightedKappa]', () => {
    const table = tableOf(
      [9, 7, 8, 7, 6, 8, 3, 5, 10],
      [8, 8, 6, 6, 7, 6, 1, 4, 8],
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    );
    assert.ok(Math.abs(quadraticWeightedKappa(table)! - 0.758620689655172) < 1e-12);
  });

  it('is Lin’s concordance of the grades’ places, as Fleiss and Cohen (1973) have it', () => {
    const place = fc.nat({ max: 3 });
    fc.assert(
      fc.property(fc.array(fc.tuple(place, place), { minLength: 2, maxLength: 80 }), (pairs) => {
        const [first, second] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)];
        const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
        const [meanOfFirst, meanOfSecond] = [mean(first), mean(second)];
        const covariance = mean(pairs.map(([one, other]) => (one - meanOfFirst) * (other - meanOfSecond)));
        const spread =
          mean(first.map((one) => (one - meanOfFirst) ** 2)) +
          mean(second.map((one) => (one - meanOfSecond) ** 2)) +
          (meanOfFirst - meanOfSecond) ** 2;
        const kappa = quadraticWeightedKappa(tableOf(first, second, [0, 1, 2, 3]));
        if (spread < 1e-9) assert.equal(kappa, undefined);
        else assert.ok(Math.abs(kappa! - (2 * covariance) / spread) < 1e-9);
      }),
      { seed: 1968 },
    );
  });

  it('is 1 for full agreement, -1 for two raters at opposite ends, and nothing for one grade only', () => {
    assert.equal(
      quadraticWeightedKappa([
        [3, 0],
        [0, 4],
      ]),
      1,
    );
    assert.equal(
      quadraticWeightedKappa([
        [0, 5],
        [5, 0],
      ]),
      -1,
    );
    assert.equal(
      quadraticWeightedKappa([
        [9, 0],
        [0, 0],
      ]),
      undefined,
    );
    assert.equal(
      quadraticWeightedKappa([
        [0, 0],
        [0, 0],
      ]),
      undefined,
    );
  });
});

describe('the bootstrap interval of kappa', () => {
  it('is near the one that 200,000 multinomial resamples in NumPy give', () => {
    const { interval } = bootstrapKappa(couples, 'seed')!;
    assert.ok(Math.abs(interval.low - 0.1293) < 0.02, `low ${interval.low}`);
    assert.ok(Math.abs(interval.high - 0.5106) < 0.02, `high ${interval.high}`);
  });

  it('is the same under the same seed', () => {
    assert.deepEqual(bootstrapKappa(couples, 'a', 200), bootstrapKappa(couples, 'a', 200));
    assert.notDeepEqual(bootstrapKappa(couples, 'a', 200), bootstrapKappa(couples, 'b', 200));
  });

  it('is not given when many resamples have only one grade', () => {
    assert.equal(
      bootstrapKappa(
        [
          [30, 1],
          [0, 0],
        ],
        'seed',
      ),
      undefined,
    );
  });

  it('takes its quantiles as R does by default: quantile(1:10, c(0.025, 0.5)) is 1.225 and 5.5', () => {
    const sorted = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    assert.ok(Math.abs(quantile(sorted, 0.025) - 1.225) < 1e-12);
    assert.equal(quantile(sorted, 0.5), 5.5);
  });
});

describe('the sign test', () => {
  it('gives the exact binomial chance, as SciPy’s binomtest does', () => {
    assert.equal(signTest(0, 5), 0.0625);
    assert.equal(signTest(0, 6), 0.03125);
    assert.equal(signTest(9, 2), 0.0654296875);
    assert.ok(Math.abs(signTest(10, 3) - 0.09228515625) < 1e-12);
    assert.equal(signTest(0, 0), 1);
    assert.equal(signTest(4, 4), 1);
  });
});

describe('calibration', () => {
  const twelve = pairsOf(
    ['good', 'good', 8],
    ['good', 'requires_improvement', 2],
    ['outstanding', 'requires_improvement', 1],
    ['requires_improvement', 'good', 1],
  );

  it('counts managers by row and moderators by column, best grade first', () => {
    assert.deepEqual(calibrate(twelve, 's').matrix, [
      [0, 0, 1, 0],
      [0, 8, 2, 0],
      [0, 1, 0, 0],
      [0, 0, 0, 0],
    ]);
  });

  it('calls a better moderated grade up, a poorer one down, each with its base', () => {
    const { exact, withinOne, up, down } = calibrate(twelve, 's');
    assert.deepEqual(
      [exact, withinOne],
      [
        { n: 8, of: 12 },
        { n: 11, of: 12 },
      ],
    );
    assert.deepEqual(
      [up, down],
      [
        { n: 1, of: 12 },
        { n: 3, of: 12 },
      ],
    );
  });

  it('counts every pair once, in the matrix and in the directions', () => {
    const grade = fc.constantFrom(...grades);
    fc.assert(
      fc.property(fc.array(fc.record({ original: grade, moderated: grade }), { maxLength: 29 }), (pairs) => {
        const { matrix, exact, up, down } = calibrate(pairs, 's');
        assert.equal(
          matrix.flat().reduce((sum, one) => sum + one, 0),
          pairs.length,
        );
        assert.equal(exact.n + up.n + down.n, pairs.length);
      }),
      { seed: 44 },
    );
  });

  it('gives kappa from 30 pairs up and never below', () => {
    const pairs = pairsOf(['good', 'good', 14], ['requires_improvement', 'requires_improvement', 15]);
    assert.deepEqual(calibrate(pairs, 's').kappa, { is: 'too-few', pairs: 29, needed: 30 });
    const thirty = calibrate([...pairs, { original: 'good', moderated: 'requires_improvement' }], 's').kappa;
    assert.equal(thirty.is, 'estimate');
    if (thirty.is === 'estimate') {
      assert.ok(thirty.interval.low <= thirty.value && thirty.value <= thirty.interval.high);
      assert.equal(thirty.resamples, 2000);
    }
  });

  it('gives no kappa where all grades are the same', () => {
    assert.deepEqual(calibrate(pairsOf(['good', 'good', 40]), 's').kappa, { is: 'too-little-variation' });
  });

  it('says that few pairs are too few, and shows no direction that chance explains', () => {
    assert.deepEqual(calibrationInWords(calibrate(twelve, 's')), [
      'Manager and moderator gave the same grade in 8 of 12 (67%) moderated PLRs.',
      'They were within one grade in 11 of 12 (92%).',
      'Moderation gave a better grade in 1 of 12 (8%) and a poorer grade in 3 of 12 (25%).',
      'These figures do not show that managers grade higher or lower than moderators.',
      'Weighted kappa: too few to say (12 of the 30 pairs it needs).',
      'Every Inadequate PLR is moderated, so these figures describe moderated PLRs, not all that were returned.',
    ]);
  });

  it('names the direction when it is more than chance', () => {
    const lower = pairsOf(['good', 'requires_improvement', 6], ['good', 'good', 3]);
    assert.ok(
      calibrationInWords(calibrate(lower, 's')).includes(
        'Managers tend to give a better grade than moderators.',
      ),
    );
    const higher = lower.map(({ original, moderated }) => ({ original: moderated, moderated: original }));
    assert.ok(
      calibrationInWords(calibrate(higher, 's')).includes(
        'Managers tend to give a poorer grade than moderators.',
      ),
    );
  });

  it('gives kappa and agreement with their intervals when there are enough', () => {
    const pairs = couples.flatMap((row, i) => row.flatMap((n, j) => pairsOf([grades[i]!, grades[j]!, n])));
    const words = calibrationInWords(calibrate(pairs, 'seed')).join('\n');
    assert.match(words, /same grade in 33 of 91 \(36%\) moderated PLRs \(95% interval 27% to 47%\)\./);
    assert.match(
      words,
      /Weighted kappa \(agreement beyond chance, 1 at most\): 0\.33, 95% interval 0\.1\d to 0\.5\d\./,
    );
  });

  it('says that there is nothing to say before the first moderation', () => {
    assert.deepEqual(calibrationInWords(calibrate([], 's')), [
      'No PLR has been moderated yet, so there is nothing to say about grading.',
    ]);
  });
});
