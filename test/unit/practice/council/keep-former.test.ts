import assert from 'node:assert/strict';
import { keepFormer } from '../../../../src/practice/council/keep-former.js';
import type { AadObjectId } from '../../../../src/practice/base/ids.js';
import { isActive, Organisation } from '../../../../src/practice/council/organisation.js';
import { localDate } from '../../../../src/practice/base/time.js';
import { aPerson, aRoster, aService, aTeam } from './rosters.js';

const today = localDate('2022-04-01');
const leaver = aPerson('leaver', { name: 'Someone Who Left' });
const before = aRoster({
  services: [aService('s1'), aService('s2')],
  teams: [aTeam('t1'), aTeam('t2')],
  people: [aPerson('head'), leaver],
});

describe('people, teams and services that leave the files', () => {
  const kept = new Organisation(2, keepFormer(before, aRoster(), today));

  it('are still found by id', () => {
    assert.equal(kept.people.get(leaver.id)?.name, 'Someone Who Left');
    assert.deepEqual([...kept.teams.keys()].sort(), ['t1', 't2']);
    assert.deepEqual([...kept.services.keys()].sort(), ['s1', 's2']);
  });

  it('are not listed with those of today', () => {
    assert.deepEqual(
      kept.roster.people.map(({ id }) => id),
      ['head'],
    );
    assert.deepEqual(
      kept.roster.teams.map(({ id }) => id),
      ['t1'],
    );
    assert.deepEqual(
      kept.withRole('manager', localDate('2022-03-01')).map(({ id }) => id),
      ['head'],
    );
  });

  it('were active until the day before, or until their own last day', () => {
    const found = kept.people.get(leaver.id);
    assert.ok(found !== undefined && isActive(found, localDate('2022-03-31')) && !isActive(found, today));
    const earlier = aPerson('leaver', { activeUntil: localDate('2022-01-31') });
    const roster = keepFormer(aRoster({ people: [aPerson('head'), earlier] }), aRoster(), today);
    assert.equal(roster.former?.people[0]?.activeUntil, '2022-01-31');
  });

  it('stay findable after later imports, with the last day they had', () => {
    const later = keepFormer(kept.roster, aRoster(), localDate('2023-01-01'));
    assert.deepEqual(later.former, kept.roster.former);
  });

  it('are former no more when they come back', () => {
    const back = keepFormer(kept.roster, before, today);
    assert.deepEqual(back.former, { services: [], teams: [], people: [] });
  });

  it('give way to the person who has their Entra object id now', () => {
    const rekeyed = aPerson('new-id', { aadObjectId: leaver.aadObjectId });
    const next = keepFormer(before, aRoster({ people: [aPerson('head'), rekeyed] }), today);
    const organisation = new Organisation(2, next);
    assert.equal(organisation.personOf('aad-leaver' as AadObjectId)?.id, 'new-id');
  });
});
