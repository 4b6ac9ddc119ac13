import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readOrganisation } from '../../../src/imports/read-organisation.js';
import { makeSampleCouncil } from '../../../src/local/make-sample-council.js';
import { choosePersonas, sampleCouncilFolder, type SampleDraw } from '../../../src/local/sample-council.js';
import {
  cohorts,
  isOpenCase,
  Organisation,
  reviewsCases,
} from '../../../src/practice/council/organisation.js';
import { localDate } from '../../../src/practice/base/time.js';

async function sampleCouncil(): Promise<Organisation> {
  const read = await readOrganisation(sampleCouncilFolder);
  assert.ok('roster' in read, JSON.stringify(read));
  assert.deepEqual(read.warnings, []);
  return new Organisation(1, read.roster);
}

describe('the sample council', () => {
  let council: Organisation;
  before(async () => {
    council = await sampleCouncil();
  });

  it('is what its script makes, byte for byte', async () => {
    const files = makeSampleCouncil();
    assert.deepEqual(files, makeSampleCouncil());
    for (const [file, text] of Object.entries(files)) {
      assert.equal(await readFile(join(sampleCouncilFolder, file), 'utf8'), text, file);
    }
  });

  it('has 6 services, 24 teams and 80 who review', () => {
    assert.equal(council.services.size, 6);
    assert.equal(council.teams.size, 24);
    assert.equal(council.roster.people.filter(reviewsCases).length, 80);
    const teamManagers = new Set(council.roster.teams.map(({ teamManagerId }) => teamManagerId));
    assert.equal(teamManagers.size, 24);
  });

  it('has 200 practitioners at work, 6 link reviewers, QA leads and business support', () => {
    const count = (role: Parameters<Organisation['withRole']>[0]) =>
      council.withRole(role, localDate('2022-01-01')).length;
    assert.deepEqual(
      [count('practitioner'), count('link-reviewer'), count('qa-lead'), count('business-support')],
      [200, 6, 2, 4],
    );
    assert.equal(new Set(council.roster.services.map(({ linkReviewerId }) => linkReviewerId)).size, 6);
  });

  it('has about 1,600 open cases in all six cohorts at any date from 2021 to 2030, and some closed', () => {
    for (const date of ['2021-01-04', '2022-04-01', '2026-06-15', '2030-12-31'].map(localDate)) {
      const open = council.roster.cases.filter((one) => isOpenCase(one, date));
      assert.ok(open.length >= 1_600 && open.length <= 1_650, `${open.length} on ${date}`);
      assert.equal(new Set(open.map(({ cohort }) => cohort)).size, cohorts.length);
    }
    const closed = council.roster.cases.filter((one) => !isOpenCase(one, localDate('2021-01-04')));
    assert.ok(closed.length > 100);
  });

  it('gives each open case to someone who works in its team', () => {
    const open = council.roster.cases.filter((one) => isOpenCase(one, localDate('2031-01-01')));
    for (const { teamId, allocatedWorkerId } of open) {
      const worker = council.people.get(allocatedWorkerId);
      assert.equal(worker?.teamId, teamId);
      assert.equal(worker.activeUntil, undefined);
    }
  });

  it('gives each team channels of its own, the General one by the id of its team', () => {
    const channels = council.roster.teams.flatMap((team) => [team.alertChannelId, team.meetingChannelId]);
    assert.equal(new Set(channels).size, 48);
    assert.ok(council.roster.teams.every((team) => team.alertChannelId === team.teamsTeamId));
  });

  it('has few people away on any one day', () => {
    for (const date of ['2021-06-01', '2024-02-12', '2027-10-04'].map(localDate)) {
      const away = council.roster.people.filter(({ absences }) =>
        absences.some(({ from, until }) => from <= date && date <= until),
      );
      assert.ok(away.length <= 6, `${away.length} on ${date}`);
    }
  });

  describe('its personas', () => {
    const draws = () =>
      council.roster.people.filter(reviewsCases).map((manager, n): SampleDraw => {
        const one = council.roster.cases[n * 20]!;
        const serviceId = council.teams.get(one.teamId)!.serviceId;
        return {
          managerId: manager.id,
          teamId: one.teamId,
          serviceId,
          practitionerId: one.allocatedWorkerId,
        };
      });

    it('can play one month together', () => {
      const all = draws();
      const personas = choosePersonas(council, all);
      assert.ok(personas !== undefined);
      const draw = all.find(({ managerId }) => managerId === personas.manager);
      assert.equal(draw?.practitionerId, personas.practitioner);
      assert.equal(council.teams.get(draw.teamId)?.teamManagerId, personas['team-manager']);
      assert.equal(council.services.get(draw.serviceId)?.linkReviewerId, personas['link-reviewer']);
      assert.ok(council.people.get(personas['qa-lead'])?.roles.includes('qa-lead'));
      const service = council.services.get(draw.serviceId);
      assert.deepEqual(
        [personas['service-manager'], personas['head-of-service'], personas['assistant-director']],
        [service?.serviceManagerId, service?.headOfServiceId, service?.assistantDirectorId],
      );
      assert.equal(new Set(Object.values(personas)).size, 8);
    });

    it('do not depend on the order of the draws', () => {
      assert.deepEqual(choosePersonas(council, draws().reverse()), choosePersonas(council, draws()));
    });

    it('are never one person twice: a Team Manager who drew their own team’s case is passed over', () => {
      const fitting = draws().filter((draw) => choosePersonas(council, [draw]) !== undefined);
      const [first, second] = fitting;
      const own = { ...first!, managerId: council.teams.get(first!.teamId)!.teamManagerId! };
      assert.equal(choosePersonas(council, [own]), undefined);
      assert.equal(choosePersonas(council, [own, second!])?.manager, second!.managerId);
    });

    it('are never one person twice: nobody reviews whom an alert of that case would climb to', () => {
      const [draw] = draws();
      const managerId = council.services.get(draw!.serviceId)!.headOfServiceId!;
      assert.equal(choosePersonas(council, [{ ...draw!, managerId }]), undefined);
    });

    it('are none without a draw', () => {
      assert.equal(choosePersonas(council, []), undefined);
    });
  });
});
