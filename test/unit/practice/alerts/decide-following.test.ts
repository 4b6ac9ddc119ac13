import assert from 'node:assert/strict';
import { acknowledgeAlert } from '../../../../src/practice/alerts/decide-acknowledgement.js';
import { alertFeature } from '../../../../src/practice/alerts/feature.js';
import { alertPart } from '../../../../src/practice/alerts/part.js';
import { followAlert } from '../../../../src/practice/alerts/decide-following.js';
import { recordGrip } from '../../../../src/practice/alerts/decide-grip.js';
import { handOverChange } from '../../../../src/practice/actions/decide-reassignment.js';
import type { Message } from '../../../../src/practice/plr/ports.js';
import { addHours, localDate } from '../../../../src/practice/base/time.js';
import { AlertWorld, ids, raisedAt, type WorldFacts } from './alert-world.js';
import { presentedBy } from '../../../builders/presented-by.js';

function raised(facts: WorldFacts = {}): AlertWorld {
  const world = new AlertWorld(facts);
  world.raise();
  return world;
}

const acknowledge = (world: AlertWorld, who: string, safety: 'safe' | 'not-yet' = 'safe') =>
  world.keep(acknowledgeAlert(world.plr, { safety, details: '' }, world.person(who), world.council));
const visit = {
  what: 'Visit',
  owner: 'practitioner' as const,
  dueOn: localDate('2022-04-04'),
  keepsChildSafe: true,
};
const grip = (world: AlertWorld, who: string) =>
  world.keep(recordGrip(world.plr, { direction: 'x', actions: [visit] }, world.person(who), world.council));

describe('an alert whose case goes to another team', () => {
  const toCedar = (world: AlertWorld) => {
    world.caseGoesTo('cedar-worker-first', 'cedar');
    return world.toldAnewBy(() => world.followRoster());
  };

  it('tells the new worker, the new Team Manager and the new team’s channel, urgently and once', () => {
    const world = raised();
    const everyone = ['cedar-worker-first', 'cedar-manager', 'channel of cedar'];
    assert.deepEqual(toCedar(world), everyone);
    assert.ok(
      world.told.filter(({ redraws }) => redraws === undefined).every((one) => one.urgency === 'alert'),
    );
    assert.equal(followAlert(world.plr, world.council), undefined);
  });

  it('is drawn again for those who had it', () => {
    const world = raised();
    toCedar(world);
    const redrawn = world.told.flatMap(({ redraws, to }) =>
      redraws === undefined ? [] : ['person' in to ? to.person : 'channel'],
    );
    assert.deepEqual(redrawn, [ids.worker, ids.teamManager, 'channel', ids.qaLead]);
  });

  it('is answered by those who have the case now, and by nobody who had it', () => {
    const world = raised();
    toCedar(world);
    assert.equal(acknowledge(world, ids.worker)?.refused, 'not-asked');
    assert.equal(acknowledge(world, 'cedar-worker-first'), undefined);
    assert.equal(grip(world, ids.teamManager)?.refused, 'not-asked');
    assert.equal(grip(world, 'cedar-manager'), undefined);
    assert.equal(world.plr.actions[0]?.ownerId, 'cedar-worker-first');
  });

  it('goes to the new service’s managers as far as it had climbed, and climbs on there', () => {
    const world = raised();
    world.tick(addHours(raisedAt, 4));
    assert.ok(toCedar(world).includes('care-service-manager'));
    assert.deepEqual(
      world.toldAnewBy(() => world.tick(addHours(raisedAt, 12))),
      [ids.headOfService],
    );
  });

  it('climbs at once when the new Team Manager is away', () => {
    for (const before of [() => undefined, (world: AlertWorld) => acknowledge(world, ids.worker)]) {
      const world = raised();
      before(world);
      world.caseGoesTo('cedar-worker-first', 'cedar', ['cedar-manager']);
      assert.deepEqual(
        world.toldAnewBy(() => world.followRoster()),
        ['cedar-worker-first', 'channel of cedar', 'care-service-manager'],
      );
    }
  });

  it('climbs when the new Team Manager cannot be reached', () => {
    const world = raised({ unreachable: ['cedar-manager'] });
    acknowledge(world, ids.worker);
    assert.ok(toCedar(world).includes('care-service-manager'));
  });

  it('tells those who had it before when it comes back to them', () => {
    const world = raised();
    toCedar(world);
    world.caseGoesTo(ids.worker, 'ash');
    assert.deepEqual(
      world.toldAnewBy(() => world.followRoster()),
      [ids.worker, ids.teamManager, 'channel of ash'],
    );
  });

  for (const answer of ['none', 'not yet safe'] as const)
    it(`tells them also when it comes back from people who were away, its answer being: ${answer}`, () => {
      const world = raised();
      if (answer === 'not yet safe') acknowledge(world, ids.worker, 'not-yet');
      world.caseGoesTo('cedar-worker-first', 'cedar', ['cedar-worker-first', 'cedar-manager']);
      world.followRoster();
      world.caseGoesTo(ids.worker, 'ash');
      assert.deepEqual(
        world.toldAnewBy(() => world.followRoster()),
        [ids.worker, ids.serviceManager, ids.teamManager, 'channel of ash'],
      );
      assert.equal(followAlert(world.plr, world.council), undefined);
    });

  it('is drawn again for the worker whose case goes to one who is away, and noted once', () => {
    const world = raised();
    world.caseGoesTo('ash-worker-second', 'ash', ['ash-worker-second']);
    const before = world.told.length;
    world.followRoster();
    assert.ok(world.told.slice(before).some(({ to }) => 'person' in to && to.person === ids.worker));
    world.now = addHours(raisedAt, 24);
    assert.equal(followAlert(world.plr, world.council), undefined);
    world.caseGoesTo('ash-worker-second', 'ash');
    assert.deepEqual(
      world.toldAnewBy(() => world.followRoster()),
      ['ash-worker-second'],
    );
  });

  it('tells the new worker alone when the team stays', () => {
    const world = raised();
    world.caseGoesTo('ash-worker-second', 'ash');
    assert.deepEqual(
      world.toldAnewBy(() => world.followRoster()),
      ['ash-worker-second'],
    );
  });

  it('tells a Team Manager who is back from leave', () => {
    const world = raised({ away: [ids.teamManager] });
    world.away();
    assert.deepEqual(
      world.toldAnewBy(() => world.followRoster()),
      [ids.teamManager],
    );
  });

  it('tells one person with two parts once, when it is raised, when it moves and on the next day', () => {
    const world = new AlertWorld();
    world.caseGoesTo(ids.teamManager, 'ash');
    world.raise();
    assert.deepEqual(world.toldBy('raised'), [ids.teamManager, 'alert', ids.qaLead]);
    assert.equal(followAlert(world.plr, world.council), undefined);
    world.caseGoesTo('cedar-manager', 'cedar');
    assert.deepEqual(
      world.toldAnewBy(() => world.followRoster()),
      ['cedar-manager', 'channel of cedar'],
    );
    assert.equal(followAlert(world.plr, world.council), undefined);
  });

  it('draws each card again once for one person with two parts', () => {
    const world = new AlertWorld();
    world.caseGoesTo(ids.teamManager, 'ash');
    world.raise();
    acknowledge(world, ids.teamManager);
    const redraws = world.told.flatMap(({ redraws }) => redraws ?? []);
    assert.equal(new Set(redraws).size, redraws.length);
  });

  it('tells one person once who takes over two posts it had climbed to', () => {
    const world = raised();
    world.tick(addHours(raisedAt, 12));
    world.postsGoTo({ serviceManagerId: 'assessment-reviewer', headOfServiceId: 'assessment-reviewer' });
    assert.deepEqual(
      world.toldAnewBy(() => world.followRoster()),
      ['assessment-reviewer'],
    );
    assert.equal(followAlert(world.plr, world.council), undefined);
  });

  it('climbs at once when a Team Manager who has the case cannot be reached', () => {
    const world = new AlertWorld({ unreachable: [ids.teamManager] });
    world.caseGoesTo(ids.teamManager, 'ash');
    world.raise();
    assert.deepEqual(world.toldBy('service-manager'), [ids.serviceManager]);
  });

  it('asks the stand-in when a new Team Manager who has the case too cannot be reached', () => {
    const world = raised({ unreachable: ['cedar-manager'] });
    world.tick(addHours(raisedAt, 4));
    acknowledge(world, ids.worker);
    world.caseGoesTo('cedar-manager', 'cedar');
    world.followRoster();
    assert.deepEqual(world.toldBy('instead-1'), ['care-service-manager']);
    assert.deepEqual(world.toldBy('head-of-service'), []);
  });

  it('tells of a second reason those who have it today, and nobody who had it', () => {
    const world = raised();
    toCedar(world);
    assert.deepEqual(
      world.toldAnewBy(() => world.raise('immediate-concern')),
      [ids.qaLead, 'cedar-worker-first', 'cedar-manager', 'channel of cedar'],
    );
    assert.equal(followAlert(world.plr, world.council), undefined);
  });

  it('tells of a second reason one person with two parts once, and nothing more the next day', () => {
    const world = new AlertWorld();
    world.caseGoesTo(ids.teamManager, 'ash');
    world.raise();
    assert.deepEqual(
      world.toldAnewBy(() => world.raise('immediate-concern')),
      [ids.teamManager, 'channel of ash', ids.qaLead],
    );
    assert.equal(followAlert(world.plr, world.council), undefined);
  });

  it('posts nothing new into the channel of the team that had it, and draws its post there again', () => {
    const world = raised();
    const [post] = world.told.filter(({ card }) => card === 'alert-in-channel');
    toCedar(world);
    const show = (message: Message) =>
      JSON.stringify(presentedBy(alertFeature, message.card).present(world.plr, message, world.council));
    assert.deepEqual(show(post!), '{"superseded":"another team has it now"}');
    assert.ok(show({ ...post!, redraws: post!.key }).includes('Another team has it now.'));
  });

  for (const state of ['raised', 'acknowledged', 'gripped'] as const)
    it(`tells a new QA lead of an alert that is ${state}, once, and draws the card of the one before again`, () => {
      const world = raised();
      if (state !== 'raised') acknowledge(world, ids.worker);
      if (state === 'gripped') grip(world, ids.teamManager);
      world.qaLeadsAre(['assessment-reviewer']);
      const before = world.told.length;
      assert.deepEqual(
        world.toldAnewBy(() => world.followRoster()),
        ['assessment-reviewer'],
      );
      assert.ok(world.told.slice(before).some(({ to }) => 'person' in to && to.person === ids.qaLead));
      assert.equal(followAlert(world.plr, world.council), undefined);
    });

  it('tells whoever stands in for a QA lead who is away, and not the lead again when they are back', () => {
    const world = raised();
    world.qaLeadsAre([ids.qaLead, 'care-reviewer'], [ids.qaLead]);
    assert.deepEqual(
      world.toldAnewBy(() => world.followRoster()),
      ['care-reviewer'],
    );
    world.qaLeadsAre([ids.qaLead, 'care-reviewer']);
    assert.equal(followAlert(world.plr, world.council), undefined);
  });

  it('is drawn again when an action of its management grip goes to another owner', () => {
    const world = raised();
    acknowledge(world, ids.worker);
    grip(world, ids.teamManager);
    world.caseGoesTo('ash-worker-second', 'ash');
    const handOver = handOverChange(world.plr, world.council);
    const redraws = handOver?.messages.flatMap(({ card, redraws: key }) => (card === 'alert' ? [key] : []));
    const had = world.keys().filter((key) => key.startsWith('alert.') && !/channel|raiser/.test(key));
    assert.deepEqual(redraws, had);
  });

  it('tells nobody when nothing has changed, or when it is closed', () => {
    const world = raised();
    assert.equal(followAlert(world.plr, world.council), undefined);
    const { plr } = world;
    world.caseGoesTo('cedar-worker-first', 'cedar');
    const closed = { ...plr, alert: { ...plr.alert, state: 'closed' } } as typeof plr;
    assert.equal(followAlert(closed, world.council), undefined);
    assert.equal(alertPart.dueAt?.(closed), undefined);
  });
});
