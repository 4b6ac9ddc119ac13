import assert from 'node:assert/strict';
import type { CycleId, PersonId, PlrRef } from '../../src/practice/base/ids.js';
import { plrKey } from '../../src/practice/plr/plr.js';
import type { Message } from '../../src/practice/plr/ports.js';
import { signedReportKind } from '../../src/practice/reporting/signed-report.js';
import { rowKeys } from '../../src/storage/keys.js';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { returnPlr } from './returned-plrs.js';

const march = '2022-03';
const unknown = 'PLR-ZZZZZZ' as PlrRef;

describe('a month that closes with figures that contradict each other', () => {
  let bot: BotInTeams;
  before(async () => {
    bot = await startBotInTeams({ roster: smallCouncil(), at: '2022-03-01T09:00:00Z' });
    await bot.settle();
    await returnPlr(bot, 'ash-manager', { overall: 'good' }, march);
    await tellSomebodyOf(unknown);
    await bot.advance('P36D');
    await bot.advance('PT1H');
  });
  after(() => bot.stop());

  /** The ledger says that a PLR was sent; the record knows of none. */
  async function tellSomebodyOf(ref: PlrRef) {
    const about = plrKey(march as CycleId, ref);
    const to = { person: 'ash-manager' as PersonId };
    const message: Message = { key: `assigned.${ref}`, to, card: 'assignment', about, urgency: 'ordinary' };
    const probe = { kind: 'probe', schemaVersion: 1 };
    const change = { state: {}, did: 'made a message', messages: [message] };
    const { documents } = bot.app.foundation.services;
    await documents.create(probe, { ...about, kind: 'probe' }, change, 'operator');
  }

  const drafts = () => bot.app.foundation.services.documents.list(signedReportKind, 'council');
  const notes = () =>
    bot.connector
      .cardsTo(bot.person('qa-lead').aadObjectId)
      .map(({ card }) => JSON.stringify(card))
      .filter((text) => text.includes('was not made'));

  it('makes no report, of the month or of its quarter', async () => {
    assert.deepEqual(await drafts(), []);
  });

  it('tells the QA lead once of each, in a sentence that names the cells', async () => {
    assert.deepEqual(
      notes()
        .map((note) => /The report of [^"]* was not made/.exec(note)?.[0])
        .sort(),
      [
        'The report of March 2022 was not made',
        'The report of Quarter 4 2021/22 (January to March 2022) was not made',
      ],
    );
    for (const note of notes())
      assert.match(note, /“Compliance by month”, row “March 2022”, column “Sent” says 4/);
    await bot.advance('P1D');
    assert.equal(notes().length, 2);
  });

  it('says the same when the QA lead asks for it', async () => {
    await bot.teams.says(bot.person('qa-lead'), 'report March 2022');
    const { card } = bot.connector.latestCard(bot.person('qa-lead').aadObjectId);
    assert.match(JSON.stringify(card), /The report was not made.*column “Sent” says 4/);
    assert.deepEqual(await drafts(), []);
  });

  it('brings both drafts by itself once the record is mended', async () => {
    await bot.app.foundation.clients.table.deleteEntity(march, rowKeys.message(`assigned.${unknown}`));
    await bot.settle();
    assert.deepEqual(await drafts(), [], 'It is counted again after an hour, not at every tick.');
    await bot.advance('PT1H');
    const sent = await bot.app.foundation.outbox.ledger('council', 'report.');
    assert.deepEqual(
      sent.map(({ key, state }) => `${key} ${state}`),
      ['report.2021-22-Q4.v1.draft.qa-lead delivered', 'report.2022-03.v1.draft.qa-lead delivered'],
    );
    assert.equal((await drafts()).length, 2);
  });
});
