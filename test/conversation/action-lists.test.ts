import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plrKey, type Plr } from '../../src/practice/plr/plr.js';
import { localDate } from '../../src/practice/base/time.js';
import { actions } from '../../src/cli/action-commands.js';
import type { CommandContext } from '../../src/cli/run.js';
import { TableLog } from '../../src/storage/table-log.js';
import { inputsOf, actionsOf } from '../stand-ins/card-inputs.js';
import { isRecord } from '../stand-ins/json-record.js';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { planned, returnWithActions } from './plrs-with-actions.js';

describe('lists of actions', () => {
  let bot: BotInTeams;
  let ash: Plr;
  const requests: string[] = [];
  before(async () => {
    bot = await startBotInTeams({
      roster: smallCouncil(),
      onStorageRequest: (method) => requests.push(method),
    });
    await bot.settle();
    const many = Array.from({ length: 10 }, (_, n) =>
      planned({ what: `Step ${n + 1}`, dueOn: localDate(`2022-04-${11 + n}`) }),
    );
    ash = await returnWithActions(bot, 'ash', many);
    await returnWithActions(bot, 'birch', [planned({ owner: 'team-manager' })]);
    await returnWithActions(bot, 'cedar', [planned()]);
    await bot.advance('P14D');
  });
  after(async () => {
    assert.deepEqual(bot.connector.violations, []);
    assert.deepEqual(bot.logged, []);
    await bot.stop();
  });

  const says = async (id: string, words: string) => {
    await bot.teams.says(bot.person(id), words);
    return bot.connector.latestCard(bot.person(id).aadObjectId);
  };
  const opensOf = (card: unknown) =>
    isRecord(card) ? actionsOf(card).filter((title) => title.startsWith('Open ')) : [];

  it('show eight of one’s own at a time, the most urgent first, in words and colour', async () => {
    const list = await says(ash.practitionerId, 'my actions');
    assert.equal(opensOf(list.card).length, 8);
    assert.equal(opensOf(list.card)[0], `Open ${ash.ref}-1`);
    assert.ok(JSON.stringify(list.card).includes('10 actions, page 1 of 2'));
    assert.ok(JSON.stringify(list.card).includes('Red: overdue'));
    assert.ok(JSON.stringify(list.card).includes('"color":"attention"'));
    const owner = bot.person(ash.practitionerId);
    const next = await bot.teams.press(owner, list, 'Next page');
    assert.equal(opensOf(next.card?.card).length, 2);
    const opened = await bot.teams.press(owner, next.card!, `Open ${ash.ref}-10`);
    assert.ok(JSON.stringify(opened.card?.card).includes('Step 10'));
    const back = await bot.teams.press(owner, opened.card!, 'Back without saving');
    assert.equal(opensOf(back.card?.card).length, 2, 'back to the same page');
  });

  it('cost one listing for each cycle and at most eight PLRs', async () => {
    requests.length = 0;
    await says(ash.practitionerId, 'my actions');
    assert.ok(requests.length <= 12, `${requests.length} storage requests`);
  });

  it('of a team are for its Team Manager', async () => {
    const list = await says('ash-manager', 'my team’s actions');
    assert.ok(JSON.stringify(list.card).includes('10 actions'));
    const other = await says('cedar-manager', "my team's actions");
    assert.deepEqual(opensOf(other.card).length, 1);
    const worker = await says(ash.practitionerId, "my team's actions");
    assert.deepEqual(opensOf(worker.card), []);
  });

  it('of everything are for the QA lead, and for a link reviewer by service', async () => {
    const lead = await says('qa-lead', 'all actions');
    assert.ok(JSON.stringify(lead.card).includes('12 actions'));
    assert.deepEqual(Object.keys(inputsOf(lead.card)), ['show', 'service', 'team']);
    const narrowed = await bot.teams.press(bot.person('qa-lead'), lead, 'Show', {
      service: 'assessment',
      team: 'birch',
      show: 'open',
    });
    assert.equal(opensOf(narrowed.card?.card).length, 1);
    const reviewer = await says('care-reviewer', 'all actions');
    assert.equal(opensOf(reviewer.card).length, 1);
    assert.ok(!('service' in inputsOf(reviewer.card)));
  });

  it('filter by what is overdue', async () => {
    const list = await says('ash-manager', "my team's actions");
    const { card } = await bot.teams.press(bot.person('ash-manager'), list, 'Show', { show: 'overdue' });
    assert.equal(opensOf(card?.card).length, 4, 'the 11th to the 14th, on the 15th');
    assert.equal(inputsOf(card!.card)['show'], 'overdue');
  });

  it('give nobody a list that is not theirs, whatever the card says', async () => {
    for (const id of ['ash-worker-first', 'business-support', 'assistant-director']) {
      for (const scope of ['team', 'all']) {
        const { card } = await bot.teams.presses(bot.person(id), {
          verb: 'action.list',
          data: { scope, team: 'ash', page: 0 },
        });
        assert.ok(
          JSON.stringify(card?.card ?? '').includes('There is nothing here for you'),
          `${id} ${scope}`,
        );
      }
    }
    const { card } = await bot.teams.presses(bot.person('care-reviewer'), {
      verb: 'action.list',
      data: { scope: 'all', service: 'assessment' },
    });
    assert.deepEqual(opensOf(card?.card), []);
  });

  it('stand on a page that is there when the list has become shorter', async () => {
    const { card } = await bot.teams.presses(bot.person('ash-manager'), {
      verb: 'action.list',
      data: { scope: 'team', page: 99 },
    });
    assert.ok(JSON.stringify(card?.card).includes('page 2 of 2'));
  });

  it('come out of the command line whole, without a case', async () => {
    const context = { foundation: bot.app.foundation } as CommandContext;
    const { json, lines } = await actions(context, {});
    assert.equal((json as { actions: unknown[] }).actions.length, 12);
    assert.equal(lines.length, 12);
    assert.ok(!JSON.stringify(json).includes('CS-'));
    const log = await new TableLog(bot.app.foundation.clients.table).of(plrKey(ash.cycleId, ash.ref));
    assert.deepEqual([log.at(-1)?.by, log.at(-1)?.did], ['operator', 'exported its actions to the tracker']);
    await assert.rejects(actions(context, { cycle: '1999-01' }), /There is no cycle 1999-01/);
  });

  it('are written to a file for its owner’s eyes only', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plr-'));
    const out = join(folder, 'actions.csv');
    await actions({ foundation: bot.app.foundation } as CommandContext, { out });
    assert.match(await readFile(out, 'utf8'), /Step 10/);
    assert.equal((await stat(out)).mode & 0o777, 0o600);
    await rm(folder, { recursive: true });
  });
});
