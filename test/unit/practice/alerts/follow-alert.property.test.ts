import assert from 'node:assert/strict';
import fc from 'fast-check';
import { acknowledgeAlert } from '../../../../src/practice/alerts/decide-acknowledgement.js';
import { inThisRound, type Actor } from '../../../../src/practice/plr/alert.js';
import { followAlert } from '../../../../src/practice/alerts/decide-following.js';
import { holderOf } from '../../../../src/practice/alerts/people-of-alert.js';
import { isAtWork } from '../../../../src/practice/council/staff.js';
import { addHours } from '../../../../src/practice/base/time.js';
import { AlertWorld, ids, raisedAt, type Posts } from './alert-world.js';

const settings = { numRuns: 500, seed: 4_3 };

/** Cases go between teams of two services and between workers; a Team Manager may have the case as well. */
const allocations = fc.constantFrom(
  [ids.worker, 'ash'],
  ['ash-worker-second', 'ash'],
  [ids.teamManager, 'ash'],
  ['cedar-worker-first', 'cedar'],
  ['cedar-manager', 'cedar'],
);
const onLeave = fc.subarray<string>([
  ids.worker,
  ids.teamManager,
  'cedar-worker-first',
  'cedar-manager',
  ids.serviceManager,
  'care-service-manager',
  ids.headOfService,
  ids.assistantDirector,
]);
/** One person may take over more than one post; a post that is not named goes back to whom it was. */
const successor = fc.constantFrom('birch-manager', 'damson-manager');
const posts: fc.Arbitrary<Posts> = fc.record(
  { teamManagerId: successor, serviceManagerId: successor, headOfServiceId: successor },
  { requiredKeys: [] },
);
const rosters = fc.array(fc.record({ allocation: allocations, onLeave, posts }), { maxLength: 10 });
const beginnings = fc.record({
  hours: fc.constantFrom(0, 4, 12, 20),
  isAcknowledged: fc.boolean(),
  away: onLeave,
});

type Beginning = typeof beginnings extends fc.Arbitrary<infer T> ? T : never;

function begun({ hours, isAcknowledged, away }: Beginning): AlertWorld {
  const world = new AlertWorld({ away });
  world.raise();
  world.tick(addHours(raisedAt, hours));
  if (isAcknowledged)
    world.keep(
      acknowledgeAlert(
        world.plr,
        { safety: 'not-yet', details: 'x' },
        world.person(ids.worker),
        world.council,
      ),
    );
  return world;
}

/** Who has each part of the alert today, and whether they are there to be told. */
function partsOf({ plr, alert, council }: AlertWorld): { as: string; by: string; isHere: boolean }[] {
  const climbed = inThisRound(alert, 'climbed').map(({ rung }) => rung);
  const people = (['practitioner', 'team-manager', ...climbed] as const).map((as: Actor) => {
    const by = holderOf(as, plr, council);
    return { as, by: by ?? '', isHere: isAtWork(by, council) };
  });
  const { teamId = '' } = council.organisation.cases.get(plr.caseRef) ?? {};
  return [...people, { as: 'channel', by: `channel of ${teamId}`, isHere: true }];
}

/** Who has a part today, is there, and was not told since they got it: once for each such part. */
class Debts {
  private held = new Map<string, { by: string; isTold: boolean }>();

  settle(world: AlertWorld): string[] {
    const parts = partsOf(world);
    const owed = parts.filter(({ as, by, isHere }) => isHere && !this.isTold(as, by));
    this.held = new Map(
      parts.map(({ as, by, isHere }) => [as, { by, isTold: isHere || this.isTold(as, by) }]),
    );
    return owed.map(({ by }) => by);
  }

  private isTold(as: string, by: string): boolean {
    const held = this.held.get(as);
    return held?.by === by && held.isTold;
  }
}

describe('an alert that follows any rosters', () => {
  it('tells whoever has a part of it and is there, once since they got it, and nothing the second time', () => {
    fc.assert(
      fc.property(beginnings, rosters, (beginning, sequence) => {
        const world = begun(beginning);
        const debts = new Debts();
        debts.settle(world);
        for (const { allocation, onLeave: away, posts: inPost } of sequence) {
          world.now = addHours(world.now, 24);
          world.caseGoesTo(allocation[0] ?? '', allocation[1] ?? '', away, inPost);
          const told = world.toldAnewBy(() => world.followRoster()).filter((who) => who !== ids.qaLead);
          const owed = debts.settle(world);
          assert.deepEqual(new Set(told), new Set(owed));
          for (const who of told) assert.ok(count(told, who) <= count(owed, who), `${who} is told twice`);
          assert.equal(followAlert(world.plr, world.council), undefined);
        }
      }),
      settings,
    );
  });
});

function count(all: readonly string[], one: string): number {
  return all.filter((each) => each === one).length;
}
