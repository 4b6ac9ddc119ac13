import type { TableClient } from '@azure/data-tables';
import assert from 'node:assert/strict';
import type { DrawPlan } from '../../src/practice/plr/draw-plan.js';
import type { CycleId, PlrRef } from '../../src/practice/base/ids.js';
import { instant, localDate } from '../../src/practice/base/time.js';
import { PlanStore } from '../../src/storage/plan-store.js';
import { ReferenceStore } from '../../src/storage/reference-store.js';
import { RosterStore } from '../../src/storage/roster-store.js';
import { connectStorage, type StorageClients } from '../../src/storage/table.js';
import { smallCouncil } from '../builders/small-council.js';
import { freshNames, startAzurite } from '../stand-ins/azurite.js';

const april = '2022-04' as CycleId;
const refs = (count: number) =>
  Array.from({ length: count }, (_, index) => `PLR-${String(index).padStart(6, '0')}` as PlrRef);

function planWith(seed: string): DrawPlan {
  return {
    cycleId: april,
    seed,
    rosterVersion: 1,
    on: localDate('2022-04-01'),
    drawn: [],
    unplaced: [],
    notAsked: [],
    coverage: { reviewed: 0, open: 0, percent: null, target: 10, shortfall: 0 },
  };
}

describe('plans, references and rosters, as every store of them keeps them', () => {
  let clients: StorageClients;
  beforeEach(async () => {
    const { connectionString } = await startAzurite();
    clients = connectStorage({ by: 'connection-string', connectionString }, freshNames());
    await clients.prepare();
  });

  describe('plans', () => {
    it('give nothing for a cycle that was not drawn', async () => {
      assert.equal(await new PlanStore(clients.container).read(april), undefined);
    });

    it('keep the first of two, and give it to both', async () => {
      const stores = [new PlanStore(clients.container), new PlanStore(clients.container)];
      const kept = await Promise.all(stores.map((store, index) => store.keep(planWith(`seed ${index}`))));
      assert.equal(new Set(kept.map(({ seed }) => seed)).size, 1);
      assert.deepEqual(await stores[0]!.read(april), kept[0]);
    });
  });

  describe('references', () => {
    const owners = (list: readonly PlrRef[], owner: string) => new Map(list.map((ref) => [ref, owner]));

    it('belong to the first who asks; the second is told which are taken', async () => {
      const store = new ReferenceStore(clients.table);
      const [one, two] = refs(2) as [PlrRef, PlrRef];
      assert.deepEqual(await store.reserve(april, owners([one], 'ash-manager')), []);
      assert.deepEqual(await store.reserve(april, owners([one, two], 'birch-manager')), [one]);
    });

    it('may be asked for again by their owner', async () => {
      const store = new ReferenceStore(clients.table);
      await store.reserve(april, owners(refs(3), 'ash-manager'));
      assert.deepEqual(await store.reserve(april, owners(refs(3), 'ash-manager')), []);
    });

    it('belong to one cycle: the same owner in another month gets another', async () => {
      const store = new ReferenceStore(clients.table);
      const [one] = refs(1) as [PlrRef];
      await store.reserve(april, owners([one], 'ash-manager'));
      assert.deepEqual(await store.reserve('2022-05' as CycleId, owners([one], 'ash-manager')), [one]);
      assert.equal(await store.cycleOf(one), april);
    });

    it('are reserved a thousand at a time, and known by none who did not', async () => {
      const store = new ReferenceStore(clients.table);
      assert.deepEqual(await store.reserve(april, owners(refs(1_001), 'many')), []);
      assert.equal(await store.cycleOf('PLR-001000' as PlrRef), april);
      assert.equal(await store.cycleOf('PLR-ZZZZZZ' as PlrRef), undefined);
    });
  });

  describe('rosters', () => {
    it('are none before the first import', async () => {
      assert.equal(await new RosterStore(clients).current(), undefined);
    });

    it('are kept by version: an earlier one is what it was', async () => {
      const store = new RosterStore(clients);
      await store.replace(smallCouncil());
      await store.replace({ ...smallCouncil(), cases: [] });
      assert.equal((await store.current())?.version, 2);
      assert.equal((await store.current())?.cases.size, 0);
      assert.equal((await new RosterStore(clients).version(1)).cases.size, 24);
    });

    it('are forgotten once another took their place long ago, but for those still needed', async () => {
      const store = new RosterStore(clients);
      const kept = async (version: number) =>
        clients.container.getBlobClient(`rosters/00000${version}.json.gz`).exists();
      for (const cases of [1, 2, 3, 4])
        await store.replace({ ...smallCouncil(), cases: smallCouncil().cases.slice(cases) });
      await store.forget(instant('2020-01-01T00:00:00Z'), []);
      assert.deepEqual(await Promise.all([1, 2, 3, 4].map(kept)), [true, true, true, true]);
      await store.forget(instant('2100-01-01T00:00:00Z'), [2]);
      assert.deepEqual(await Promise.all([1, 2, 3, 4].map(kept)), [false, true, false, true]);
      assert.equal((await new RosterStore(clients).current())?.version, 4);
    });

    it('let one of two imports at once in, and tell the other', async () => {
      await new RosterStore(clients).replace(smallCouncil());
      // Both have looked before either writes.
      let [looks, bothLooked] = [0, () => {}];
      const seen = new Promise<void>((resolve) => (bothLooked = resolve));
      const getEntity: TableClient['getEntity'] = async (...key) => {
        const pointer = await clients.table.getEntity(...key);
        if ((looks += 1) === 2) bothLooked();
        await seen;
        return pointer as never;
      };
      const table = Object.assign(Object.create(clients.table) as TableClient, { getEntity });
      const stores = [1, 2].map(() => new RosterStore({ ...clients, table }));
      const wanted = [{ ...smallCouncil(), cases: [] }, smallCouncil()];
      const both = await Promise.all(stores.map((store, index) => store.replace(wanted[index]!)));
      assert.deepEqual([...both].sort(), [false, true]);
      const now = await new RosterStore(clients).current();
      assert.equal(now?.cases.size, wanted[both.indexOf(true)]?.cases.length);
    });

    it('are seen by another process after its next look', async () => {
      const [writer, reader] = [new RosterStore(clients), new RosterStore(clients)];
      await writer.replace(smallCouncil());
      assert.equal((await reader.current())?.version, 1);
      await writer.replace({ ...smallCouncil(), cases: [] });
      assert.equal((await reader.current())?.cases.size, 0);
    });
  });
});
