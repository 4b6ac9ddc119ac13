import assert from 'node:assert/strict';
import { alertPart } from '../../../../src/practice/alerts/part.js';
import { raiseAlert } from '../../../../src/practice/alerts/decide-raising.js';
import { isRefusal } from '../../../../src/practice/base/errors.js';
import type { PersonId } from '../../../../src/practice/base/ids.js';
import { drawnAtReturn } from '../../../../src/practice/moderation/decide-at-return.js';
import { excusedFrom } from '../../../../src/practice/moderation/decide-hand-on.js';
import { nameStep } from '../../../../src/practice/moderation/handlers-hand-on.js';
import { relieveModerator } from '../../../../src/practice/moderation/decide-relief.js';
import type { Person, Roster } from '../../../../src/practice/council/organisation.js';
import type { Plr } from '../../../../src/practice/plr/plr.js';
import { localDate } from '../../../../src/practice/base/time.js';
import { aContext } from '../../../builders/a-context.js';
import { aReview } from '../../../builders/a-plr.js';
import { smallCouncil } from '../../../builders/small-council.js';

const named = 'care-reviewer' as PersonId;
const away = { absences: [{ from: localDate('2022-04-04'), until: localDate('2022-05-31') }] };

function rosterWith(id: string, facts: Partial<Person>): Roster {
  const roster = smallCouncil();
  return { ...roster, people: roster.people.map((one) => (one.id === id ? { ...one, ...facts } : one)) };
}

/** Drawn for the Service's link reviewer, then named by the QA lead by this roster. */
function namedBy(roster: Roster): Plr {
  const council = aContext({ roster });
  const { plr } = drawnAtReturn(aReview().returned().build(), { why: 'inadequate' }, council);
  const lead = council.organisation.people.get('qa-lead' as PersonId)!;
  const change = nameStep(named, 'Knows the cohort.', lead, council)(plr, plr.moderation!);
  assert.ok(!isRefusal(change));
  return change.state;
}

function moderatorOf({ moderation }: Plr): PersonId | undefined {
  return moderation?.state === 'drawn' ? moderation.moderatorId : undefined;
}

describe('a moderator whom the QA lead named', () => {
  const plr = namedBy(smallCouncil());

  it('keeps the moderation while they are at work', () => {
    assert.equal(moderatorOf(plr), named);
    assert.equal(relieveModerator(plr, aContext()), undefined);
  });

  for (const [happens, facts] of [
    ['go on leave until it is due', away],
    ['leave the council', { activeUntil: localDate('2022-04-06') }],
  ] as const)
    it(`is relieved when they ${happens}`, () => {
      const change = relieveModerator(plr, aContext({ roster: rosterWith(named, facts) }));
      assert.equal(change?.state.moderation?.state, 'awaiting-moderator');
      assert.deepEqual(
        change.messages.map(({ to, redraws }) => [to, redraws !== undefined]),
        [[{ person: named }, true]],
      );
    });

  it('keeps it when the QA lead knew of the leave, until they leave', () => {
    const known = namedBy(rosterWith(named, away));
    assert.equal(relieveModerator(known, aContext({ roster: rosterWith(named, away) })), undefined);
    const left = rosterWith(named, { ...away, activeUntil: localDate('2022-04-06') });
    assert.ok(relieveModerator(known, aContext({ roster: left })));
  });
});

describe('an alert that climbs to the blind moderator', () => {
  it('reaches them, and the moderation passes to somebody who has not heard of it', () => {
    const moderator = 'assessment-service-manager' as PersonId;
    const before = rosterWith(moderator, { roles: ['link-reviewer'] });
    const roster = {
      ...before,
      services: before.services.map((one) => ({ ...one, linkReviewerId: moderator })),
    };
    const council = aContext({ roster });
    const plr = aReview().returned().gradedInadequate().build();
    const raised = raiseAlert(plr, 'inadequate', plr.managerId, council).plr;
    const blind = drawnAtReturn(raised, { why: 'inadequate' }, council).plr;
    assert.equal(moderatorOf(blind), moderator);
    const later = aContext({ roster, at: '2022-04-07T13:00:00Z' });
    // Nothing of it was delivered in this test: the QA lead hears of that first.
    const unheard = alertPart.whenDue!(blind, later.now, later)!;
    const climbed = alertPart.whenDue!(unheard.state, later.now, later)!;
    assert.ok(climbed.messages.some(({ card, to }) => card === 'alert' && isTo(to, moderator)));
    assert.ok(climbed.messages.some(({ card, to }) => card === 'moderation' && isTo(to, moderator)));
    assert.equal(climbed.state.moderation?.state, 'awaiting-moderator');
    assert.deepEqual(excusedFrom(climbed.state.moderation), [moderator]);
  });
});

function isTo(to: object, id: PersonId): boolean {
  return 'person' in to && to.person === id;
}
