import assert from 'node:assert/strict';
import type { Foundation } from '../../src/foundation.js';
import { issueCycle } from '../../src/practice/cycles/jobs-issue.js';
import { isRefusal } from '../../src/practice/base/errors.js';
import type { CycleId } from '../../src/practice/base/ids.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { month } from '../../src/practice/base/time.js';
import { aFoundation } from '../builders/foundation.js';
import { largerCouncil } from '../builders/larger-council.js';
import { freshNames } from '../stand-ins/azurite.js';

const april = '2022-04' as CycleId;

/** Enough managers that their PLRs need several transactions. */
const managers = 16;

async function issue(foundation: Foundation) {
  const council = await foundation.refresh();
  assert.ok(council);
  const issued = await issueCycle(month('2022-04'), foundation.services, council);
  assert.ok(!isRefusal(issued));
  return issued;
}

/** Everything that was drawn has its PLR and its one message; nothing else has. */
async function assertWhole(foundation: Foundation) {
  const plan = await foundation.services.plans.read(april);
  assert.ok(plan);
  const plrs = await foundation.services.documents.list(plrKind, april);
  const pairs = (list: readonly { ref: string; managerId: string; caseRef: string }[]) =>
    list.map(({ ref, managerId, caseRef }) => `${ref} ${managerId} ${caseRef}`).sort();
  assert.deepEqual(pairs(plrs), pairs(plan.drawn));
  const told = await foundation.outbox.ledger('2022-04', 'assigned.');
  assert.deepEqual(told.map(({ about }) => about).sort(), plan.drawn.map(({ ref }) => ref as string).sort());
  const references = await Promise.all(
    plan.drawn.map(({ ref }) => foundation.services.references.cycleOf(ref)),
  );
  assert.deepEqual(new Set(references), new Set([april]));
  return plan.drawn.length;
}

describe('a cycle issued by two processes at once', () => {
  it('is one draw, each PLR once, and each manager told once', async () => {
    const names = freshNames();
    const one = await aFoundation(names);
    await one.rosters.replace(largerCouncil(managers));
    const other = await aFoundation(names);
    const [first, second] = await Promise.all([issue(one), issue(other)]);
    const drawn = await assertWhole(one);
    assert.equal(first.created + second.created, drawn);
    assert.deepEqual([first.cycle.issued, second.cycle.issued], [drawn, drawn]);
    assert.equal((await issue(other)).created, 0);
  });
});

describe('a cycle whose issue is cut short', () => {
  it('is finished by the next run, wherever it was cut, and is the draw that was begun', async () => {
    let cuts = 0;
    for (let after = 1; ; after += 1) {
      const names = freshNames();
      let writes = 0;
      let counting = false;
      const dying = await aFoundation(names, {
        onStorageRequest: (method) => {
          if (counting && method !== 'GET') writes += 1;
          if (writes >= after) throw new Error('The process is gone.');
        },
      });
      await dying.rosters.replace(largerCouncil(managers));
      const council = await dying.refresh();
      assert.ok(council);
      counting = true;
      const survived = await issueCycle(month('2022-04'), dying.services, council).then(
        () => true,
        () => false,
      );
      if (survived) break;
      cuts += 1;
      const seed = (await (await aFoundation(names)).services.plans.read(april))?.seed;
      const next = await aFoundation(names);
      await issue(next);
      await assertWhole(next);
      if (seed !== undefined) assert.equal((await next.services.plans.read(april))?.seed, seed);
    }
    assert.ok(cuts >= 5, `only ${cuts} writes were there to be cut`);
  });
});
