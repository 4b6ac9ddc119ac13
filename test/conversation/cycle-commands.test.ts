import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sinon from 'sinon';
import { startOwnAzurite, type OwnAzurite } from '../stand-ins/azurite.js';
import { plrJson, runPlr } from './plr-command.js';

const sample = new URL('../../src/local/sample-council/', import.meta.url).pathname;
const month = '2022-06';

describe('plr cycle, on the sample council', () => {
  let azurite: OwnAzurite;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plr-cycle-'));
    azurite = await startOwnAzurite({ location: folder });
    const env = { PLR_MODE: 'local', AZURE_STORAGE_CONNECTION_STRING: azurite.connectionString };
    sinon.stub(process, 'env').value({ ...process.env, ...env });
    sinon.useFakeTimers({ now: Date.UTC(2022, 5, 1, 8), toFake: ['Date'] });
    assert.equal((await runPlr('import', 'org', sample)).code, 0);
  });
  after(async () => {
    sinon.restore();
    await azurite.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Counts {
    sent: number;
    issued: number;
    returned: number;
    moderation: object;
    alerts: object;
  }

  it('refuses the status of a month that was not issued, and changes nothing', async () => {
    const { code, err } = await runPlr('cycle', 'status', month);
    assert.equal(code, 1);
    assert.match(err, /has not been issued/);
  });

  it('plans without keeping anything', async () => {
    const plan = await plrJson<{ drawn: object[]; unplaced: object[] }>('cycle', 'plan', month);
    assert.ok(plan.drawn.length >= 75);
    assert.equal((await runPlr('cycle', 'status', month)).code, 1);
  });

  it('issues once, and says so when it is run again', async () => {
    const first = await plrJson<{ issued: number; created: number }>('cycle', 'issue', month);
    assert.equal(first.created, first.issued);
    const again = await plrJson<{ created: number }>('cycle', 'issue', month);
    assert.equal(again.created, 0);
  });

  it('gives the status in the fixed JSON, the services adding up to it', async () => {
    const status = await plrJson<
      Counts & { cycle: string; services: (Counts & { serviceId: string | null })[] }
    >('cycle', 'status', month);
    const fixed = ['cycle', 'issued', 'exempt', 'sent', 'returned', 'returnedByService', 'completedByQa'];
    for (const key of [...fixed, 'late', 'undeliverable', 'moderation', 'alerts', 'services'])
      assert.ok(key in status, key);
    assert.deepEqual(status.moderation, { required: 0, drawn: 0, completed: 0, overdue: 0 });
    assert.deepEqual(status.alerts, { open: 0, acknowledged: 0, breached: 0 });
    assert.equal(
      status.services.reduce((sum, { sent }) => sum + sent, 0),
      status.sent,
    );
    assert.equal(status.services.filter(({ serviceId }) => serviceId === null).length, 1);
    assert.equal(status.services.length, 7);
  });

  it('explains one in sentences, by its reference and by its manager', async () => {
    const plan = await plrJson<{ drawn: { managerId: string }[] }>('cycle', 'plan', month);
    const manager = plan.drawn[0]?.managerId ?? '';
    const by = await plrJson<{ ref: string; why: string[] }>('cycle', 'explain', manager, '--cycle', month);
    const direct = await plrJson<{ why: string[] }>('cycle', 'explain', by.ref);
    assert.deepEqual(direct.why, by.why);
    assert.match(direct.why[0] ?? '', /^On 1 June 2022 there were [\d,]+ open cases\.$/);
  });

  it('names everything that is wrong with a Practice Week at once', async () => {
    const { code, err } = await runPlr('cycle', 'issue', month, '--kind', 'practice-week', '--cohort', 'all');
    assert.equal(code, 1);
    assert.match(err, /--topic is needed.*--from and --until are needed.*there is no cohort all/);
  });

  it('refuses a Practice Week that begins outside the month it is named after', async () => {
    const dates = ['--from', '2022-07-04', '--until', '2022-07-08'];
    const kind = ['--kind', 'practice-week', '--topic', 'neglect'];
    const { code, err } = await runPlr('cycle', 'issue', month, ...kind, ...dates);
    assert.equal(code, 1);
    assert.match(err, /Nothing was issued: --from is not in 2022-06/);
  });

  it('issues a Practice Week that is not in the month’s compliance', async () => {
    const before = await plrJson<Counts>('cycle', 'status', month);
    const dates = ['--from', '2022-06-13', '--until', '2022-06-17', '--cohort', 'child-protection'];
    const kind = ['--kind', 'practice-week', '--topic', 'child-protection'];
    const issued = await plrJson<{ cycle: string; issued: number }>(
      'cycle',
      'issue',
      month,
      ...kind,
      ...dates,
    );
    assert.equal(issued.cycle, '2022-06-practice-week-child-protection');
    assert.ok(issued.issued > 0);
    assert.equal((await plrJson<Counts>('cycle', 'status', month)).sent, before.sent);
    assert.equal((await plrJson<Counts>('cycle', 'status', issued.cycle)).sent, issued.issued);
  });

  interface State extends Counts {
    state: string;
    closesAt?: string;
    closedAt?: string;
  }
  const owed = async (cycle: string) => {
    const { items } = await plrJson<{ items: { kind: string; cycle: string }[] }>('open');
    return items.filter((one) => one.kind === 'review-not-returned' && one.cycle === cycle).length;
  };

  for (const cycle of [month, '2022-06-practice-week-child-protection'])
    it(`closes ${cycle} once, and opens it again until a day`, async () => {
      const status = () => plrJson<State>('cycle', 'status', cycle);
      const before = await status();
      assert.deepEqual([before.state, before.closesAt], ['running', '2022-07-29T23:00:00.000Z']);
      assert.equal(await owed(cycle), before.sent);
      const closed = await plrJson('cycle', 'close', cycle);
      const answer = { cycle, state: 'closed', notReturned: before.sent };
      assert.deepEqual(closed, { ...answer, changed: true });
      assert.deepEqual(await plrJson('cycle', 'close', cycle), { ...answer, changed: false });
      assert.equal((await runPlr('cycle', 'close', cycle)).code, 0);
      const after = await status();
      assert.deepEqual([after.state, after.closedAt], ['closed', '2022-06-01T08:00:00.000Z']);
      assert.deepEqual([after.sent, after.returned], [before.sent, 0]);
      assert.equal(await owed(cycle), 0);
      const early = await runPlr('cycle', 'reopen', cycle, '--until', '2022-05-31');
      assert.equal(early.code, 1);
      assert.match(early.err, /Give a day from 1 June 2022 to 1 December 2022/);
      assert.equal((await status()).state, 'closed');
      const opened = await plrJson<State>('cycle', 'reopen', cycle, '--until', '2022-06-20');
      assert.equal(opened.state, 'running');
      const { state, closesAt } = await status();
      assert.deepEqual(
        [state, closesAt],
        ['running', cycle === month ? '2022-06-30T23:00:00.000Z' : '2022-06-20T23:00:00.000Z'],
      );
      assert.equal(await owed(cycle), before.sent);
      const again = await runPlr('cycle', 'reopen', cycle, '--until', '2022-06-20');
      assert.equal(again.code, 1);
      assert.match(again.err, /This cycle is not closed/);
    });

  it('refuses to close what was not issued, and to open it again without a day', async () => {
    for (const words of [['close'], ['reopen', '--until', '2022-06-20']] as const) {
      const [command, ...options] = words;
      const { code, err } = await runPlr('cycle', command, '2022-03', ...options);
      assert.equal(code, 1);
      assert.match(err, /has not been issued/);
    }
    assert.equal((await runPlr('cycle', 'reopen', month)).code, 2);
  });

  it('answers wrong usage with 2', async () => {
    assert.equal((await runPlr('cycle', 'status', 'June')).code, 2);
  });
});
