import assert from 'node:assert/strict';
import { raiseAlert } from '../../../../src/practice/alerts/raise-alert.js';
import { alertPart } from '../../../../src/practice/alerts/alert-part.js';
import type { PersonId } from '../../../../src/practice/base/ids.js';
import { couldModerate } from '../../../../src/practice/moderation/moderation-cards.js';
import { tookPart } from '../../../../src/practice/moderation/moderator-search.js';
import { aHouse } from '../../../builders/a-house.js';
import { aReview } from '../../../builders/a-plr.js';
import { smallCouncil } from '../../../builders/small-council.js';

const author = 'ash-manager' as PersonId;
const raised = raiseAlert(
  aReview().returned().gradedInadequate().build(),
  'inadequate',
  author,
  aHouse(),
).plr;

describe('who took part in a PLR', () => {
  it('counts the QA lead who took it on, whoever returned it', () => {
    const decidedBy = 'qa-lead' as PersonId;
    const plr = { ...aReview().returned().build(), qaCompletes: { decidedBy, at: aHouse().now } };
    assert.ok(tookPart(plr, aHouse()).includes(decidedBy));
    assert.ok(!couldModerate(plr, aHouse()).includes(decidedBy));
  });

  it('counts a senior manager from the moment its alert has climbed to them', () => {
    const manager = 'assessment-service-manager' as PersonId;
    assert.ok(!tookPart(raised, aHouse()).includes(manager));
    const house = aHouse({ at: '2022-04-07T13:00:00Z' });
    // Nothing of it was delivered in this test: the QA lead hears of that first.
    const unheard = alertPart.whenDue!(raised, house.now, house)!.state;
    const climbed = alertPart.whenDue!(unheard, house.now, house)!.state;
    assert.ok(tookPart(climbed, house).includes(manager));
  });

  it('counts the Team Manager who was told, and the one of today, so that neither can be named', () => {
    const roster = smallCouncil();
    const teams = roster.teams.map((team) =>
      team.id === 'birch' ? { ...team, teamManagerId: 'cedar-manager' as PersonId } : team,
    );
    const people = roster.people.map((one) =>
      one.id === 'birch-manager' || one.id === 'cedar-manager'
        ? { ...one, roles: [...one.roles, 'link-reviewer' as const] }
        : one,
    );
    const could = couldModerate(raised, aHouse({ roster: { ...roster, teams, people } }));
    assert.deepEqual(could, ['assessment-reviewer', 'care-reviewer']);
  });
});
