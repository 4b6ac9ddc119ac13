import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Fault } from '../../../../src/practice/base/errors.js';
import type { PlrRef, ServiceId } from '../../../../src/practice/base/ids.js';
import { explainModerationDraw } from '../../../../src/practice/moderation/explain-moderation.js';
import {
  decideAtReturn,
  drawCounts,
  topUp,
  type ReturnedPlr,
} from '../../../../src/practice/moderation/decide-draw.js';
import type { ModerationReason } from '../../../../src/practice/plr/moderation.js';
import { grades, type Grade } from '../../../../src/practice/plr/grade.js';

const serviceId = 'S1' as ServiceId;

function returnsOf(given: readonly Grade[]): ReturnedPlr[] {
  return given.map((grade, at) => ({
    ref: `PLR-${String(at).padStart(6, 'A')}` as PlrRef,
    grade,
    serviceId,
    alreadyDrawn: false,
    purged: false,
  }));
}

/** A cycle as it runs: each return decided, then topped up; the close at the end. */
function runCycle(arriving: readonly ReturnedPlr[], seed: string) {
  const reasons = new Map<PlrRef, ModerationReason>();
  const history: { returned: ReturnedPlr[]; drawn: PlrRef[] }[] = [];
  const back: ReturnedPlr[] = [];
  const now = () => back.map((plr) => ({ ...plr, alreadyDrawn: reasons.has(plr.ref) }));
  const keep = (drawn: { ref: PlrRef; reason: ModerationReason }[]) => {
    for (const { ref, reason } of drawn) {
      assert.ok(!reasons.has(ref), `${ref} drawn twice`);
      reasons.set(ref, reason);
    }
  };
  for (const plr of arriving) {
    back.push(plr);
    const reason = decideAtReturn(plr, seed);
    if (reason !== undefined) keep([{ ref: plr.ref, reason }]);
    keep(topUp(now(), seed, 'open'));
    history.push({ returned: now(), drawn: [...reasons.keys()] });
  }
  keep(topUp(now(), seed, 'close'));
  history.push({ returned: now(), drawn: [...reasons.keys()] });
  return { reasons, history, returned: now(), counts: drawCounts(now()) };
}

const aCycle = fc.record({
  arriving: fc
    .array(fc.constantFrom(...grades), { maxLength: 40 })
    .map(returnsOf)
    .chain((all) => fc.shuffledSubarray(all, { minLength: all.length })),
  seed: fc.string(),
});
const settings = { seed: 20, numRuns: 300 };

describe('the moderation draw', () => {
  it('goes on to the other grades when all of one are purged', () => {
    const good = returnsOf(Array<Grade>(5).fill('good')).map((plr) => ({ ...plr, purged: true }));
    const others = returnsOf(Array<Grade>(9).fill('outstanding')).slice(5);
    assert.equal(topUp([...good, ...others], 'a-seed', 'close').length, 2);
  });

  it('never takes a purged PLR, counts it in the base, and fills the sample from the others', () => {
    const some = fc.array(fc.record({ grade: fc.constantFrom(...grades), purged: fc.boolean() }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(some, fc.string(), (given, seed) => {
        const returned = returnsOf(given.map(({ grade }) => grade)).map((plr, at) => ({
          ...plr,
          purged: given[at]!.purged,
        }));
        const left = returned.filter(({ purged }) => !purged);
        const taken = topUp(returned, seed, 'close').map(({ ref }) => left.find((plr) => plr.ref === ref));
        assert.ok(!taken.includes(undefined));
        const inadequate = left.filter(({ grade }) => grade === 'inadequate').length;
        const { required } = drawCounts(returned).sample;
        assert.ok(taken.length - inadequate >= Math.min(required, left.length - inadequate));
      }),
      settings,
    );
  });

  it('is never below 20% at close, in any order of returns', () => {
    fc.assert(
      fc.property(aCycle, ({ arriving, seed }) => {
        const { counts, reasons } = runCycle(arriving, seed);
        const others = arriving.filter(({ grade }) => grade !== 'inadequate').length;
        assert.ok(counts.sample.drawn >= Math.min(Math.ceil(arriving.length / 5), others));
        assert.ok(reasons.size >= Math.ceil(arriving.length / 5));
      }),
      settings,
    );
  });

  it('is at 20% rounded up after each return too, from the third on', () => {
    fc.assert(
      fc.property(aCycle, ({ arriving, seed }) => {
        for (const { returned } of runCycle(arriving, seed).history.slice(2)) {
          const { sample } = drawCounts(returned);
          assert.ok(sample.drawn >= sample.required);
        }
      }),
      settings,
    );
  });

  it('gives at least 3, 2 and 4 for the 13, 6 and 16 returns of the report', () => {
    for (const [returned, least] of [
      [13, 3],
      [6, 2],
      [16, 4],
    ] as const) {
      for (let seed = 0; seed < 100; seed += 1) {
        const { counts } = runCycle(
          returnsOf(new Array<Grade>(returned).fill('requires_improvement')),
          `${seed}`,
        );
        assert.equal(counts.sample.required, least);
        assert.ok(counts.sample.drawn >= least);
      }
    }
  });

  it('can be repeated from the seed', () => {
    fc.assert(
      fc.property(aCycle, ({ arriving, seed }) => {
        assert.deepEqual(runCycle(arriving, seed).reasons, runCycle(arriving, seed).reasons);
      }),
      settings,
    );
  });

  it('only grows, and asks for nothing more when run again', () => {
    fc.assert(
      fc.property(aCycle, ({ arriving, seed }) => {
        const { history, returned } = runCycle(arriving, seed);
        for (const [at, { drawn }] of history.entries()) {
          const before = history[at - 1]?.drawn ?? [];
          assert.deepEqual(drawn.slice(0, before.length), before);
        }
        assert.deepEqual(topUp(returned, seed, 'close'), []);
      }),
      settings,
    );
  });

  it('does not depend on the order in which the returned are listed', () => {
    fc.assert(
      fc.property(aCycle, ({ arriving, seed }) => {
        assert.deepEqual(topUp(arriving, seed, 'close'), topUp([...arriving].reverse(), seed, 'close'));
      }),
      settings,
    );
  });

  it('draws every Inadequate at once and counts it apart', () => {
    fc.assert(
      fc.property(aCycle, ({ arriving, seed }) => {
        const { counts, reasons } = runCycle(arriving, seed);
        const inadequate = arriving.filter(({ grade }) => grade === 'inadequate');
        assert.deepEqual(counts.inadequate, { required: inadequate.length, drawn: inadequate.length });
        for (const { ref } of inadequate) assert.deepEqual(reasons.get(ref), { why: 'inadequate' });
        assert.equal(counts.sample.drawn + counts.inadequate.drawn, reasons.size);
      }),
      settings,
    );
  });

  it('draws an Inadequate that was missed at return even before the first top-up', () => {
    const [plr] = returnsOf(['inadequate']);
    assert.deepEqual(topUp([plr!], 'seed', 'open'), [{ ref: plr!.ref, reason: { why: 'inadequate' } }]);
  });

  it('passes over no grade with five returns', () => {
    fc.assert(
      fc.property(aCycle, ({ arriving, seed }) => {
        const { returned } = runCycle(arriving, seed);
        for (const grade of grades) {
          const ofGrade = returned.filter((plr) => plr.grade === grade);
          const drawn = ofGrade.filter((plr) => plr.alreadyDrawn).length;
          assert.ok(drawn >= Math.floor(ofGrade.length / 5), `${drawn} of ${ofGrade.length} ${grade}`);
        }
      }),
      settings,
    );
  });

  it('shares a whole sample out among the grades by largest remainder', () => {
    // 4 of 20: Outstanding 3 (0.6), Good 7 (1.4), RI 10 (2.0) make 1, 1 and 2.
    const all = returnsOf([
      ...new Array<Grade>(3).fill('outstanding'),
      ...new Array<Grade>(7).fill('good'),
      ...new Array<Grade>(10).fill('requires_improvement'),
    ]);
    for (let seed = 0; seed < 50; seed += 1) {
      const drawn = topUp(all, `${seed}`, 'close').map(
        ({ ref }) => all.find((plr) => plr.ref === ref)?.grade,
      );
      assert.deepEqual(drawn.sort(), ['good', 'outstanding', 'requires_improvement', 'requires_improvement']);
    }
  });

  it('makes no place in the order of returns safe, and none certain', () => {
    const size = 10;
    const seeds = 1000;
    const times = new Array<number>(size).fill(0);
    const atReturn = new Array<number>(size).fill(0);
    for (let seed = 0; seed < seeds; seed += 1) {
      const arriving = returnsOf(new Array<Grade>(size).fill('good'));
      const { reasons, history } = runCycle(arriving, `seed ${seed}`);
      for (const [at, { ref }] of arriving.entries()) {
        if (reasons.has(ref)) times[at] = (times[at] ?? 0) + 1;
        if (history[at]?.drawn.includes(ref)) atReturn[at] = (atReturn[at] ?? 0) + 1;
      }
    }
    for (const count of times)
      assert.ok(count > 0.15 * seeds && count < 0.5 * seeds, `drawn: ${times.join(' ')}`);
    for (const count of atReturn)
      assert.ok(count > 0.15 * seeds && count < 0.5 * seeds, `${atReturn.join(' ')}`);
  });

  it('holds the first two back until close, when 20% rounded up counts', () => {
    const all = returnsOf(['good', 'good']);
    assert.deepEqual(topUp(all, 'seed', 'open'), []);
    assert.equal(topUp(all, 'seed', 'close').length, 1);
  });

  it('is for one Service', () => {
    const [one, other] = returnsOf(['good', 'good']);
    assert.throws(() => topUp([one!, { ...other!, serviceId: 'S2' as ServiceId }], 's', 'close'), Fault);
  });

  it('is explained in sentences with small numbers', () => {
    assert.deepEqual(explainModerationDraw({ why: 'inadequate' }), [
      'Moderated because it was graded Inadequate: every Inadequate is moderated, besides the sample.',
    ]);
    assert.deepEqual(
      explainModerationDraw({ why: 'chance-at-return', fraction: 0.12345, samplePercent: 20 }),
      [
        'Moderated by chance when it was returned: each PLR has a chance of 20%.',
        'The cycle’s seed gave this PLR 0.1235, and anything below 0.20 is drawn.',
      ],
    );
    const reasons = topUp(returnsOf(['good', 'good', 'good', 'inadequate']), 'seed', 'close');
    const last = reasons.find(({ reason }) => reason.why === 'top-up');
    assert.deepEqual(explainModerationDraw(last!.reason), [
      'Moderated to make up the sample when the cycle closed.',
      'The Service had 4 returned; at least 20%, rounded up, is 1; 0 had been drawn, Inadequate ones not counted.',
      'Of the 3 graded Good, 0 had been drawn, the furthest below its part of the sample.',
      'Among those not yet drawn, this PLR came first in the order that the cycle’s seed gives.',
    ]);
  });
});
