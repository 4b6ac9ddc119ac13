import assert from 'node:assert/strict';
import { verifyPartition } from '../../src/audit/verify.js';
import { listsShownKey } from '../../src/audit/audited-documents.js';
import { plrKey } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { rowKeys } from '../../src/storage/keys.js';
import { TableLog } from '../../src/storage/table-log.js';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { plrOf, returnReview } from './filling-in.js';

describe('the log of who read and changed what', () => {
  let bot: BotInTeams;
  let log: TableLog;
  before(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
    await returnReview(bot, 'ash-manager');
    await bot.settle();
    log = new TableLog(bot.app.foundation.clients.table);
  });
  after(() => bot.stop());

  const linesOf = async (manager: string) => {
    const { cycleId, ref } = await plrOf(bot, manager);
    return (await log.of(plrKey(cycleId, ref))).map(({ by, did }) => `${by} ${did}`);
  };
  const verified = async () =>
    verifyPartition('2022-04', await log.documents('2022-04'), log.links('2022-04'));

  it('says who looked at a PLR, and through which button or words', async () => {
    const before = (await linesOf('ash-manager')).length;
    await bot.teams.says(bot.person('ash-manager'), 'my reviews');
    const lines = await linesOf('ash-manager');
    assert.deepEqual(lines.slice(before), ['ash-manager looked up through my reviews']);
  });

  it('has a line of its own for a change, and none besides for looking', async () => {
    const lines = await linesOf('ash-manager');
    const saves = lines.filter((line) => line.includes('looked up'));
    assert.ok(lines.length - saves.length > 10);
    assert.equal(lines[0], 'system issued');
  });

  it('notes an attempt to open somebody else’s PLR', async () => {
    const { cycleId, ref } = await plrOf(bot, 'ash-manager');
    const data = { cycle: cycleId, ref };
    await bot.teams.presses(bot.person('cedar-worker-first'), { verb: 'review.open', data });
    const lines = await linesOf('ash-manager');
    assert.equal(lines.at(-1), 'cedar-worker-first looked up through review.open');
  });

  it('stays whole when many look at once', async () => {
    const { cycleId, ref } = await plrOf(bot, 'ash-manager');
    const { documents } = bot.app.foundation.services;
    const key = plrKey(cycleId, ref);
    await Promise.all(
      Array.from({ length: 8 }, () => documents.noteRead(plrKind, [key, key], 'operator', 'looked at once')),
    );
    const lines = await linesOf('ash-manager');
    assert.equal(lines.filter((line) => line === 'operator looked at once').length, 8);
    assert.deepEqual((await verified()).findings, []);
  });

  it('notes many of a partition together, and passes over what is not there', async () => {
    const { documents } = bot.app.foundation.services;
    const plrs = await documents.list(plrKind, '2022-04');
    const keys = [...plrs.map(({ ref }) => ref), 'PLR-ZZZZZZ' as never].map((ref) =>
      plrKey(plrs[0]?.cycleId as never, ref),
    );
    await documents.noteRead(plrKind, keys, 'operator', 'exported');
    for (const key of keys.slice(0, -1)) assert.equal((await log.of(key)).at(-1)?.did, 'exported');
    assert.equal((await log.of(keys.at(-1) as never)).length, 0);
    assert.deepEqual((await verified()).findings, []);
  });

  it('shows a row of the log, or a PLR, that somebody changed in storage', async () => {
    const { cycleId, ref } = await plrOf(bot, 'birch-manager');
    const key = plrKey(cycleId, ref);
    const { table } = bot.app.foundation.clients;
    const change = (rowKey: string, columns: Record<string, unknown>) =>
      table.updateEntity({ partitionKey: cycleId, rowKey, ...columns }, 'Merge');
    const good = (await log.of(key))[0];
    await change(rowKeys.log(key, 1), { by: 'cedar-manager' });
    assert.deepEqual((await verified()).findings, [
      { document: `plr ${ref}`, sequence: 1, breach: 'a link was changed' },
    ]);
    await change(rowKeys.log(key, 1), { by: good?.by });
    const row = await table.getEntity<Record<string, unknown>>(cycleId, rowKeys.document(key));
    await change(rowKeys.document(key), { state0: String(row['state0']).replace('birch', 'cedar') });
    assert.deepEqual(
      (await verified()).findings.map(({ breach }) => breach),
      ['the document was changed past its log'],
    );
    await change(rowKeys.document(key), { state0: row['state0'] });
    assert.deepEqual((await verified()).findings, []);
    await table.deleteEntity(cycleId, rowKeys.document(key));
    assert.deepEqual(
      (await verified()).findings.map(({ breach }) => breach),
      ['the document is gone'],
    );
  });
  it('says in one line which PLRs a list named that were not read for it', async () => {
    await bot.advance('P29D');
    const support = bot.person('business-support');
    const { ref } = await plrOf(bot, 'ash-manager');
    const lists = async () => (await log.of(listsShownKey(support.id))).map(({ by, did }) => `${by} ${did}`);
    for (const count of [1, 2]) {
      await bot.teams.says(support, 'records');
      assert.deepEqual(await lists(), Array(count).fill(`business-support was shown ${ref} through records`));
    }
    await bot.teams.says(support, 'help');
    assert.equal((await lists()).length, 2);
    assert.deepEqual(
      (await verifyPartition('council', await log.documents('council'), log.links('council'))).findings,
      [],
    );
  });

  it('has no such line for what the answer read or changed itself', async () => {
    const ash = bot.person('ash-manager');
    await bot.teams.says(ash, 'my reviews');
    await bot.teams.says(bot.person('qa-lead'), 'open alerts');
    assert.deepEqual(await log.of(listsShownKey(ash.id)), []);
    assert.deepEqual(await log.of(listsShownKey(bot.person('qa-lead').id)), []);
  });
});
