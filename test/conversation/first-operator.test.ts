import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sinon from 'sinon';
import { smallCouncil } from '../builders/small-council.js';
import { plrJson, runPlr, startOperatorsStore } from './plr-command.js';

interface Ledger {
  readonly totals: Readonly<Record<string, number>>;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

describe('plr, for who has never run it', () => {
  let folder: string;
  let stop: () => Promise<void>;
  before(async () => {
    const store = await startOperatorsStore();
    stop = store.stop;
    folder = await mkdtemp(join(tmpdir(), 'plr-'));
    await store.foundation.rosters.replace(smallCouncil());
    sinon.useFakeTimers({ now: Date.UTC(2022, 3, 1, 8), toFake: ['Date'] });
    assert.equal((await runPlr('cycle', 'issue', '2022-04')).code, 0);
  });
  after(async () => {
    sinon.restore();
    await stop();
    await rm(folder, { recursive: true });
  });

  const wrongUsage: [what: string, words: string[], says: RegExp][] = [
    [
      'a month that is none, of deliveries',
      ['deliveries', '--cycle', '2022-13'],
      /A cycle is a month such as/,
    ],
    ['a month that is none, of actions', ['actions', '--cycle', 'April'], /A cycle is a month such as/],
    ['nothing where something is needed', ['cycle', 'plan'], /"plr cycle plan --help" says how/],
    ['a command that there is not', ['deliverys'], /Did you mean deliveries\?[^]*"plr --help" says how/],
    [
      'a file of no kind that a report is',
      ['report', 'monthly', '2022-04', '--out', 'x.pdf'],
      /ends in \.json, \.docx, \.xlsx or \.csv/,
    ],
  ];
  for (const [what, words, says] of wrongUsage) {
    it(`answers ${what} with 2, and with what to do`, async () => {
      const { code, out, err } = await runPlr(...words);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, says);
    });
  }

  const refused: [what: string, words: () => string[], says: RegExp][] = [
    [
      'a reference that there is not',
      () => ['cycle', 'explain', 'PLR-ZZZZZZ'],
      /There is no PLR PLR-ZZZZZZ: .*on its card/,
    ],
    [
      'a manager that there is not',
      () => ['cycle', 'explain', 'nobody', '--cycle', '2022-04'],
      /people\.csv/,
    ],
    [
      'a cycle that was not drawn',
      () => ['cycle', 'explain', 'nobody', '--cycle', '2022-09'],
      /"plr cycle issue 2022-09"/,
    ],
    [
      'a topic of a monthly cycle',
      () => ['cycle', 'issue', '2022-05', '--topic', 'x'],
      /Nothing was issued: .*--topic.*--kind practice-week or thematic/,
    ],
    ['a folder for a spreadsheet', () => ['import', 'history', folder], /cannot be read.*a CSV file/],
    [
      'a text that is not there',
      () => ['firewall', 'check', join(folder, 'none.txt')],
      /cannot be opened\. Is it there/,
    ],
  ];
  for (const [what, words, says] of refused) {
    it(`refuses ${what} with 1, and says what to do`, async () => {
      const { code, out, err } = await runPlr(...words());
      assert.deepEqual([code, out], [1, '']);
      assert.match(err, says);
      assert.doesNotMatch(err, /storage/);
    });
  }

  it('changes nothing when it refuses an issue', async () => {
    assert.equal((await runPlr('cycle', 'status', '2022-05')).code, 1);
  });

  it('says what the log came to, not its hashes alone', async () => {
    const { code, out } = await runPlr('audit', 'verify');
    assert.equal(code, 0);
    assert.match(out.trimEnd().split('\n').at(-1) ?? '', /^The log is whole: \d+ lines of \d+ documents\.$/);
  });

  it('says that nothing is to be removed where nothing is listed', async () => {
    assert.match((await runPlr('retention', 'plan')).out, /Nothing that was written is kept here/);
  });

  it('names services beside their ids', async () => {
    const { out } = await runPlr('cycle', 'status', '2022-04');
    assert.match(out, /^Assessment Service \(assessment\): sent/m);
  });

  it('names managers, practitioners and teams of a draw beside their ids', async () => {
    const { out } = await runPlr('cycle', 'plan', '2022-05');
    assert.match(out, /^.+ \(.+-manager\): CS-\d+ with .+ \(.+\) of .+ Team \(.+\)$/m);
  });

  it('begins the deliveries with the totals, and keeps their JSON as it is', async () => {
    const { out } = await runPlr('deliveries', '--cycle', '2022-04');
    assert.match(out, /^\d+ messages: queued \d+, sending 0, delivered 0/);
    const { totals, rows } = await plrJson<Ledger>('deliveries', '--cycle', '2022-04');
    const states = ['queued', 'sending', 'delivered', 'undeliverable', 'superseded', 'setAside'];
    assert.deepEqual(Object.keys(totals), states);
    const columns = ['key', 'recipient', 'card', 'about', 'urgent', 'state', 'reason', 'at'];
    for (const row of rows) assert.deepEqual(Object.keys(row), columns);
    assert.deepEqual(await plrJson<Ledger>('deliveries', '--cycle', '2022-04', '--all'), {
      totals,
      resent: 0,
      rows,
    });
  });

  it('reads a text line by line, and counts one line as one', async () => {
    const file = join(folder, 'one.txt');
    await writeFile(file, 'We read each plan.\n');
    assert.equal((await runPlr('firewall', 'check', file)).out, '1 line checked, 0 found\n');
  });
});

describe('plr, without a storage it can use', () => {
  afterEach(() => sinon.restore());

  const environments: [what: string, env: NodeJS.ProcessEnv, says: RegExp][] = [
    ['a port that is none', { PLR_AZURITE_PORT: 'abc' }, /PLR_AZURITE_PORT is "abc": give a whole number/],
    [
      'a connection string that is none',
      { PLR_MODE: 'local', AZURE_STORAGE_CONNECTION_STRING: 'nonsense' },
      /AZURE_STORAGE_CONNECTION_STRING is not a connection string/,
    ],
    ['production without a storage', { PLR_MODE: 'production' }, /AZURE_STORAGE_ACCOUNT/],
  ];
  for (const [what, env, says] of environments) {
    it(`names ${what}, and ends with 1`, async () => {
      sinon.stub(process, 'env').value(env);
      const { code, out, err } = await runPlr('clock', 'show');
      assert.deepEqual([code, out], [1, '']);
      assert.match(err, says);
    });
  }

  it('says where nothing answered, and how to start it or name its port', async () => {
    sinon.stub(process, 'env').value({ PLR_AZURITE_PORT: '1' });
    const { code, out, err } = await runPlr('clock', 'show');
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /^The storage does not answer \(.*ECONNREFUSED.*\)\./);
    assert.match(err, /"npm start"[^]*PLR_AZURITE_PORT/);
  });
});
