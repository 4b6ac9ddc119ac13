import assert from 'node:assert/strict';
import { features, plrOf } from '../../../../src/features.js';
import { raiseAlert } from '../../../../src/practice/alerts/decide-raising.js';
import { linesOf } from '../../../../src/practice/alerts/lines.js';
import { decideChange } from '../../../../src/practice/cycles/changes/change.js';
import { isRefusal } from '../../../../src/practice/base/errors.js';
import type { CardContent } from '../../../../src/practice/surface/feature.js';
import type { PersonId } from '../../../../src/practice/base/ids.js';
import type { Plr } from '../../../../src/practice/plr/plr.js';
import type { CouncilContext } from '../../../../src/practice/council/council-context.js';
import type { Person } from '../../../../src/practice/council/organisation.js';
import type { Change, Message } from '../../../../src/practice/plr/ports.js';
import { purge } from '../../../../src/practice/records/decide-purge.js';
import { recordContent } from '../../../../src/practice/records/content.js';
import { currentCard } from '../../../../src/practice/reviews/cards-answer.js';
import { presentSettled, presentUnconfirmed } from '../../../../src/practice/reviews/handlers-concern.js';
import { problemsOf } from '../../../../src/practice/forms/check-review.js';
import { answeredField, draftOf, stepsOfDraft } from '../../../../src/practice/forms/draft.js';
import { figuresOf } from '../../../../src/practice/process/figures-of.js';
import { myReviewsCard } from '../../../../src/practice/reviews/handlers-list.js';
import { returnReview } from '../../../../src/practice/reviews/decide-return.js';
import { draftCard } from '../../../../src/practice/reviews/cards.js';
import type { DraftReview } from '../../../../src/practice/plr/review.js';
import {
  fingerprint,
  saveStep,
  type SavedStep,
  type StepPress,
} from '../../../../src/practice/reviews/decide-step.js';
import { summaryCard } from '../../../../src/practice/reviews/cards-summary.js';
import { dangers, withWaiting } from '../../../../src/practice/forms/dangers.js';
import { takeBack, unconfirmedConcernPart, waitingOn } from '../../../../src/practice/reviews/part.js';
import { addHours, addMinutes, localDate, type Instant } from '../../../../src/practice/base/time.js';
import { aContext } from '../../../builders/a-context.js';
import { aReview, type Typing } from '../../../builders/a-plr.js';
import { smallCouncil } from '../../../builders/small-council.js';

const council = aContext();
const by = 'ash-manager' as PersonId;
const yes = { 'concern.immediate': 'yes', 'concern.what': 'Nobody has seen her.' };
const later = (hours: number) => aContext({ at: addHours(council.now, hours) });
const after = (minutes: number) => addMinutes(council.now, minutes);
const givenBack = (plr: Plr) => takeBack(plr, waitingOn(plr)[0]!, by, council);

/** A press on a card of this step as it was drawn of `seen`, with something typed over it. */
function press(
  plr: Plr,
  typed: Typing,
  {
    seen = plr,
    step: id = 'concern',
    ...rest
  }: Partial<Omit<StepPress, 'step'>> & { seen?: Plr; step?: string } = {},
  at = council,
): SavedStep {
  const draft = draftOf(plr.review as DraftReview, council);
  const drawn = draftOf(seen.review as DraftReview, council);
  const step = stepsOfDraft(draft, council).find((one) => one.id === id)!;
  const had = (field: string) => drawn.typed[field]?.text ?? '';
  const shown = (field: string) => answeredField(drawn, field).text;
  const whole: StepPress = {
    step,
    saves: drawn.saves,
    before: new Map(step.fields.map((field) => [field.id, fingerprint(had(field.id))])),
    typed: new Map(step.fields.map((field) => [field.id, typed[field.id] ?? shown(field.id)])),
    shownTwice: new Set(),
    keep: new Map(),
    confirmed: false,
    goTo: id,
    ...rest,
  };
  return saveStep(plr, draft, whole, by, at);
}

const fresh = aReview().complete().typing({ 'concern.immediate': '' }).build();
const begun = press(fresh, yes).change!.state;
const draftIn = ({ review }: Plr) => review as DraftReview;
const textOf = (card: CardContent | object) => JSON.stringify(card);
const told = /Nobody has been told/;

function closedOver(plr: Plr, at = council): Plr {
  const exempt = { number: 1, outcome: 'leave', because: 'On leave.', by: 'qa-lead' as PersonId } as const;
  const change = decideChange(plr, exempt, at);
  if (isRefusal(change)) throw new Error(change.say);
  return change.state;
}

function due(plr: Plr, at: Instant): Change<Plr> | undefined {
  const when = plrOf(features).dueAt!(plr);
  return when === undefined || when > at ? undefined : plrOf(features).whenDue!(plr, at, aContext({ at }));
}

/** A step at a time, as the schedule does. */
function allDue(plr: Plr, at: Instant): { state: Plr; messages: readonly Message[] } {
  let [state, messages]: [Plr, Message[]] = [plr, []];
  for (let change = due(state, at); change !== undefined; change = due(state, at)) {
    state = change.state;
    messages = [...messages, ...change.messages];
  }
  return { state, messages };
}

describe('an immediate concern that is not confirmed', () => {
  it('is kept with what was typed, tells nobody, and is logged without a word of it', () => {
    const { change, heldBack } = press(fresh, yes);
    assert.deepEqual(
      heldBack.map(({ because }) => because),
      ['tells-the-team'],
    );
    const { unconfirmed, typed, saves } = draftIn(change!.state);
    assert.deepEqual(unconfirmed, {
      by,
      since: council.now,
      save: saves,
      goesOutAt: after(30),
      reminded: [],
    });
    assert.equal(typed['concern.what']?.text, yes['concern.what']);
    assert.deepEqual([change!.messages, change!.state.alert], [[], undefined]);
    assert.equal(change!.did, 'began an immediate concern: not confirmed, nobody told');
  });

  it('is begun once when the press comes twice, or the same is answered again', () => {
    const twice = press(begun, yes, { seen: fresh });
    assert.deepEqual([twice.change, twice.heldBack[0]?.because], [undefined, 'tells-the-team']);
    const again = press(begun, {});
    assert.deepEqual(
      [again.change, again.heldBack.map(({ because }) => because)],
      [undefined, ['tells-the-team']],
    );
  });

  it('stays when another part is saved, and raises nothing', () => {
    const { change } = press(begun, { 'overall.reason': 'Other words.' }, { step: 'overall' });
    assert.deepEqual(draftIn(change!.state).unconfirmed, draftIn(begun).unconfirmed);
    assert.deepEqual([change!.messages, change!.state.alert], [[], undefined]);
  });

  it('ends with its confirmation, which raises the alert once', () => {
    const { change } = press(begun, {}, { confirmed: true });
    assert.equal(draftIn(change!.state).unconfirmed, undefined);
    assert.equal(change!.state.alert?.reasons[0]?.because, 'immediate-concern');
    assert.equal(press(change!.state, {}, { seen: begun, confirmed: true }).change, undefined);
  });

  it('ends with a no, which tells nobody', () => {
    const { change } = press(begun, { 'concern.immediate': 'no' });
    assert.deepEqual([draftIn(change!.state).unconfirmed, change!.state.alert], [undefined, undefined]);
    assert.equal(change!.did, 'took back an unconfirmed immediate concern: nobody told');
  });

  it('ends with a no where no was saved before', () => {
    const before = aReview().complete().build();
    const { change } = press(press(before, yes).change!.state, { 'concern.immediate': 'no' });
    assert.equal(draftIn(change!.state).unconfirmed, undefined);
  });

  it('is not ended by an old card that was left as it was, nor without asking by one that says no', () => {
    assert.deepEqual(press(begun, { 'concern.what': yes['concern.what'] }, { seen: fresh }).heldBack, []);
    const { change, heldBack } = press(begun, { 'concern.immediate': 'no' }, { seen: fresh });
    assert.equal(change, undefined);
    assert.equal(heldBack[0]?.because, 'saved-elsewhere');
  });

  it('is begun anew, and tells nobody without asking, when an old card confirms what was taken back', () => {
    const back = givenBack(begun).state;
    const { change, heldBack } = press(back, {}, { seen: begun, confirmed: true });
    assert.deepEqual([change?.messages, change?.state.alert], [[], undefined]);
    assert.equal(heldBack[0]?.because, 'tells-the-team');
    assert.equal(draftIn(change!.state).unconfirmed?.save, draftIn(back).saves + 1);
    const { change: told } = press(change!.state, {}, { confirmed: true });
    assert.equal(told?.state.alert?.reasons[0]?.because, 'immediate-concern');
  });

  it('is begun too when a yes comes from an old card, after another device saved a no', () => {
    const no = press(fresh, { 'concern.immediate': 'no' }).change!.state;
    const { change } = press(no, yes, { seen: fresh });
    assert.deepEqual([change?.did, change?.messages], [press(fresh, yes).change!.did, []]);
  });

  it('keeps the review from being returned, whatever was answered before', () => {
    for (const before of [fresh, aReview().complete().build()]) {
      const plr = press(before, yes).change!.state;
      const draft = draftIn(plr);
      assert.deepEqual(
        problemsOf(draft, council).map(({ step }) => step),
        ['concern'],
      );
      assert.ok(isRefusal(returnReview(plr, draft, draft.saves, by, council)));
    }
  });

  it('is in no figure, no line of an alert and no record', () => {
    assert.deepEqual(figuresOf(begun, 'Europe/London'), figuresOf(fresh, 'Europe/London'));
    const inadequate = raiseAlert(fresh, 'inadequate', by, council).plr;
    const { alert } = inadequate;
    const flagged = {
      ...alert!,
      reasons: [...alert!.reasons, { because: 'immediate-concern' as const, by, at: council.now }],
    };
    const without = { ...begun, review: withWaiting(draftIn(begun), dangers[0], undefined) };
    for (const one of [alert!, flagged])
      assert.deepEqual(linesOf(begun, one, council), linesOf(without, one, council));
    const [closed, plain] = [begun, without].map((plr) => closedOver({ ...plr, alert: flagged }));
    assert.deepEqual(recordContent(closed!, council), recordContent(plain!, council));
    assert.doesNotMatch(textOf(purge(closedOver(begun), council.now)), /Nobody has seen her/);
  });
});

describe('a concern that is not confirmed, over time', () => {
  const reminded = due(begun, after(15))!;
  const out = due(reminded.state, after(30))!;

  it('is reminded of once, halfway, to whoever began it and before all else', () => {
    assert.equal(due(begun, after(14)), undefined);
    const [message] = reminded.messages;
    assert.deepEqual([message?.to, message?.urgency, reminded.messages.length], [{ person: by }, 'alert', 1]);
    assert.equal(reminded.state.alert, undefined);
    assert.equal(due(reminded.state, after(29)), undefined);
  });

  it('goes out at its time, by nobody’s hand, with what was typed, and tells whoever began it', () => {
    const { alert, begun: ended, review } = out.state;
    assert.deepEqual(alert?.reasons, [
      { because: 'immediate-concern', by, at: after(30), unconfirmedSince: council.now },
    ]);
    assert.equal(alert?.raisedAt, after(30));
    assert.deepEqual(ended, [
      {
        because: 'immediate-concern',
        by,
        since: council.now,
        save: draftIn(begun).unconfirmed!.save,
        end: 'by-itself',
        endedAt: after(30),
      },
    ]);
    assert.ok(review.state === 'draft' && review.unconfirmed === undefined);
    assert.equal(review.typed['concern.immediate']?.text, 'yes');
    assert.deepEqual(
      out.messages.filter(({ card }) => card === 'concern-went-out').map(({ to }) => to),
      [{ person: by }],
    );
    assert.equal(unconfirmedConcernPart.dueAt!(out.state), undefined);
    const lines = textOf(linesOf(out.state, alert, council));
    assert.match(
      lines,
      /Not confirmed: Ash Manager entered it on 7 April 2022 at 10:00.*Nobody has seen her/,
    );
  });

  it('leaves alone the reminder in whose place the form may stand, with what is being typed in it', () => {
    assert.deepEqual(
      out.messages.filter(({ redraws }) => redraws !== undefined),
      [],
    );
  });

  it('goes out at once, unreminded, after the bot was away, and its clock runs from when it should have', () => {
    const late = due(begun, addHours(council.now, 48))!;
    assert.equal(late.state.alert?.raisedAt, after(30));
    assert.equal(late.messages.filter(({ card }) => card === 'unconfirmed-concern').length, 0);
  });

  it('says when no words were given, and only then', () => {
    const wordless = press(fresh, { 'concern.immediate': 'yes' }).change!.state;
    const { state } = due(wordless, after(30))!;
    assert.match(textOf(linesOf(state, state.alert!, council)), /No words were given/);
    assert.doesNotMatch(textOf(linesOf(out.state, out.state.alert!, council)), /No words were given/);
  });

  it('goes out by the council’s own rule, and keeps the one it was begun on', () => {
    const strict = { ...council, concernMinutes: 5 };
    const plr = press(fresh, yes, {}, strict).change!.state;
    assert.equal(due(plr, after(4))?.state.alert, undefined);
    assert.ok(due(plr, after(5))?.state.alert);
  });

  it('confirmed late, before anything noticed its time, runs from when it should have gone out', () => {
    const { change } = press(begun, {}, { confirmed: true }, later(2));
    assert.equal(change?.state.alert?.raisedAt, after(30));
    assert.equal(change?.state.alert?.reasons[0]?.unconfirmedSince, undefined);
  });

  it('tells everyone who has the alert when another reason was confirmed meanwhile', () => {
    const inadequate = raiseAlert(begun, 'inadequate', by, later(0.1));
    const { state, messages } = allDue(inadequate.plr, after(30));
    assert.deepEqual(
      state.alert?.reasons.map(({ because }) => because),
      ['inadequate', 'immediate-concern'],
    );
    assert.ok(messages.some(({ key }) => key.includes('.second-reason.')));
  });

  it('as stored before there was a time to go out at, goes out half an hour after it began', () => {
    for (const count of [0, 1, 2]) {
      const { by, since, save } = draftIn(begun).unconfirmed!;
      const asked = Array.from({ length: count }, (_, at) => ({
        to: by,
        at: addHours(council.now, at + 0.5),
      }));
      const row = {
        ...begun,
        review: { ...draftIn(begun), unconfirmed: { by, since, save, reminded: asked } },
      };
      assert.ok(unconfirmedConcernPart.dueAt!(row)! <= after(30));
      assert.equal(due(row, later(5).now)?.state.alert?.raisedAt, after(30));
    }
  });

  it('is redrawn when it is confirmed or taken back', () => {
    const plr = reminded.state;
    for (const change of [
      press(plr, {}, { confirmed: true }).change!,
      press(plr, { 'concern.immediate': 'no' }).change!,
      givenBack(plr),
    ])
      assert.deepEqual(
        change.messages.filter(({ card }) => card === 'concern-settled').map(({ redraws }) => redraws),
        [reminded.messages[0]!.key],
      );
  });

  it('is not reminded of once it is settled, nor to somebody who may not answer it', () => {
    const [message] = reminded.messages;
    assert.ok('template' in presentUnconfirmed.present(reminded.state, message!, council));
    const back = givenBack(reminded.state).state;
    assert.ok('superseded' in presentUnconfirmed.present(back, message!, council));
    const other = { ...message!, to: { person: 'birch-manager' as PersonId } };
    assert.ok('superseded' in presentUnconfirmed.present(reminded.state, other, council));
    const [settled] = press(reminded.state, { 'concern.immediate': 'no' }).change!.messages;
    assert.ok('template' in presentSettled.present(back, settled!, council));
    assert.ok('superseded' in presentSettled.present(back, { ...settled!, to: other.to }, council));
  });

  it('is reminded of once more, at once, when the PLR is closed over it, and goes out all the same', () => {
    const closed = closedOver(reminded.state, later(0.3));
    const change = due(closed, later(0.3).now)!;
    assert.equal(change.messages.length, 2);
    for (const message of change.messages.filter(({ card }) => card === 'unconfirmed-concern'))
      assert.match(
        textOf(presentUnconfirmed.present(change.state, message, council)),
        /goes out by itself at 10:30 unless it is taken back\..*ring the team now.*review\.tell-now/,
      );
    const { alert, review } = due(change.state, after(30))!.state;
    assert.equal(alert?.raisedAt, after(30));
    assert.ok(review.state === 'exempt' && review.draft?.unconfirmed === undefined);
  });

  it('is over with its words, once they are removed', () => {
    const removed = purge(closedOver(begun), council.now);
    assert.equal(unconfirmedConcernPart.dueAt!(removed), undefined);
  });
});

describe('an overall grade that is not confirmed', () => {
  const graded = { 'overall.grade': 'inadequate', 'overall.reason': 'Not seen for a month.' };
  const waiting = press(fresh, graded, { step: 'overall' }).change!.state;

  it('waits beside what is typed, goes out like a concern, and is in no figure before', () => {
    const draft = draftIn(waiting);
    assert.equal(draft.typed['overall.grade']?.text, 'good');
    assert.equal(draft.typed['overall.reason']?.text, graded['overall.reason']);
    assert.deepEqual(figuresOf(waiting, 'Europe/London'), figuresOf(fresh, 'Europe/London'));
    const { state } = due(waiting, after(30))!;
    assert.deepEqual(
      state.alert?.reasons.map(({ because }) => because),
      ['inadequate'],
    );
    assert.equal(draftIn(state).typed['overall.grade']?.text, 'inadequate');
  });

  it('ends with another grade, or by being taken back: the grade is chosen anew', () => {
    const better = press(waiting, { 'overall.grade': 'good' }, { step: 'overall' }).change!;
    assert.deepEqual([draftIn(better.state).unconfirmedGrade, better.state.alert], [undefined, undefined]);
    const back = givenBack(waiting);
    assert.equal(draftIn(back.state).typed['overall.grade']?.text, '');
    assert.deepEqual(
      [better.did, back.did],
      Array(2).fill('took back an unconfirmed overall grade: nobody told'),
    );
  });

  it('keeps the review from being returned', () => {
    assert.deepEqual(
      problemsOf(draftIn(waiting), council)
        .map(({ step, field }) => [step, field])
        .slice(0, 1),
      [['overall', 'overall.grade']],
    );
  });

  it('waits beside a concern, each for its own time', () => {
    const both = press(waiting, yes, {}, later(0.2)).change!.state;
    const first = due(both, after(30))!.state;
    assert.deepEqual(
      first.alert?.reasons.map(({ because }) => because),
      ['inadequate'],
    );
    assert.ok(draftIn(first).unconfirmed !== undefined);
    const second = allDue(first, after(42)).state;
    assert.equal(second.alert?.reasons.length, 2);
    assert.equal(second.alert?.raisedAt, after(30));
  });
});

describe('a concern that is not confirmed, whose manager is not there', () => {
  const qaLead = 'qa-lead' as PersonId;
  const at = after(20);
  const withManager = (facts: Partial<Person>) => {
    const roster = smallCouncil();
    const people = roster.people.map((one) => (one.id === by ? { ...one, ...facts } : one));
    return aContext({ at, roster: { ...roster, people } });
  };
  const left = withManager({ activeUntil: localDate('2022-04-06') });
  const onLeave = withManager({
    absences: [{ from: localDate('2022-04-07'), until: localDate('2022-04-30') }],
  });
  const remind = (plr: Plr, now: CouncilContext) => unconfirmedConcernPart.whenDue!(plr, at, now)!;
  const reminderOf = ({ messages }: Change<Plr>) =>
    messages.filter(({ card }) => card === 'unconfirmed-concern');
  const shown = ({ state }: Change<Plr>, message: Message, now: CouncilContext) =>
    presentUnconfirmed.present(state, message, now);

  it('goes to a QA lead when its manager has left, whether the PLR is open or closed over it', () => {
    for (const plr of [begun, closedOver(begun, left)]) {
      const change = remind(plr, left);
      const [message] = reminderOf(change);
      assert.deepEqual(message?.to, { person: qaLead });
      const card = shown(change, message, left);
      assert.match(
        textOf(card),
        /not confirmed\..*has left or is away\. It goes out by itself at 10:30.*ring the team now/,
      );
      for (const part of [
        'Birch Worker First (social worker)',
        'Birch Manager (Team Manager)',
        'case CS-1100',
      ])
        assert.ok(textOf(card).includes(part), part);
      assert.doesNotMatch(textOf(card), /review\.|Nobody has seen her/);
    }
  });

  it('goes to a QA lead when the PLR is closed over it while its manager is away', () => {
    const [message] = reminderOf(remind(closedOver(begun, onLeave), onLeave));
    assert.deepEqual(message?.to, { person: qaLead });
  });

  it('is redrawn for a QA lead, and for who has left, without the PLR or a way into it', () => {
    const { state } = remind(begun, left);
    const back = givenBack(state);
    const card = presentSettled.present(back.state, back.messages[0]!, left);
    assert.match(textOf(card), /confirmed, taken back, or has gone out/);
    assert.doesNotMatch(textOf(card), /review\.|CS-1100/);
    const theirs = { ...back.messages[0]!, to: { person: by } };
    assert.ok('superseded' in presentSettled.present(back.state, theirs, left));
  });
});

describe('the cards of a PLR with a concern that is not confirmed', () => {
  it('say it first, with the way to the confirmation and back', () => {
    const draft = draftIn(begun);
    assert.match(textOf(draftCard(begun, draft, council)), told);
    assert.match(textOf(draftCard(begun, draft, council)), /review\.no-concern/);
    assert.match(textOf(summaryCard(begun, draft, council)), /nobody has been told/);
    const elsewhere = { ...begun, review: { ...draft, at: 'voice' } };
    assert.match(textOf(currentCard(elsewhere, council)), /Nobody is told yet.*Save and tell the team now/);
  });

  it('put it on top of “my reviews”, for its manager alone', () => {
    const other = aReview().draft().build();
    const rows = (me: PersonId) =>
      (myReviewsCard([other, begun], me, council).data as { reviews: { warning: string }[] }).reviews;
    assert.match(rows(by)[0]!.warning, told);
    assert.equal(rows(by)[1]!.warning, '');
    assert.doesNotMatch(textOf(rows(begun.practitionerId)), /concern/);
  });
});
