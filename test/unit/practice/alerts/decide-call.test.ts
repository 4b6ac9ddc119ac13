import assert from 'node:assert/strict';
import { recordCall, type Call } from '../../../../src/practice/alerts/decide-call.js';
import { isForm, readCall } from '../../../../src/practice/alerts/read-form.js';
import { unheardSince } from '../../../../src/practice/alerts/unheard.js';
import { nextStep } from '../../../../src/practice/alerts/decide-next-step.js';
import {
  breaches,
  entries,
  isBreached,
  lastStated,
  type OpenAlert,
} from '../../../../src/practice/plr/alert.js';
import { addHours, addMinutes } from '../../../../src/practice/base/time.js';
import { AlertWorld, ids, raisedAt } from './alert-world.js';
import { worldAt } from './world-at.js';

const everybody = [ids.worker, ids.teamManager, ids.serviceManager, ids.headOfService, ids.assistantDirector];
const call = (more: Partial<Call> = {}): Call => ({
  as: 'team-manager',
  rangAt: addHours(raisedAt, 1),
  answer: 'safe',
  details: '',
  ...more,
});

function enter(world: AlertWorld, made: Call, by: string = ids.qaLead) {
  return world.keep(recordCall(world.plr, made, world.person(by), world.council));
}

describe('a telephone call about an alert', () => {
  it('acknowledges it, in the name of whoever stated the child’s safety, when nobody can be reached in Teams', () => {
    const world = new AlertWorld({ unreachable: everybody });
    world.raise('immediate-concern');
    world.tick(addHours(raisedAt, 2));
    assert.equal(enter(world, call({ answer: 'made-safe', details: 'With the grandmother.' })), undefined);
    assert.deepEqual(world.alert.state === 'acknowledged' && world.alert.acknowledgement, {
      is: 'acknowledgement',
      by: ids.teamManager,
      saidTo: ids.qaLead,
      at: addHours(raisedAt, 1),
      safety: 'made-safe',
      details: 'With the grandmother.',
    });
    assert.equal(nextStep(world.alert as OpenAlert).is, 'remind');
    assert.equal(entries(world.alert, 'rang').length, 1);
  });

  it('asks whoever said so for management grip: they have no card on which they said it', () => {
    const world = new AlertWorld();
    world.raise('immediate-concern');
    const before = world.told.length;
    enter(world, call({ rangAt: raisedAt }));
    const asked = world.told
      .slice(before)
      .filter(({ card, redraws }) => card === 'alert' && redraws === undefined);
    assert.deepEqual(
      asked.map(({ to }) => to),
      [{ person: ids.teamManager }],
    );
  });

  it('is in time when it was made in time, however late it is entered', () => {
    const world = new AlertWorld({ unreachable: everybody });
    world.raise('immediate-concern');
    world.now = addHours(raisedAt, 25);
    enter(world, call({ rangAt: addMinutes(addHours(raisedAt, 24), -1) }));
    assert.equal(isBreached(world.alert), false);
  });

  it('is no breach when it was made in time, though the time ran out before it was entered', () => {
    const world = new AlertWorld({ unreachable: everybody });
    world.raise('immediate-concern');
    world.tick(addHours(raisedAt, 25));
    assert.equal(isBreached(world.alert), true);
    enter(world, call({ rangAt: addHours(raisedAt, 24) }));
    assert.equal(isBreached(world.alert), false);
    assert.deepEqual(breaches(world.alert), []);
    const late = new AlertWorld({ unreachable: everybody });
    late.raise('immediate-concern');
    late.tick(addHours(raisedAt, 25));
    enter(late, call({ rangAt: addMinutes(addHours(raisedAt, 24), 1) }));
    assert.equal(isBreached(late.alert), true);
  });

  for (const answer of ['no-answer', 'told'] as const)
    it(`stands in the timeline, and the alert climbs on, when it says: ${answer}`, () => {
      const world = new AlertWorld({ unreachable: everybody });
      world.raise('immediate-concern');
      world.now = addHours(raisedAt, 2);
      const [due, unheard] = [nextStep(world.alert as OpenAlert), unheardSince(world.alert as OpenAlert)];
      assert.equal(enter(world, call({ answer })), undefined);
      assert.equal(world.alert.state, 'raised');
      assert.deepEqual(nextStep(world.alert as OpenAlert), due);
      assert.notEqual(unheard, undefined);
      assert.equal(unheardSince(world.alert as OpenAlert), answer === 'told' ? undefined : unheard);
    });

  it('states the safety anew on an alert that was acknowledged', () => {
    const world = worldAt('gripped');
    const said = { answer: 'not-yet', details: 'Back with the father.', rangAt: world.now } as const;
    enter(world, call({ as: 'practitioner', ...said }));
    const { alert } = world;
    assert.ok(alert.state === 'gripped');
    const { by, safety, saidTo } = lastStated(alert);
    assert.deepEqual([by, safety, saidTo], [ids.worker, 'not-yet', ids.qaLead]);
  });

  it('is refused from anybody but a QA lead, before the alert, and on a closed one', () => {
    const world = worldAt('raised');
    const refused = (made: Call, by?: string) => enter(world, made, by)?.refused;
    assert.equal(refused(call(), ids.teamManager), 'not-asked');
    assert.equal(refused(call({ rangAt: addMinutes(raisedAt, -1) })), 'out-of-date');
    const closed = worldAt('closed');
    assert.equal(enter(closed, call())?.refused, 'out-of-date');
  });

  it('is read from the card by the council’s clock, and never from the future', () => {
    const { council } = worldAt('raised');
    const typed = {
      ...{ rang: 'practitioner', callAnswer: 'safe', callDetails: ' Seen. ' },
      ...{ rangOn: '2022-04-01', rangAt: '11:30' },
    };
    assert.deepEqual(readCall(typed, council), {
      ...{ as: 'practitioner', answer: 'safe', details: 'Seen.' },
      rangAt: '2022-04-01T10:30:00.000Z',
    });
    for (const [id, wrong] of [
      ['rang', 'qa-lead'],
      ['callAnswer', 'perhaps'],
      ['rangAt', '23:59'],
      ['rangAt', 'noon'],
    ] as const) {
      const read = readCall({ ...typed, [id]: wrong }, council);
      assert.ok(isForm(read) && read.errors[id] !== undefined, `${id} ${wrong}`);
    }
    const empty = readCall({ ...typed, callAnswer: 'not-yet', callDetails: '' }, council);
    assert.ok(isForm(empty) && empty.errors['callDetails'] !== undefined);
  });
});
