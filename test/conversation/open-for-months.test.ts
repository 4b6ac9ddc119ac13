import assert from 'node:assert/strict';
import { updateAction, verifyAction } from '../../src/practice/actions/decide-action.js';
import { restateSafety } from '../../src/practice/alerts/decide-restatement.js';
import { isRefusal, refuse, type Refusal } from '../../src/practice/base/errors.js';
import type { PersonId } from '../../src/practice/base/ids.js';
import { instant, localDate } from '../../src/practice/base/time.js';
import { changeNumber, decideChange } from '../../src/practice/cycles/changes/change.js';
import { briefFacts, type Brief } from '../../src/practice/learning/brief.js';
import { settleGrade } from '../../src/practice/moderation/handlers-answer.js';
import { giveBlind, saveBlind } from '../../src/practice/moderation/handlers-grade.js';
import type { Plr } from '../../src/practice/plr/plr.js';
import type { Change } from '../../src/practice/plr/ports.js';
import type { OpenItem } from '../../src/practice/process/open/open-item.js';
import { published, reportKey, signedReportKind } from '../../src/practice/reporting/signed-report.js';
import { sectionIds } from '../builders/a-plr.js';
import { april, keyOf, kindsOf, leftOpenInApril, type Shown } from './left-open.js';

type Left = Awaited<ReturnType<typeof leftOpenInApril>>;

describe('what was left open in April', () => {
  let left: Left;
  const open: Left['open'] = (as) => left.open(as);

  before(async () => {
    left = await leftOpenInApril();
  });
  after(() => left.bot.stop());

  const everyKind = [
    ...['action', 'alert-grip-due', 'alert-not-safe', 'alert-to-close', 'alert-unacknowledged'],
    ...['brief-to-approve', 'change-to-decide', 'document-to-attach', 'meeting-not-discussed'],
    ...['message-undelivered', 'moderation-to-do', 'moderation-to-settle'],
    ...['report-to-sign', 'review-not-returned', 'vacancy'],
  ];

  it('is all there in September, children who may be unsafe first, for the QA lead as for the operator', async () => {
    const [all, { plrs }] = [await open(), left];
    assert.deepEqual(kindsOf(all), everyKind);
    const alerts = all.slice(0, 4).map(({ kind, ref }) => [kind, ref]);
    assert.deepEqual(alerts, [
      ['alert-unacknowledged', plrs.first],
      ['alert-not-safe', plrs.second],
      ['alert-grip-due', plrs.third],
      ['alert-to-close', plrs.fourth],
    ]);
    const lead = await open('qa-lead');
    assert.deepEqual(
      lead.map(({ mine: _, ...item }) => item),
      all.map(({ mine: _, ...item }) => item),
    );
    const theirs = kindsOf(lead.filter(({ mine }) => mine));
    assert.ok(
      ['alert-to-close', 'change-to-decide', 'moderation-to-settle', 'report-to-sign'].every((kind) =>
        theirs.includes(kind as never),
      ),
    );
    assert.ok(!theirs.includes('alert-grip-due') && !theirs.includes('brief-to-approve'));
  });

  it('is the same as a recount of all whole documents', async () => {
    const { bot } = left;
    const { standing } = left.services();
    const kept = await standing.read();
    for (const partition of await bot.app.foundation.registry.all())
      await bot.app.foundation.registry.mended(partition, false);
    const derived = await standing.read();
    for (const partition of await standing.toMend()) await standing.mend(partition);
    const inOrder = ({ documents, lost }: typeof kept) => ({
      documents: documents.map((one) => JSON.stringify(one)).sort(),
      lost: lost.map(({ key, document }) => `${document.partition} ${key}`).sort(),
    });
    assert.deepEqual(inOrder(kept), inOrder(derived));
    assert.deepEqual(inOrder(await standing.read()), inOrder(derived));
  });

  for (const [role, part] of [
    ['head-of-service', ['assessment', 'care']],
    ['assistant-director', ['assessment', 'care']],
    ['care-service-manager', ['care']],
  ] as const)
    it(`is all there of their services for the ${role}, and nothing else`, async () => {
      const inPart = (one: Shown) =>
        one.serviceId !== null && (part as readonly string[]).includes(one.serviceId);
      const expected = (await open()).filter((one) => inPart(one) || one.who.includes(role as PersonId));
      assert.deepEqual((await open(role)).map(keyOf), expected.map(keyOf));
      assert.ok(expected.length > 3);
    });

  it('is all there of the team for each Team Manager, and what is theirs elsewhere', async () => {
    const all = await open();
    for (const team of ['ash', 'birch', 'cedar', 'damson']) {
      const id = `${team}-manager` as PersonId;
      const seen = await open(id);
      const expected = all.filter(({ teamId, who }) => teamId === team || who.includes(id));
      assert.deepEqual(seen.map(keyOf), expected.map(keyOf), team);
      assert.deepEqual(
        seen.filter(({ mine }) => mine).map(keyOf),
        all.filter(({ who }) => who.includes(id)).map(keyOf),
      );
    }
  });

  it('shows no alert to the link reviewer who is still to moderate, and shows it once they have', async () => {
    const { plrs, managerOf } = left;
    const { plr, reviewer } = await managerOf(plrs.second);
    const ofSecond = async () => (await open(reviewer)).filter(({ ref }) => ref?.startsWith(plr.ref));
    const kinds = kindsOf(await ofSecond());
    assert.ok(kinds.includes('moderation-to-do'), kinds.join());
    assert.ok(
      kinds.every((kind) => !/^(alert|concern|message)-/.test(kind)),
      kinds.join(),
    );
    const { plr: third, reviewer: other } = await managerOf(plrs.third);
    assert.ok((await open(other)).some(({ ref, kind }) => ref === third.ref && kind === 'alert-grip-due'));
  });

  it('goes, each the moment it is done', async () => {
    const { bot, plrs, acknowledge, grip, close, change, managerOf, moderate, brief, council, services } =
      left;
    const { first, second, third, fourth } = plrs;
    const lead = bot.person('qa-lead');
    const gone = async (kind: OpenItem['kind'], ref: string | null, act: () => Promise<unknown>) => {
      const there = async () =>
        (await open()).filter((one) => one.kind === kind && (ref === null || one.ref === ref));
      assert.ok((await there()).length > 0, `${kind} was there`);
      await act();
      assert.deepEqual(await there(), [], `${kind} is gone`);
    };
    await gone('alert-unacknowledged', first, () => acknowledge(first, 'safe'));
    await gone('alert-grip-due', first, () => grip(first));
    await gone('alert-to-close', first, () => close(first));
    await gone('alert-not-safe', second, async () => {
      const { teamManager } = await managerOf(second);
      const safe = { safety: 'made-safe', details: 'With her aunt.' } as const;
      await change(second, teamManager.id, (plr) => restateSafety(plr, safe, teamManager, council()));
    });
    await gone('moderation-to-settle', third, () =>
      moderate(third, lead.id, settleGrade('inadequate', 'As the manager said.', lead, council())),
    );
    const act = (of: number, to: (action: Plr['actions'][number]) => Plr['actions'][number] | Refusal) =>
      change(fourth, 'qa-lead', (plr) => {
        const after = to(plr.actions[of]!);
        return isRefusal(after)
          ? after
          : { ...plr, actions: plr.actions.map((one, at) => (at === of ? after : one)) };
      });
    const done = { to: 'done', evidence: 'Seen.', difference: 'Safer.' } as const;
    await act(0, (action) => updateAction(action, done, action.ownerId, council().now));
    await gone('action', `${fourth}-1`, () =>
      act(0, (action) => verifyAction(action, lead.id, council().now)),
    );
    await gone('action', `${fourth}-2`, () =>
      act(1, (action) =>
        updateAction(action, { to: 'cannot-be-done', why: 'Moved.' }, action.ownerId, council().now),
      ),
    );
    await gone('document-to-attach', second, () =>
      change(second, 'business-support', (plr) => {
        const attached = { attachedAt: council().now, attachedBy: lead.id, purgeAt: council().now };
        assert.equal(plr.record?.state, 'waiting');
        return { ...plr, record: { ...plr.record, state: 'attached', ...attached } };
      }),
    );
    const { reviewer } = await managerOf(second);
    for (const page of sectionIds)
      await moderate(second, reviewer, saveBlind({ page, grade: 'good', reason: 'Read.' }, council()));
    const overall = { page: 'overall', grade: 'good', reason: 'Read.' } as const;
    await gone('moderation-to-do', second, () =>
      moderate(second, reviewer, giveBlind(overall, bot.person(reviewer), council())),
    );
    await gone('meeting-not-discussed', null, () => brief('care', discussed));
    await gone('message-undelivered', first, async () => {
      const { plr } = await managerOf(first);
      bot.connector.letIn(bot.person(plr.managerId).aadObjectId);
      await bot.advance('P1D');
    });
    await gone('brief-to-approve', null, () =>
      brief('assessment', (now) => {
        const heldBack = {
          state: 'held-back',
          reason: 'Too few.',
          heldBackBy: lead.id,
          heldBackAt: council().now,
        } as const;
        return { state: { ...briefFacts(now), ...heldBack }, did: 'held back', messages: [] };
      }),
    );
    await gone('report-to-sign', null, async () => {
      const key = reportKey(april, 1);
      const signed = await services().documents.change(signedReportKind, key, lead.id, (now) =>
        published(now, now.state === 'draft' ? now.revision : 0, lead.id, council()),
      );
      assert.ok(!isRefusal(signed));
    });
    await gone('change-to-decide', first, () =>
      change(first, lead.id, (plr) =>
        decideChange(
          plr,
          { number: changeNumber(plr), outcome: 'exempt', because: 'Away.', by: lead.id },
          council(),
        ),
      ),
    );
    assert.ok(!(await open()).some(({ kind, ref }) => kind === 'review-not-returned' && ref === first));
  });
});

/** Every team of the service records what it made of the brief. */
function discussed(brief: Brief): Change<Brief> | Refusal {
  if (brief.state !== 'approved') return refuse('not-approved', 'It was not approved.');
  const record = {
    ...{ discussedOn: localDate('2022-09-19'), willChange: 'Plan together.', howKnow: 'Plans show it.' },
    ...{ byWhen: localDate('2022-10-19'), recordedBy: 'cedar-manager' as PersonId },
    recordedAt: instant('2022-09-19T12:00:00Z'),
  };
  const posts = brief.posting.posts.map((post) => {
    assert.ok(post.state === 'posted');
    const { teamId, round, postedAt } = post;
    return { state: 'discussed', teamId, round, postedAt, record } as const;
  });
  return { state: { ...brief, posting: { ...brief.posting, posts } }, did: 'recorded', messages: [] };
}
