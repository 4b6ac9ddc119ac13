import assert from 'node:assert/strict';
import { raiseAlert } from '../../../../src/practice/alerts/decide-raising.js';
import { alertPart } from '../../../../src/practice/alerts/part.js';
import type { PersonId } from '../../../../src/practice/base/ids.js';
import { couldModerate } from '../../../../src/practice/moderation/cards.js';
import { tookPart } from '../../../../src/practice/moderation/moderator-search.js';
import { aContext } from '../../../builders/a-context.js';
import { aReview } from '../../../builders/a-plr.js';
import { smallCouncil } from '../../../builders/small-council.js';

const author = 'ash-manager' as PersonId;
const raised = raiseAlert(
  aReview().returned().gradedInadequate().build(),
  'inadequate',
  author,
  aContext(),
).plr;

describe('who took part in a PLR', () => {
  it('counts the QA lead who took it on, whoever returned it', () => {
    const decidedBy = 'qa-lead' as PersonId;
    const plr = { ...aReview().returned().build(), qaCompletes: { decidedBy, at: aContext().now } };
    assert.ok(tookPart(plr, aContext()).includes(decidedBy));
    assert.ok(!couldModerate(plr, aContext()).includes(decidedBy));
  });

  it('counts a senior manager from the moment its alert has climbed to them', () => {
    const manager = 'assessment-service-manager' as PersonId;
    assert.ok(!tookPart(raised, aContext()).includes(manager));
    const council = aContext({ at: '2022-04-07T13:00:00Z' });
    // Nothing of it was delivered in this test: the QA lead hears of that first.
    const unheard = alertPart.whenDue!(raised, council.now, council)!.state;
    const climbed = alertPart.whenDue!(unheard, council.now, council)!.state;
    assert.ok(tookPart(climbed, council).includes(manager));
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
    const could = couldModerate(raised, aContext({ roster: { ...roster, teams, people } }));
    assert.deepEqual(could, ['assessment-reviewer', 'care-reviewer']);
  });
});
