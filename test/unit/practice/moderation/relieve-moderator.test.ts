import assert from 'node:assert/strict';
import { alertPart } from '../../../../src/practice/alerts/alert-part.js';
import { raiseAlert } from '../../../../src/practice/alerts/raise-alert.js';
import { isRefusal } from '../../../../src/practice/base/errors.js';
import type { PersonId } from '../../../../src/practice/base/ids.js';
import { drawn } from '../../../../src/practice/moderation/at-return.js';
import { excusedFrom } from '../../../../src/practice/moderation/hand-on.js';
import { nameStep } from '../../../../src/practice/moderation/hand-on-step.js';
import { relieveModerator } from '../../../../src/practice/moderation/relieve-moderator.js';
import type { Person, Roster } from '../../../../src/practice/council/organisation.js';
import type { Plr } from '../../../../src/practice/plr/plr.js';
import { localDate } from '../../../../src/practice/base/time.js';
import { aHouse } from '../../../builders/a-house.js';
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
  const house = aHouse({ roster });
  const { plr } = drawn(aReview().returned().build(), { why: 'inadequate' }, house);
  const lead = house.organisation.people.get('qa-lead' as PersonId)!;
  const change = nameStep(named, 'Knows the cohort.', lead, house)(plr, plr.moderation!);
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
    assert.equal(relieveModerator(plr, aHouse()), undefined);
  });

  for (const [happens, facts] of [
    ['go on leave until it is due', away],
    ['leave the council', { activeUntil: localDate('2022-04-06') }],
  ] as const)
    it(`is relieved when they ${happens}`, () => {
      const change = relieveModerator(plr, aHouse({ roster: rosterWith(named, facts) }));
      assert.equal(change?.state.moderation?.state, 'awaiting-moderator');
      assert.deepEqual(
        change.messages.map(({ to, redraws }) => [to, redraws !== undefined]),
        [[{ person: named }, true]],
      );
    });

  it('keeps it when the QA lead knew of the leave, until they leave', () => {
    const known = namedBy(rosterWith(named, away));
    assert.equal(relieveModerator(known, aHouse({ roster: rosterWith(named, away) })), undefined);
    const left = rosterWith(named, { ...away, activeUntil: localDate('2022-04-06') });
    assert.ok(relieveModerator(known, aHouse({ roster: left })));
  });
});

describe('an alert that climbs to the blind moderator', () => {
  it('reaches them, and the moderation passes to somebody who has not heard of it', () => {
    const moderator = 'assessment-service-manager' as PersonId;
    const council = rosterWith(moderator, { roles: ['link-reviewer'] });
    const roster = {
      ...council,
      services: council.services.map((one) => ({ ...one, linkReviewerId: moderator })),
    };
    const house = aHouse({ roster });
    const plr = aReview().returned().gradedInadequate().build();
    const raised = raiseAlert(plr, 'inadequate', plr.managerId, house).plr;
    const blind = drawn(raised, { why: 'inadequate' }, house).plr;
    assert.equal(moderatorOf(blind), moderator);
    const later = aHouse({ roster, at: '2022-04-07T13:00:00Z' });
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
