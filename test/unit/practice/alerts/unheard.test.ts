import assert from 'node:assert/strict';
import { acknowledgeAlert } from '../../../../src/practice/alerts/decide-acknowledgement.js';
import {
  entries,
  withEntries,
  type Addressee,
  type Alert,
  type OpenAlert,
} from '../../../../src/practice/plr/alert.js';
import { alertFeature } from '../../../../src/practice/alerts/feature.js';
import { alertPart } from '../../../../src/practice/alerts/part.js';
import { boardOf } from '../../../../src/practice/alerts/board.js';
import { alertFigures } from '../../../../src/practice/alerts/figures.js';
import { raiseAlert } from '../../../../src/practice/alerts/decide-raising.js';
import { messagesUnderWay, undelivered, unheardSince } from '../../../../src/practice/alerts/unheard.js';
import { isRefusal } from '../../../../src/practice/base/errors.js';
import type { Plr } from '../../../../src/practice/plr/plr.js';
import { addMinutes } from '../../../../src/practice/base/time.js';
import { AlertWorld, ids, raisedAt } from './alert-world.js';
import { worldAt } from './world-at.js';
import { presentedBy } from '../../../builders/presented-by.js';

const after = (minutes: number) => addMinutes(raisedAt, minutes);
const everyone = ['practitioner', 'team-manager', 'qa-lead', 'channel'] as const;
const posts = [ids.worker, ids.teamManager, ids.serviceManager, ids.headOfService, ids.assistantDirector];

/** Raised, with nothing of it delivered yet: Teams is away. */
function underWay(): { world: AlertWorld; plr: Plr; alert: OpenAlert } {
  const world = new AlertWorld();
  const { plr } = raiseAlert(world.plr, 'immediate-concern', world.person(ids.author).id, world.council);
  return { world, plr, alert: open(plr.alert) };
}

function open(alert: Alert | undefined): OpenAlert {
  if (alert === undefined || alert.state === 'closed') throw new Error('It is not open.');
  return alert;
}

/** What was last sent to those of these parts arrives, or does not. */
function end(
  alert: OpenAlert,
  parts: readonly Addressee[],
  is: 'delivered' | 'undeliverable',
  minutes: number,
) {
  return parts.reduce((now, as) => {
    const key = entries(now, 'sent').findLast((sent) => sent.as === as)!.key;
    const one = is === 'delivered' ? { is, key } : { is, key, reason: '502' };
    return withEntries(now, after(minutes), one);
  }, alert);
}

describe('an open alert that has reached nobody who must act', () => {
  it('waits from when it was sent, until one of those who must act has it', () => {
    const { alert } = underWay();
    assert.equal(unheardSince(alert), raisedAt);
    assert.equal(unheardSince(end(alert, ['qa-lead', 'channel'], 'delivered', 1)), raisedAt);
    assert.equal(unheardSince(end(alert, everyone, 'undeliverable', 1)), raisedAt);
    for (const as of ['practitioner', 'team-manager'] as const)
      assert.equal(unheardSince(end(alert, [as], 'delivered', 9)), undefined);
  });

  it('is heard when what could not be delivered is delivered after all', () => {
    const failed = end(underWay().alert, everyone, 'undeliverable', 1);
    assert.equal(unheardSince(end(failed, ['team-manager'], 'delivered', 30)), undefined);
  });

  it('waits from when it was sent though its clock began before', () => {
    const world = new AlertWorld();
    const { plr } = raiseAlert(world.plr, 'inadequate', world.person(ids.author).id, world.council, {
      at: after(-600),
    });
    assert.equal(open(plr.alert).raisedAt, after(-600));
    assert.equal(unheardSince(open(plr.alert)), raisedAt);
  });

  it('waits anew from when it went to others, who have not been reached', () => {
    const world = worldAt('raised', { unreachable: ['birch-worker-first', 'birch-manager'] }, 1);
    assert.equal(unheardSince(open(world.alert)), undefined);
    world.now = after(90);
    world.caseGoesTo('birch-worker-first', 'birch', [
      'assessment-service-manager',
      ids.headOfService,
      ids.assistantDirector,
    ]);
    world.followRoster();
    assert.equal(unheardSince(open(world.alert)), after(90));
  });

  it('waits for the next hand once it is acknowledged, unless whoever spoke has that hand', () => {
    for (const [who, expected] of [
      [ids.worker, after(300)],
      [ids.teamManager, undefined],
    ] as const) {
      const world = worldAt('raised');
      const statement = { safety: 'safe', details: '' } as const;
      const change = acknowledgeAlert(world.plr, statement, world.person(who), world.council);
      assert.ok(!isRefusal(change));
      assert.equal(unheardSince(open(change.state.alert)), expected, who);
    }
  });

  it('waits for a QA lead, one of them, once management grip is recorded', () => {
    const { alert } = worldAt('gripped');
    assert.equal(unheardSince(open(alert)), undefined);
    const world = worldAt('gripped', { unreachable: [ids.qaLead] });
    assert.equal(unheardSince(open(world.alert)), after(300));
  });

  it('is told to each QA lead after 10 minutes, once until it changes', () => {
    const world = new AlertWorld({ unreachable: posts });
    world.raise();
    world.tick(after(9));
    assert.deepEqual(world.toldBy('unheard-1'), []);
    world.tick(after(10));
    world.tick(after(20));
    world.tick(after(60 * 30));
    assert.deepEqual(world.toldBy('unheard-1'), [ids.qaLead]);
    assert.deepEqual(world.toldBy('unheard-2'), []);
  });

  it('is not told any more once somebody was reached, and is then no message under way', () => {
    const { world, plr, alert } = underWay();
    world.now = after(10);
    const { state, messages } = alertPart.whenDue!({ ...plr, alert }, world.now, world.council)!;
    const message = messages.find(({ key }) => key.includes('.unheard-1.'))!;
    const shown = (of: Plr) => presentedBy(alertFeature, 'alert').present(of, message, world.council);
    assert.match(
      JSON.stringify(shown(state)),
      /Nobody who must act has been reached yet\. Please ring the team now/,
    );
    const heard = end(open(state.alert), ['team-manager'], 'delivered', 11);
    assert.ok('superseded' in shown({ ...state, alert: heard }));
    world.now = after(30);
    assert.deepEqual(
      undelivered(messagesUnderWay(heard), state, world.council).map(({ as }) => as),
      ['practitioner', 'channel', 'qa-lead'],
    );
  });

  it('is not told of one that has reached somebody', () => {
    const world = new AlertWorld({ unreachable: [ids.teamManager, ids.serviceManager] });
    world.raise();
    world.tick(after(60 * 30));
    assert.deepEqual(entries(world.alert, 'unheard'), []);
  });

  it('is in the figures from when it waits until it is heard or closed', () => {
    const { alert } = underWay();
    assert.equal(alertFigures(alert).unheardSince, raisedAt);
    assert.equal('unheardSince' in alertFigures(end(alert, ['practitioner'], 'delivered', 1)), false);
    assert.equal('unheardSince' in alertFigures(worldAt('closed').alert), false);
  });
});

describe('the messages of an open alert that are under way', () => {
  it('are undelivered after 5 minutes, to those who still have it', () => {
    const { world, plr, alert } = underWay();
    const left = end(alert, ['practitioner'], 'delivered', 1);
    const at = (minutes: number, of: OpenAlert = left) => {
      world.now = after(minutes);
      return undelivered(messagesUnderWay(of), plr, world.council).map(({ as }) => as);
    };
    assert.deepEqual(at(4), []);
    assert.deepEqual(at(5), ['team-manager', 'channel', 'qa-lead']);
    assert.deepEqual(at(6, end(left, ['team-manager'], 'undeliverable', 2)), [
      'team-manager',
      'channel',
      'qa-lead',
    ]);
    world.caseGoesTo('birch-worker-first', 'birch');
    assert.deepEqual(at(6), ['qa-lead']);
  });

  it('are counted on the board, and that nobody has been reached', () => {
    const { world, plr, alert } = underWay();
    const shown = (minutes: number) => {
      world.now = after(minutes);
      return JSON.stringify(boardOf([{ plr, alert }], world.council).data);
    };
    assert.doesNotMatch(shown(4), /Not delivered|Nobody reached/);
    assert.match(shown(6), /"Not delivered","text":"4 messages, for more than 5 minutes"/);
    assert.doesNotMatch(shown(9), /Nobody reached/);
    assert.match(shown(12), /nobody reached.*"Nobody reached","text":"nobody who must act, for 12 minutes/);
  });
});
