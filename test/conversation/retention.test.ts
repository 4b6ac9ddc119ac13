import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Foundation } from '../../src/foundation.js';
import { listsShownKey, listsShownKind } from '../../src/audit/audited-documents.js';
import type { CycleId, PersonId } from '../../src/practice/base/ids.js';
import type { CalibrationExercise } from '../../src/practice/moderation/calibration-exercise.js';
import { otherLearningKind } from '../../src/practice/learning/other-learning.js';
import { exerciseKey, exerciseKind } from '../../src/practice/moderation/exercise-record.js';
import { plrKey, type Plr } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { rowKeys } from '../../src/storage/keys.js';
import { aReview } from '../builders/a-plr.js';
import { smallCouncil } from '../builders/small-council.js';
import { plrJson, runPlr, startOperatorsStore } from './plr-command.js';
import { openWord } from '../unit/documents/word-reader.js';

const plr = aReview().returned().build();
const key = plrKey(plr.cycleId, plr.ref);

describe('plr audit, plr records and plr retention', () => {
  let folder: string;
  let foundation: Foundation;
  let stop: () => Promise<void>;
  before(async () => {
    ({ foundation, stop } = await startOperatorsStore());
    folder = await mkdtemp(join(tmpdir(), 'plr-'));
    await foundation.rosters.replace(smallCouncil());
    const { services } = foundation;
    await services.references.reserve(plr.cycleId, new Map([[plr.ref, plr.managerId]]));
    await services.documents.create(plrKind, key, { state: plr, did: 'issued', messages: [] }, 'system');
  });
  after(async () => {
    await stop();
    await rm(folder, { recursive: true });
  });

  it('write the document for the child’s record, for its owner’s eyes only, and say so on the log', async () => {
    const file = join(folder, 'plr.docx');
    assert.equal((await runPlr('records', 'export', plr.ref, '--out', file)).code, 0);
    assert.match(openWord(await readFile(file)).paragraphs.join('\n'), /What works in voice/);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    const out = join(folder, 'case.json');
    await runPlr('audit', 'export', '--case', plr.caseRef, '--out', out);
    const { log } = JSON.parse(await readFile(out, 'utf8')) as { log: { by: string; did: string }[] };
    assert.ok(log.some(({ by, did }) => by === 'operator' && did === 'exported for the child’s record'));
  });

  it('refuse a PLR that there is not', async () => {
    const { code, err } = await runPlr('records', 'export', 'PLR-ZZZZZZ', '--out', join(folder, 'none.docx'));
    assert.equal(code, 1);
    assert.match(err, /There is no PLR PLR-ZZZZZZ/);
  });

  it('name the file that cannot be written, and do not send anyone to look for the storage', async () => {
    const nowhere = join(folder, 'nowhere', 'file');
    for (const words of [
      ['audit', 'export', '--case', plr.caseRef],
      ['records', 'export', plr.ref],
    ]) {
      const { code, err } = await runPlr(...words, '--out', nowhere);
      assert.equal(code, 1);
      assert.match(err, /nowhere\/file cannot be written \(ENOENT\). Name a file in a folder that is there/);
    }
  });

  it('show what keeps a PLR, hold it and release it', async () => {
    type Plan = { rows: { ref: string; because: string; purgeAt: string | null }[] };
    const because = async () =>
      (await plrJson<Plan>('retention', 'plan')).rows.find(({ ref }) => ref === plr.ref)?.because;
    assert.match((await because()) ?? '', /not attached/);
    assert.equal((await runPlr('retention', 'hold', plr.ref, '--reason', 'Court order')).code, 0);
    assert.match((await because()) ?? '', /legal hold/);
    const second = await runPlr('retention', 'hold', plr.ref, '--reason', 'Another court');
    assert.equal(second.code, 1);
    assert.match(second.err, /is held since \d+ \w+ \d{4} already: Court order\. Release it first/);
    assert.equal((await runPlr('retention', 'release', plr.ref)).code, 0);
    assert.equal((await runPlr('retention', 'release', plr.ref)).code, 1);
    assert.match((await because()) ?? '', /not attached/);
  });

  it('show every PLR that has words in it, returned or not, and none without', async () => {
    const [empty, draft, exempt] = [
      aReview().with({ ref: 'PLR-222222' as Plr['ref'] }),
      aReview()
        .draft()
        .typing({ 'voice.working-well': 'Heard' })
        .with({ ref: 'PLR-333333' as Plr['ref'] }),
      aReview()
        .exempt()
        .with({ ref: 'PLR-444444' as Plr['ref'] }),
    ].map((one) => ({
      ...one.build(),
      caseRef: 'CS-1101' as Plr['caseRef'],
      practitionerId: 'elder-worker-second' as PersonId,
    }));
    for (const state of [empty!, draft!, exempt!])
      await foundation.services.documents.create(
        plrKind,
        plrKey(state.cycleId, state.ref),
        { state, did: 'issued', messages: [] },
        'system',
      );
    type Plan = { rows: { ref: string; because: string; state: string; purgeAt: string | null }[] };
    const { rows } = await plrJson<Plan>('retention', 'plan');
    const row = (ref: string) => rows.find((one) => one.ref === ref);
    assert.equal(row('PLR-222222'), undefined);
    assert.deepEqual(
      [row('PLR-333333')?.state, row('PLR-333333')?.because],
      ['draft', 'not returned or closed yet'],
    );
    assert.deepEqual(
      [row('PLR-444444')?.state, row('PLR-444444')?.purgeAt],
      ['exempt', '2022-07-04T09:00:00.000Z'],
    );
    const { out } = await runPlr('retention', 'plan');
    assert.match(out, /PLR-444444  4 July 2022/);
    assert.match(out, /1 of 3 PLRs listed have a date/);
  });

  it('show the calibration exercise that was made from a PLR, beside it, and give it out with the case', async () => {
    const exercise = {
      ...{ ref: plr.ref, state: 'open', reviewers: [], answers: [], drafts: {}, sections: [] },
      content: { cohort: '', sections: [], texts: [], actions: [] },
    } as unknown as CalibrationExercise;
    const made = { state: exercise, did: 'sent a calibration exercise', messages: [] };
    await foundation.services.documents.create(exerciseKind, exerciseKey(plr.ref), made, 'system');
    type Plan = { rows: { ref: string; what: string; because: string; state: string }[] };
    const { rows } = await plrJson<Plan>('retention', 'plan');
    const copy = rows.find(({ what }) => what === 'calibration exercise');
    assert.deepEqual([copy?.ref, copy?.state], [plr.ref, 'kept']);
    assert.match(copy?.because ?? '', /not attached/);
    const out = join(folder, 'with-exercise.json');
    await runPlr('audit', 'export', '--case', plr.caseRef, '--out', out);
    assert.match(await readFile(out, 'utf8'), /"exercises": ?\[\s*\{/);
  });

  it('give out who was shown a list that named the PLR', async () => {
    const did = `was shown PLR-222222 ${plr.ref} through records`;
    const [one, other] = ['business-support', 'qa-lead'] as [PersonId, PersonId];
    const shown = { state: { personId: one }, did, messages: [] };
    await foundation.services.documents.create(listsShownKind, listsShownKey(one), shown, one);
    const others = { state: { personId: other }, did: 'was shown PLR-222222 through records', messages: [] };
    await foundation.services.documents.create(listsShownKind, listsShownKey(other), others, other);
    const out = join(folder, 'lists.json');
    await runPlr('audit', 'export', '--case', plr.caseRef, '--out', out);
    const { log } = JSON.parse(await readFile(out, 'utf8')) as { log: { by: string; did: string }[] };
    const lines = log.filter((line) => line.did.startsWith('was shown'));
    assert.deepEqual(
      lines.map(({ by, did }) => [by, did]),
      [[one, did]],
    );
  });

  it('give out what there is of a person, and of nobody else', async () => {
    type Export = { reviews: Plr[]; log: unknown[] };
    const of = async (...who: string[]) => {
      const out = join(folder, 'export.json');
      await runPlr('audit', 'export', ...who, '--out', out);
      return JSON.parse(await readFile(out, 'utf8')) as Export;
    };
    assert.deepEqual(
      (await of('--person', plr.practitionerId)).reviews.map(({ ref }) => ref),
      [plr.ref],
    );
    assert.deepEqual((await of('--person', 'cedar-manager')).reviews, []);
    assert.deepEqual((await of('--case', 'CS-0000')).log, []);
    assert.equal((await runPlr('audit', 'export', '--out', join(folder, 'x.json'))).code, 1);
    assert.equal((await runPlr('audit', 'export', '--person', 'a', '--case', 'b', '--out', 'x')).code, 1);
  });

  it('give out to each person every review that has words of theirs, whatever their part in it was', async () => {
    const [by, at] = ['damson-manager' as PersonId, plr.issuedAt];
    const text = { text: 'Seen twice', savedAt: at, saves: 1 };
    const other = aReview()
      .returned()
      .with({
        ref: 'PLR-3H8N5T' as Plr['ref'],
        managerId: 'birch-manager' as PersonId,
        practitionerId: 'damson-worker-second' as PersonId,
        formerPractitioners: [{ practitionerId: 'damson-worker-first' as PersonId, selfAssessment: text }],
        alert: {
          ...{ state: 'closed', reasons: [], timeline: [], raisedAt: at, closing: { at } },
          earlier: [{ is: 'grip', by, at, direction: 'Visit today' }],
        } as never,
        moderation: {
          ...{ state: 'agreed', moderatorId: 'assessment-reviewer', reminders: [] },
          ...{ moderated: { overall: 'good' }, agreed: { at } },
        } as never,
        actions: [{ id: 'PLR-3H8N5T-1', ownerId: 'elder-worker-first', history: [] } as never],
      });
    const key = plrKey(plr.cycleId, 'PLR-3H8N5T' as Plr['ref']);
    const row = { state: other.build(), did: 'issued', messages: [] };
    await foundation.services.documents.create(plrKind, key, row, 'system');
    const people = ['damson-worker-first', 'damson-manager', 'assessment-reviewer', 'elder-worker-first'];
    for (const person of people) {
      const out = join(folder, `${person}.json`);
      await runPlr('audit', 'export', '--person', person, '--out', out);
      const { reviews } = JSON.parse(await readFile(out, 'utf8')) as { reviews: Plr[] };
      assert.deepEqual(
        reviews.map(({ ref }) => ref),
        ['PLR-3H8N5T'],
        person,
      );
    }
  });

  it('back the store up into files, and restore over nothing', async () => {
    const backup = join(folder, 'backup');
    type Kept = { rows: number; blobs: number; partitions: number };
    const kept = await plrJson<Kept>('store', 'backup', backup);
    assert.ok(kept.rows > 3 && kept.blobs === 1, JSON.stringify(kept));
    const again = await runPlr('store', 'backup', backup);
    assert.equal(again.code, 1);
    assert.match(again.err, /is not empty/);
    const over = await runPlr('store', 'restore', backup);
    assert.equal(over.code, 1);
    assert.match(over.err, /Nothing was restored: this store is not empty\. It has rows in 2022-04/);
    assert.equal((await runPlr('store', 'backup', 'https://account.blob.core.windows.net/backups')).code, 1);
  });

  it('give out the row of the roster, other documents and imported figures that name them', async () => {
    const { documents, history, partitions } = foundation.services;
    const past = '2021-11' as CycleId;
    const learning = { id: 'one', enteredBy: 'qa-lead', note: plr.caseRef } as never;
    const where = { partition: past, kind: 'other-learning', id: 'one' };
    await partitions.activate(past);
    await documents.create(
      otherLearningKind,
      where,
      { state: learning, did: 'entered', messages: [] },
      'system',
    );
    await history.keep(past, [{ ref: 'PLR-OLD', managerId: 'cedar-manager' } as never]);
    type Export = { roster: object[]; documents: { kind: string }[]; history: object[] };
    const of = async (...who: string[]) => {
      const out = join(folder, 'whole.json');
      await runPlr('audit', 'export', ...who, '--out', out);
      const { roster, documents, history } = JSON.parse(await readFile(out, 'utf8')) as Export;
      return [roster, documents.map(({ kind }) => kind), history.length] as const;
    };
    const { people, cases } = (await foundation.refresh())!.organisation;
    const row = (one: object | undefined) => [JSON.parse(JSON.stringify(one)) as object];
    const ofTheCase = await of('--case', plr.caseRef);
    assert.deepEqual(ofTheCase, [row(cases.get(plr.caseRef)), ['other-learning'], 0]);
    const manager = people.get('cedar-manager' as PersonId);
    assert.deepEqual(await of('--person', 'cedar-manager'), [row(manager), [], 1]);
    assert.deepEqual((await of('--person', 'qa-lead'))[1], ['other-learning']);
  });

  it('verify the log, and end with 1 and the place when somebody touched it', async () => {
    type Verified = { ok: boolean; partitions: { headHash: string }[]; findings: { breach: string }[] };
    const good = await plrJson<Verified>('audit', 'verify');
    assert.deepEqual([good.ok, good.findings], [true, []]);
    assert.ok(good.partitions.every(({ headHash }) => headHash.length > 40));
    await foundation.clients.table.updateEntity(
      { partitionKey: plr.cycleId, rowKey: rowKeys.log(key, 1), did: 'issued to somebody else' },
      'Merge',
    );
    const { code, err, out } = await runPlr('audit', 'verify', '--json');
    assert.equal(code, 1);
    assert.match(err, /line 1: a link was changed/);
    assert.equal((JSON.parse(out) as Verified).ok, false);
  });
});
