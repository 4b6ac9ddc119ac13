import assert from 'node:assert/strict';
import { mayReadAction, mayUpdateAction, mayVerifyAction } from '../../../../src/practice/actions/access.js';
import { actionCard } from '../../../../src/practice/actions/cards.js';
import { addActions } from '../../../../src/practice/actions/decide-added-actions.js';
import { actionLinesOf } from '../../../../src/practice/actions/find-actions.js';
import { reach } from '../../../../src/practice/actions/handlers-list.js';
import { whoIsReminded, whoVerifies } from '../../../../src/practice/actions/owners.js';
import type { PersonId, TeamId } from '../../../../src/practice/base/ids.js';
import { drawnAtReturn } from '../../../../src/practice/moderation/decide-at-return.js';
import type { Plr } from '../../../../src/practice/plr/plr.js';
import { figuresOf } from '../../../../src/practice/process/figures-of.js';
import { aContext } from '../../../builders/a-context.js';
import { aReview } from '../../../builders/a-plr.js';
import { plannedAction } from '../../../builders/planned-actions.js';

const council = aContext();
const person = (id: string) => council.organisation.people.get(id as PersonId)!;
const reviewer = person('assessment-reviewer');
const lead = person('qa-lead');

/** An action of the review, then one that an alert added. */
function withBoth(plr: Plr): Plr {
  const reviewed = addActions(plr, [plannedAction()], council, 'system', 'review').plr;
  return addActions(reviewed, [plannedAction({ owner: 'team-manager' })], council).plr;
}

const returned = withBoth(aReview().returned().gradedInadequate().build());
const toGrade = drawnAtReturn(returned, { why: 'inadequate' }, council).plr;
const graded = { ...toGrade, moderation: { ...toGrade.moderation, state: 'graded', moderated: {} } } as Plr;

/** The actions, by number, of which this is true. */
function numbers(plr: Plr, is: (action: Plr['actions'][number]) => boolean): number[] {
  return plr.actions.flatMap((action, index) => (is(action) ? [index + 1] : []));
}

const read = (plr: Plr, who = reviewer) => numbers(plr, (action) => mayReadAction(who, action, plr, council));
const verified = (plr: Plr, who = reviewer) =>
  numbers(plr, (action) => mayVerifyAction(who, action, plr, council));
const listed = (plr: Plr, who = reviewer) =>
  actionLinesOf(figuresOf(plr, 'Europe/London'))
    .filter(reach('all', who, council)!)
    .map(({ id }) => Number(id.slice(-1)));
const askedToVerify = (plr: Plr) =>
  plr.actions.map((action) => whoVerifies(action, 'birch-manager' as PersonId, plr, council));

describe('management grip, which tells of an alert', () => {
  it('is kept from a link reviewer who is to grade the PLR blind', () => {
    for (const see of [read, verified, listed]) assert.deepEqual(see(toGrade), [1]);
    assert.deepEqual(askedToVerify(toGrade), [[reviewer.id], [lead.id]]);
  });

  it('is kept from one who may yet be: before the PLR is returned, and while nobody has it', () => {
    const begun = withBoth(aReview().complete().build());
    const waiting = { ...toGrade, moderation: { ...toGrade.moderation, state: 'awaiting-moderator' } } as Plr;
    for (const plr of [begun, waiting]) {
      for (const see of [read, verified, listed]) assert.deepEqual(see(plr), [1]);
      assert.deepEqual(askedToVerify(plr), [[reviewer.id], [lead.id]]);
    }
  });

  it('is theirs to read and verify once they have graded, or when it was not drawn as an Inadequate is', () => {
    for (const plr of [graded, returned]) {
      for (const see of [read, verified, listed]) assert.deepEqual(see(plr), [1, 2]);
      assert.deepEqual(askedToVerify(plr), [[reviewer.id], [reviewer.id]]);
    }
  });

  it('is kept from a QA lead only who moderates it', () => {
    for (const see of [read, verified, listed]) assert.deepEqual(see(toGrade, lead), [1, 2]);
    const theirs = { ...toGrade, moderation: { ...toGrade.moderation, moderatorId: lead.id } } as Plr;
    for (const see of [read, verified, listed]) assert.deepEqual(see(theirs, lead), [1]);
  });

  it('stays with the Team Manager, who owns and updates it', () => {
    const manager = person('birch-manager');
    for (const action of toGrade.actions) assert.ok(mayUpdateAction(manager, action, toGrade, council));
    assert.deepEqual(read(toGrade, manager), [1, 2]);
  });
});

describe('an action whose case moved to another Service', () => {
  const moved = {
    ...returned,
    actions: returned.actions.map((one) => ({ ...one, teamId: 'cedar' as TeamId })),
  };
  const action = moved.actions[0]!;

  it('can be read by the Service Manager of the team that has it, who is reminded of it', () => {
    const reminded = whoIsReminded('service-manager', action, council);
    assert.equal(reminded, 'care-service-manager');
    assert.ok(mayReadAction(person(reminded), action, moved, council));
  });

  it('names that team and its own Service', () => {
    const shown = JSON.stringify(actionCard(moved, action, lead, council).data);
    assert.match(shown, /Cedar Team, Children in Care Service/);
  });
});
