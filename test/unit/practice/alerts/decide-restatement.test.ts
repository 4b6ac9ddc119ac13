import assert from 'node:assert/strict';
import { acknowledgeAlert } from '../../../../src/practice/alerts/decide-acknowledgement.js';
import { entries, isNotYetSafe, type OpenAlert, type Safety } from '../../../../src/practice/plr/alert.js';
import { alertPart } from '../../../../src/practice/alerts/part.js';
import { boardOf } from '../../../../src/practice/alerts/board.js';
import { alertCard } from '../../../../src/practice/alerts/cards.js';
import { isForm } from '../../../../src/practice/alerts/read-form.js';
import { closeAlert, reopenAlert, sendBack } from '../../../../src/practice/alerts/decide-oversight.js';
import { raiserCard } from '../../../../src/practice/alerts/cards-raiser.js';
import { recordGrip } from '../../../../src/practice/alerts/decide-grip.js';
import { readRestatement } from '../../../../src/practice/alerts/read-form.js';
import { restateSafety } from '../../../../src/practice/alerts/decide-restatement.js';
import { addHours, localDate } from '../../../../src/practice/base/time.js';
import { AlertWorld, ids, raisedAt, type WorldFacts } from './alert-world.js';

const visit = { what: 'Visit', owner: 'practitioner', dueOn: localDate('2022-04-04') } as const;

function acknowledged(safety: Safety, isGripped = false, facts: WorldFacts = {}): AlertWorld {
  const world = new AlertWorld(facts);
  world.raise();
  world.keep(
    acknowledgeAlert(world.plr, { safety, details: 'At first.' }, world.person(ids.worker), world.council),
  );
  const grip = { direction: 'x', actions: [{ ...visit, keepsChildSafe: true }] };
  if (isGripped) world.keep(recordGrip(world.plr, grip, world.person(ids.teamManager), world.council));
  return world;
}

const restate = (world: AlertWorld, safety: Safety, who: string = ids.teamManager) =>
  world.keep(restateSafety(world.plr, { safety, details: 'Seen anew.' }, world.person(who), world.council));
const due = (world: AlertWorld) => alertPart.dueAt?.(world.plr);

describe('stating a child’s safety anew', () => {
  for (const isGripped of [false, true])
    it(`is taken both ways ${isGripped ? 'after' : 'before'} management grip, and keeps what was said`, () => {
      const world = acknowledged('not-yet', isGripped);
      const { state } = world.alert;
      assert.equal(restate(world, 'made-safe'), undefined);
      assert.equal(isNotYetSafe(world.alert), false);
      assert.equal(restate(world, 'not-yet'), undefined);
      assert.equal(isNotYetSafe(world.alert), true);
      assert.equal(world.alert.state, state);
      assert.deepEqual(
        world.alert.earlier.map(({ is }) => is),
        ['restatement'],
      );
      assert.deepEqual(
        entries(world.alert, 'safety-restated').map(({ by, safety }) => [by, safety]),
        [
          [ids.teamManager, 'made-safe'],
          [ids.teamManager, 'not-yet'],
        ],
      );
    });

  it('is open to the social worker who acknowledged it, as long as the case is theirs', () => {
    const offered = (world: AlertWorld) =>
      JSON.stringify(alertCard(world.plr, world.alert, world.person(ids.worker), world.council));
    for (const isGripped of [false, true]) {
      const world = acknowledged('safe', isGripped);
      assert.match(
        offered(world),
        /If the child’s safety changes, say so here at once\..*State the child’s safety anew/,
      );
      assert.equal(restate(world, 'not-yet', ids.worker), undefined);
      assert.equal(isNotYetSafe(world.alert), true);
      assert.deepEqual(world.toldBy('restated-1'), [ids.teamManager, ids.qaLead]);
    }
    const moved = acknowledged('safe');
    moved.caseGoesTo('ash-worker-second', 'ash');
    assert.equal(restate(moved, 'not-yet', ids.worker)?.refused, 'not-asked');
  });

  it('is for whoever acknowledged it or may record management grip, and for nobody else', () => {
    for (const who of ['ash-worker-second', ids.serviceManager, ids.author, ids.qaLead])
      assert.equal(restate(acknowledged('not-yet'), 'safe', who)?.refused, 'not-asked', who);
    const world = new AlertWorld();
    world.raise();
    world.tick(addHours(raisedAt, 4));
    assert.equal(restate(world, 'safe', ids.serviceManager)?.refused, 'out-of-date');
    world.keep(
      acknowledgeAlert(world.plr, { safety: 'safe', details: '' }, world.person(ids.worker), world.council),
    );
    assert.equal(restate(world, 'not-yet', ids.serviceManager), undefined);
  });

  it('is not taken of a closed alert, and stays in force when it is sent back or re-opened', () => {
    const world = acknowledged('not-yet', true);
    const lead = world.person(ids.qaLead);
    restate(world, 'safe');
    world.keep(sendBack(world.plr, { reason: 'x' }, lead, world.council));
    assert.equal(isNotYetSafe(world.alert), false);
    const grip = { direction: 'y', actions: [] };
    world.keep(recordGrip(world.plr, grip, world.person(ids.teamManager), world.council));
    assert.equal(world.keep(closeAlert(world.plr, { reason: '' }, lead, world.council)), undefined);
    assert.equal(restate(world, 'not-yet')?.refused, 'out-of-date');
    world.keep(reopenAlert(world.plr, { reason: 'x' }, lead, world.council));
    assert.equal(isNotYetSafe(world.alert), false);
  });

  it('is told to who raised it as open again, once the QA lead has re-opened it', () => {
    const world = acknowledged('safe', true);
    const heading = () =>
      (raiserCard(world.plr, world.alert, world.council).data as { heading: string }).heading;
    const lead = world.person(ids.qaLead);
    world.keep(closeAlert(world.plr, { reason: '' }, lead, world.council));
    assert.match(heading(), /is closed/);
    world.keep(reopenAlert(world.plr, { reason: 'x' }, lead, world.council));
    assert.match(heading(), /is open again/);
  });

  it('moves the reminder: four hours after a child is not safe, a day or the usual time after they are', () => {
    for (const [isGripped, usual] of [
      [false, 24],
      [true, 72],
    ] as const) {
      const world = acknowledged('not-yet', isGripped);
      assert.equal(due(world), addHours(raisedAt, 4));
      world.now = addHours(raisedAt, 2);
      restate(world, 'safe');
      assert.equal(due(world), addHours(raisedAt, 2 + usual));
      world.now = addHours(raisedAt, 3);
      restate(world, 'not-yet');
      assert.equal(due(world), addHours(raisedAt, 7));
      world.tick(addHours(raisedAt, 7));
      assert.deepEqual(world.toldBy('reminder-1'), [ids.teamManager, ids.qaLead]);
      assert.equal(due(world), addHours(raisedAt, 31));
    }
  });

  it('tells the QA lead each time, and whoever is to act of a child who is not safe', () => {
    const world = acknowledged('safe');
    world.tick(addHours(raisedAt, 24));
    world.away(ids.teamManager);
    world.tick(addHours(raisedAt, 48));
    assert.deepEqual(
      world.toldAnewBy(() => restate(world, 'not-yet', ids.teamManager)),
      [ids.serviceManager, ids.qaLead],
    );
    world.away();
    assert.deepEqual(
      world.toldAnewBy(() => restate(world, 'made-safe', ids.serviceManager)),
      [ids.qaLead],
    );
    assert.deepEqual(
      world.toldAnewBy(() => restate(world, 'not-yet', ids.teamManager)),
      [ids.qaLead],
    );
  });

  it('goes up at once, grip or no grip, when who is to act of a child who is not safe cannot be reached', () => {
    for (const isGripped of [false, true]) {
      const unreachable: string[] = [];
      const world = acknowledged('safe', isGripped, { unreachable });
      restate(world, 'not-yet');
      unreachable.push(ids.teamManager);
      assert.deepEqual(
        world.toldAnewBy(() => world.tick(addHours(raisedAt, 4))),
        [ids.teamManager, ids.qaLead, ids.serviceManager],
      );
      unreachable.push(ids.serviceManager);
      assert.deepEqual(
        world.toldAnewBy(() => world.tick(addHours(raisedAt, 28))),
        [ids.teamManager, ids.qaLead, ids.serviceManager, ids.headOfService],
      );
    }
  });

  it('is on the board and on every card', () => {
    for (const isGripped of [false, true]) {
      const world = acknowledged('safe', isGripped);
      restate(world, 'not-yet');
      const board = boardOf([{ plr: world.plr, alert: world.alert as OpenAlert }], world.council);
      assert.match(JSON.stringify(board.data), /the child is not safe yet, /);
      for (const who of [ids.worker, ids.qaLead]) {
        const { data, summary } = alertCard(world.plr, world.alert, world.person(who), world.council);
        assert.match(summary, /a child is not safe yet/);
        assert.match(JSON.stringify(data), /"heading":"[^"]*the child is not safe yet","colour":"Attention"/);
        assert.match(
          JSON.stringify(data),
          /Safety now.*The child is not safe yet: Seen anew\. \(Ash Manager/,
        );
        assert.match(JSON.stringify(data), /Safety then.*At first\./);
      }
      const { data } = raiserCard(world.plr, world.alert, world.council);
      assert.match(JSON.stringify(data), /not safe yet.*Safety","text":"The child is not safe yet\."/);
      assert.doesNotMatch(JSON.stringify(data), /Seen anew/);
    }
  });

  it('asks for a note whatever is stated', () => {
    for (const safety of ['safe', 'made-safe', 'not-yet']) {
      const read = readRestatement({ safety });
      assert.ok(isForm(read) && read.errors['details'] !== undefined, safety);
      assert.deepEqual(readRestatement({ safety, details: ' Seen. ' }), { safety, details: 'Seen.' });
    }
    const empty = readRestatement({});
    assert.ok(isForm(empty));
    assert.deepEqual(Object.keys(empty.errors).sort(), ['details', 'safety']);
  });
});
