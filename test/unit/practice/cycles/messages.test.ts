import assert from 'node:assert/strict';
import { cycleFeature } from '../../../../src/practice/cycles/feature.js';
import { addNote, noteMessages, turnNote } from '../../../../src/practice/cycles/messages.js';
import type { IssuedCycle } from '../../../../src/practice/plr/cycle-record.js';
import { isRefusal } from '../../../../src/practice/base/errors.js';
import { answerPress } from '../../../../src/practice/surface/press.js';
import type { CardContent, Turn } from '../../../../src/practice/surface/feature.js';
import type { PersonId, PlrRef } from '../../../../src/practice/base/ids.js';
import { aContext } from '../../../builders/a-context.js';
import { presentedBy } from '../../../builders/presented-by.js';

const council = aContext();
const refs = Array.from({ length: 14 }, (_, at) => `PLR-2222${String(at + 22)}` as PlrRef);

function noted(): IssuedCycle {
  const cycle = { state: 'issued', id: '2022-04' } as IssuedCycle;
  const lines = refs.map((ref) => ({
    key: `left.${ref}`,
    sentence: `The manager of ${ref} has left.`,
    decide: ref,
  }));
  const change = addNote(cycle, { key: 'roster-2', title: 'The list has changed', lines }, council);
  assert.ok(!isRefusal(change));
  return change.state as IssuedCycle;
}

interface Shown {
  readonly lines: readonly { sentence: string; decides: readonly { ref: string }[] }[];
  readonly pages: readonly { label: string; from: number }[];
}
const shown = ({ data }: CardContent) => data as Shown;

/** What someone gets who presses for the lines from `from` on. */
function page(from: number, by = 'qa-lead', note = 'roster-2'): Promise<CardContent> {
  const actor = council.organisation.people.get(by as PersonId)!;
  const documents = { read: () => Promise.resolve(noted()) } as unknown as Turn['documents'];
  return answerPress(turnNote, { cycle: '2022-04', note, from }, { actor, council, documents } as Turn);
}

describe('a note of more lines than a card shows', () => {
  const first = presentedBy(cycleFeature, 'cycle-note').present(
    noted(),
    noteMessages(noted(), 'roster-2', council)[0]!,
    council,
  );

  it('has a button for each PLR to decide about, over its pages', async () => {
    assert.ok('data' in first);
    assert.deepEqual(shown(first).pages, [{ label: 'Show more (2 left)', from: 12 }]);
    const second = shown(await page(12));
    assert.deepEqual(second.pages, [{ label: 'Show the first', from: 0 }]);
    const decided = [...shown(first).lines, ...second.lines].flatMap(({ decides }) => decides);
    assert.deepEqual(
      decided.map(({ ref }) => ref),
      refs,
    );
    assert.deepEqual(await page(0), first);
  });

  it('is turned by a QA lead alone, and only when there is such a note', async () => {
    const none = await page(12, 'ash-manager');
    assert.equal(none.template, 'home/notice');
    assert.deepEqual(await page(12, 'qa-lead', 'roster-9'), none);
  });
});
