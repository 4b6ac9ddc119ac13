import assert from 'node:assert/strict';
import { acknowledgeAlert } from '../../../../src/practice/alerts/decide-acknowledgement.js';
import type { AlertReason } from '../../../../src/practice/plr/alert-reason.js';
import type { OpenAlert } from '../../../../src/practice/plr/alert.js';
import { boardOf } from '../../../../src/practice/alerts/board.js';
import { alertFigures } from '../../../../src/practice/alerts/figures.js';
import { alertPart } from '../../../../src/practice/alerts/part.js';
import { nextStep } from '../../../../src/practice/alerts/decide-next-step.js';
import { closeAlert, reopenAlert, sendBack } from '../../../../src/practice/alerts/decide-oversight.js';
import { raiseAlert } from '../../../../src/practice/alerts/decide-raising.js';
import { hasReachedSomebody } from '../../../../src/practice/plr/alert-reached.js';
import { recordGrip } from '../../../../src/practice/alerts/decide-grip.js';
import { countedAlerts as reportedAlerts } from '../../../../src/practice/reporting/alert-figures.js';
import { addHours, instant, justAfter, localDate } from '../../../../src/practice/base/time.js';
import { figures } from '../../../builders/figures.js';
import { AlertWorld, ids, raisedAt, type WorldFacts } from '../alerts/alert-world.js';

function raised(facts: WorldFacts = {}, because: AlertReason = 'inadequate'): AlertWorld {
  const world = new AlertWorld(facts);
  world.raise(because);
  return world;
}

const acknowledge = (world: AlertWorld, who: string = ids.worker, safety: 'safe' | 'not-yet' = 'safe') =>
  world.keep(acknowledgeAlert(world.plr, { safety, details: 'x' }, world.person(who), world.council));
const grip = (world: AlertWorld, who: string = ids.teamManager) =>
  world.keep(recordGrip(world.plr, { direction: 'x', actions: [planned] }, world.person(who), world.council));
const planned = {
  what: 'Visit',
  owner: 'practitioner' as const,
  dueOn: localDate('2022-04-04'),
  keepsChildSafe: true,
};
const qaLead = (world: AlertWorld) => world.person(ids.qaLead);
const close = (world: AlertWorld) =>
  world.keep(closeAlert(world.plr, { reason: '' }, qaLead(world), world.council));
const happened = (world: AlertWorld) => world.alert.timeline.map(({ is }) => is);

describe('raising an alert', () => {
  it('tells the social worker, the Team Manager, the channel and the QA lead, urgently', () => {
    const world = raised();
    assert.deepEqual(world.toldBy('raised'), [ids.worker, ids.teamManager, 'alert', ids.qaLead]);
    assert.ok(world.told.every(({ urgency }) => urgency === 'alert'));
  });

  it('changes nothing the second time', () => {
    const world = raised();
    const before = world.plr;
    world.raise('inadequate');
    assert.equal(world.plr, before);
  });

  it('tells a second reason to everyone on the clock that runs already', () => {
    const world = raised();
    world.tick(addHours(raisedAt, 5));
    world.raise('immediate-concern');
    assert.equal(world.alert.raisedAt, raisedAt);
    assert.deepEqual(
      new Set(world.toldBy('second-reason')),
      new Set([...world.toldBy('raised'), ids.serviceManager]),
    );
    assert.equal(nextStep(world.alert as never).at, addHours(raisedAt, 12));
  });

  it('only adds an Inadequate grade to a concern whose answer is known', () => {
    const world = raised({}, 'immediate-concern');
    acknowledge(world);
    world.raise('inadequate');
    assert.equal(world.alert.state, 'acknowledged');
    assert.ok(world.toldBy('second-reason').includes(ids.teamManager));
  });

  it('starts again from an immediate concern that comes after the statement of safety', () => {
    const world = raised();
    acknowledge(world);
    world.now = addHours(raisedAt, 6);
    world.raise('immediate-concern');
    assert.equal(world.alert.state, 'raised');
    assert.equal(world.alert.raisedAt, addHours(raisedAt, 6));
    assert.equal(world.alert.earlier.length, 1);
    world.tick(addHours(raisedAt, 10));
    assert.deepEqual(world.toldBy('service-manager'), [ids.serviceManager]);
  });

  it('starts again when a closed one gets a new reason, as moderation may find', () => {
    const world = raised({}, 'immediate-concern');
    acknowledge(world);
    grip(world);
    close(world);
    world.raise('inadequate');
    assert.equal(world.alert.state, 'raised');
    assert.equal(world.alert.round, 2);
    assert.equal(world.alert.earlier.length, 3);
  });

  it('starts again from a reason it has had before only when it is set anew', () => {
    for (const [because, state, anew] of [
      ['immediate-concern', 'raised', false],
      ['immediate-concern', 'acknowledged', true],
      ['immediate-concern', 'closed', true],
      ['inadequate', 'acknowledged', false],
      ['inadequate', 'closed', true],
    ] as const) {
      const world = raised({}, because);
      if (state !== 'raised') acknowledge(world);
      if (state === 'closed') grip(world);
      if (state === 'closed') close(world);
      const by = world.person(ids.author).id;
      assert.equal(raiseAlert(world.plr, because, by, world.council).plr, world.plr);
      const { plr, messages } = raiseAlert(world.plr, because, by, world.council, { isSetAnew: true });
      assert.equal(plr !== world.plr, anew, `${because} ${state}`);
      assert.equal(messages.length > 0, anew);
      assert.equal(plr.alert?.state, anew ? 'raised' : state);
    }
  });

  it('goes to the Service Manager at once when the Team Manager is away, and does not ask them twice', () => {
    const world = raised({ away: [ids.teamManager] });
    assert.deepEqual(world.toldBy('raised'), [ids.worker, 'alert', ids.qaLead]);
    assert.deepEqual(world.toldBy('service-manager'), [ids.serviceManager]);
    world.tick(addHours(raisedAt, 4));
    assert.deepEqual(world.toldBy('head-of-service'), []);
    assert.equal(acknowledge(world, ids.serviceManager), undefined);
    assert.equal(grip(world, ids.serviceManager), undefined);
  });

  it('passes over everyone who is away, and tells the QA lead when nobody is left', () => {
    const { teamManager, serviceManager, headOfService, assistantDirector } = ids;
    const world = raised({ away: [teamManager, serviceManager, headOfService, assistantDirector] });
    assert.deepEqual(world.toldBy('nobody-left-1'), [ids.qaLead]);
    assert.ok(hasReachedSomebody(world.alert));
  });

  it('says that nobody is left once for each time it is asked for, and once only', () => {
    const { teamManager, serviceManager, headOfService, assistantDirector } = ids;
    const away = [teamManager, serviceManager, headOfService, assistantDirector];
    const world = raised({ away });
    const times = () => happened(world).filter((is) => is === 'nobody-left').length;
    for (let day = 1; day <= 5; day += 1) world.tick(addHours(raisedAt, 24 * day));
    world.followRoster();
    assert.equal(times(), 1);
    acknowledge(world);
    assert.equal(times(), 2);
    assert.deepEqual(world.toldBy('nobody-left-2'), [ids.qaLead]);
    for (let day = 6; day <= 9; day += 1) world.tick(addHours(raisedAt, 24 * day));
    world.followRoster();
    assert.equal(times(), 2);
    const board = boardOf([{ plr: world.plr, alert: world.alert as OpenAlert }], world.council);
    assert.match(JSON.stringify(board.data), /Nobody is there: please ring the team now/);
  });

  it('says that nobody was reached when every one of them is lost', () => {
    const world = raised({ unreachable: Object.values(ids).filter((id) => id !== ids.qaLead) });
    assert.deepEqual(world.toldBy('nobody-left-1'), [ids.qaLead]);
    assert.equal(hasReachedSomebody(world.alert), false);
    assert.equal(happened(world).filter((is) => is === 'nobody-left').length, 1);
  });
});

describe('the clock of an alert', () => {
  const everyStep = [
    [4, 'service-manager', ids.serviceManager],
    [12, 'head-of-service', ids.headOfService],
    [20, 'assistant-director', ids.assistantDirector],
    [24, 'breach', ids.qaLead],
  ] as const;

  for (const [what, from] of [
    ['over the weekend when the clocks go forward', '2022-03-26T18:00:00Z'],
    ['over the weekend when the clocks go back', '2022-10-29T18:00:00Z'],
    ['over Easter', '2022-04-14T18:00:00Z'],
  ] as const) {
    it(`runs in elapsed hours ${what}`, () => {
      const start = instant(from);
      const world = raised({ from: start });
      for (const [hours, step, who] of everyStep) {
        world.tick(addHours(start, hours - 0.01));
        assert.deepEqual(world.toldBy(step), []);
        // At 24 hours exactly it can still be acknowledged in time.
        world.tick(step === 'breach' ? justAfter(addHours(start, hours)) : addHours(start, hours));
        assert.deepEqual(world.toldBy(step), [who]);
      }
    });
  }

  it('tells each rung once, in order, when the bot was away for all of them', () => {
    const world = raised();
    world.tick(addHours(raisedAt, 30));
    assert.deepEqual(
      world
        .keys()
        .slice(4)
        .map((key) => key.split('.')[3]),
      everyStep.map(([, step]) => step),
    );
  });

  it('notes a breach at the moment the time ran out, also when it is only seen at the acknowledgement', () => {
    const world = raised();
    world.now = addHours(raisedAt, 26);
    acknowledge(world);
    const breach = world.alert.timeline.find(({ is }) => is === 'breached');
    assert.deepEqual(breach, { is: 'breached', at: world.now, ranOutAt: addHours(raisedAt, 24) });
    assert.deepEqual(world.toldBy('breach'), [ids.qaLead]);
    assert.equal(alertFigures(world.alert).breached, true);
  });

  it('acknowledges at exactly 24 hours without a breach, even when the beat of that moment comes first', () => {
    const world = raised();
    world.tick(addHours(raisedAt, 24));
    acknowledge(world);
    world.tick(addHours(raisedAt, 25));
    const { breached, acknowledgedAt } = alertFigures(world.alert);
    assert.deepEqual([breached, acknowledgedAt], [false, addHours(raisedAt, 24)]);
  });

  describe('counted', () => {
    const within24h = (world: AlertWorld) =>
      reportedAlerts([{ ...figures().build(), alert: alertFigures(world.alert) }]);

    /** Acknowledged after two hours, then raised afresh a day later. */
    function raisedAfresh(): AlertWorld {
      const world = raised();
      world.now = addHours(raisedAt, 2);
      acknowledge(world);
      world.now = addHours(raisedAt, 24);
      world.raise('immediate-concern');
      return world;
    }

    it('is not acknowledged while a later danger waits, whatever was answered before it', () => {
      const world = raisedAfresh();
      assert.equal(alertFigures(world.alert).acknowledgedAt, undefined);
      assert.deepEqual(within24h(world).acknowledgedWithin24h, { n: 0, of: 1 });
    });

    it('counts within 24 hours only what was so in every round', () => {
      for (const [hours, n, breaches] of [
        [24, 1, 0],
        [30, 0, 1],
        [3, 1, 0],
      ] as const) {
        const world = raisedAfresh();
        world.now = addHours(raisedAt, 24 + hours);
        acknowledge(world);
        const { acknowledgedWithin24h, breaches: counted } = within24h(world);
        assert.deepEqual([acknowledgedWithin24h, counted], [{ n, of: 1 }, breaches], `${hours} hours`);
      }
    });

    it('starts no clock for a second reason that joins', () => {
      const world = raised({}, 'immediate-concern');
      acknowledge(world);
      world.now = addHours(raisedAt, 50);
      world.raise('inadequate');
      assert.deepEqual(alertFigures(world.alert), {
        ...{ raisedAt, acknowledgedAt: raisedAt, breached: false, state: 'acknowledged' },
      });
    });
  });

  it('always has a next step while the alert is open, and none when it is closed', () => {
    const world = raised();
    const due = () => alertPart.dueAt?.(world.plr);
    const breachedAt = justAfter(addHours(raisedAt, 24));
    world.tick(breachedAt);
    assert.equal(due(), addHours(breachedAt, 24));
    acknowledge(world);
    assert.equal(due(), addHours(breachedAt, 24));
    grip(world);
    assert.equal(due(), addHours(breachedAt, 72));
    close(world);
    assert.equal(due(), undefined);
  });

  it('reminds once of days missed while the bot was away', () => {
    const world = raised();
    acknowledge(world);
    world.tick(addHours(raisedAt, 24 * 5));
    assert.deepEqual(world.toldBy('reminder-1'), [ids.teamManager, ids.qaLead]);
    assert.deepEqual(world.toldBy('reminder-2'), []);
  });
});

describe('a child who is said to be not safe yet', () => {
  it('has everyone reminded after four hours, and then every day', () => {
    const world = raised();
    acknowledge(world, ids.worker, 'not-yet');
    for (const hours of [3, 4, 8, 27, 28]) world.tick(addHours(raisedAt, hours));
    const reminded = world.alert.timeline.filter(({ is }) => is === 'reminded').map(({ at }) => at);
    assert.deepEqual(reminded, [addHours(raisedAt, 4), addHours(raisedAt, 28)]);
  });

  it('has no alert closed over it until the note says how the child was made safe', () => {
    const world = raised();
    acknowledge(world, ids.worker, 'not-yet');
    grip(world);
    const refusal = close(world);
    assert.equal(refusal?.refused, 'not-yet-safe');
    assert.match(refusal?.say ?? '', /not safe yet/);
    assert.equal(world.alert.state, 'gripped');
    const note = { reason: 'Seen at home with her aunt at 18:00.' };
    assert.equal(world.keep(closeAlert(world.plr, note, qaLead(world), world.council)), undefined);
    assert.equal(world.alert.state, 'closed');
  });
});

describe('answering an alert', () => {
  it('takes an acknowledgement from the social worker and the Team Manager, and from a rung it has climbed to', () => {
    for (const who of [ids.worker, ids.teamManager]) assert.equal(acknowledge(raised(), who), undefined);
    const world = raised();
    assert.equal(acknowledge(world, ids.serviceManager)?.refused, 'not-asked');
    world.tick(addHours(raisedAt, 4));
    assert.equal(acknowledge(world, ids.serviceManager), undefined);
  });

  it('takes none from the author, the QA lead or anyone else', () => {
    for (const who of [ids.author, ids.qaLead, 'cedar-manager', 'ash-worker-second'])
      assert.equal(acknowledge(raised(), who)?.refused, 'not-asked', who);
  });

  it('takes the first and refuses the second', () => {
    const world = raised();
    acknowledge(world, ids.teamManager);
    const refusal = acknowledge(world, ids.worker);
    assert.equal(refusal?.refused, 'out-of-date');
    assert.match(refusal?.say ?? '', /^Ash Manager acknowledged this alert on 1 April 2022 at 10:00/);
  });

  it('tells the QA lead at once of a child who is not yet safe', () => {
    const world = raised();
    acknowledge(world, ids.worker, 'not-yet');
    assert.deepEqual(world.toldBy('not-yet-safe'), [ids.qaLead]);
    assert.deepEqual(world.toldBy('acknowledged'), [ids.teamManager]);
  });

  it('tells whoever raised it once, and not when the alert itself is theirs', () => {
    const byOther = raised();
    acknowledge(byOther);
    grip(byOther);
    close(byOther);
    assert.deepEqual(byOther.toldBy('raiser'), [ids.author]);
    const manager = raised();
    manager.postsGoTo({ teamManagerId: ids.author });
    acknowledge(manager);
    assert.deepEqual(manager.toldBy('raiser'), []);
    const lead = new AlertWorld();
    lead.raise('inadequate', ids.qaLead);
    acknowledge(lead);
    assert.deepEqual(lead.toldBy('raiser'), []);
    const senior = new AlertWorld();
    senior.raise('inadequate', ids.headOfService);
    acknowledge(senior);
    assert.deepEqual(senior.toldBy('raiser'), [ids.headOfService]);
  });

  it('tells whoever raised it of the new round when it was raised afresh, with a card of its own', () => {
    const world = raised();
    acknowledge(world);
    world.raise('immediate-concern');
    assert.deepEqual(world.toldBy('raiser'), [ids.author]);
    acknowledge(world);
    assert.deepEqual(world.toldBy('raiser'), [ids.author, ids.author]);
  });

  describe('when the Team Manager is away', () => {
    const { teamManager, serviceManager, headOfService, assistantDirector } = ids;

    it('asks the Service Manager for management grip, and takes it from them', () => {
      const world = raised();
      world.away(teamManager);
      acknowledge(world, ids.worker, 'not-yet');
      assert.deepEqual(world.toldBy('acknowledged'), []);
      assert.deepEqual(world.toldBy('service-manager'), [serviceManager]);
      assert.equal(grip(world, serviceManager), undefined);
    });

    it('asks the highest it has climbed to who is there', () => {
      const world = raised({ away: [teamManager] });
      world.tick(addHours(raisedAt, 12));
      world.away(teamManager, headOfService);
      acknowledge(world);
      assert.deepEqual(world.toldBy('acknowledged'), [serviceManager]);
    });

    it('does not ask the one who has just acknowledged it', () => {
      const world = raised({ away: [teamManager] });
      acknowledge(world, serviceManager);
      assert.deepEqual(world.toldBy('acknowledged'), []);
      assert.deepEqual(world.toldBy('head-of-service'), []);
    });

    it('goes up when it is sent back or its reminder is due, past those who are away', () => {
      const world = raised();
      acknowledge(world);
      world.away(teamManager, serviceManager);
      world.tick(addHours(raisedAt, 24));
      assert.deepEqual(world.toldBy('head-of-service'), [headOfService]);
      assert.equal(grip(world, headOfService), undefined);
      world.away(teamManager, headOfService, serviceManager);
      world.keep(sendBack(world.plr, { reason: 'when?' }, qaLead(world), world.council));
      assert.deepEqual(world.toldBy('assistant-director'), [assistantDirector]);
    });

    it('tells the QA lead when nobody is left to ask, and asks whoever is back first', () => {
      const world = raised();
      world.away(teamManager, serviceManager, headOfService, assistantDirector);
      acknowledge(world);
      assert.deepEqual(world.toldBy('nobody-left-1'), [ids.qaLead]);
      world.away(teamManager, headOfService, assistantDirector);
      world.tick(addHours(raisedAt, 24));
      assert.deepEqual(world.toldBy('reminder-1'), [serviceManager, ids.qaLead]);
      world.away();
      world.tick(addHours(raisedAt, 48));
      assert.deepEqual(world.toldBy('reminder-2'), [teamManager, ids.qaLead]);
    });

    it('reminds the highest who is there while nobody has acknowledged', () => {
      const world = raised({ away: [teamManager, headOfService, assistantDirector] });
      for (const hours of [25, 49]) world.tick(addHours(raisedAt, hours));
      assert.deepEqual(world.toldBy('reminder-1'), [serviceManager, ids.qaLead]);
    });
  });

  it('goes up when the Team Manager cannot be reached for management grip', () => {
    const unreachable: string[] = [];
    const world = raised({ unreachable });
    unreachable.push(ids.teamManager);
    acknowledge(world);
    assert.deepEqual(world.toldBy('service-manager'), [ids.serviceManager]);
    world.tick(addHours(raisedAt, 24));
    assert.deepEqual(world.toldBy('reminder-1'), [ids.teamManager, ids.qaLead]);
    assert.equal(world.toldBy('instead-2').join(), ids.serviceManager);
    assert.deepEqual(world.toldBy('head-of-service'), []);
  });

  it('takes management grip once the child’s safety is stated, and not from the social worker', () => {
    const world = raised();
    assert.equal(grip(world)?.refused, 'out-of-date');
    acknowledge(world);
    assert.equal(grip(world, ids.worker)?.refused, 'not-asked');
    assert.equal(grip(world), undefined);
    assert.equal(grip(world)?.refused, 'out-of-date');
    assert.equal(world.plr.actions.length, 1);
  });

  it('is closed only after management grip', () => {
    const world = raised();
    assert.equal(close(world)?.refused, 'out-of-date');
    acknowledge(world);
    assert.equal(close(world)?.refused, 'out-of-date');
    grip(world);
    assert.equal(close(world), undefined);
    assert.equal(close(world)?.refused, 'out-of-date');
  });

  it('goes back to the Team Manager when it is sent back or re-opened, and keeps what was written', () => {
    const world = raised();
    acknowledge(world);
    grip(world);
    world.keep(sendBack(world.plr, { reason: 'when?' }, qaLead(world), world.council));
    assert.deepEqual(world.toldBy('back-1'), [ids.teamManager]);
    grip(world);
    close(world);
    world.keep(reopenAlert(world.plr, { reason: 'missed' }, qaLead(world), world.council));
    assert.deepEqual(world.toldBy('back-2'), [ids.teamManager]);
    assert.deepEqual(
      world.alert.earlier.map(({ is }) => is),
      ['grip', 'sent-back', 'grip', 'closing'],
    );
  });

  it('keeps a timeline in order that is only ever added to, without people’s words', () => {
    const world = raised({ unreachable: [ids.worker] });
    let before = world.alert.timeline;
    const steps = [
      () => world.tick(addHours(raisedAt, 4)),
      () => acknowledge(world, ids.teamManager),
      () => grip(world),
      () => world.keep(sendBack(world.plr, { reason: 'secret words' }, qaLead(world), world.council)),
      () => grip(world),
      () => close(world),
    ];
    for (const step of steps) {
      step();
      assert.deepEqual(world.alert.timeline.slice(0, before.length), before);
      before = world.alert.timeline;
    }
    assert.ok(!JSON.stringify(before).includes('secret words'));
    assert.deepEqual(
      before.map(({ at }) => at),
      before.map(({ at }) => at).sort(),
    );
    assert.deepEqual(
      [...new Set(happened(world))],
      [
        'flagged',
        'saved',
        'sent',
        'undeliverable',
        'delivered',
        'climbed',
        'acknowledged',
        'grip-recorded',
        'sent-back',
        'closed',
      ],
    );
  });

  it('fits into one transaction however many cards there are to draw again', () => {
    const world = raised();
    for (let day = 1; day <= 60; day += 1) world.tick(addHours(raisedAt, 24 * day));
    const decision = acknowledgeAlert(
      world.plr,
      { safety: 'safe', details: '' },
      world.person(ids.worker),
      world.council,
    );
    assert.ok('messages' in decision && decision.messages.length <= 45);
  });
});
