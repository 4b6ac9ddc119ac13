import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareRosters } from '../../../../src/practice/council/compare-rosters.js';
import type { Roster } from '../../../../src/practice/council/organisation.js';
import { localDate } from '../../../../src/practice/base/time.js';
import { aCase, aPerson, aRoster, aService, aTeam } from './rosters.js';

const ended = localDate('2022-03-31');

describe('what a new roster changes', () => {
  it('is all added, the first time', () => {
    assert.deepEqual(compareRosters(undefined, aRoster()).counts, {
      added: 4,
      changed: 0,
      unchanged: 0,
      ended: 0,
    });
  });

  it('is nothing when the same files come again, in whatever order', () => {
    const people = [aPerson('head'), aPerson('other')];
    const turned = people.map((person) => Object.fromEntries(Object.entries(person).reverse())).reverse();
    const again = aRoster({ people: turned as unknown as typeof people });
    assert.deepEqual(compareRosters(aRoster({ people }), again).counts, {
      added: 0,
      changed: 0,
      unchanged: 5,
      ended: 0,
    });
  });

  it('names by kind what is new, different and gone', () => {
    const before = aRoster({ people: [aPerson('head'), aPerson('goes')], teams: [aTeam('t1'), aTeam('t2')] });
    const after = aRoster({
      services: [aService('s1', { name: 'Renamed' })],
      people: [aPerson('comes'), aPerson('head')],
    });
    const { ids } = compareRosters(before, after);
    assert.deepEqual(ids.people, { added: ['comes'], changed: [], unchanged: ['head'], ended: ['goes'] });
    assert.deepEqual(ids.teams.ended, ['t2']);
    assert.deepEqual(ids.services.changed, ['s1']);
  });

  it('has ended whom the files now give a last day, and what they now give a closing date', () => {
    const after = aRoster({
      people: [aPerson('head', { activeUntil: ended })],
      cases: [aCase('c1', { closedOn: ended })],
    });
    const { ids, counts } = compareRosters(aRoster(), after);
    assert.deepEqual([ids.people.ended, ids.cases.ended], [['head'], ['c1']]);
    assert.equal(counts.changed, 0);
    assert.equal(compareRosters(after, after).counts.ended, 0);
  });

  it('has changed, not ended, whose last day moves or is taken back', () => {
    const before = aRoster({ people: [aPerson('head', { activeUntil: ended })] });
    const moved = aRoster({ people: [aPerson('head', { activeUntil: localDate('2022-04-30') })] });
    assert.deepEqual(compareRosters(before, moved).ids.people.changed, ['head']);
    assert.deepEqual(compareRosters(before, aRoster()).ids.people.changed, ['head']);
  });

  it('sees a change inside roles and absences', () => {
    const absent = aPerson('head', { absences: [{ from: ended, until: ended }] });
    assert.deepEqual(compareRosters(aRoster(), aRoster({ people: [absent] })).ids.people.changed, ['head']);
  });

  it('counts each row once: those before are changed, unchanged or ended; those after too, or added', () => {
    const row = fc.record({
      id: fc.integer({ max: 12, min: 0 }),
      name: fc.constantFrom('a', 'b'),
      gone: fc.boolean(),
    });
    const roster = fc.uniqueArray(row, { selector: ({ id }) => id }).map((rows): Roster => {
      const people = rows.map(({ id, name, gone }) =>
        aPerson(`p${id}`, { name, ...(gone ? { activeUntil: ended } : {}) }),
      );
      return { services: [], teams: [], people, cases: [] };
    });
    fc.assert(
      fc.property(roster, roster, (before, after) => {
        const { ids, counts } = compareRosters(before, after);
        const { added, changed, unchanged, ended: gone } = ids.people;
        const stays = new Set(after.people.map(({ id }) => String(id)));
        const inBoth = [...changed, ...unchanged, ...gone];
        assert.deepEqual(inBoth.sort(), before.people.map(({ id }) => String(id)).sort());
        const now = [...added, ...changed, ...unchanged, ...gone.filter((id) => stays.has(id))];
        assert.deepEqual(now.sort(), [...stays].sort());
        assert.equal(counts.ended, gone.length);
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});
