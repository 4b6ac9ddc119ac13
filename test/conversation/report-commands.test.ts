import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sinon from 'sinon';
import { createFoundation } from '../../src/foundation.js';
import { readConfig } from '../../src/config.js';
import type { CycleId, PersonId, PlrRef } from '../../src/practice/base/ids.js';
import { plrKey } from '../../src/practice/plr/plr.js';
import type { Message } from '../../src/practice/plr/ports.js';
import { PartitionRegistry } from '../../src/storage/partition-registry.js';
import { connectStorage } from '../../src/storage/table.js';
import { startOwnAzurite, type OwnAzurite } from '../stand-ins/azurite.js';
import { plrJson, runPlr } from './plr-command.js';

const golden = new URL('../data/golden/', import.meta.url).pathname;
const historyFile = join(golden, 'history-2021-22-q4.csv');
const quarter = '2021-22-Q4';

/** The keys on which readers of the JSON rely. */
interface ReportJson {
  readonly quarter: string;
  readonly compliance: readonly { readonly month: string; readonly sent: number }[];
  readonly grades: unknown;
  readonly [key: string]: unknown;
}

describe('plr import history and plr report, on a store that holds nothing else', () => {
  let azurite: OwnAzurite;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plr-report-'));
    azurite = await startOwnAzurite({ location: join(folder, 'azurite') });
    const env = { PLR_MODE: 'local', AZURE_STORAGE_CONNECTION_STRING: azurite.connectionString };
    sinon.stub(process, 'env').value({ ...process.env, ...env });
    sinon.useFakeTimers({ now: Date.UTC(2022, 5, 1, 8), toFake: ['Date'] });
  });
  after(async () => {
    sinon.restore();
    await azurite.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function history(name: string, change: (lines: string[]) => string[]): string {
    const file = join(folder, name);
    writeFileSync(file, change(readFileSync(historyFile, 'utf8').trimEnd().split('\n')).join('\n'));
    return file;
  }

  it('refuses the whole file for one wrong cell, and says where it is', async () => {
    const file = history('wrong.csv', ([header = '', first = '', ...rest]) => [
      header,
      first.replace('2022-01-04', '4 January'),
      ...rest,
    ]);
    const { code, out } = await runPlr('import', 'history', file, '--json');
    assert.equal(code, 1);
    const { errors } = JSON.parse(out) as { errors: { file: string; line: number; column: string }[] };
    assert.equal(errors.length, 1);
    assert.deepEqual([errors[0]?.file, errors[0]?.line, errors[0]?.column], ['wrong.csv', 2, 'sent_on']);
    const report = await plrJson<ReportJson>('report', 'quarterly', quarter);
    assert.equal(report.compliance.at(-1)?.sent, 0);
  });

  it('imports all, and nothing the second time', async () => {
    const counts = async () => {
      const { added, changed, unchanged, ended } = await plrJson<Record<string, number>>(
        'import',
        'history',
        historyFile,
      );
      return { added, changed, unchanged, ended };
    };
    assert.deepEqual(await counts(), { added: 204, changed: 0, unchanged: 0, ended: 0 });
    assert.deepEqual(await counts(), { added: 0, changed: 0, unchanged: 204, ended: 0 });
  });

  it('reports exactly the figures that the published counts give', async () => {
    const report = await plrJson<ReportJson>('report', 'quarterly', quarter);
    const expected = JSON.parse(readFileSync(join(golden, 'q4-expected.json'), 'utf8')) as ReportJson;
    assert.deepEqual(
      { quarter: report.quarter, compliance: report.compliance, grades: report.grades },
      { quarter: expected.quarter, compliance: expected.compliance, grades: expected.grades },
    );
    const notes = report['notes'] as { level: string }[];
    assert.deepEqual(
      notes.filter(({ level }) => level === 'check'),
      [],
    );
  });

  it('has every key on which its readers rely, in its shape', async () => {
    const report = await plrJson<Record<string, object>>('report', 'quarterly', quarter);
    const keysOf = (key: string) => Object.keys(report[key] ?? {});
    const has = (key: string, wanted: string[]) =>
      assert.deepEqual(
        wanted.filter((one) => !keysOf(key).includes(one)),
        [],
        key,
      );
    has('moderation', ['returned', 'drawn', 'completed', 'changed', 'changedUp', 'changedDown', 'matrix']);
    has('moderation', ['exactAgreement', 'kappa']);
    has('alerts', ['raised', 'acknowledgedWithin24h', 'breaches', 'open']);
    has('actions', ['open', 'overdue', 'done', 'verified']);
    has('loop', ['briefsPosted', 'meetingsDiscussed']);
    has('coverage', ['reviewed', 'open', 'percent', 'target']);
    assert.deepEqual(report['themes'], []);
  });

  it('makes a monthly report with one month and its total', async () => {
    const report = await plrJson<ReportJson>('report', 'monthly', '2022-03');
    assert.deepEqual(
      report.compliance.map(({ month, sent }) => ({ month, sent })),
      [
        { month: '2022-03', sent: 46 },
        { month: 'total', sent: 46 },
      ],
    );
  });

  it('does not put an imported month into the sweep', async () => {
    const clients = connectStorage({ by: 'connection-string', connectionString: azurite.connectionString });
    const registry = new PartitionRegistry(clients.table);
    assert.deepEqual(await registry.all(), ['council', '2022-03', '2022-02', '2022-01']);
    assert.deepEqual(await registry.active(), ['council']);
  });

  it('leaves a partition in the sweep that is in it', async () => {
    const clients = connectStorage({ by: 'connection-string', connectionString: azurite.connectionString });
    const registry = new PartitionRegistry(clients.table);
    await registry.enlist('council');
    assert.deepEqual(await registry.active(), ['council']);
  });

  it('writes Word, spreadsheet and CSV files', async () => {
    for (const format of ['docx', 'xlsx', 'csv', 'json']) {
      const out = join(folder, `report.${format}`);
      const { code, err } = await runPlr('report', 'quarterly', quarter, '--format', format, '--out', out);
      assert.equal(code, 0, err);
      assert.ok(statSync(out).size > 1_000);
    }
  });

  it('answers a Word report without a file, and a wrong quarter, with 2', async () => {
    assert.equal((await runPlr('report', 'quarterly', quarter, '--format', 'docx')).code, 2);
    assert.equal((await runPlr('report', 'quarterly', '2021-23-Q4')).code, 2);
    assert.equal((await runPlr('report', 'monthly', 'March')).code, 2);
  });

  it('makes the page of one service, by its id when there is no roster', async () => {
    const report = await plrJson<ReportJson & { scope: string }>(
      'report',
      'quarterly',
      quarter,
      '--service',
      'assessment',
    );
    assert.equal(report.scope, 'assessment');
    assert.ok((report.compliance.at(-1)?.sent ?? 204) < 204);
    assert.equal((await runPlr('report', 'quarterly', quarter, '--service', 'nowhere')).code, 1);
  });

  it('takes a correction, ends what a month’s file no longer has, and brings it back', async () => {
    const fewer = history('fewer.csv', (lines) => lines.filter((line) => !line.startsWith('H-2022-01-001,')));
    const ended = await plrJson<Record<string, number>>('import', 'history', fewer);
    assert.deepEqual([ended['ended'], ended['unchanged']], [1, 203]);
    assert.equal((await plrJson<ReportJson>('report', 'monthly', '2022-01')).compliance.at(-1)?.sent, 79);

    const regraded = history('regraded.csv', (lines) =>
      lines.map((line) =>
        line.startsWith('H-2022-01-003,') ? line.replace('requires_improvement', 'good') : line,
      ),
    );
    const changed = await plrJson<Record<string, number>>('import', 'history', regraded);
    assert.deepEqual([changed['added'], changed['changed'], changed['ended']], [1, 1, 0]);
    assert.equal((await plrJson<ReportJson>('report', 'monthly', '2022-01')).compliance.at(-1)?.sent, 80);

    const back = await plrJson<Record<string, number>>('import', 'history', historyFile);
    assert.deepEqual([back['changed'], back['unchanged']], [1, 203]);
  });

  it('is not made when the ledger contradicts it, and says which cell', async () => {
    const config = readConfig(process.env);
    const { services } = await createFoundation(config);
    const about = plrKey('2022-02' as CycleId, 'PLR-ZZZZZZ' as PlrRef);
    const message: Message = {
      ...{ key: 'assigned.PLR-ZZZZZZ', to: { person: 'someone' as PersonId }, card: 'assignment' },
      ...{ about, urgency: 'ordinary' },
    };
    const probe = { kind: 'probe', schemaVersion: 1 };
    const change = { state: {}, did: 'made a message', messages: [message] };
    await services.documents.create(probe, { ...about, kind: 'probe' }, change, 'operator');
    const { code, out, err } = await runPlr('report', 'quarterly', quarter);
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /The report was not made: its figures contradict\./);
    assert.match(err, /“Compliance by month”, row “February 2022”, column “Sent” says 78/);
    assert.equal((await runPlr('report', 'monthly', '2022-03')).code, 0);
  });

  it('gives no published report where none was signed off', async () => {
    const { code, err } = await runPlr('report', 'monthly', '2022-03', '--published');
    assert.equal(code, 1);
    assert.match(err, /a QA lead signs it off in Teams/);
  });

  it('says plainly that a file is not there', async () => {
    const { code, err } = await runPlr('import', 'history', join(folder, 'none.csv'));
    assert.equal(code, 1);
    assert.match(err, /cannot be read/);
  });
});
