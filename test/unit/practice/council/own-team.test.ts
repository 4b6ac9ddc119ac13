import assert from 'node:assert/strict';
import { EligibleCases } from '../../../../src/practice/draw/eligible-cases.js';
import { workingDaysIn } from '../../../../src/practice/plr/cycle.js';
import { drawRulesOf } from '../../../../src/practice/council/draw-rules.js';
import { isOwn } from '../../../../src/practice/council/own-team.js';
import { effectsOnPlrs } from '../../../../src/practice/process/roster-effects.js';
import type { CaseRef, PersonId, TeamId } from '../../../../src/practice/base/ids.js';
import { reviewsCases, type Person, type Roster } from '../../../../src/practice/council/organisation.js';
import { localDate } from '../../../../src/practice/base/time.js';
import { aContext } from '../../../builders/a-context.js';
import { aReview } from '../../../builders/a-plr.js';
import { smallCouncil } from '../../../builders/small-council.js';

/** Ash's manager is in no team, and leads a worker of Damson. */
function aRoster(): Roster {
  const roster = smallCouncil();
  return {
    ...roster,
    people: roster.people.map((one): Person => {
      if (one.id === 'ash-manager') {
        const { teamId, ...rest } = one;
        assert.equal(teamId, 'ash');
        return rest;
      }
      const led = one.id === 'damson-worker-third';
      return led ? { ...one, lineManagerId: 'ash-manager' as PersonId } : one;
    }),
  };
}

/** What a roster says of Ash Manager's PLR once its case is elsewhere. */
function effectsOf(teamId: string, allocatedWorkerId: string): string[] {
  const plr = aReview().build();
  const roster = aRoster();
  const moved = { teamId: teamId as TeamId, allocatedWorkerId: allocatedWorkerId as PersonId };
  const cases = roster.cases.map((one) => (one.ref === plr.caseRef ? { ...one, ...moved } : one));
  return effectsOnPlrs([plr], aContext({ roster: { ...roster, cases } })).map(({ is }) => is);
}

describe('a case that moves to where a draw would not have gone', () => {
  it('is told of when its manager manages that team, though they are in none', () => {
    assert.deepEqual(effectsOf('ash', 'ash-worker-first'), ['rerouted', 'own-team']);
  });

  it('is told of when its manager leads the worker', () => {
    assert.deepEqual(effectsOf('damson', 'damson-worker-third'), ['rerouted', 'own-team']);
  });

  it('is followed, and no more, elsewhere', () => {
    assert.deepEqual(effectsOf('damson', 'damson-worker-first'), ['rerouted']);
  });
});

describe('the rule of one’s own team', () => {
  for (const ownTeam of ['never', 'allowed'] as const)
    it(`is the same for one case as it is for the draw: ${ownTeam}`, () => {
      const council = { ...aContext({ roster: aRoster() }), ownTeam };
      const { organisation, today, holidays } = council;
      const workingDays = workingDaysIn({ from: today, until: localDate('2022-04-29') }, holidays);
      const reviewedSince = new Map<CaseRef, never>();
      const eligible = new EligibleCases({
        on: today,
        workingDays,
        organisation,
        reviewedSince,
        rules: drawRulesOf(council),
      });
      for (const manager of organisation.roster.people.filter(reviewsCases)) {
        const { positions } = eligible.exclusionFor(manager);
        const excluded = eligible.cases.filter((_, at) =>
          positions.some(({ from, until }) => from <= at && at < until),
        );
        assert.deepEqual(
          eligible.cases.filter((one) => isOwn(one, manager, council)).map(({ ref }) => ref),
          excluded.map(({ ref }) => ref),
          manager.id,
        );
      }
    });
});
