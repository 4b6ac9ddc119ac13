import assert from 'node:assert/strict';
import { rosterEffects } from '../../../../src/practice/process/follow-roster.js';
import type { Services } from '../../../../src/practice/plr/ports.js';
import { AlertWorld } from '../alerts/alert-world.js';

describe('what a roster changes in a cycle whose issue was cut short', () => {
  it('is that its open alerts follow the child: the rest waits until the cycle is issued', async () => {
    const world = new AlertWorld();
    const quiet = { ...world.plr, ref: 'PLR-QU1ET' };
    world.raise();
    world.caseGoesTo('cedar-worker-first', 'cedar');
    const services = {
      partitions: { active: () => Promise.resolve(['2022-04', 'council']) },
      documents: {
        read: () => Promise.resolve({ id: '2022-04', state: 'issuing' }),
        list: () => Promise.resolve([world.plr, quiet]),
      },
      plans: { read: () => Promise.resolve(undefined) },
    } as unknown as Services;
    const found = await rosterEffects(services, world.council);
    assert.deepEqual(
      found.map(({ effects }) => effects.map(({ is, ref }) => [is, ref])),
      [[['alert-followed', world.plr.ref]]],
    );
  });
});
