import type { Foundation } from '../../src/foundation.js';
import type { CycleId, PersonId } from '../../src/practice/base/ids.js';
import {
  firstWorkingDayOf,
  instantAt,
  lastWorkingDayOf,
  month,
  shiftMonth,
  type Month,
} from '../../src/practice/base/time.js';
import { plrKey, type Plr } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { today } from '../../src/practice/process/today/handlers.js';
import { plrRefs } from '../../src/practice/plr/plr-ref.js';
import { aFoundation } from '../builders/foundation.js';
import { aReview } from '../builders/a-plr.js';
import { smallCouncil } from '../builders/small-council.js';
import { freshNames, stopSharedAzurite } from '../stand-ins/azurite.js';
import { rounded, type BenchResult } from './bench.js';

/** Exempt, with what was written of it gone: nothing of it is open or due. */
const exempt = aReview().exempt().build();
const over: Plr = { ...exempt, review: { ...exempt.review, purgedAt: exempt.issuedAt } as Plr['review'] };
const at = '2022-04-20T08:00:00Z';
const running = month('2022-04');
const managers = 80;
/** Reviews of the running month that are not returned: the same number of open things in each store. */
const open = 20;
const warmUps = 5;
const rounds = 60;

/** How many months in which everything is closed lie before the running one, and how many managers there are. */
const stores = {
  threeYears: { months: 36, managers },
  twoMonths: { months: 2, managers },
  /** A council of 2,000, with as many open things as one of 80. */
  large: { months: 2, managers: 2_000 },
} as const;
type Store = keyof typeof stores;

/** What Today costs the QA lead, by the months that lie behind and by the size of the council. */
export async function benchOpen(): Promise<BenchResult[]> {
  try {
    const foundations = {} as Record<Store, Foundation>;
    for (const store of Object.keys(stores) as Store[]) foundations[store] = await storeWith(stores[store]);
    const found: Record<Store, number[]> = { threeYears: [], twoMonths: [], large: [] };
    const turns = Object.keys(stores) as Store[];
    for (let round = 0; round < warmUps + rounds; round += 1) {
      // In turns, and each first as often.
      turns.push(turns.shift()!);
      for (const store of turns) {
        const ms = await timeView(foundations[store]);
        if (round >= warmUps) found[store].push(ms);
      }
    }
    // The fastest round of each: what else the machine does only ever adds.
    const fastest = (store: Store) => Math.min(...found[store]);
    const details = Object.fromEntries(turns.sort().map((store) => [store, rounded(fastest(store), 1)]));
    const result = (name: string, over: Store, under: Store, target: number): BenchResult => ({
      name,
      ratio: rounded(fastest(over) / fastest(under)),
      target,
      good: 'at most',
      details: { ...details, unit: 'ms', open },
    });
    return [
      result('open: Today, with 36 months of closed cycles ÷ with 2', 'threeYears', 'twoMonths', 1.2),
      result('open: Today, 2,000 managers ÷ 80, as many things open', 'large', 'twoMonths', 4),
    ];
  } finally {
    await stopSharedAzurite();
  }
}

async function storeWith({ months, managers }: (typeof stores)[Store]): Promise<Foundation> {
  const foundation = await aFoundation(freshNames(), { at });
  await foundation.rosters.replace(smallCouncil());
  await foundation.refresh();
  for (let back = months; back >= 0; back -= 1)
    await addMonth(shiftMonth(running, -back), managers, foundation);
  return foundation;
}

/** A month as it is kept: all of it exempt and settled, or the running one with some that are not returned. */
async function addMonth(
  of: Month,
  managers: number,
  { services, registry, council }: Foundation,
): Promise<void> {
  const id = of as string as CycleId;
  await registry.activate(id);
  const context = council()!;
  const issuedAt = instantAt(firstWorkingDayOf(of, context.holidays), '08:00', context.timeZone);
  const dueOn = lastWorkingDayOf(of, context.holidays);
  const entries = Array.from({ length: managers }, (_, number) => {
    const made = of === running && number < open ? aReview().build() : over;
    const ref = plrRefs(id, `manager-${number}` as PersonId).next().value;
    const state: Plr = { ...made, ref, cycleId: id, issuedAt, dueOn };
    return { key: plrKey(id, ref), change: { state, did: 'made', messages: [] } };
  });
  await services.documents.createAll(plrKind, entries, 'system');
  if (of !== running && !(await registry.settle(id))) throw new Error(`${id} is not settled.`);
}

/** From storage to what the QA lead sees, in a turn: which cycles there are was read at the last beat. */
async function timeView({ services, registry, council }: Foundation): Promise<number> {
  const context = council()!;
  const lead = context.organisation.people.get('qa-lead' as PersonId)!;
  await registry.active();
  const began = performance.now();
  const card = await today.answer({ actor: lead, council: context, ...services }, 'today');
  const ms = performance.now() - began;
  if (!JSON.stringify(card.data).includes(`${open} reviews not returned`))
    throw new Error(`Not ${open} reviews are shown as open.`);
  return ms;
}
