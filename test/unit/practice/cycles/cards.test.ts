import assert from 'node:assert/strict';
import { cycleStatus } from '../../../../src/practice/cycles/status.js';
import { unreachedCard } from '../../../../src/practice/cycles/cards.js';
import type { CycleId, ServiceId } from '../../../../src/practice/base/ids.js';
import { localDate } from '../../../../src/practice/base/time.js';
import { aContext } from '../../../builders/a-context.js';
import { someFigures } from '../../../builders/cycle-figures.js';

/** What is said of so many PLRs that did not arrive, each for its reason. */
function unreached(reasons: readonly string[]): string[] {
  const figures = reasons.map((_, at) => someFigures(`PLR-${String(at).padStart(6, '2')}`));
  const status = cycleStatus({
    figures,
    assigned: figures.map(({ ref, managerId }, at) => ({
      key: `assigned.${ref}`,
      to: { person: managerId },
      card: 'assignment',
      about: ref,
      state: 'undeliverable',
      reason: reasons[at] ?? '',
      at: aContext().now,
    })),
    today: localDate('2022-04-20'),
    services: ['assessment'] as ServiceId[],
  });
  const { data } = unreachedCard({ id: '2022-04' as CycleId, cycle: undefined, status }, aContext());
  return (data as { lines: { sentence: string }[] }).lines.map(({ sentence }) => sentence);
}

describe('the card of PLRs that reached nobody', () => {
  it('names the one PLR that did not arrive', () => {
    assert.deepEqual(unreached(['the app was removed']), [
      'PLR-222220 has not reached Ash Manager: the app was removed.',
    ]);
  });

  it('has one line for each reason, with eight names at most', () => {
    const lines = unreached([...Array<string>(10).fill('the app is not installed'), 'not in the roster']);
    assert.equal(lines.length, 2);
    assert.match(lines[0] ?? '', /^10 PLRs have not reached their managers: the app is not installed\./);
    assert.match(lines[0] ?? '', /and 2 more\.$/);
    assert.match(lines[1] ?? '', /: not in the roster\.$/);
  });
});
