import assert from 'node:assert/strict';
import ExcelJS from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import type { BotAnswer, PressAnswer } from '../stand-ins/teams-client.js';
import type { ShownCard, ShownFile } from '../stand-ins/chats.js';
import { startOneDrive, type OneDrive } from '../stand-ins/one-drive.js';
import { smallCouncil } from '../builders/small-council.js';
import { openWord } from '../unit/documents/word-reader.js';
import { plrKey } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import type { Roster } from '../../src/practice/council/organisation.js';
import { TableLog } from '../../src/storage/table-log.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { reviewsReturned, sevenReviews } from './learning-council.js';
import { plrOf, returnReview } from './filling-in.js';
import { returnPlr } from './returned-plrs.js';

describe('a file through Teams', () => {
  let bot: BotInTeams;
  let drive: OneDrive;
  let storageIsDown = false;
  before(async () => {
    drive = await startOneDrive();
    bot = await startBotInTeams({
      roster: smallCouncil(),
      onStorageRequest: () => {
        if (storageIsDown) throw new Error('storage is down');
      },
    });
    await bot.settle();
    await returnPlr(bot, 'ash-manager', { overall: 'good' });
    await returnPlr(bot, 'cedar-manager', { overall: 'requires_improvement' });
    await bot.settle();
  });
  afterEach(() => drive.redirect(undefined));
  after(async () => {
    assert.deepEqual(bot.connector.violations, []);
    await bot.stop();
    await drive.stop();
  });

  const aad = (id: string) => bot.person(id).aadObjectId;
  const says = async (id: string, words: string): Promise<ShownCard> => {
    await bot.teams.says(bot.person(id), words);
    return bot.connector.latestCard(aad(id));
  };
  const done = async <T extends BotAnswer>(answer: Promise<T>): Promise<T> => {
    const answered = await answer;
    await bot.app.files.settled();
    return answered;
  };
  const asksFor = (id: string, card: ShownCard, button: string): Promise<PressAnswer> =>
    done(bot.teams.press(bot.person(id), card, button));
  const lastFile = (id: string): ShownFile => {
    const file = bot.connector.filesTo(aad(id)).at(-1);
    assert.ok(file, `a file for ${id}`);
    return file;
  };
  const accepts = (
    id: string,
    offer: Pick<ShownFile, 'activityId' | 'content'>,
    session = drive.session('f'),
  ) => done(bot.teams.accepts(bot.person(id), offer, session));
  /** Asks for a file, and accepts it when it is offered. */
  const takes = async (id: string, card: ShownCard, button: string): Promise<Buffer> => {
    await asksFor(id, card, button);
    const offer = lastFile(id);
    assert.equal(offer.is, 'offered');
    await accepts(id, offer, drive.session(offer.name));
    return drive.lastFile();
  };
  const text = (card: unknown) => JSON.stringify(card);
  const report = () => says('qa-lead', 'report April');
  /** Where the format makes no difference: this one is soonest made. */
  const anyFormat = 'Get it as a spreadsheet';

  it('offers the report below its card, which stays as it is', async () => {
    const card = await report();
    const { status, body } = await asksFor('qa-lead', card, 'Get it as Word');
    assert.equal(status, 200);
    assert.match(text(body), /vnd\.microsoft\.activity\.message.*It comes below/);
    const { is, name, content } = lastFile('qa-lead');
    assert.equal(is, 'offered');
    assert.equal(name, 'PLR report 2022-04 v1 draft.docx');
    assert.deepEqual(content['acceptContext'], { kind: 'report', of: '2022-04/1' });
    assert.ok(Number(content['sizeInBytes']) > 5_000);
    assert.match(String(content['description']), /April 2022: a draft, not signed off/);
    assert.deepEqual(drive.puts, []);
  });

  it('puts the report into the OneDrive as Word, with its figures and headings, and shows it there', async () => {
    const offer = lastFile('qa-lead');
    const session = drive.session(offer.name);
    const { status } = await accepts('qa-lead', offer, session);
    assert.equal(status, 200);
    const { paragraphs, tables } = openWord(drive.lastFile());
    const words = paragraphs.join('\n');
    assert.match(words, /All services, draft of version 1, not signed off/);
    assert.match(words, /services returned 2 of 4 \(50%\)/);
    assert.match(words, /Data quality/);
    assert.ok(tables.every(({ hasHeaderRow }) => hasHeaderRow));
    const [put] = drive.puts;
    const { length } = put?.bytes ?? [];
    assert.equal(put?.method, 'PUT');
    assert.equal(put?.headers['content-range'], `bytes 0-${length - 1}/${length}`);
    assert.equal(put?.headers['content-length'], String(length));
    assert.equal(put?.headers['authorization'], undefined);
    const { is, name, contentUrl, content } = lastFile('qa-lead');
    assert.deepEqual(
      { is, name, contentUrl },
      { is: 'saved', name: offer.name, contentUrl: session.contentUrl },
    );
    assert.deepEqual(content, { uniqueId: session.uniqueId, fileType: 'docx' });
  });

  it('leaves nothing to accept a second time, and a second press does nothing', async () => {
    const card = await report();
    await asksFor('qa-lead', card, anyFormat);
    const offer = lastFile('qa-lead');
    const session = drive.session(offer.name);
    const before = drive.puts.length;
    await Promise.all([accepts('qa-lead', offer, session), accepts('qa-lead', offer, session)]);
    const shown = bot.connector.messagesTo(aad('qa-lead')).length;
    await accepts('qa-lead', offer, session);
    assert.equal(drive.puts.length, before + 1);
    assert.equal(bot.connector.messagesTo(aad('qa-lead')).length, shown);
    assert.ok(!bot.connector.filesTo(aad('qa-lead')).some(({ is }) => is === 'offered'));
  });

  it('is made once for five presses of its button', async () => {
    const card = await report();
    const before = bot.connector.messagesTo(aad('qa-lead')).length;
    const held = bot.connector.hold();
    for (let presses = 0; presses < 5; presses += 1)
      await bot.teams.press(bot.person('qa-lead'), card, anyFormat);
    await held.reached;
    held.release();
    await bot.app.files.settled();
    assert.equal(bot.connector.messagesTo(aad('qa-lead')).length, before + 1);
    await asksFor('qa-lead', card, anyFormat);
    assert.equal(bot.connector.messagesTo(aad('qa-lead')).length, before + 2);
    for (const offer of bot.connector.filesTo(aad('qa-lead')).filter(({ is }) => is === 'offered'))
      await done(bot.teams.declines(bot.person('qa-lead'), offer));
  });

  it('can be accepted again when it could not be made', async () => {
    await asksFor('qa-lead', await report(), anyFormat);
    const offer = lastFile('qa-lead');
    const session = drive.session(offer.name);
    const before = drive.puts.length;
    storageIsDown = true;
    await accepts('qa-lead', offer, session);
    storageIsDown = false;
    assert.equal(drive.puts.length, before);
    await accepts('qa-lead', offer, session);
    assert.equal(drive.puts.length, before + 1);
  });

  it('gives the same figures as a spreadsheet', async () => {
    const workbook = new ExcelJS.Workbook();
    const bytes = await takes('qa-lead', await report(), 'Get it as a spreadsheet');
    await workbook.xlsx.load(bytes as never);
    assert.match(workbook.getWorksheet('Summary')?.getCell('A3').text ?? '', /2 of 4 \(50%\)/);
    assert.ok(workbook.worksheets.length > 5);
  });

  it('gives a published report as it was signed off', async () => {
    const ask = await bot.teams.press(bot.person('qa-lead'), await report(), 'Sign off and publish');
    assert.ok(ask.card);
    const published = await bot.teams.press(bot.person('qa-lead'), ask.card, 'Publish');
    assert.ok(published.card);
    const words = openWord(await takes('qa-lead', published.card, 'Get it as Word')).paragraphs.join('\n');
    assert.match(words, /All services, version 1\./);
    assert.equal(lastFile('qa-lead').name, 'PLR report 2022-04 v1.docx');
  });

  it('gives a service manager the document of their own service', async () => {
    const page = await says('assessment-service-manager', 'our service April');
    const words = openWord(await takes('assessment-service-manager', page, 'Get it as Word')).paragraphs;
    assert.match(words.join('\n'), /Assessment Service/);
    assert.match(words.join('\n'), /1 of 2 \(50%\)/);
    assert.doesNotMatch(words.join('\n'), /Children in Care Service/);
  });

  it('is not there for anyone else: a forged answer gets what a file that is not there gets', async () => {
    const before = drive.puts.length;
    const answerTo = async (id: string, acceptContext: object) => {
      const forged = { activityId: 'none', content: { acceptContext } };
      const { status, body } = await accepts(id, forged);
      return { status, body, card: text(bot.connector.latestCard(aad(id)).card) };
    };
    const real = [
      { kind: 'report', of: '2022-04/1' },
      { kind: 'report-workbook', of: '2022-04/1' },
      { kind: 'service-report', of: '2022-04/care' },
    ];
    for (const who of ['ash-manager', 'assessment-service-manager', 'business-support'])
      for (const address of real) {
        const none = await answerTo(who, { kind: 'nothing', of: 'x' });
        assert.deepEqual(await answerTo(who, address), none, `${who} ${address.kind}`);
        assert.match(none.card, /There is nothing here for you/);
      }
    assert.equal(drive.puts.length, before);
  });

  it('cannot be made to read what no card names', async () => {
    for (const key of ['', '/', '../x/1', '2022-04/0', '2022-04/1e9', '2022-04/1/2', 'x'.repeat(200)]) {
      await accepts('qa-lead', {
        activityId: 'none',
        content: { acceptContext: { kind: 'report', of: key } },
      });
      assert.match(text(bot.connector.latestCard(aad('qa-lead')).card), /There is nothing here for you/, key);
    }
    const unread = { activityId: 'none', content: { acceptContext: { kind: 7 } } };
    assert.equal((await accepts('qa-lead', unread)).status, 400);
  });

  it('is never sent to a place that is not the OneDrive of the organisation', async () => {
    const before = drive.puts.length;
    const elsewhere = 'https://contoso.sharepoint.com.attacker.example/upload';
    for (const part of ['uploadUrl', 'contentUrl']) {
      await asksFor('qa-lead', await report(), anyFormat);
      const offer = lastFile('qa-lead');
      await accepts('qa-lead', offer, { ...drive.session('f'), [part]: elsewhere });
      assert.match(text(bot.connector.latestCard(aad('qa-lead')).card), /nothing was sent there/);
      assert.ok(!bot.connector.filesTo(aad('qa-lead')).some(({ is }) => is === 'offered'));
    }
    assert.equal(drive.puts.length, before);
    assert.doesNotMatch(text(bot.connector.messagesTo(aad('qa-lead'))), /attacker/);
  });

  it('does not follow the OneDrive to another host', async () => {
    await asksFor('qa-lead', await report(), anyFormat);
    drive.redirect('https://attacker.example/upload');
    await accepts('qa-lead', lastFile('qa-lead'));
    assert.match(text(bot.connector.latestCard(aad('qa-lead')).card), /could not be reached/);
    assert.equal(lastFile('qa-lead').is, 'offered');
  });

  it('is offered again when the OneDrive fails, and comes then', async () => {
    await asksFor('qa-lead', await report(), 'Get it as Word');
    const first = lastFile('qa-lead');
    drive.failNext(500);
    await accepts('qa-lead', first, drive.session(first.name));
    assert.match(
      text(bot.connector.latestCard(aad('qa-lead')).card),
      /OneDrive answered 500.*offered again below/,
    );
    const again = lastFile('qa-lead');
    assert.equal(again.is, 'offered');
    assert.notEqual(again.activityId, first.activityId);
    await accepts('qa-lead', again, drive.session(again.name));
    assert.equal(lastFile('qa-lead').is, 'saved');
    assert.match(openWord(drive.lastFile()).paragraphs.join('\n'), /2 of 4/);
  });

  it('says what came of it below, when the offer is not there any more', async () => {
    await asksFor('qa-lead', await report(), anyFormat);
    const offer = lastFile('qa-lead');
    await accepts('qa-lead', { ...offer, activityId: 'gone' }, drive.session(offer.name));
    assert.equal(lastFile('qa-lead').is, 'saved');
  });

  it('says what else can be done when it is declined, and keeps the offer no longer', async () => {
    await asksFor('qa-lead', await report(), 'Get it as a spreadsheet');
    const offer = lastFile('qa-lead');
    const before = drive.puts.length;
    assert.equal((await done(bot.teams.declines(bot.person('qa-lead'), offer))).status, 200);
    assert.match(text(bot.connector.latestCard(aad('qa-lead')).card), /Press the same button again/);
    assert.notEqual(bot.connector.filesTo(aad('qa-lead')).at(-1)?.activityId, offer.activityId);
    assert.equal(drive.puts.length, before);
  });

  it('is not offered in a channel', async () => {
    const place = { conversationId: '19:ash-general@thread.tacv2' };
    const action = { verb: 'file.offer', data: { kind: 'report', of: '2022-04/1' } };
    await done(bot.teams.presses(bot.person('qa-lead'), action, { place }));
    const said = bot.connector.messagesTo(place.conversationId).at(-1);
    assert.match(text(said?.activity), /There is nothing here for you/);
  });

  it('is offered after Action.Submit as well', async () => {
    const before = bot.connector.filesTo(aad('qa-lead')).length;
    const data = { verb: 'file.offer', kind: 'report', of: '2022-04/1' };
    await done(bot.teams.submits(bot.person('qa-lead'), data));
    assert.equal(bot.connector.filesTo(aad('qa-lead')).length, before + 1);
  });

  it('goes to the one who has the role when it is accepted, not when it was offered', async () => {
    await asksFor('qa-lead', await report(), anyFormat);
    const offer = lastFile('qa-lead');
    const before = drive.puts.length;
    await rosterWith(bot, (roster) => ({
      ...roster,
      people: roster.people.map((one) => (one.id === 'qa-lead' ? { ...one, roles: ['manager'] } : one)),
    }));
    await accepts('qa-lead', offer, drive.session(offer.name));
    assert.match(text(bot.connector.latestCard(aad('qa-lead')).card), /There is nothing here for you/);
    assert.ok(
      !bot.connector.filesTo(aad('qa-lead')).some(({ activityId }) => activityId === offer.activityId),
    );
    await rosterWith(bot, (roster) => ({ ...roster, people: [] }));
    await accepts('qa-lead', offer, drive.session(offer.name));
    assert.equal(drive.puts.length, before);
  });

  it('leaves no address, name or token of an upload in the logs', () => {
    const logged = text(bot.logged);
    assert.ok(bot.logged.some(({ event, ids }) => event === 'file uploaded' && ids['outcome'] === 'saved'));
    assert.ok(bot.logged.some(({ event }) => event === 'upload refused'));
    assert.doesNotMatch(logged, /http|127\.0\.0\.1|attacker|upload\/|docx|Amina Thackeray|2022-04\/1/);
  });
});

describe('the document for a child’s record, through Teams', () => {
  let bot: BotInTeams;
  let drive: OneDrive;
  before(async () => {
    drive = await startOneDrive();
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
    await returnReview(bot, 'ash-manager');
    await bot.advance('P29D');
  });
  after(async () => {
    assert.deepEqual(bot.connector.violations, []);
    await bot.stop();
    await drive.stop();
  });
  const support = () => bot.person('business-support');
  const ready = () =>
    bot.connector.latestCard(support().aadObjectId, ({ card }) =>
      JSON.stringify(card).includes('child’s record'),
    );
  const lines = async () => {
    const { cycleId, ref } = await plrOf(bot, 'ash-manager');
    const log = await new TableLog(bot.app.foundation.clients.table).of(plrKey(cycleId, ref));
    return log.map(({ by, did }) => `${by} ${did}`);
  };

  it('comes to business support with the review in it, and the log says who took it', async () => {
    const before = (await lines()).length;
    await bot.teams.press(support(), ready(), 'Get the document');
    await bot.app.files.settled();
    const offer = bot.connector.filesTo(support().aadObjectId).at(-1);
    assert.ok(offer);
    const { ref } = await plrOf(bot, 'ash-manager');
    assert.equal(offer.name, `${ref}.docx`);
    await bot.teams.accepts(support(), offer, drive.session(offer.name));
    await bot.app.files.settled();
    const words = openWord(drive.lastFile()).paragraphs.join('\n');
    assert.match(words, /What works in voice/);
    assert.match(words, /About this review/);
    assert.deepEqual((await lines()).slice(before), [
      'business-support looked up through file.offer',
      'business-support looked up through file.accept',
    ]);
  });

  it('goes to nobody else, with the answer for a PLR that is not there', async () => {
    const { ref } = await plrOf(bot, 'ash-manager');
    const before = drive.puts.length;
    for (const id of ['ash-manager', 'cedar-manager', 'head-of-service', 'birch-worker-first']) {
      const answers = [];
      for (const key of [`2022-04/${ref}`, '2022-04/PLR-ZZZZZZ']) {
        const content = { acceptContext: { kind: 'record', of: key } };
        const person = bot.person(id);
        const { status, body } = await bot.teams.accepts(
          person,
          { activityId: 'none', content },
          drive.session('f'),
        );
        await bot.app.files.settled();
        const { card, summary } = bot.connector.latestCard(person.aadObjectId);
        answers.push({ status, body, card, summary });
      }
      assert.deepEqual(answers[0], answers[1], id);
    }
    assert.equal(drive.puts.length, before);
  });

  it('is there neither before the review is ready, nor when its words are gone', async () => {
    const { documents } = bot.app.foundation.services;
    const plr = await plrOf(bot, 'ash-manager');
    const { record, ref, cycleId } = plr;
    assert.equal(record?.state, 'waiting');
    const at = record.readyAt;
    const gone = { state: 'purged', readyAt: at, attachedAt: at, purgeAt: at, purgedAt: at } as const;
    const notReady = { ...plr };
    delete notReady.record;
    const purged = { ...plr, record: { ...gone, attachedBy: support().id } };
    const content = { acceptContext: { kind: 'record', of: `2022-04/${ref}` } };
    const before = drive.puts.length;
    for (const state of [notReady, purged]) {
      const change = { state, did: 'changed by the test', messages: [] };
      await documents.change(plrKind, plrKey(cycleId, ref), 'system', () => change);
      await bot.teams.accepts(support(), { activityId: 'none', content }, drive.session('f'));
      await bot.app.files.settled();
    }
    assert.equal(drive.puts.length, before);
  });
});

describe('the learning brief as slides, through Teams', () => {
  it('comes to the link reviewer with the speaker’s notes, and to no other', async () => {
    const drive = await startOneDrive();
    const bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
    await reviewsReturned(bot, '2022-04', 'assessment', sevenReviews);
    await bot.advance('P34DT2H');
    const reviewer = bot.person('assessment-reviewer');
    const brief = bot.connector.latestCard(reviewer.aadObjectId, ({ card }) =>
      JSON.stringify(card).includes('Learning brief:'),
    );
    await bot.teams.press(reviewer, brief, 'Get the slides');
    await bot.app.files.settled();
    const offer = bot.connector.filesTo(reviewer.aadObjectId).at(-1);
    assert.equal(offer?.name, 'Learning briefing 2022-04 Assessment Service draft.docx');
    await bot.teams.accepts(bot.person('care-reviewer'), offer, drive.session('f'));
    await bot.app.files.settled();
    assert.deepEqual(drive.puts, []);
    await bot.teams.accepts(reviewer, offer, drive.session(offer.name));
    await bot.app.files.settled();
    const words = openSlides(drive.lastFile());
    assert.match(words, /Assessment Service, April 2022 \(draft, not approved\)/);
    assert.match(words, /Speaker notes/);
    assert.match(words, /Read one point aloud, then wait/);
    assert.deepEqual(bot.connector.violations, []);
    await bot.stop();
    await drive.stop();
  });
});

/** It has no footer, so the reader of reports does not open it. */
function openSlides(bytes: Buffer): string {
  const document = unzipSync(bytes)['word/document.xml'];
  assert.ok(document);
  return strFromU8(document)
    .replaceAll('</w:p>', '\n')
    .replaceAll(/<[^>]+>/g, '');
}

async function rosterWith(bot: BotInTeams, change: (roster: Roster) => Roster): Promise<void> {
  const { rosters, refresh } = bot.app.foundation;
  await rosters.replace(change(smallCouncil()));
  await refresh();
}
