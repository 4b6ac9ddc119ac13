import assert from 'node:assert/strict';
import { Cards } from '../../../../src/cards/cards.js';
import {
  acknowledgeAlert,
  type SafetyStatement,
} from '../../../../src/practice/alerts/decide-acknowledgement.js';
import type { OpenAlert } from '../../../../src/practice/plr/alert.js';
import { alertFeature } from '../../../../src/practice/alerts/feature.js';
import { boardOf } from '../../../../src/practice/alerts/board.js';
import { alertCard, channelCard } from '../../../../src/practice/alerts/cards.js';
import { linesOf } from '../../../../src/practice/alerts/lines.js';
import { timelineCard } from '../../../../src/practice/alerts/cards-timeline.js';
import { sendBack } from '../../../../src/practice/alerts/decide-oversight.js';
import { raiseAlert } from '../../../../src/practice/alerts/decide-raising.js';
import { dispute, settleModeration } from '../../../../src/practice/moderation/decide-answer.js';
import type { DrawnModeration } from '../../../../src/practice/plr/moderation.js';
import { drawModeration, gradeBlind } from '../../../../src/practice/moderation/decide-moderation.js';
import type { Grade } from '../../../../src/practice/plr/grade.js';
import { isRefusal } from '../../../../src/practice/base/errors.js';
import type { CardContent } from '../../../../src/practice/surface/feature.js';
import type { PersonId } from '../../../../src/practice/base/ids.js';
import type { Message } from '../../../../src/practice/plr/ports.js';
import type { ClosedReview, DraftReview } from '../../../../src/practice/plr/review.js';
import { addHours } from '../../../../src/practice/base/time.js';
import { AlertWorld, ids, raisedAt } from './alert-world.js';
import { worldAt } from './world-at.js';
import { inputsMark } from '../../../../src/practice/forms/inputs.js';
import { presentedBy } from '../../../builders/presented-by.js';

const cards = new Cards();

const cardFor = (world: AlertWorld, who: string) =>
  alertCard(world.plr, world.alert, world.person(who), world.council);

/** The buttons and inputs of each card: what a person can do at each state. */
const offered: [Parameters<typeof worldAt>[0], string, string[]][] = [
  ['raised', ids.worker, ['safety', 'details', 'alert.acknowledge']],
  ['raised', ids.serviceManager, ['safety', 'details', 'alert.acknowledge']],
  ['raised', ids.headOfService, []],
  ['raised', ids.qaLead, ['alert.open', 'alert.timeline', 'alert.board']],
  ['acknowledged', ids.worker, []],
  ['gripped', ids.teamManager, ['alert.open']],
  [
    'gripped',
    ids.qaLead,
    ['reason', 'alert.close', 'alert.send-back', 'alert.open', 'alert.timeline', 'alert.board'],
  ],
  ['closed', ids.qaLead, ['reason', 'alert.reopen', 'alert.timeline', 'alert.board']],
];

describe('the card of an alert', () => {
  for (const [state, who, expected] of offered) {
    it(`offers ${expected.join(', ') || 'nothing to press'} to ${who} when it is ${state}`, () => {
      const json = JSON.stringify(cards.render(cardFor(worldAt(state), who)));
      assert.deepEqual(
        [...json.matchAll(/"(?:verb|id)":"([^"]+)"/g)]
          .map(([, name]) => name)
          .filter((name) => name !== inputsMark),
        expected,
      );
      assert.ok(!json.includes('${') && json.length < 12_000);
    });
  }

  const linesIn = ({ alert, plr, council }: AlertWorld) => {
    const lines = linesOf(plr, alert, council);
    return Object.fromEntries(lines.map(({ label, text }) => [label, text]));
  };

  it('names who could not be reached apart from who was told, also while more is on its way to them', () => {
    const world = worldAt('raised', { unreachable: [ids.qaLead] }, 0);
    const { name } = world.person(ids.qaLead);
    const isMissed = () => {
      assert.doesNotMatch(linesIn(world).Told ?? '', new RegExp(name));
      assert.equal(linesIn(world)['Could not be reached'], `${name} (QA lead)`);
    };
    isMissed();
    const statement = { safety: 'not-yet', details: 'On the way.' } as const;
    const acknowledged = acknowledgeAlert(world.plr, statement, world.person(ids.teamManager), world.council);
    assert.ok(
      !isRefusal(acknowledged) &&
        acknowledged.messages.some(({ to }) => 'person' in to && to.person === ids.qaLead),
    );
    world.plr = acknowledged.state;
    isMissed();
  });

  it('does not say of a child, once it is closed, that they are not safe now', () => {
    const notYet = { safety: 'not-yet', details: 'The duty worker is on the way.' } as const;
    assert.equal(
      linesIn(worldAt('gripped', {}, 5, notYet)).Safety,
      `The child is not safe yet: ${notYet.details}`,
    );
    const closed = linesIn(worldAt('closed', {}, 5, notYet));
    assert.deepEqual([closed.Safety, closed['Safety now']], [undefined, undefined]);
    assert.match(closed['Safety then'] ?? '', /not safe yet/);
  });

  it('says to the QA lead that closing asks for a note while the child is not safe', () => {
    const noteOf = (statement?: SafetyStatement) =>
      (cardFor(worldAt('gripped', {}, 5, statement), ids.qaLead).data as { reasonLabel: string }).reasonLabel;
    assert.equal(noteOf(), 'Your note (needed to send it back)');
    assert.match(
      noteOf({ safety: 'not-yet', details: 'On the way.' }),
      /to close it, who made the child safe/,
    );
  });

  it('cuts nothing that is pasted into it: what is too long is refused, and shown again', () => {
    for (const [state, who] of offered)
      assert.doesNotMatch(JSON.stringify(cards.render(cardFor(worldAt(state), who))), /maxLength/);
    assert.doesNotMatch(
      JSON.stringify(cards.render(cardFor(worldAt('acknowledged'), ids.teamManager))),
      /maxLength/,
    );
  });

  it('says first on the board that a child is not safe yet, also after management grip', () => {
    for (const state of ['acknowledged', 'gripped'] as const) {
      const world = worldAt(state, {}, 5, { safety: 'not-yet', details: 'On the way.' });
      const board = boardOf([{ plr: world.plr, alert: world.alert as OpenAlert }], world.council);
      const [row] = (board.data as { alerts: { title: string; colour: string }[] }).alerts;
      assert.match(row?.title ?? '', /^PLR-\w+: the child is not safe yet, /);
      assert.equal(row?.colour, 'Attention');
    }
  });

  it('lists the actions of management grip with owner, due date and state, also once it is sent back', () => {
    const world = worldAt('gripped');
    const line = '{"label":"Action","text":"Visit every day (Ash Worker First, due 8 April 2022, to do)"}';
    const shown = () => JSON.stringify(cardFor(world, ids.qaLead).data);
    assert.ok(shown().includes(line), shown());
    const ofReview = { ...world.plr.actions[0]!, what: 'Ring the school', origin: 'review' as const };
    world.plr = { ...world.plr, actions: [...world.plr.actions, ofReview] };
    assert.doesNotMatch(shown(), /Ring the school/);
    world.keep(sendBack(world.plr, { reason: 'By when?' }, world.person(ids.qaLead), world.council));
    assert.ok(shown().includes(line));
    world.now = addHours(world.now, 1);
    const by = world.person(ids.author).id;
    const afresh = raiseAlert(world.plr, 'immediate-concern', by, world.council, { isSetAnew: true });
    world.plr = afresh.plr;
    const manager = world.person(ids.teamManager);
    world.keep(acknowledgeAlert(world.plr, { safety: 'safe', details: '' }, manager, world.council));
    assert.equal(world.alert.state, 'acknowledged');
    assert.doesNotMatch(shown(), /"Action"/);
  });

  it('shows the newest actions of many, and says how many there are besides', () => {
    const world = worldAt('gripped');
    const [action] = world.plr.actions;
    const actions = Array.from({ length: 9 }, (_, n) => ({ ...action!, what: `Visit ${n}` }));
    world.plr = { ...world.plr, actions };
    const shown = JSON.stringify(cardFor(world, ids.qaLead).data);
    assert.match(shown, /"Earlier actions","text":"3 are not shown here".*Visit 3 .*Visit 8 /);
    assert.doesNotMatch(shown, /Visit 2/);
  });

  it('keeps the direction in sight that was sent back', () => {
    const world = worldAt('gripped');
    world.keep(sendBack(world.plr, { reason: 'By when?' }, world.person(ids.qaLead), world.council));
    assert.match(
      JSON.stringify(cardFor(world, ids.teamManager).data),
      /Earlier direction.*See the child today/,
    );
  });

  it('says of each later message why it came, and goes on saying so when it is redrawn', () => {
    const world = worldAt('closed', {}, 30, { safety: 'not-yet', details: 'On the way.' });
    const whyOf = (message: Message) => {
      const content = presentedBy(alertFeature, 'alert').present(world.plr, message, world.council);
      return (content as CardContent).data as { note: string };
    };
    const inPerson = world.told.filter(({ card }) => card === 'alert');
    const later = inPerson.filter(({ key }) => !key.includes('.raised.'));
    assert.ok(later.length > 5);
    for (const message of later) assert.match(whyOf(message).note, /^Sent /, message.key);
    const [first] = inPerson;
    assert.equal(whyOf(first!).note, '');
    const redraw = { ...later[0]!, key: `${later[0]!.key}.v9`, redraws: later[0]!.key };
    assert.equal(whyOf(redraw).note, whyOf(later[0]!).note);
  });

  it('names nobody, no case and no grade in a notification or a channel', () => {
    for (const state of ['raised', 'acknowledged', 'gripped', 'closed'] as const) {
      const world = worldAt(state);
      const post = channelCard(world.plr, world.alert, world.council);
      const outside = [
        cardFor(world, ids.qaLead).summary,
        post.summary,
        JSON.stringify(cards.render(post)),
      ].join();
      for (const { name } of world.council.organisation.people.values())
        assert.ok(!outside.includes(name), name);
      assert.doesNotMatch(outside, /CS-1000|nadequate/);
    }
  });
});

describe('an alert that climbs past those who cannot be reached', () => {
  const shown = (world: AlertWorld, who: string) => JSON.stringify(cardFor(world, who));
  const { teamManager, serviceManager, headOfService, assistantDirector } = ids;
  const boardText = (world: AlertWorld) => JSON.stringify(boardOf([openOf(world)], world.council).data);
  const postText = (world: AlertWorld) => JSON.stringify(channelCard(world.plr, world.alert, world.council));
  const passed = 'Nobody could be reached as Team Manager, Service Manager or Head of Service';

  for (const [how, facts] of [
    ['have no app', { unreachable: [teamManager, serviceManager, headOfService] }],
    ['are away', { away: [teamManager, serviceManager, headOfService] }],
  ] as const)
    it(`says so first, and then to whom it has climbed, when those below ${how}`, () => {
      const world = worldAt('raised', facts, 0);
      const says = new RegExp(`${passed}[^"]*Assistant Director`);
      for (const text of [shown(world, ids.qaLead), boardText(world), postText(world)])
        assert.match(text, says);
      const message = world.told.find(({ key }) => key.includes('.assistant-director.'));
      const card = presentedBy(alertFeature, 'alert').present(world.plr, message!, world.council);
      assert.match(
        JSON.stringify(card),
        new RegExp(`"note":"${passed}\\. Sent because it has climbed to you`),
      );
    });

  it('says of posts that are vacant that nobody is there', () => {
    const world = new AlertWorld();
    world.postsGoTo({ serviceManagerId: 'nobody', headOfServiceId: 'nobody' });
    world.raise('immediate-concern');
    world.tick(addHours(raisedAt, 4));
    assert.match(shown(world, ids.qaLead), /as Service Manager or Head of Service[^"]*Assistant Director/);
    const timeline = JSON.stringify(timelineCard(world.plr, world.alert, world.council));
    assert.match(timeline, /Climbed to the Head of Service: nobody below is there to be told/);
  });

  it('names the social worker only where they were told, and who is away apart', () => {
    const { name } = new AlertWorld().person(ids.worker);
    const all = /The social worker, the Team Manager and the QA lead are told in person\. Nobody/;
    const rest =
      /"The Team Manager and the QA lead are told in person\. The social worker could not be told\. /;
    for (const [facts, post, asked, line] of [
      [{}, all, /yet\. The social worker and the Team Manager are asked to\./, 'Told'],
      [{ away: [ids.worker] }, rest, /yet\. The Team Manager is asked to\./, 'Away'],
      [{ unreachable: [ids.worker] }, rest, /yet\. The Team Manager is asked to\./, 'Could not be reached'],
    ] as const) {
      const world = worldAt('raised', facts, 0);
      assert.match(postText(world), post);
      assert.match(shown(world, ids.qaLead), asked);
      const named = linesOf(world.plr, world.alert, world.council).filter(({ text }) =>
        text.includes(`${name} (social worker)`),
      );
      assert.deepEqual(
        named.map(({ label }) => label),
        [line],
      );
    }
    const climbed = worldAt('raised', { away: [ids.worker] }, 4);
    assert.match(shown(climbed, ids.qaLead), /The Team Manager and the Service Manager are asked to\./);
  });

  it('names who was away and is back as told, and the QA lead only where they were told', () => {
    const world = worldAt('raised', { away: [ids.worker], unreachable: [ids.qaLead] }, 0);
    assert.match(postText(world), /"The Team Manager is told in person\./);
    world.away();
    world.followRoster();
    assert.match(postText(world), /"The social worker and the Team Manager are told in person\. Nobody/);
    const labels = linesOf(world.plr, world.alert, world.council).map(({ label }) => label);
    assert.ok(labels.includes('Told') && !labels.includes('Away'));
  });

  it('says only to whom it has climbed when those below were reached and did not answer', () => {
    const world = worldAt('raised', {}, 20);
    for (const text of [shown(world, ids.qaLead), boardText(world), postText(world)])
      assert.doesNotMatch(text, /could be reached/);
  });

  it('says that no manager is left when the last rung is not reached either', () => {
    const everyone = [teamManager, serviceManager, headOfService, assistantDirector];
    for (const facts of [{ unreachable: everyone }, { away: everyone }]) {
      const world = worldAt('raised', facts, 0);
      for (const text of [shown(world, ids.qaLead), boardText(world), postText(world)]) {
        assert.match(text, /No manager could be reached, up to the Assistant Director/);
        assert.doesNotMatch(text, /limbed to the Assistant Director/);
      }
      assert.match(shown(world, ids.qaLead), /Please ring the team now/);
    }
  });

  it('does not say that somebody records management grip who could not be reached', () => {
    for (const [unreachable, card, post] of [
      [[teamManager, serviceManager], /The Head of Service now records/, /The Head of Service has it/],
      [
        [teamManager, serviceManager, headOfService, assistantDirector],
        /Nobody who can record management grip could be reached. Please ring the team now/,
        /The QA lead has it/,
      ],
    ] as const) {
      const world = worldAt('raised', { unreachable });
      const typed = { safety: 'safe', details: '' } as const;
      world.keep(acknowledgeAlert(world.plr, typed, world.person(ids.worker), world.council));
      assert.match(shown(world, ids.qaLead), card);
      assert.match(postText(world), post);
    }
  });
});

describe('the words of an alert', () => {
  const shown = (world: AlertWorld, who: string) => JSON.stringify(cardFor(world, who));
  const typed = {
    'concern.immediate': 'yes',
    'concern.what': 'Not seen for a week.',
    'overall.grade': 'inadequate',
    'overall.reason': 'No plan.',
    'actions.1.what': 'Visit',
  };
  const draft: DraftReview = {
    state: 'draft',
    formVersion: 'any',
    typed: Object.fromEntries(Object.entries(typed).map(([id, text]) => [id, { text, save: 1 }])),
    at: 'actions',
    startedAt: raisedAt,
    savedAt: raisedAt,
    saves: 1,
  };
  const withdrawn: ClosedReview = {
    state: 'withdrawn',
    why: 'other',
    reason: '',
    approvedBy: 'qa-lead' as PersonId,
    at: raisedAt,
    draft,
  };

  for (const review of [draft, withdrawn])
    it(`say what the reviewer wrote while an action is unfinished and the review is ${review.state}`, () => {
      const world = worldAt('raised');
      world.plr = { ...world.plr, review };
      for (const part of ['Not seen for a week.', 'No plan.'])
        assert.ok(shown(world, ids.serviceManager).includes(part), part);
    });

  it('keep the concern in sight when the reviewer has since answered no', () => {
    const world = worldAt('raised');
    const no = { ...draft.typed, 'concern.immediate': { text: 'no', save: 2 } };
    world.plr = { ...world.plr, review: { ...draft, typed: no } };
    assert.match(shown(world, ids.serviceManager), /to which they now say no.*Not seen for a week/s);
  });

  it('say why the grade is Inadequate when a moderator or the QA lead made it so, and nothing while it is blind', () => {
    const world = worldAt('raised');
    const [manager, moderator, lead] = [ids.author, 'link-reviewer', ids.qaLead] as string[] as PersonId[];
    const now = raisedAt;
    const original = { sections: [], overall: 'good', by: manager!, at: now } as const;
    const drawing = { ref: world.plr.ref, reason: 'inadequate' } as unknown as Parameters<
      typeof drawModeration
    >[0];
    const facts = drawModeration(drawing, now, world.council.holidays, world.council.timeZone);
    const drawn: DrawnModeration = { ...facts, state: 'drawn', moderatorId: moderator! };
    const graded = (overall: Grade) => {
      const grades = { sections: [], overall, reason: 'Nobody has a plan.' };
      const given = gradeBlind(drawn, moderator!, grades, original, now);
      return isRefusal(given) ? assert.fail(given.say) : given;
    };
    const settled = (overall: Grade, grade: Grade) => {
      const disputed = dispute(graded(overall), manager!, 'There is one.', now);
      if (isRefusal(disputed)) return assert.fail(disputed.say);
      const how = { unanswered: false, nobodyElse: false };
      const given = settleModeration(disputed, lead!, grade, 'The plan has no dates.', now, how);
      return isRefusal(given) ? assert.fail(given.say) : given;
    };
    const [moderators, settlers] = [
      /in moderation","text":"Nobody has a plan/,
      /as settled","text":"The plan has no/,
    ];
    for (const [moderation, shows, hides] of [
      [drawn, [], [moderators, settlers]],
      [graded('good'), [], [moderators, settlers]],
      [graded('inadequate'), [moderators], [settlers]],
      [settled('inadequate', 'good'), [moderators], [settlers]],
      [settled('inadequate', 'inadequate'), [moderators, settlers], []],
      [settled('good', 'inadequate'), [settlers], [moderators]],
    ] as const) {
      world.plr = { ...world.plr, moderation };
      for (const words of shows) assert.match(shown(world, ids.teamManager), words);
      for (const words of hides) assert.doesNotMatch(shown(world, ids.teamManager), words);
    }
  });

  for (const [breach, hours] of [
    [12, '12 hours'],
    [1, '1 hour'],
  ] as const)
    it(`say ${hours} where the council lets ${hours} pass`, () => {
      const ladder = {
        rungs: [{ id: 'service-manager' as const, afterHours: 0.5 }],
        breachAfterHours: breach,
      };
      const world = worldAt('raised', { ladder }, 0.75);
      const text = [shown(world, ids.qaLead), JSON.stringify(boardOf([openOf(world)], world.council))].join();
      world.tick(addHours(raisedAt, breach + 0.01));
      const late = [shown(world, ids.qaLead), JSON.stringify(boardOf([openOf(world)], world.council))].join();
      assert.doesNotMatch(`${text}${late}`, /24 hour/);
      assert.ok(text.includes(breach === 1 ? '1 hour runs out on' : '12 hours run out on'));
      assert.ok(text.includes(breach === 1 ? '1 hour ends' : '12 hours end'));
      assert.ok(late.includes(breach === 1 ? '1 hour has passed' : '12 hours have passed'));
      assert.ok(late.includes(`, ${hours} passed`));
    });
});

const openOf = (world: AlertWorld) => ({ plr: world.plr, alert: world.alert as OpenAlert });
