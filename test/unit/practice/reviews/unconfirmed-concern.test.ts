import assert from 'node:assert/strict';
import { features, plrOf } from '../../../../src/features.js';
import { raiseAlert } from '../../../../src/practice/alerts/raise-alert.js';
import { linesOf } from '../../../../src/practice/alerts/alert-lines.js';
import { decideChange } from '../../../../src/practice/cycles/changes/change.js';
import { isRefusal } from '../../../../src/practice/base/errors.js';
import type { CardContent } from '../../../../src/practice/surface/feature.js';
import type { PersonId } from '../../../../src/practice/base/ids.js';
import type { Plr } from '../../../../src/practice/plr/plr.js';
import type { House } from '../../../../src/practice/council/house.js';
import type { Person } from '../../../../src/practice/council/organisation.js';
import type { Change, Message } from '../../../../src/practice/plr/ports.js';
import { purge } from '../../../../src/practice/records/purge.js';
import { recordContent } from '../../../../src/practice/records/record-content.js';
import { currentCard } from '../../../../src/practice/reviews/answer-press.js';
import { presentSettled, presentUnconfirmed } from '../../../../src/practice/reviews/answer-concern.js';
import { problemsOf } from '../../../../src/practice/forms/check-review.js';
import { draftOf, stepsOfDraft } from '../../../../src/practice/forms/draft.js';
import { figuresOf } from '../../../../src/practice/process/figures-of.js';
import { myReviewsCard } from '../../../../src/practice/reviews/my-reviews.js';
import { returnReview } from '../../../../src/practice/reviews/return-review.js';
import { draftCard } from '../../../../src/practice/reviews/review-cards.js';
import type { DraftReview } from '../../../../src/practice/plr/review.js';
import {
  fingerprint,
  saveStep,
  type SavedStep,
  type StepPress,
} from '../../../../src/practice/reviews/save-step.js';
import { summaryCard } from '../../../../src/practice/reviews/summary-card.js';
import {
  takeBack,
  unconfirmedConcernPart,
  withUnconfirmed,
} from '../../../../src/practice/reviews/unconfirmed-concern.js';
import { addHours, localDate, type Instant } from '../../../../src/practice/base/time.js';
import { aHouse } from '../../../builders/a-house.js';
import { aReview, type Typing } from '../../../builders/a-plr.js';
import { smallCouncil } from '../../../builders/small-council.js';

const house = aHouse();
const by = 'ash-manager' as PersonId;
const yes = { 'concern.immediate': 'yes', 'concern.what': 'Nobody has seen her.' };
const later = (hours: number) => aHouse({ at: addHours(house.now, hours) });

/** A press on a card of this step as it was drawn of `seen`, with something typed over it. */
function press(
  plr: Plr,
  typed: Typing,
  {
    seen = plr,
    step: id = 'concern',
    ...rest
  }: Partial<Omit<StepPress, 'step'>> & { seen?: Plr; step?: string } = {},
): SavedStep {
  const draft = draftOf(plr.review as DraftReview, house);
  const drawn = draftOf(seen.review as DraftReview, house);
  const step = stepsOfDraft(draft, house).find((one) => one.id === id)!;
  const had = (field: string) => drawn.typed[field]?.text ?? '';
  const shown = (field: string) =>
    field === 'concern.immediate' && drawn.unconfirmed !== undefined ? 'yes' : had(field);
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
  return saveStep(plr, draft, whole, by, house);
}

const fresh = aReview().complete().typing({ 'concern.immediate': '' }).build();
const begun = press(fresh, yes).change!.state;
const draftIn = ({ review }: Plr) => review as DraftReview;
const textOf = (card: CardContent | object) => JSON.stringify(card);
const told = /Nobody has been told/;

function closedOver(plr: Plr, at = house): Plr {
  const exempt = { number: 1, outcome: 'leave', because: 'On leave.', by: 'qa-lead' as PersonId } as const;
  const change = decideChange(plr, exempt, at);
  if (isRefusal(change)) throw new Error(change.say);
  return change.state;
}

function due(plr: Plr, at: Instant): Change<Plr> | undefined {
  const when = plrOf(features).dueAt!(plr);
  return when === undefined || when > at ? undefined : plrOf(features).whenDue!(plr, at, aHouse({ at }));
}

describe('an immediate concern that is not confirmed', () => {
  it('is kept with what was typed, tells nobody, and is logged without a word of it', () => {
    const { change, heldBack } = press(fresh, yes);
    assert.deepEqual(
      heldBack.map(({ because }) => because),
      ['tells-the-team'],
    );
    const { unconfirmed, typed, saves } = draftIn(change!.state);
    assert.deepEqual(unconfirmed, { by, since: house.now, save: saves, reminded: [] });
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
    const back = takeBack(begun, draftIn(begun), draftIn(begun).unconfirmed!, house.now).state;
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
        problemsOf(draft, house).map(({ step }) => step),
        ['concern'],
      );
      assert.ok(isRefusal(returnReview(plr, draft, draft.saves, by, house)));
    }
  });

  it('is in no figure, no line of an alert and no record', () => {
    assert.deepEqual(figuresOf(begun, 'Europe/London'), figuresOf(fresh, 'Europe/London'));
    const inadequate = raiseAlert(fresh, 'inadequate', by, house).plr;
    const { alert } = inadequate;
    const flagged = {
      ...alert!,
      reasons: [...alert!.reasons, { because: 'immediate-concern' as const, by, at: house.now }],
    };
    const without = { ...begun, review: withUnconfirmed(draftIn(begun), undefined) };
    for (const one of [alert!, flagged])
      assert.deepEqual(linesOf(begun, one, house), linesOf(without, one, house));
    const [closed, plain] = [begun, without].map((plr) => closedOver({ ...plr, alert: flagged }));
    assert.deepEqual(recordContent(closed!, house), recordContent(plain!, house));
    assert.doesNotMatch(textOf(purge(closedOver(begun), house.now)), /Nobody has seen her/);
  });
});

describe('the reminder of a concern that is not confirmed', () => {
  const first = due(begun, later(0.5).now)!;
  const second = due(first.state, later(2).now)!;

  it('goes to whoever began it, before all else, after half an hour and once more', () => {
    assert.equal(due(begun, addHours(house.now, 0.49)), undefined);
    const [message] = first.messages;
    assert.deepEqual([message?.to, message?.urgency, first.messages.length], [{ person: by }, 'alert', 1]);
    assert.equal(due(first.state, later(1.9).now), undefined);
    assert.equal(second.messages.length, 1);
    assert.equal(unconfirmedConcernPart.dueAt!(second.state), undefined);
  });

  it('comes once for the time that the bot was away', () => {
    const late = due(begun, later(48).now)!;
    assert.equal(late.messages.length, 1);
    assert.equal(due(late.state, later(48).now), undefined);
  });

  it('is redrawn when the concern is confirmed or taken back, each of them', () => {
    const plr = second.state;
    const keys = [...first.messages, ...second.messages].map(({ key }) => key);
    for (const change of [
      press(plr, {}, { confirmed: true }).change!,
      press(plr, { 'concern.immediate': 'no' }).change!,
      takeBack(plr, draftIn(plr), draftIn(plr).unconfirmed!, house.now),
    ])
      assert.deepEqual(
        change.messages.filter(({ card }) => card === 'concern-settled').map(({ redraws }) => redraws),
        keys,
      );
  });

  it('is not sent any more once it is settled, nor to somebody who may not answer it', () => {
    const [message] = first.messages;
    assert.ok('template' in presentUnconfirmed.present(first.state, message!, house));
    const back = takeBack(
      first.state,
      draftIn(first.state),
      draftIn(first.state).unconfirmed!,
      house.now,
    ).state;
    assert.ok('superseded' in presentUnconfirmed.present(back, message!, house));
    const other = { ...message!, to: { person: 'birch-manager' as PersonId } };
    assert.ok('superseded' in presentUnconfirmed.present(first.state, other, house));
    const [settled] = press(first.state, { 'concern.immediate': 'no' }).change!.messages;
    assert.ok('template' in presentSettled.present(back, settled!, house));
    assert.ok('superseded' in presentSettled.present(back, { ...settled!, to: other.to }, house));
  });

  it('comes at once, and says to ring the team, when the PLR is closed over it', () => {
    const closed = closedOver(second.state, later(3));
    const change = due(closed, later(3).now)!;
    assert.equal(change.messages.length, 3);
    assert.equal(unconfirmedConcernPart.dueAt!(change.state), undefined);
    for (const message of change.messages.filter(({ card }) => card === 'unconfirmed-concern'))
      assert.match(
        textOf(presentUnconfirmed.present(change.state, message, house)),
        /cannot be told from here any more\..*ring the team now/,
      );
  });
});

describe('a concern that is not confirmed, whose manager is not there', () => {
  const qaLead = 'qa-lead' as PersonId;
  const at = later(3).now;
  const withManager = (facts: Partial<Person>) => {
    const roster = smallCouncil();
    const people = roster.people.map((one) => (one.id === by ? { ...one, ...facts } : one));
    return aHouse({ at, roster: { ...roster, people } });
  };
  const left = withManager({ activeUntil: localDate('2022-04-06') });
  const onLeave = withManager({
    absences: [{ from: localDate('2022-04-07'), until: localDate('2022-04-30') }],
  });
  const remind = (plr: Plr, now: House) => unconfirmedConcernPart.whenDue!(plr, at, now)!;
  const reminderOf = ({ messages }: Change<Plr>) =>
    messages.filter(({ card }) => card === 'unconfirmed-concern');
  const shown = ({ state }: Change<Plr>, message: Message, now: House) =>
    presentUnconfirmed.present(state, message, now);

  it('goes to a QA lead when its manager has left, whether the PLR is open or closed over it', () => {
    for (const plr of [begun, closedOver(begun, left)]) {
      const change = remind(plr, left);
      const [message] = reminderOf(change);
      assert.deepEqual(message?.to, { person: qaLead });
      const card = shown(change, message, left);
      assert.match(textOf(card), /not confirmed\..*has left or is away\. .*ring the team now/);
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
    const back = takeBack(state, draftIn(state), draftIn(state).unconfirmed!, house.now);
    const card = presentSettled.present(back.state, back.messages[0]!, left);
    assert.match(textOf(card), /confirmed or taken back/);
    assert.doesNotMatch(textOf(card), /review\.|CS-1100/);
    const theirs = { ...back.messages[0]!, to: { person: by } };
    assert.ok('superseded' in presentSettled.present(back.state, theirs, left));
  });
});

describe('the cards of a PLR with a concern that is not confirmed', () => {
  it('say it first, with the way to the confirmation and back', () => {
    const draft = draftIn(begun);
    assert.match(textOf(draftCard(begun, draft, house)), told);
    assert.match(textOf(draftCard(begun, draft, house)), /review\.no-concern/);
    assert.match(textOf(summaryCard(begun, draft, house)), /nobody has been told/);
    const elsewhere = { ...begun, review: { ...draft, at: 'voice' } };
    assert.match(textOf(currentCard(elsewhere, house)), /Nobody is told yet.*Save and tell the team now/);
  });

  it('put it on top of “my reviews”, for its manager alone', () => {
    const other = aReview().draft().build();
    const rows = (me: PersonId) =>
      (myReviewsCard([other, begun], me, house).data as { reviews: { warning: string }[] }).reviews;
    assert.match(rows(by)[0]!.warning, told);
    assert.equal(rows(by)[1]!.warning, '');
    assert.doesNotMatch(textOf(rows(begun.practitionerId)), /concern/);
  });
});
