import assert from 'node:assert/strict';
import fc from 'fast-check';
import { acknowledgeAlert } from '../../../../src/practice/alerts/decide-acknowledgement.js';
import { inThisRound } from '../../../../src/practice/plr/alert.js';
import { alertPart, nextDue } from '../../../../src/practice/alerts/part.js';
import { rungIds, type Ladder } from '../../../../src/practice/council/ladder.js';
import { addHours } from '../../../../src/practice/base/time.js';
import { AlertWorld, ids, raisedAt } from './alert-world.js';

const settings = { numRuns: 300, seed: 4_3 };
const last = 47;

/** Rising hours in quarters, for some of the rungs, with a breach of at most 24. */
const ladders: fc.Arbitrary<Ladder> = fc
  .tuple(
    fc.subarray([...rungIds], { minLength: 1 }),
    fc.uniqueArray(fc.integer({ min: 1, max: 95 }), { minLength: 4, maxLength: 4 }),
  )
  .map(([chosen, quarters]) => {
    const hours = quarters.sort((a, b) => a - b).map((quarter) => quarter / 4);
    return {
      rungs: chosen.map((id, index) => ({ id, afterHours: hours[index] ?? 0 })),
      breachAfterHours: hours[chosen.length] ?? 24,
    };
  });
const someone = fc.subarray<string>(
  Object.values(ids).filter((id) => id !== ids.qaLead && id !== ids.author),
);
const tickHours = fc.array(
  fc.integer({ min: 0, max: last * 4 }).map((quarter) => quarter / 4),
  { maxLength: 12 },
);
const worlds = fc.record({ ladder: ladders, away: someone, unreachable: someone });

function raisedIn(facts: { ladder: Ladder; away: string[]; unreachable: string[] }): AlertWorld {
  const world = new AlertWorld(facts);
  world.raise();
  return world;
}

function tickAt(world: AlertWorld, hours: readonly number[]): void {
  for (const hour of [...hours].sort((a, b) => a - b)) world.tick(addHours(raisedAt, hour));
}

/** Who was told of which step; reminders count from when they were last given, and are left out. */
const tellings = (world: AlertWorld) => world.keys().filter((key) => !key.includes('.reminder-'));

describe('the clock of any alert', () => {
  it('tells the same people the same things whatever the times at which it is looked at', () => {
    fc.assert(
      fc.property(worlds, tickHours, tickHours, (facts, some, others) => {
        const [one, other] = [raisedIn(facts), raisedIn(facts)];
        tickAt(one, [...some, last]);
        tickAt(other, [...others, last]);
        assert.deepEqual(tellings(one), tellings(other));
      }),
      settings,
    );
  });

  it('tells each rung exactly once, from below, and the breach once', () => {
    fc.assert(
      fc.property(worlds, tickHours, (facts, hours) => {
        const world = raisedIn(facts);
        tickAt(world, [...hours, last]);
        const climbed = inThisRound(world.alert, 'climbed').map(({ rung }) => rung);
        assert.deepEqual(
          climbed,
          facts.ladder.rungs.map(({ id }) => id),
        );
        assert.equal(inThisRound(world.alert, 'breached').length, 1);
        assert.equal(new Set(world.keys()).size, world.keys().length);
      }),
      settings,
    );
  });

  it('never climbs by time before the rung’s own time, nor later than the first look after it', () => {
    fc.assert(
      fc.property(worlds, tickHours, (facts, hours) => {
        const world = raisedIn(facts);
        tickAt(world, [...hours, last]);
        for (const { rung, why, at } of inThisRound(world.alert, 'climbed')) {
          if (why !== 'time') continue;
          const { afterHours } = facts.ladder.rungs.find(({ id }) => id === rung) ?? { afterHours: -1 };
          const seen = [...hours, last].sort((a, b) => a - b).find((hour) => hour >= afterHours) ?? -1;
          assert.equal(at, addHours(raisedAt, seen));
        }
      }),
      settings,
    );
  });

  it('stops climbing at the acknowledgement, and breaches only if that came too late', () => {
    fc.assert(
      fc.property(worlds, tickHours, fc.integer({ min: 0, max: 30 * 4 }), (facts, hours, quarter) => {
        const at = quarter / 4;
        const world = raisedIn(facts);
        tickAt(
          world,
          hours.filter((hour) => hour <= at),
        );
        world.now = addHours(raisedAt, at);
        world.keep(
          acknowledgeAlert(
            world.plr,
            { safety: 'safe', details: '' },
            world.person(ids.worker),
            world.council,
          ),
        );
        const climbed = inThisRound(world.alert, 'climbed').length;
        tickAt(world, [...hours.filter((hour) => hour > at), last]);
        assert.equal(inThisRound(world.alert, 'climbed').length, climbed);
        assert.equal(inThisRound(world.alert, 'breached').length, at > facts.ladder.breachAfterHours ? 1 : 0);
      }),
      settings,
    );
  });

  it('owes the same at a time however it is asked: what is due is a function of state and time', () => {
    fc.assert(
      fc.property(worlds, tickHours, fc.integer({ min: 0, max: last * 4 }), (facts, hours, quarter) => {
        const world = raisedIn(facts);
        tickAt(world, hours);
        world.now = addHours(raisedAt, quarter / 4);
        const ask = () => alertPart.whenDue?.(world.plr, world.now, world.council);
        assert.deepEqual(ask(), ask());
        const { alert } = world;
        const isDue = alert.state !== 'closed' && nextDue(alert).at <= world.now;
        assert.equal(ask() !== undefined, isDue);
      }),
      settings,
    );
  });
});
