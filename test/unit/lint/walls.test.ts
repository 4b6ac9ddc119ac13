import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');
const broken = join(root, 'test/data/walls');
const depcruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** Lint's own call, on a small house that breaks one rule of each sort. */
function cruise() {
  const config = join(root, '.dependency-cruiser.cjs');
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      depcruise,
      'src',
      '--output-type',
      'err',
      '--config',
      config,
      '--ts-config',
      join(root, 'tsconfig.json'),
    ],
    { cwd: broken, encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' } },
  );
  const broke = [...stdout.matchAll(/error ([a-z-]+): (\S+)/g)].map(([, rule, from]) => `${rule}: ${from}`);
  return { status, broke: broke.sort() };
}

describe('the walls of the house', () => {
  it('refuses what looks up, what goes round, what lies on no floor and what reaches into another room', () => {
    const { status, broke } = cruise();
    assert.notEqual(status, 0);
    assert.deepEqual(broke, [
      'floor-base: src/practice/base/low.ts',
      'floor-reporting: src/practice/reporting/upstairs.ts',
      'no-circular: src/practice/plr/one.ts',
      'on-a-floor: src/practice/reporting/upstairs.ts',
      'room-teams: src/teams/door.ts',
    ]);
  });
});
