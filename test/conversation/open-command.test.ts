import assert from 'node:assert/strict';
import type { Foundation } from '../../src/foundation.js';
import { plrKey } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { openKinds } from '../../src/practice/process/open/open-item.js';
import { aReview } from '../builders/a-plr.js';
import { smallCouncil } from '../builders/small-council.js';
import { plrJson, runPlr, startOperatorsStore } from './plr-command.js';

interface Printed {
  readonly at: string;
  readonly items: readonly Record<string, unknown>[];
  readonly totals: Readonly<Record<string, number>>;
}

describe('plr open', () => {
  let foundation: Foundation;
  let stop: () => Promise<void>;

  beforeEach(async () => {
    ({ foundation, stop } = await startOperatorsStore());
  });
  afterEach(() => stop());

  const withReview = async () => {
    await foundation.rosters.replace(smallCouncil());
    const state = aReview()
      .with({ managerTeamId: 'ash' as never, managerServiceId: 'assessment' as never })
      .build();
    const change = { state, did: 'assigned', messages: [] };
    await foundation.registry.activate(state.cycleId);
    await foundation.services.documents.create(plrKind, plrKey(state.cycleId, state.ref), change, 'system');
  };

  it('prints what is open with its age, its owner and its count', async () => {
    await withReview();
    const { at, items, totals } = await plrJson<Printed>('open');
    assert.match(at, /^\d{4}-\d\d-\d\dT/);
    assert.deepEqual(items, [
      {
        ...{ kind: 'review-not-returned', ref: 'PLR-7K3M2Q', cycle: '2022-04' },
        ...{ serviceId: 'assessment', teamId: 'ash' },
        ...{ since: '2022-04-01T08:00:00.000Z', due: '2022-04-29', overdue: true },
        ...{ who: ['ash-manager'], mine: false },
      },
    ]);
    assert.deepEqual(Object.keys(totals).sort(), [...openKinds].sort());
    assert.equal(totals['review-not-returned'], 1);
    const { out } = await runPlr('open');
    assert.match(
      out,
      /^1 open, most urgent first:\nReview not returned, PLR-7K3M2Q, Ash Team \(ash\), since .* overdue since 29 April 2022, with Ash Manager \(ash-manager\)\n$/,
    );
  });

  it('prints what one person sees of it, and what is theirs', async () => {
    await withReview();
    const of = async (id: string) =>
      (await plrJson<Printed>('open', '--as', id)).items.map(({ mine }) => mine);
    assert.deepEqual(await of('ash-manager'), [true]);
    assert.deepEqual(await of('assessment-service-manager'), [false]);
    assert.deepEqual(await of('care-service-manager'), []);
    assert.match((await runPlr('open', '--as', 'ash-manager')).out, /\n\* Review not returned/);
    assert.equal((await runPlr('open', '--as', 'care-reviewer')).out, 'Nothing is open.\n');
  });

  it('refuses somebody whom the roster does not know, and a council without a roster', async () => {
    const early = await runPlr('open');
    assert.equal(early.code, 1);
    assert.match(early.err, /plr import org/);
    await withReview();
    const { code, out, err } = await runPlr('open', '--as', 'nobody', '--json');
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /There is no nobody in the roster/);
  });
});
