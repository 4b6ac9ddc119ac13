import assert from 'node:assert/strict';
import { Cards } from '../../../src/cards/cards.js';
import { actionCard } from '../../../src/practice/actions/cards.js';
import { addActions } from '../../../src/practice/actions/decide-added-actions.js';
import { rowsOnAPage, listCard } from '../../../src/practice/actions/handlers-list.js';
import { reopenAction, updateAction, verifyAction } from '../../../src/practice/actions/decide-action.js';
import { isRefusal } from '../../../src/practice/base/errors.js';
import type { Turn } from '../../../src/practice/surface/feature.js';
import type { PersonId } from '../../../src/practice/base/ids.js';
import { figuresOf } from '../../../src/practice/process/figures-of.js';
import { inputsOf } from '../../stand-ins/card-inputs.js';
import { recordsIn, isRecord, type JsonRecord } from '../../stand-ins/json-record.js';
import { aPlr, aPlrWith, councilAt, plannedAction } from '../../builders/planned-actions.js';

const cards = new Cards();
function* partsOf(part: unknown): Generator<JsonRecord> {
  if (Array.isArray(part)) for (const one of part) yield* partsOf(one);
  if (!isRecord(part)) return;
  yield part;
  for (const value of Object.values(part)) yield* partsOf(value);
}

describe('the cards of actions', () => {
  it('stay under 25 KB with the longest texts in every field and in the story', () => {
    const long = 'ф'.repeat(2_000);
    const council = councilAt('2022-04-25T10:00:00Z');
    const plr = aPlrWith([plannedAction({ what: 'w'.repeat(1_000) })]);
    const owner = 'ash-worker-first' as PersonId;
    let action = plr.actions[0]!;
    for (let round = 0; round < 3; round += 1) {
      const done = updateAction(action, { to: 'done', evidence: long, difference: long }, owner, council.now);
      assert.ok(!isRefusal(done));
      const again = reopenAction(done, { why: long, dueOn: council.today }, owner, council.now, council);
      assert.ok(!isRefusal(again));
      action = again;
    }
    const viewer = council.organisation.people.get(owner)!;
    const typed = { state: 'done', evidence: long, difference: long, why: long };
    const size = JSON.stringify(cards.render(actionCard(plr, action, viewer, council, { typed }))).length;
    assert.ok(size < 25_000, `${size} characters`);
  });

  it('print what people wrote as it is, never as markup or a template', () => {
    const council = councilAt('2022-04-25T10:00:00Z');
    const plr = aPlrWith([plannedAction({ what: '${secret} **[link](http://example.com)** <at>x</at>' })]);
    const viewer = council.organisation.people.get('ash-worker-first' as PersonId)!;
    const card = cards.render(actionCard(plr, plr.actions[0]!, viewer, council));
    const runs = [...partsOf(card)].filter(({ type }) => type === 'TextRun').map(({ text }) => text);
    assert.ok(runs.includes('${secret} **[link](http://example.com)** <at>x</at>'));
    for (const { text } of [...partsOf(card)].filter(({ type }) => type === 'TextBlock'))
      assert.ok(!String(text).includes('example.com'));
  });

  it('offer to verify to those who neither own the action nor said that it was done', () => {
    const council = councilAt('2022-04-25T10:00:00Z');
    const plr = addActions(aPlr(), [plannedAction()], council, 'system', 'review').plr;
    const said = { to: 'done', evidence: 'e', difference: 'd' } as const;
    const done = updateAction(plr.actions[0]!, said, 'qa-lead' as PersonId, council.now);
    assert.ok(!isRefusal(done));
    const mayVerify = (id: string, opensForm: boolean) => {
      const viewer = council.organisation.people.get(id as PersonId)!;
      return (actionCard(plr, done, viewer, council, { opensForm }).data as { mayVerify: boolean }).mayVerify;
    };
    assert.deepEqual([mayVerify('qa-lead', false), mayVerify('qa-lead', true)], [false, false]);
    const reviewer = 'assessment-reviewer';
    assert.deepEqual([mayVerify(reviewer, false), mayVerify(reviewer, true)], [true, true]);
  });

  it('let the QA Service re-open what was verified', () => {
    const council = councilAt('2022-04-25T10:00:00Z');
    const plr = aPlrWith([plannedAction({})]);
    const said = { to: 'done', evidence: 'e', difference: 'd' } as const;
    const done = updateAction(plr.actions[0]!, said, 'ash-worker-first' as PersonId, council.now);
    assert.ok(!isRefusal(done));
    const lead = council.organisation.people.get('qa-lead' as PersonId)!;
    const verified = verifyAction(done, lead.id, council.now);
    assert.ok(!isRefusal(verified));
    assert.equal(actionCard(plr, verified, lead, council).template, 'action/check');
    const why = 'The visit was to another child.';
    const again = reopenAction(verified, { why, dueOn: council.today }, lead.id, council.now, council);
    assert.ok(!isRefusal(again));
    assert.deepEqual([again.state, again.typed.evidence], ['in-progress', 'e']);
  });

  it('list a full page far under 25 KB, whatever the texts', async () => {
    const council = councilAt('2022-04-25T10:00:00Z');
    const plr = aPlrWith(Array.from({ length: 20 }, () => plannedAction({ what: 'w'.repeat(2_000) })));
    const turn = {
      actor: council.organisation.people.get('qa-lead' as PersonId),
      council,
      partitions: { active: () => Promise.resolve(['2022-04']) },
      documents: {
        listFigures: () => Promise.resolve([figuresOf(plr, 'Europe/London')]),
        read: () => Promise.resolve(plr),
      },
    } as unknown as Turn;
    const asked = { scope: 'all', show: 'open', service: 'all', team: 'all', page: 1 } as const;
    const card = cards.render(await listCard(asked, turn));
    assert.equal(recordsIn(card, 'actions').length, 2);
    assert.deepEqual(Object.keys(inputsOf(card)), ['show']);
    const opens = [...partsOf(card)].filter(({ verb }) => verb === 'action.open');
    assert.equal(opens.length, rowsOnAPage);
    assert.ok(JSON.stringify(card).length < 12_000);
  });
});
