import assert from 'node:assert/strict';
import { actionsOf } from '../stand-ins/card-inputs.js';
import { smallCouncil } from '../builders/small-council.js';
import { openWord } from '../unit/documents/word-reader.js';
import { createProgram } from '../../src/cli/program.js';
import { plrDocument } from '../../src/documents/plr-document.js';
import { figuresOf } from '../../src/practice/reviews/figures-of.js';
import { recordContent } from '../../src/practice/records/record-content.js';
import { removed } from '../../src/practice/records/purge.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { plrOf, returnReview } from './filling-in.js';

describe('a returned PLR on its way to the child’s record', () => {
  let bot: BotInTeams;
  beforeEach(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
    await returnReview(bot, 'ash-manager');
    await bot.settle();
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    await bot.stop();
  });
  const support = () => bot.person('business-support');
  const recordCards = () =>
    bot.connector
      .cardsTo(support().aadObjectId)
      .filter(({ summary }) => summary?.includes('ready for the record') === true);
  const confirm = 'It is in the child’s record';

  it('comes to business support after 28 days, is confirmed once, and loses its words 90 days later', async () => {
    assert.equal(recordCards().length, 0);
    await bot.advance('P29D');
    const [card] = recordCards();
    assert.ok(card);
    assert.equal(recordCards().length, 1);
    const written = await plrOf(bot, 'ash-manager');
    const answer = await bot.teams.press(support(), card, confirm);
    assert.equal(answer.status, 200);
    assert.ok(answer.card);
    assert.ok(!actionsOf(answer.card.card).includes(confirm));
    await bot.teams.press(support(), card, confirm);
    const attached = await plrOf(bot, 'ash-manager');
    assert.equal(attached.record?.state, 'attached');
    assert.match(JSON.stringify(attached.review), /What works in voice/);
    await bot.advance('P91D');
    const open = await plrOf(bot, 'ash-manager');
    // An action or a moderation that is still open keeps it.
    if (open.record?.state === 'attached') assert.match(JSON.stringify(open), /What works in voice/);
    else assert.doesNotMatch(JSON.stringify(open), /What works in voice/);
    assert.deepEqual(figuresOf(open).findings, figuresOf(written).findings);
  });

  it('is nobody else’s to confirm or to open: the answer is the one for a PLR that is not there', async () => {
    await bot.advance('P29D');
    const { cycleId: cycle, ref } = await plrOf(bot, 'ash-manager');
    for (const verb of ['records.attached', 'records.open']) {
      for (const person of ['cedar-manager', 'ash-manager', 'birch-worker-first', 'head-of-service']) {
        const theirs = await bot.teams.presses(bot.person(person), { verb, data: { cycle, ref } });
        const none = await bot.teams.presses(bot.person(person), {
          verb,
          data: { cycle, ref: 'PLR-ZZZZZZ' },
        });
        assert.deepEqual(theirs.body, none.body, `${person} ${verb}`);
      }
    }
    assert.equal((await plrOf(bot, 'ash-manager')).record?.state, 'waiting');
  });

  it('is listed by "records" until it is confirmed', async () => {
    await bot.advance('P29D');
    const { ref } = await plrOf(bot, 'ash-manager');
    const list = async () => {
      await bot.teams.says(support(), 'records');
      return JSON.stringify(bot.connector.latestCard(support().aadObjectId).card);
    };
    assert.match(await list(), new RegExp(ref));
    const card = recordCards()[0];
    assert.ok(card);
    await bot.teams.press(support(), card, confirm);
    assert.doesNotMatch(await list(), new RegExp(ref));
  });

  it('is a Word document with everything in it', async () => {
    const plr = await plrOf(bot, 'ash-manager');
    const house = bot.app.foundation.house();
    assert.ok(house);
    const content = recordContent(plr, house);
    assert.ok(content);
    const text = openWord(await plrDocument(content)).paragraphs.join('\n');
    assert.match(text, /What works in voice/);
    assert.doesNotMatch(text, new RegExp(removed));
  });
});

interface Row {
  readonly act: string;
  readonly who: readonly string[];
}

describe('plr roles', () => {
  it('prints the table as text and as JSON, without any storage', async () => {
    const write = process.stdout.write.bind(process.stdout);
    const said: string[] = [];
    process.stdout.write = (text: string) => said.push(text) > 0;
    try {
      await createProgram().parseAsync(['node', 'plr', 'roles']);
      await createProgram().parseAsync(['node', 'plr', 'roles', '--json']);
    } finally {
      process.stdout.write = write;
    }
    assert.match(
      said[0] ?? '',
      /TO A PLR\n[^]*fill in review +author, qa-completer\n[^]*WHOLE COUNCIL\n[^]*see loop +qa-lead\n/,
    );
    const { standings, rows, partRows } = JSON.parse(said[1] ?? '') as Record<'rows' | 'partRows', Row[]> & {
      standings: string[];
    };
    assert.ok(rows.some(({ act, who }) => act === 'oversee alert' && who.includes('qa-lead')));
    assert.ok(partRows.some(({ act, who }) => act === 'record discussion' && who.includes('team-member')));
    for (const { act, who } of [...rows, ...partRows])
      for (const one of who) assert.ok(standings.includes(one), `${act}: ${one}`);
  });
});
