import assert from 'node:assert/strict';
import type { Turn } from '../../../../src/practice/surface/feature.js';
import type { PlrRef } from '../../../../src/practice/base/ids.js';
import type { Plr } from '../../../../src/practice/plr/plr.js';
import { figuresOf } from '../../../../src/practice/process/figures-of.js';
import { myReviews } from '../../../../src/practice/reviews/handlers-list.js';
import { aContext } from '../../../builders/a-context.js';
import { aReview } from '../../../builders/a-plr.js';

const council = aContext();

async function listed(plrs: readonly Plr[]): Promise<string[]> {
  const turn = {
    actor: council.organisation.people.get(plrs[0]!.managerId),
    council,
    partitions: {
      active: () => Promise.resolve(['2021-04']),
      all: () => Promise.resolve(['2022-04', '2021-05', '2021-04']),
    },
    documents: {
      listFigures: (_: unknown, cycle: string) =>
        Promise.resolve(
          cycle === '2021-05' ? [] : half(plrs, cycle).map((plr) => figuresOf(plr, council.timeZone)),
        ),
      read: (_: unknown, { id }: { id: string }) => Promise.resolve(plrs.find(({ ref }) => ref === id)),
    },
  } as unknown as Turn;
  const { data } = await myReviews.answer(turn, '');
  return (data as { reviews: { title: string }[] }).reviews.map(({ title }) => title);
}

/** Those of a month that is over lately, and those of one long ago in which something is still open. */
function half(plrs: readonly Plr[], cycle: string): readonly Plr[] {
  const isOld = (one: Plr) => one.ref.startsWith('PLR-Q');
  return plrs.filter((one) => isOld(one) === (cycle === '2021-04'));
}

const refs = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, at) => `PLR-${prefix}0000${at}` as PlrRef);
const returned = refs('R', 9).map((ref) => ({ ...aReview().returned().build(), ref }));
const open = refs('Q', 9).map((ref) => ({ ...aReview().draft().build(), ref }));

describe('my reviews', () => {
  it('lists every one that is open, however many, before any other', async () => {
    assert.deepEqual(await listed([...returned, ...open]), refs('Q', 9));
    assert.deepEqual(await listed([...returned, ...open.slice(0, 2)]), [...refs('Q', 2), ...refs('R', 6)]);
  });
});
