import assert from 'node:assert/strict';
import type { CycleId, PersonId, PlrRef, TeamId } from '../../../../../src/practice/base/ids.js';
import {
  addHours,
  addMinutes,
  instant,
  localDate,
  type Instant,
} from '../../../../../src/practice/base/time.js';
import type { CouncilContext } from '../../../../../src/practice/council/council-context.js';
import type { Person, Roster } from '../../../../../src/practice/council/organisation.js';
import { addActions } from '../../../../../src/practice/actions/decide-added-actions.js';
import { raiseAlert } from '../../../../../src/practice/alerts/decide-raising.js';
import { briefKind } from '../../../../../src/practice/learning/brief-kind.js';
import { drawnAtReturn } from '../../../../../src/practice/moderation/decide-at-return.js';
import { entries, withEntries } from '../../../../../src/practice/plr/alert.js';
import { plrKey, type Plr } from '../../../../../src/practice/plr/plr.js';
import type { LostMessage, OpenRows } from '../../../../../src/practice/plr/ports.js';
import type { DraftReview } from '../../../../../src/practice/plr/review.js';
import { openOfPlr } from '../../../../../src/practice/process/open/open-of-plr.js';
import { openFor, totalsOf } from '../../../../../src/practice/process/open/seen-by.js';
import { whatIsOpen } from '../../../../../src/practice/process/open/what-is-open.js';
import { aDraftedBrief } from '../../../../builders/a-brief.js';
import { aContext } from '../../../../builders/a-context.js';
import { aReview } from '../../../../builders/a-plr.js';
import { plannedAction } from '../../../../builders/planned-actions.js';
import { smallCouncil } from '../../../../builders/small-council.js';

const council = aContext();
const named = (ref: string, plr = aReview().build()): Plr => ({ ...plr, ref: ref as PlrRef });
/** Nobody has its messages yet. */
const raised = (plr: Plr, at = council) => raiseAlert(plr, 'inadequate', plr.managerId, at).plr;
const arrived = (plr: Plr, at: Instant): Plr => {
  const { alert } = plr;
  if (alert === undefined) return plr;
  const ends = entries(alert, 'sent').map(({ key }) => ({ is: 'delivered', key }) as const);
  return { ...plr, alert: withEntries(alert, at, ...ends) };
};
const alerted = (plr: Plr, at = council) => arrived(raised(plr, at), at.now);
const rows = (plrs: readonly Plr[], lost: readonly LostMessage[] = []): OpenRows => ({
  documents: plrs.flatMap((plr) => {
    const open = openOfPlr(plr);
    return open === undefined ? [] : [{ key: plrKey(plr.cycleId, plr.ref), open }];
  }),
  lost,
});
const kindsOf = (of: OpenRows, at: CouncilContext = council) => whatIsOpen(of, at).map(({ kind }) => kind);
const person = (id: string, at: CouncilContext = council): Person =>
  at.organisation.people.get(id as PersonId)!;
const seenBy = (id: string, of: OpenRows, at: CouncilContext = council) =>
  openFor(person(id, at), whatIsOpen(of, at), at).map(
    ({ item, isMine }) => `${item.kind}${isMine ? ' mine' : ''}`,
  );
const councilWhere = (change: Readonly<Record<string, Partial<Person>>>): Roster => {
  const roster = smallCouncil();
  return { ...roster, people: roster.people.map((one) => ({ ...one, ...change[one.id] })) };
};
const exempt = aReview().exempt().build();
const begun = (): Plr => {
  const review = aReview().draft().build().review as DraftReview;
  const unconfirmed = { by: 'ash-manager' as PersonId, since: council.now, save: 1, reminded: [] };
  return aReview()
    .with({ review: { ...review, unconfirmed } })
    .build();
};

describe('what is open', () => {
  it('takes an alert for late only once the 24 hours are over: at the last moment it is in time', () => {
    const plr = alerted(exempt);
    const at = (ms: number) =>
      aContext({ at: instant(new Date(Date.parse(addHours(council.now, 24)) + ms).toISOString()) });
    const late = (then: CouncilContext) =>
      whatIsOpen(rows([plr]), then).map(({ kind, overdue }) => [kind, overdue]);
    assert.deepEqual(late(at(0)), [['alert-unacknowledged', false]]);
    assert.deepEqual(late(at(1)), [['alert-unacknowledged', true]]);
  });

  it('begins with children who may be unsafe, the longest wait first; then what is late and keeps a child safe', () => {
    const early = aContext({ at: '2022-04-05T09:00:00Z' });
    const action = (ref: string, keepsChildSafe: boolean, dueOn: string) =>
      addActions(named(ref, exempt), [plannedAction({ keepsChildSafe, dueOn: localDate(dueOn) })], early).plr;
    const then = aContext({ at: '2022-05-03T09:00:00Z' });
    const found = whatIsOpen(
      rows([
        action('PLR-2222BB', false, '2022-04-11'),
        action('PLR-3333CC', true, '2022-04-29'),
        action('PLR-4444DD', true, '2022-06-01'),
        named('PLR-5555FF'),
        alerted(named('PLR-6666GG', exempt)),
        alerted(named('PLR-7777HH', exempt), early),
      ]),
      then,
    );
    assert.deepEqual(
      found.map(({ ref }) => ref),
      ['PLR-7777HH', 'PLR-6666GG', 'PLR-3333CC-1', 'PLR-2222BB-1', 'PLR-5555FF', 'PLR-4444DD-1'],
    );
  });

  it('says who has the next step by today’s roster: of a leaver’s work, the next in line', () => {
    const left = { activeUntil: localDate('2022-04-01') };
    const gone = aContext({ roster: councilWhere({ 'birch-worker-first': left, 'birch-manager': left }) });
    const plr = addActions(exempt, [plannedAction()], council).plr;
    const who = (at: CouncilContext, of: string) =>
      whatIsOpen(rows([plr]), at).filter(({ kind }) => kind === of);
    assert.deepEqual(
      who(council, 'action').map((one) => one.who),
      [['birch-worker-first']],
    );
    assert.deepEqual(
      who(gone, 'action').map((one) => one.who),
      [['assessment-service-manager']],
    );
    assert.deepEqual(
      who(gone, 'vacancy').map((one) => [one.teamId, one.who, one.since]),
      [['birch', ['assessment-service-manager'], '2022-04-02']],
    );
  });

  it('lists a review whose manager has left as one to decide about, and gives it to the QA leads', () => {
    const gone = aContext({
      roster: councilWhere({ 'ash-manager': { activeUntil: localDate('2022-04-06') } }),
    });
    const found = whatIsOpen(rows([aReview().build()]), gone).filter(({ kind }) => kind !== 'vacancy');
    assert.deepEqual(
      found.map(({ kind, who, since }) => [kind, who, since]),
      [
        ['change-to-decide', ['qa-lead'], '2022-04-07'],
        ['review-not-returned', ['qa-lead'], '2022-04-01T08:00:00.000Z'],
      ],
    );
  });

  it('lists no meeting before it has passed, nor of a team that is no more', () => {
    const posting = {
      ...{
        text: aDraftedBrief().text,
        excused: [],
        approvedBy: 'qa-lead' as PersonId,
        approvedAt: council.now,
        round: 1,
      },
      posts: ['ash', 'gone'].map((teamId) => ({
        ...({ state: 'scheduled', teamId: teamId as never, round: 1, postAt: council.now } as const),
        meetingAt: instant('2022-04-11T09:00:00Z'),
      })),
    };
    const brief = { ...aDraftedBrief(), state: 'approved', posting } as const;
    const key = { partition: '2022-04', kind: 'brief', id: 'assessment' };
    const of = { documents: [{ key, open: briefKind.open?.(brief) }], lost: [] };
    assert.deepEqual(kindsOf(of, aContext({ at: '2022-04-11T20:00:00Z' })), []);
    assert.deepEqual(kindsOf(of, aContext({ at: '2022-04-12T06:00:00Z' })), ['meeting-not-discussed']);
  });

  describe('of messages that reached nobody', () => {
    const message = (over: Partial<LostMessage> = {}): LostMessage => ({
      ...{ key: 'assigned.PLR-7K3M2Q', to: { person: 'ash-manager' as PersonId }, card: 'assignment' },
      ...{ about: 'PLR-7K3M2Q', state: 'undeliverable', reason: '403', at: council.now, urgent: false },
      document: plrKey('2022-04' as CycleId, 'PLR-7K3M2Q' as PlrRef),
      ...over,
    });

    it('has those about what is open, and of the Board', () => {
      assert.deepEqual(kindsOf(rows([aReview().build()], [message()])), [
        'message-undelivered',
        'review-not-returned',
      ]);
      const toBoard = message({
        to: { channel: 'board' },
        document: { partition: 'council', kind: 'report', id: 'x' },
      });
      assert.deepEqual(kindsOf(rows([], [toBoard])), ['message-undelivered']);
    });

    it('has none of a PLR in which nothing is open, nor to somebody who has left', () => {
      assert.deepEqual(kindsOf(rows([exempt], [message()])), []);
      const gone = aContext({
        roster: councilWhere({ 'cedar-worker-first': { activeUntil: localDate('2022-04-01') } }),
      });
      const toLeaver = message({ to: { person: 'cedar-worker-first' as PersonId } });
      assert.deepEqual(kindsOf(rows([aReview().build()], [toLeaver]), gone), ['review-not-returned']);
    });

    describe('of an open alert', () => {
      const at = (minutes: number, roster = smallCouncil()) =>
        aContext({ at: addMinutes(council.now, minutes), roster });
      const undelivered = (of: OpenRows, then: CouncilContext) =>
        whatIsOpen(of, then).filter(({ kind }) => kind === 'message-undelivered');

      it('has each that has been under way for 5 minutes, whatever the reason, until it arrives', () => {
        const plr = raised(exempt);
        assert.deepEqual(undelivered(rows([plr]), at(4)), []);
        const found = undelivered(rows([plr]), at(5));
        assert.equal(found.length, 4);
        for (const { ref, teamId, since, who, forSafety } of found)
          assert.deepEqual(
            [ref, teamId, since, who, forSafety],
            [plr.ref, 'birch', council.now, ['qa-lead'], true],
          );
        assert.deepEqual(undelivered(rows([arrived(plr, at(6).now)]), at(7)), []);
      });

      it('reads a row that was kept by a version which did not say what is under way', () => {
        const kept = JSON.stringify(rows([raised(exempt)]), (name, value: unknown) =>
          name === 'underWay' ? undefined : value,
        );
        assert.deepEqual(kindsOf(JSON.parse(kept) as OpenRows, at(6)), ['alert-unacknowledged']);
      });

      it('has one that was refused as well once, from the first minute', () => {
        const plr = raised(exempt);
        const [sent] = entries(plr.alert!, 'sent');
        const refused = message({
          key: sent!.key,
          to: sent!.to,
          state: 'queued',
          refused: true,
          urgent: true,
        });
        assert.equal(undelivered(rows([plr], [refused]), at(1)).length, 1);
        assert.equal(undelivered(rows([plr], [refused]), at(6)).length, 4);
      });

      it('has none to those whose alert it is no longer', () => {
        const roster = smallCouncil();
        const cases = roster.cases.map((one) =>
          one.ref === exempt.caseRef
            ? { ...one, teamId: 'ash' as TeamId, allocatedWorkerId: 'ash-worker-first' as PersonId }
            : one,
        );
        assert.equal(undelivered(rows([raised(exempt)]), at(6, { ...roster, cases })).length, 1);
      });
    });

    it('puts those of an alert right after the alerts', () => {
      const of = rows([alerted(aReview().build())], [message({ urgent: true })]);
      assert.deepEqual(kindsOf(of), ['alert-unacknowledged', 'message-undelivered', 'review-not-returned']);
    });
  });

  it('counts each kind, those included of which there is none', () => {
    const totals = totalsOf(whatIsOpen(rows([aReview().build(), alerted(named('PLR-2222BB'))]), council));
    assert.equal(totals['review-not-returned'], 2);
    assert.equal(totals['alert-unacknowledged'], 1);
    assert.equal(totals['brief-to-approve'], 0);
  });
});

describe('what somebody sees of what is open', () => {
  const returned = drawnAtReturn(
    aReview().returned().gradedInadequate().build(),
    { why: 'inadequate' },
    council,
  ).plr;
  const ofBirch = rows([alerted(returned)]);

  it('is the team’s for its manager, the services’ for those above, and all for the QA lead', () => {
    assert.deepEqual(seenBy('birch-manager', ofBirch), ['alert-unacknowledged mine', 'moderation-to-do']);
    assert.deepEqual(seenBy('ash-manager', ofBirch), []);
    for (const id of ['assessment-service-manager', 'head-of-service', 'assistant-director', 'qa-lead'])
      assert.deepEqual(seenBy(id, ofBirch), ['alert-unacknowledged', 'moderation-to-do'], id);
    assert.deepEqual(seenBy('care-service-manager', ofBirch), []);
    assert.deepEqual(seenBy('care-reviewer', ofBirch), []);
  });

  it('has the alert for the social worker whose child it is', () => {
    assert.deepEqual(seenBy('birch-worker-first', ofBirch), ['alert-unacknowledged']);
    assert.deepEqual(seenBy('birch-worker-second', ofBirch), []);
  });

  it('has nothing for a moderator that gives away what they are still to grade', () => {
    const grip = addActions(returned, [plannedAction()], council).plr;
    const planned = addActions(grip, [plannedAction()], council, 'system', 'review').plr;
    assert.deepEqual(seenBy('assessment-reviewer', rows([alerted(planned)])), [
      'moderation-to-do mine',
      'action',
    ]);
  });

  it('has no concern for a link reviewer who may yet moderate, before the review is returned', () => {
    assert.deepEqual(seenBy('assessment-reviewer', rows([begun()])), []);
    assert.deepEqual(seenBy('ash-manager', rows([begun()])), [
      'concern-begun mine',
      'review-not-returned mine',
    ]);
  });

  it('is nothing for somebody who has left', () => {
    const gone = aContext({
      roster: councilWhere({ 'head-of-service': { activeUntil: localDate('2022-04-01') } }),
    });
    assert.deepEqual(seenBy('head-of-service', ofBirch, gone), []);
  });

  it('is what waits to be attached for business support, and no more', () => {
    const waiting = aReview()
      .returned()
      .with({ record: { state: 'waiting', readyAt: council.now } })
      .build();
    assert.deepEqual(seenBy('business-support', rows([waiting, alerted(named('PLR-2222BB'))])), [
      'document-to-attach mine',
    ]);
  });
});
