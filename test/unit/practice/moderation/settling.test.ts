import assert from 'node:assert/strict';
import { isRefusal } from '../../../../src/practice/base/errors.js';
import type { CouncilContext } from '../../../../src/practice/council/council-context.js';
import type { PersonId } from '../../../../src/practice/base/ids.js';
import { answerByDisputing, settleGrade } from '../../../../src/practice/moderation/handlers-answer.js';
import { originalGrades } from '../../../../src/practice/moderation/blind-plr.js';
import { assign } from '../../../../src/practice/moderation/decide-hand-on.js';
import {
  moderationCard,
  nameModeratorCard,
  nobodyFreeCard,
} from '../../../../src/practice/moderation/cards.js';
import { moderationPart } from '../../../../src/practice/moderation/part.js';
import type { Moderation } from '../../../../src/practice/plr/moderation.js';
import { drawModeration } from '../../../../src/practice/moderation/decide-moderation.js';
import type { ModerationStep } from '../../../../src/practice/moderation/step.js';
import type { Person, Roster } from '../../../../src/practice/council/organisation.js';
import type { Plr } from '../../../../src/practice/plr/plr.js';
import { localDate } from '../../../../src/practice/base/time.js';
import { aContext } from '../../../builders/a-context.js';
import { aReview } from '../../../builders/a-plr.js';
import { smallCouncil } from '../../../builders/small-council.js';

const [manager, moderator, lead] = ['ash-manager', 'assessment-reviewer', 'qa-lead'] as PersonId[] as [
  PersonId,
  PersonId,
  PersonId,
];
const overdue = '2022-04-26T09:00:00Z';

function councilWith(changes: Readonly<Record<string, Partial<Person>>>): Roster {
  const roster = smallCouncil();
  return { ...roster, people: roster.people.map((one) => ({ ...one, ...changes[one.id] })) };
}

function onLeave(until: string): Partial<Person> {
  return { absences: [{ from: localDate('2022-04-07'), until: localDate(until) }] };
}

/** Graded blind on 7 April 2022, and due on the 25th. */
function gradedPlr({ returnedBy = manager, by = moderator } = {}): Plr {
  const council = aContext();
  const plr = aReview().returned().build();
  const returned: Plr = { ...plr, review: { ...plr.review, returnedBy } as never };
  const drawn = assign(
    drawModeration(
      { ref: plr.ref, reason: { why: 'inadequate' } },
      council.now,
      council.holidays,
      council.timeZone,
    ),
    by,
    undefined,
  );
  const moderated = {
    sections: [],
    overall: 'inadequate',
    reason: 'Not safe.',
    by,
    at: council.now,
  } as const;
  const moderation: Moderation = {
    ...drawn,
    state: 'graded',
    original: originalGrades(returned, council),
    moderated,
  };
  return { ...returned, moderation };
}

function stepped(plr: Plr, step: ModerationStep): Plr | string {
  const result = step(plr, plr.moderation!);
  return isRefusal(result) ? result.refused : result.state;
}

function settledBy(id: PersonId, plr: Plr, council: CouncilContext): Plr | string {
  return stepped(
    plr,
    settleGrade('good', 'As the record says.', council.organisation.people.get(id)!, council),
  );
}

function disputedBy(id: PersonId, plr: Plr, council: CouncilContext): Plr {
  const disputed = stepped(
    plr,
    answerByDisputing('I saw it.', council.organisation.people.get(id)!, council),
  );
  assert.ok(typeof disputed !== 'string');
  return disputed;
}

/** Which forms the card has for them, and what it says of how it stands. */
function shownTo(id: PersonId, plr: Plr, council: CouncilContext) {
  const { data } = moderationCard(plr, council.organisation.people.get(id)!, council)!;
  const { canSettle, canAnswer, status } = data as { canSettle: boolean; canAnswer: boolean; status: string };
  return { canSettle, canAnswer, status };
}

describe('what is graded and not answered', () => {
  it('waits for its manager until it is due', () => {
    const council = aContext({ at: '2022-04-25T09:00:00Z' });
    assert.equal(shownTo(lead, gradedPlr(), council).canSettle, false);
    assert.equal(settledBy(lead, gradedPlr(), council), 'out-of-date');
  });

  it('is settled by the QA lead while its manager is on leave until it is due', () => {
    const council = aContext({ roster: councilWith({ [manager]: onLeave('2022-09-30') }) });
    const { canSettle, status } = shownTo(lead, gradedPlr(), council);
    assert.ok(canSettle);
    assert.match(
      status,
      /has left or is away until it is due, so a QA lead settles the grade here by 25 April/,
    );
    assert.equal((settledBy(lead, gradedPlr(), council) as Plr).moderation?.state, 'settled');
  });

  it('waits for a manager who is back the day it is due', () => {
    const council = aContext({ roster: councilWith({ [manager]: onLeave('2022-04-24') }) });
    assert.equal(shownTo(lead, gradedPlr(), council).canSettle, false);
  });

  it('is for whoever of the two is first once it is overdue', () => {
    const council = aContext({ at: overdue });
    assert.ok(shownTo(manager, gradedPlr(), council).canAnswer);
    assert.match(shownTo(lead, gradedPlr(), council).status, /still can; a QA lead may settle the grade/);
    assert.ok(shownTo(lead, gradedPlr(), council).canSettle);
    assert.equal((settledBy(lead, gradedPlr(), council) as Plr).moderation?.state, 'settled');
  });

  it('reminds the QA lead in the stead of a manager on leave', () => {
    const to = (council: CouncilContext) =>
      moderationPart.whenDue!(gradedPlr(), council.now, council)?.messages.map(({ to }) => to);
    const [at, roster] = ['2022-04-21T09:00:00Z', councilWith({ [manager]: onLeave('2022-09-30') })];
    assert.deepEqual(to(aContext({ at })), [{ person: manager }]);
    assert.deepEqual(to(aContext({ at, roster })), [{ person: lead }]);
  });
});

describe('a QA lead who gave one of the two grades', () => {
  const second = { [moderator]: { roles: ['link-reviewer', 'qa-lead'] } } as const;
  const ownReview = { returnedBy: lead, by: 'care-reviewer' as PersonId };

  for (const [what, how] of [
    ['returned it', ownReview],
    ['moderated it', { by: lead }],
  ] as const) {
    const answers = 'returnedBy' in how ? lead : manager;

    it(`settles it when they ${what} and nobody else can, and the record says so`, () => {
      const council = aContext();
      const plr = disputedBy(answers, gradedPlr(how), council);
      const { canSettle, status } = shownTo(lead, plr, council);
      assert.ok(canSettle);
      assert.match(status, /no other QA lead is here: settle it with your reason, and the record says so/);
      const settled = settledBy(lead, plr, council);
      assert.ok(typeof settled !== 'string' && settled.moderation?.state === 'settled');
      assert.equal(settled.moderation.settled.nobodyElse, true);
      assert.match(shownTo(lead, settled, council).status, /They had given one of the two grades/);
    });

    it(`leaves it to another QA lead who is there when they ${what}`, () => {
      const council = aContext({ roster: councilWith(second) });
      const plr = disputedBy(answers, gradedPlr(how), council);
      assert.equal(shownTo(lead, plr, council).canSettle, false);
      assert.equal(settledBy(lead, plr, council), 'took-part');
      assert.ok(shownTo(moderator, plr, council).canSettle);
      assert.doesNotMatch(shownTo(moderator, plr, council).status, /You gave/);
    });
  }

  it('does not wait for one who is away until it is due', () => {
    const away = { [moderator]: { ...second[moderator], ...onLeave('2022-09-30') } };
    const council = aContext({ roster: councilWith(away) });
    const settled = settledBy(lead, disputedBy(lead, gradedPlr(ownReview), council), council);
    assert.equal(typeof settled, 'object');
  });

  it('answers their own before anything is settled', () => {
    const council = aContext({ at: overdue });
    assert.deepEqual(
      [
        shownTo(lead, gradedPlr(ownReview), council).canAnswer,
        shownTo(lead, gradedPlr(ownReview), council).canSettle,
      ],
      [true, false],
    );
  });
});

describe('naming a moderator where there is nobody to name', () => {
  it('says why, what to do, and what was typed', () => {
    const roles = { roles: [] };
    const council = aContext({
      roster: councilWith({ 'assessment-reviewer': roles, 'care-reviewer': roles, 'qa-lead': roles }),
    });
    const card = nameModeratorCard(aReview().returned().build(), council, {
      say: 'x',
      typed: { reason: 'Mine' },
    });
    assert.match(JSON.stringify(card.data), /There is nobody to name.*role of link reviewer.*"wrote":"Mine"/);
    assert.match(
      JSON.stringify(nobodyFreeCard(aReview().returned().build(), council).data),
      /nobody to name/,
    );
  });
});
