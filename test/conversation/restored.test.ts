import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../src/app.js';
import { verifyPartition } from '../../src/audit/verify.js';
import type { Plr } from '../../src/practice/plr/plr.js';
import type { Instant } from '../../src/practice/base/time.js';
import { folderArchive } from '../../src/storage/backup/archive.js';
import { backUp } from '../../src/storage/backup/back-up.js';
import { restore } from '../../src/storage/backup/restore.js';
import { connectStorage } from '../../src/storage/table.js';
import { TableLog } from '../../src/storage/table-log.js';
import { smallCouncil } from '../builders/small-council.js';
import { freshNames, startAzurite } from '../stand-ins/azurite.js';
import { alertCards, flag, peopleOf, somePlr, stored, textOf } from './alert-steps.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';

describe('a bot on a restored store', () => {
  let bot: BotInTeams;
  let again: App;
  let folder: string;
  let plr: Plr;

  before(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
    plr = await somePlr(bot);
    await bot.advance('P10D');
    await flag(bot.app, plr, 'immediate-concern');
    await bot.settle();
    folder = await mkdtemp(join(tmpdir(), 'plr-'));
    const archive = folderArchive(folder);
    const { clients } = bot.app.foundation;
    await backUp({ clients, archive, now: '2022-04-11T08:00:00Z' as Instant, product: '0.1.0' });
    await bot.app.stop();
    const names = freshNames();
    const { connectionString } = await startAzurite();
    await restore({
      clients: connectStorage({ by: 'connection-string', connectionString }, names),
      archive,
    });
    again = await bot.startAnother(names);
  });
  after(async () => {
    await again.stop();
    await bot.connector.stop();
    await rm(folder, { recursive: true });
  });

  const cardsOf = (who: string) => alertCards(bot, peopleOf(bot, plr)[who]!.aadObjectId);
  const settle = async () => {
    await again.foundation.refresh();
    await again.heartbeat.beat();
    await again.heartbeat.beat();
  };

  it('sends nothing that was delivered before', async () => {
    const before = bot.connector.recorded.length;
    await settle();
    assert.equal(bot.connector.recorded.length, before);
  });

  it('goes on with the ladder of an open alert where it stood, and redraws the cards that people have', async () => {
    assert.equal(cardsOf('serviceManager').length, 0);
    bot.pass('PT4H');
    await settle();
    assert.equal(cardsOf('serviceManager').length, 1);
    assert.equal(cardsOf('teamManager').length, 1);
    assert.ok(textOf(cardsOf('teamManager')[0]!).includes('the Service Manager'));
    assert.equal((await stored({ app: again }, plr)).alert?.state, 'raised');
  });

  it('has a whole log, from before the backup to after the restore', async () => {
    const log = new TableLog(again.foundation.clients.table);
    for (const partition of await again.foundation.registry.all()) {
      const { findings } = await verifyPartition(
        partition,
        await log.documents(partition),
        log.links(partition),
      );
      assert.deepEqual(findings, [], partition);
    }
    const lines = (await log.of({ partition: plr.cycleId, kind: 'plr', id: plr.ref })).map(({ did }) => did);
    assert.equal(lines[0], 'issued');
    assert.ok(lines.length > 3 && lines.some((did) => did.includes('climb')), lines.join());
  });
});
