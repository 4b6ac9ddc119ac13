import assert from 'node:assert/strict';
import fc from 'fast-check';
import { workingDaysIn } from '../../../../src/practice/plr/cycle.js';
import { drawCases, type DrawInput } from '../../../../src/practice/draw/draw.js';
import type { CaseDraw } from '../../../../src/practice/plr/draw-plan.js';
import { nothingTaken, takenAfter } from '../../../../src/practice/draw/taken.js';
import { defaultDrawRules } from '../../../../src/practice/council/draw-rules.js';
import type { CaseRef, PersonId } from '../../../../src/practice/base/ids.js';
import { isActive, type Case, type Person } from '../../../../src/practice/council/organisation.js';
import { localDate } from '../../../../src/practice/base/time.js';
import { aCouncil, CouncilBuilder, councils } from '../../../builders/council.js';

const on = localDate('2022-04-01');
const april = { from: on, until: localDate('2022-04-29') };
const workingDays = workingDaysIn(april, { isBankHoliday: () => false });
const reviewDates = ['2021-03-31', '2021-04-01', '2021-04-02', '2022-03-01'].map(localDate);

/** A council, what was reviewed before, and rules: everything a draw depends on. */
const inputs: fc.Arbitrary<DrawInput> = fc
  .record({
    seed: fc.string({ maxLength: 4 }),
    organisation: councils(),
    reviewed: fc.array(fc.option(fc.constantFrom(...reviewDates), { freq: 2 }), {
      minLength: 7,
      maxLength: 7,
    }),
    ownTeam: fc.constantFrom('never' as const, 'never' as const, 'allowed' as const),
    practitionerAgain: fc.constantFrom(
      'when-no-one-else-is-free' as const,
      'when-no-one-else-is-free' as const,
      'never' as const,
    ),
  })
  .map(({ seed, organisation, reviewed, ownTeam, practitionerAgain }) => ({
    seed,
    on,
    workingDays,
    organisation,
    reviewedSince: new Map(
      organisation.roster.cases.flatMap(({ ref }, at) =>
        reviewed[at] ? [[ref, reviewed[at]] as const] : [],
      ),
    ),
    taken: nothingTaken,
    rules: { ...defaultDrawRules, ownTeam, practitionerAgain },
  }));

function holds(rule: (input: DrawInput, draw: CaseDraw) => void, numRuns = 1500): void {
  fc.assert(
    fc.property(inputs, (input) => rule(input, drawCases(input))),
    { seed: 20220607, numRuns },
  );
}

describe('the draw, over random councils', () => {
  it('gives every pair by the rules, read one by one', () => {
    holds((input, { drawn }) => {
      for (const { managerId, caseRef } of drawn) {
        assert.ok(
          isFair(input, input.organisation.people.get(managerId)!, input.organisation.cases.get(caseRef)!),
        );
      }
    });
  });

  it('puts every manager in exactly one list, and gives no manager or case twice', () => {
    holds((input, { drawn, unplaced, notAsked }) => {
      const listed = [...drawn, ...unplaced, ...notAsked].map((one) => one.managerId);
      const managers = input.organisation.roster.people.filter((person) => person.roles.includes('manager'));
      assert.deepEqual([...listed].sort(), managers.map((person) => person.id).sort());
      assert.equal(new Set(drawn.map((one) => one.caseRef)).size, drawn.length);
    });
  });

  it('asks no one who is not active or away throughout, and everyone else', () => {
    holds((input, { notAsked }) => {
      const reasons = new Map(notAsked.map((one) => [one.managerId, one.why]));
      for (const person of input.organisation.roster.people.filter((one) => one.roles.includes('manager'))) {
        const away = daysThere(person).length === 0 ? 'away-throughout' : undefined;
        assert.equal(reasons.get(person.id), isActive(person, on) ? away : 'not-active');
      }
    });
  });

  it('places as many managers as any draw by the rules could, and leaves out no one it could place', () => {
    holds((input, { drawn }) => {
      const most = input.rules.practitionerAgain === 'never' ? 1 : Infinity;
      assert.equal(drawn.length, mostPlaced(input, most));
    });
  });

  it('asks a practitioner again only when no one else is free: at each number, as many are placed as can be', () => {
    holds((input, { drawn }) => {
      const plrs = countBy(drawn.map((one) => one.practitionerId));
      const limits = input.rules.practitionerAgain === 'never' ? [1] : [1, 2, 3];
      for (const limit of limits) {
        const within = [...plrs.values()].reduce((sum, count) => sum + Math.min(count, limit), 0);
        assert.equal(within, mostPlaced(input, limit), `with ${limit} for each practitioner`);
      }
    });
  });

  it('places as many as can be when few pairs are possible and many must change places in a row', () => {
    fc.assert(
      fc.property(scarceCouncils, fc.string({ maxLength: 4 }), (organisation, seed) => {
        const rules = { ...defaultDrawRules, ownTeam: 'allowed' } as const;
        const input = {
          seed,
          on,
          workingDays,
          organisation,
          reviewedSince: new Map(),
          taken: nothingTaken,
          rules,
        };
        assert.equal(drawCases(input).drawn.length, largestMatching(input));
      }),
      { seed: 20220607, numRuns: 1000 },
    );
  });

  it('does not depend on the order of the roster’s rows', () => {
    holds((input, draw) => {
      const { roster, version } = input.organisation;
      const shuffled = new CouncilBuilder(roster, version).shuffled(`rows ${input.seed}`).build();
      assert.deepEqual(drawCases({ ...input, organisation: shuffled }), draw);
    });
  });

  it('gives the same draw for the same input', () => {
    holds((input, draw) => assert.deepEqual(drawCases(input), draw), 300);
  });

  it('draws nothing new, and changes nothing, when everyone placed has one already', () => {
    holds((input, draw) => {
      const again = drawCases({ ...input, taken: takenAfter(draw.drawn) });
      assert.deepEqual(again.drawn, []);
      assert.deepEqual(
        again.unplaced.map((one) => one.managerId),
        draw.unplaced.map((one) => one.managerId),
      );
      assert.deepEqual(again.coverage, draw.coverage);
    });
  });

  it('leaves earlier draws alone when some managers come late, and still asks practitioners evenly', () => {
    holds((input, draw) => {
      const early = draw.drawn.filter((_, at) => at % 2 === 0);
      const taken = takenAfter(early);
      const late = drawCases({ ...input, seed: `${input.seed} late`, taken }).drawn;
      const both = [...early, ...late];
      assert.equal(new Set(both.map((one) => one.managerId)).size, both.length);
      assert.equal(new Set(both.map((one) => one.caseRef)).size, both.length);
      assert.equal(
        late.length,
        mostPlaced({ ...input, taken }, input.rules.practitionerAgain === 'never' ? 1 : Infinity),
      );
      if (input.rules.practitionerAgain === 'never') {
        assert.equal(new Set(both.map((one) => one.practitionerId)).size, both.length);
      }
    });
  });

  it('counts each open case once in every reason', () => {
    holds((_, { drawn, unplaced }) => {
      for (const why of [...drawn.map((one) => one.reason), ...unplaced.map((one) => one.why)]) {
        const ruledOut = why.reviewedRecently + why.practitionerAway + why.ownTeam + why.ownPractice;
        assert.equal(ruledOut + why.neverThereTogether + why.drawnInThisCycle + why.left, why.open);
      }
      for (const { reason } of drawn) assert.ok(1 <= reason.place && reason.place <= reason.left);
      for (const { why } of unplaced) assert.equal(why.left, 0);
    });
  });

  it('measures coverage against the cases open on the day', () => {
    holds((input, { drawn, coverage }) => {
      const open = input.organisation.roster.cases.filter((one) => isOpenOn(one)).length;
      assert.equal(coverage.open, open);
      assert.equal(coverage.reviewed, drawn.length);
      assert.equal(coverage.percent, open === 0 ? null : Math.round((100 * drawn.length) / open));
      assert.ok((drawn.length + coverage.shortfall) * 100 >= open * 10);
    });
  });
});

/** Twelve managers and practitioners with a case each, all of them there for a few days only. */
const scarceCouncils = fc
  .array(fc.record({ from: fc.nat(workingDays.length - 1), days: fc.integer({ min: 1, max: 4 }) }), {
    minLength: 24,
    maxLength: 24,
  })
  .map((spells) => {
    const size = { services: 1, teams: 1, managers: 12, practitioners: 12, casesPerPractitioner: 1 };
    return aCouncil(size)
      .build()
      .roster.people.reduce((council, { id }, at) => {
        const { from, days } = spells[at]!;
        const away = workingDays.filter((_, day) => day < from || from + days <= day);
        return council.withPerson(id, { absences: away.map((day) => ({ from: day, until: day })) });
      }, aCouncil(size))
      .build();
  });

/** Managers and cases paired one by one, each search trying every pair. */
function largestMatching(input: DrawInput): number {
  const { people, cases } = input.organisation.roster;
  const managerOf = new Map<CaseRef, Person>();
  const findFor = (manager: Person, tried: Set<CaseRef>): boolean =>
    cases.some((one) => {
      if (tried.has(one.ref) || !isFair(input, manager, one)) return false;
      tried.add(one.ref);
      const holder = managerOf.get(one.ref);
      if (holder !== undefined && !findFor(holder, tried)) return false;
      managerOf.set(one.ref, manager);
      return true;
    });
  return people.filter((person) => person.id.startsWith('M') && findFor(person, new Set())).length;
}

/** The rules of docs/domain.md, 4.1, checked for one manager and one case with no regard to cost. */
function isFair(input: DrawInput, manager: Person, one: Case): boolean {
  const { organisation, rules, reviewedSince } = input;
  const practitioner = organisation.people.get(one.allocatedWorkerId)!;
  const reviewed = reviewedSince.get(one.ref);
  const ownTeam =
    manager.teamId === one.teamId || organisation.teams.get(one.teamId)!.teamManagerId === manager.id;
  return (
    isOpenOn(one) &&
    (reviewed === undefined || reviewed <= localDate('2021-04-01')) &&
    (rules.ownTeam === 'allowed' || !ownTeam) &&
    practitioner.id !== manager.id &&
    practitioner.lineManagerId !== manager.id &&
    isActive(manager, on) &&
    isActive(practitioner, on) &&
    daysThere(practitioner).some((day) => daysThere(manager).includes(day))
  );
}

function isOpenOn(one: Case): boolean {
  return one.openedOn <= on && !(one.closedOn !== undefined && one.closedOn <= on);
}

function daysThere(person: Person) {
  return workingDays.filter(
    (day) => isActive(person, day) && person.absences.every(({ from, until }) => day < from || until < day),
  );
}

/** Tries every possible draw: the most managers placed with at most `limit` PLRs for each practitioner. */
function mostPlaced(input: DrawInput, limit: number): number {
  const { roster } = input.organisation;
  const managers = roster.people.filter(
    (one) => one.roles.includes('manager') && !input.taken.managers.has(one.id),
  );
  const choices = managers.map((manager) => roster.cases.filter((one) => isFair(input, manager, one)));
  const plrs = new Map<PersonId, number>(input.taken.practitioners);
  const used = new Set<CaseRef>(input.taken.cases);
  const from = (at: number): number => {
    if (at === choices.length) return 0;
    let most = from(at + 1);
    for (const { ref, allocatedWorkerId } of choices[at]!) {
      const count = plrs.get(allocatedWorkerId) ?? 0;
      if (most === choices.length - at) break;
      if (used.has(ref) || count >= limit) continue;
      used.add(ref);
      plrs.set(allocatedWorkerId, count + 1);
      most = Math.max(most, 1 + from(at + 1));
      used.delete(ref);
      plrs.set(allocatedWorkerId, count);
    }
    return most;
  };
  return from(0);
}

function countBy<T>(items: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
