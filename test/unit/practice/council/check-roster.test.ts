import assert from 'node:assert/strict';
import type { PersonId, TeamId } from '../../../../src/practice/base/ids.js';
import { checkRoster } from '../../../../src/practice/council/check-roster.js';
import type { Person } from '../../../../src/practice/council/organisation.js';
import { localDate } from '../../../../src/practice/base/time.js';
import { aCase, aPerson, aRoster, aService } from './rosters.js';

const atHome = { serviceId: 's1', teamId: 't1' } as Pick<Person, 'serviceId' | 'teamId'>;

describe('the rules between the rows of a roster', () => {
  it('find nothing in a roster that fits together', () => {
    assert.deepEqual(checkRoster(aRoster({ people: [aPerson('head', atHome)] })), []);
  });

  it('let the QA Service, business support and senior managers have no team and no service', () => {
    for (const role of ['senior-manager', 'link-reviewer', 'qa-lead', 'business-support'] as const) {
      const people = [aPerson('head', atHome), aPerson('other', { roles: [role] })];
      assert.deepEqual(checkRoster(aRoster({ people })), [], role);
    }
  });

  it('let a service manager have a service and no team', () => {
    const { serviceId } = atHome;
    const manager = aPerson('sm', { roles: ['manager'], ...(serviceId && { serviceId }) });
    assert.deepEqual(checkRoster(aRoster({ people: [aPerson('head', atHome), manager] })), []);
  });

  it('say nothing of a field that could not be read', () => {
    const draft = { services: [{}], teams: [{}], people: [{}], cases: [{}] };
    assert.deepEqual(checkRoster(draft), []);
  });

  it('call no team unknown while the id of one could not be read', () => {
    const one = aCase('c2', { teamId: 't9' as TeamId });
    const roster = aRoster({ people: [aPerson('head', atHome)], cases: [one] });
    assert.deepEqual(
      checkRoster(roster).map(({ field }) => field),
      ['teamId'],
    );
    assert.deepEqual(checkRoster({ ...roster, teams: [...roster.teams, { name: 'No id' }] }), []);
  });

  it('call nobody unknown while people are missing', () => {
    const roster = aRoster({ people: [], cases: [] });
    assert.equal(checkRoster(roster).length, 5);
    assert.deepEqual(checkRoster({ ...roster, incomplete: new Set(['people']) }), []);
  });

  it('point from each repeat to the first', () => {
    const services = [aService('s1'), aService('s2'), aService('s1'), aService('s1')];
    const problems = checkRoster(aRoster({ services, people: [aPerson('head', atHome)] }));
    assert.deepEqual(
      problems.map(({ at, repeats }) => [at, repeats]),
      [
        [2, 0],
        [3, 0],
      ],
    );
  });

  it('keep the QA leads few enough for an alert, those who have left not counted', () => {
    const leads = Array.from({ length: 22 }, (_, at) => aPerson(`lead-${at}`, { roles: ['qa-lead'] }));
    const left = aPerson('left', { roles: ['qa-lead'], activeUntil: localDate('2022-03-31') });
    const problems = checkRoster(aRoster({ people: [aPerson('head', atHome), left, ...leads] }));
    assert.deepEqual(
      problems.map(({ at, field }) => [at, field]),
      [
        [22, 'roles'],
        [23, 'roles'],
      ],
    );
  });

  it('come in the order of the kinds and their rows', () => {
    const nobody = 'nobody' as PersonId;
    const problems = checkRoster(
      aRoster({
        services: [aService('s1'), aService('s2', { headOfServiceId: nobody }), aService('s1')],
        people: [
          aPerson('head', atHome),
          aPerson('head', { ...atHome, lineManagerId: nobody, email: 'x@y.z' }),
        ],
        cases: [aCase('c1', { allocatedWorkerId: nobody })],
      }),
    );
    assert.deepEqual(
      problems.map(({ kind, at, field }) => `${kind} ${at} ${field}`),
      [
        'services 1 headOfServiceId',
        'services 2 id',
        'people 1 lineManagerId',
        'people 1 id',
        'people 1 aadObjectId',
        'cases 0 allocatedWorkerId',
      ],
    );
  });
});
