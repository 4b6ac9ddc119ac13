import assert from 'node:assert/strict';
import { workingDaysIn } from '../../../../src/practice/plr/cycle.js';
import { drawCases, type DrawInput } from '../../../../src/practice/draw/draw.js';
import { defaultDrawRules } from '../../../../src/practice/council/draw-rules.js';
import { nothingTaken, takenAfter } from '../../../../src/practice/draw/taken.js';
import { Fault } from '../../../../src/practice/base/errors.js';
import type { CaseRef, PersonId, TeamId } from '../../../../src/practice/base/ids.js';
import type { Organisation } from '../../../../src/practice/council/organisation.js';
import { localDate } from '../../../../src/practice/base/time.js';
import { aCouncil } from '../../../builders/council.js';

const on = localDate('2022-04-01');
const workingDays = workingDaysIn(
  { from: on, until: localDate('2022-04-29') },
  { isBankHoliday: () => false },
);

function draw(organisation: Organisation, more: Partial<DrawInput> = {}) {
  const rules = defaultDrawRules;
  return drawCases({
    seed: 's',
    on,
    workingDays,
    organisation,
    reviewedSince: new Map(),
    taken: nothingTaken,
    rules,
    ...more,
  });
}

/** Two teams of one manager, one practitioner and one case each. */
const pair = { services: 1, teams: 2, managers: 2, practitioners: 2, casesPerPractitioner: 1 };
const reviewed = (ref: string, on: string) => new Map([[ref as CaseRef, localDate(on)]]);
const pairs = (all: ReturnType<typeof draw>) => all.drawn.map((one) => `${one.managerId} ${one.caseRef}`);
const leave = (from: string, until: string) => [{ from: localDate(from), until: localDate(until) }];

describe('the draw', () => {
  it('gives each manager the case of the other team', () => {
    assert.deepEqual(pairs(draw(aCouncil(pair).build())), ['M01 C0002', 'M02 C0001']);
  });

  it('says where the case comes from', () => {
    const [first] = draw(aCouncil(pair).atVersion(7).build()).drawn;
    const { reason, ...drawn } = first!;
    assert.deepEqual(drawn, {
      managerId: 'M01',
      caseRef: 'C0002',
      practitionerId: 'P002',
      teamId: 'T02',
      serviceId: 'S01',
      cohort: 'child-protection',
    });
    assert.deepEqual([reason.seed, reason.on, reason.rosterVersion], ['s', '2022-04-01', 7]);
  });

  it('counts a team that someone manages as their own, even when it is not their team', () => {
    const council = aCouncil(pair).withTeam('T02', { teamManagerId: 'M01' as PersonId });
    const { drawn, unplaced } = draw(council.build());
    assert.deepEqual(
      drawn.map((one) => one.managerId),
      ['M02'],
    );
    assert.deepEqual(unplaced[0]?.why, {
      open: 2,
      reviewedRecently: 0,
      practitionerAway: 0,
      ownTeam: 2,
      ownPractice: 0,
      neverThereTogether: 0,
      drawnInThisCycle: 0,
      left: 0,
      memoryMonths: 12,
    });
  });

  it('never gives a line manager the case of someone they lead, in whatever team, even where own teams are allowed', () => {
    const council = aCouncil(pair).withPerson('P002', { lineManagerId: 'M01' as PersonId });
    const { unplaced } = draw(council.build());
    assert.deepEqual(
      unplaced.map(({ managerId, why }) => [managerId, why.ownPractice]),
      [['M01', 1]],
    );
    const allowed = draw(council.build(), { rules: { ...defaultDrawRules, ownTeam: 'allowed' } });
    assert.ok(!allowed.drawn.some((one) => one.managerId === 'M01'));
  });

  it('forgets a review after 12 months to the day', () => {
    const council = aCouncil(pair).build();
    assert.equal(draw(council, { reviewedSince: reviewed('C0001', '2021-04-01') }).unplaced.length, 0);
    const remembered = draw(council, { reviewedSince: reviewed('C0001', '2021-04-02') });
    assert.deepEqual(
      remembered.unplaced.map((one) => [one.managerId, one.why.reviewedRecently]),
      [['M02', 1]],
    );
  });

  it('does not pair two people who are never at work on the same day', () => {
    const council = aCouncil(pair)
      .withPerson('M01', { absences: leave('2022-04-01', '2022-04-14') })
      .withPerson('P002', { absences: leave('2022-04-15', '2022-04-30') });
    const { unplaced, notAsked } = draw(council.build());
    assert.deepEqual(
      unplaced.map((one) => [one.managerId, one.why.neverThereTogether]),
      [['M01', 1]],
    );
    assert.deepEqual(notAsked, []);
  });

  it('takes two weeks of leave with a weekend between them for one absence', () => {
    const absences = [...leave('2022-04-01', '2022-04-15'), ...leave('2022-04-18', '2022-04-29')];
    const { notAsked } = draw(aCouncil(pair).withPerson('M01', { absences }).build());
    assert.deepEqual(notAsked, [{ managerId: 'M01', why: 'away-throughout' }]);
  });

  it('draws from a cohort, for named reviewers, when a Practice Week asks for it', () => {
    const reviewers = new Set(['P001' as PersonId]);
    const { drawn, notAsked, coverage } = draw(aCouncil().build(), {
      reviewers,
      cohorts: new Set(['child-in-care']),
    });
    assert.deepEqual(
      drawn.map((one) => [one.managerId, one.cohort]),
      [['P001', 'child-in-care']],
    );
    assert.deepEqual([notAsked, coverage.open], [[], 12]);
  });

  it('gives a manager whose case closed another, and never the first one again', () => {
    const council = aCouncil().build();
    const before = draw(council).drawn;
    const redrawn = before[0]!;
    const all = takenAfter(before);
    const managers = new Set([...all.managers].filter((id) => id !== redrawn.managerId));
    const after = draw(council, { seed: 's/2', taken: { ...all, managers } });
    assert.deepEqual(
      after.drawn.map((one) => one.managerId),
      [redrawn.managerId],
    );
    assert.ok(!all.cases.has(after.drawn[0]!.caseRef));
    assert.equal(after.notAsked.filter((one) => one.why === 'has-one-already').length, before.length - 1);
    assert.equal(after.coverage.reviewed, before.length + 1);
  });

  it('draws every fair case about as often as any other', () => {
    const size = { services: 1, teams: 3, managers: 3, practitioners: 6, casesPerPractitioner: 4 };
    const council = aCouncil(size).build();
    const reviewers = new Set(['M01' as PersonId]);
    const counts = new Map<string, number>();
    for (let at = 0; at < 4000; at += 1) {
      const { caseRef } = draw(council, { seed: `seed ${at}`, reviewers }).drawn[0]!;
      counts.set(caseRef, (counts.get(caseRef) ?? 0) + 1);
    }
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 250) ** 2 / 250, 0);
    assert.equal(counts.size, 16);
    assert.ok(chiSquare < 37.7, `chi-square ${chiSquare} on 15 degrees of freedom (99.9% is below 37.7)`);
  });

  it('asks 18 practitioners twice each, and no one three times, for 36 managers', () => {
    const { drawn } = draw(aCouncil({ managers: 36 }).build());
    const counts = new Map<PersonId, number>();
    for (const { practitionerId } of drawn) counts.set(practitionerId, (counts.get(practitionerId) ?? 0) + 1);
    assert.equal(drawn.length, 36);
    assert.deepEqual(new Set(counts.values()), new Set([2]));
  });

  it('breaks on a case of a team that the roster does not have', () => {
    const council = aCouncil(pair)
      .withCase('C0001', { teamId: 'T99' as TeamId })
      .withCase('C0002', { teamId: 'T99' as TeamId });
    assert.throws(
      () => draw(council.build()),
      (error) => error instanceof Fault && error.code === 'case-without-team',
    );
  });

  it('breaks on a cycle without a working day', () => {
    const none = { workingDays: [] };
    assert.throws(
      () => draw(aCouncil().build(), none),
      (error) => error instanceof Fault && error.code === 'cycle-without-days',
    );
  });
});
