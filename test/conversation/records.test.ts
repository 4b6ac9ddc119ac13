import assert from 'node:assert/strict';
import { actionsOf } from '../stand-ins/card-inputs.js';
import { aReview } from '../builders/a-plr.js';
import { smallCouncil } from '../builders/small-council.js';
import { openWord } from '../unit/documents/word-reader.js';
import { createProgram } from '../../src/cli/program.js';
import { plrDocument } from '../../src/documents/plr-document.js';
import { plrKey, type Plr } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { figuresOf } from '../../src/practice/process/figures-of.js';
import { recordContent } from '../../src/practice/records/content.js';
import { removed } from '../../src/practice/plr/record.js';
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
    assert.deepEqual(figuresOf(open, 'Europe/London').findings, figuresOf(written, 'Europe/London').findings);
  });

  it('waits again when it was not attached after all, and keeps its words', async () => {
    await bot.advance('P29D');
    const [card] = recordCards();
    assert.ok(card);
    const attached = await bot.teams.press(support(), card, confirm);
    assert.ok(attached.card);
    const back = await bot.teams.press(support(), attached.card, 'Not attached after all');
    assert.ok(back.card);
    assert.match(JSON.stringify(back.card.card), /Ready for the child’s record/);
    assert.equal((await plrOf(bot, 'ash-manager')).record?.state, 'waiting');
    const late = await bot.teams.press(support(), attached.card, 'Not attached after all');
    assert.match(JSON.stringify(late.card?.card), /Nothing was changed/);
    await bot.advance('P91D');
    assert.match(JSON.stringify((await plrOf(bot, 'ash-manager')).review), /What works in voice/);
    await bot.teams.press(support(), back.card, confirm);
    assert.equal((await plrOf(bot, 'ash-manager')).record?.state, 'attached');
  });

  it('comes back with what was said after it was attached, and loses its words only then', async () => {
    const latest = () => {
      const card = recordCards().at(-1);
      assert.ok(card);
      return card;
    };
    await bot.advance('P29D');
    await bot.teams.press(support(), latest(), confirm);
    const { ref, practitionerId, serviceId } = await plrOf(bot, 'ash-manager');
    await moderationAgreed(bot);
    const action = (person: string) =>
      bot.connector.latestCard(bot.person(person).aadObjectId, ({ card }) =>
        JSON.stringify(card).includes(`${ref}-1`),
      );
    const form = await bot.teams.press(bot.person(practitionerId), action(practitionerId), 'Update');
    assert.ok(form.card);
    const said = { state: 'done', evidence: 'Case note of 2 May', difference: 'She sleeps again' };
    await bot.teams.press(bot.person(practitionerId), form.card, 'Save', said);
    await bot.advance('PT1H');
    const reviewer = bot.organisation.services.get(serviceId)?.linkReviewerId;
    assert.ok(reviewer);
    await bot.teams.press(bot.person(reviewer), action(reviewer), 'Verify');
    await bot.advance('P91D');
    const before = await plrOf(bot, 'ash-manager');
    assert.equal(before.record?.state, 'waiting');
    assert.match(JSON.stringify(before), /Case note of 2 May/);
    assert.equal(recordCards().length, 2);
    assert.match(JSON.stringify(latest().card), /More was said since it was attached on 30 April 2022/);
    await bot.teams.press(support(), latest(), confirm);
    assert.match(JSON.stringify(await plrOf(bot, 'ash-manager')), /Case note of 2 May/);
    await bot.advance('P91D');
    const after = await plrOf(bot, 'ash-manager');
    assert.equal(after.record?.state, 'purged');
    assert.doesNotMatch(JSON.stringify(after), /Case note of 2 May|What works in voice/);
  });

  it('is not confirmed by a card that was made before the last of it ended', async () => {
    await bot.advance('P29D');
    const [card] = recordCards();
    assert.ok(card);
    await moderationAgreed(bot, { actions: [] });
    const answer = await bot.teams.press(support(), card, confirm);
    assert.match(JSON.stringify(answer.card?.card), /More was said since this card was made/);
    assert.equal((await plrOf(bot, 'ash-manager')).record?.state, 'waiting');
    assert.ok(answer.card);
    await bot.teams.press(support(), answer.card, confirm);
    assert.equal((await plrOf(bot, 'ash-manager')).record?.state, 'attached');
  });

  it('is nobody else’s to confirm or to open: the answer is the one for a PLR that is not there', async () => {
    await bot.advance('P29D');
    const { cycleId: cycle, ref } = await plrOf(bot, 'ash-manager');
    for (const verb of ['records.attached', 'records.taken-back', 'records.open']) {
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
    const council = bot.app.foundation.council();
    assert.ok(council);
    const content = recordContent(plr, council);
    assert.ok(content);
    const text = openWord(await plrDocument(content)).paragraphs.join('\n');
    assert.match(text, /What works in voice/);
    assert.doesNotMatch(text, new RegExp(removed));
  });
});

/** As if it had been moderated and agreed, at once; the way there is tested elsewhere. */
async function moderationAgreed(bot: BotInTeams, besides: Partial<Plr> = {}): Promise<void> {
  const { cycleId, ref, managerId, moderation: drawn } = await plrOf(bot, 'ash-manager');
  const at = bot.app.foundation.clock.now();
  const grades = { sections: [], overall: 'good', reason: 'Seen alike', by: managerId, at };
  const agreed = { by: managerId, at };
  const moderation = { ...drawn, state: 'agreed', original: grades, moderated: grades, agreed } as never;
  await bot.app.foundation.services.documents.change(plrKind, plrKey(cycleId, ref), 'system', (plr) => ({
    state: { ...plr, ...besides, moderation },
    did: 'agreed',
    messages: [],
  }));
}

describe('the records of a council without business support, and with Practice Weeks', () => {
  let bot: BotInTeams;
  const leads = ['qa-lead', 'head-of-service'] as const;
  beforeEach(async () => {
    const roster = smallCouncil();
    const people = roster.people
      .filter(({ roles }) => !roles.includes('business-support'))
      .map((one) =>
        (leads as readonly string[]).includes(one.id) ? { ...one, roles: ['qa-lead' as const] } : one,
      );
    bot = await startBotInTeams({ roster: { ...roster, people } });
    await bot.settle();
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    await bot.stop();
  });
  const chatOf = (id: string) => bot.person(id).aadObjectId;

  it('shows the other QA leads that one of them has attached it', async () => {
    await returnReview(bot, 'ash-manager');
    await bot.advance('P29D');
    const [mine, theirs] = leads.map((id) =>
      bot.connector.latestCard(
        chatOf(id),
        ({ summary }) => summary?.includes('ready for the record') === true,
      ),
    );
    assert.ok(mine && theirs);
    await bot.teams.press(bot.person(leads[0]), mine, 'It is in the child’s record');
    await bot.settle();
    const now = bot.connector
      .cardsTo(chatOf(leads[1]))
      .find(({ activityId }) => activityId === theirs.activityId);
    assert.match(JSON.stringify(now?.card), /In the child’s record/);
    assert.ok(now && !actionsOf(now.card).includes('It is in the child’s record'));
    await bot.teams.press(bot.person(leads[1]), now, 'Not attached after all');
    await bot.settle();
    const again = bot.connector.latestCard(chatOf(leads[0]));
    assert.ok(actionsOf(again.card).includes('It is in the child’s record'));
  });

  it('lists what has waited for a year, however many Practice Weeks came since', async () => {
    const { documents, partitions } = bot.app.foundation.services;
    const waits = (ref: string, cycleId: string) =>
      ({
        ...aReview().returned().build(),
        ...{ ref, cycleId, record: { state: 'waiting', readyAt: '2021-06-01T09:00:00Z' } },
      }) as Plr;
    const cycles = ['2021-04', '2022-04'].flatMap((month) => [
      month,
      ...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((topic) => `${month}-thematic-${topic}`),
    ]);
    for (const [index, cycle] of cycles.entries()) {
      const state = waits(`PLR-${'ABCDEFGHJKMNPQRS'[index]}22222`, cycle);
      await partitions.activate(cycle);
      await documents.create(
        plrKind,
        plrKey(state.cycleId, state.ref),
        { state, did: 'issued', messages: [] },
        'system',
      );
    }
    await bot.teams.says(bot.person('qa-lead'), 'records');
    assert.match(JSON.stringify(bot.connector.latestCard(chatOf('qa-lead')).card), /16 to attach/);
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
    assert.ok(rows.some(({ act, who }) => act === 'acknowledge alert' && who.includes('practitioner')));
    assert.ok(partRows.some(({ act, who }) => act === 'record discussion' && who.includes('team-member')));
    for (const { act, who } of [...rows, ...partRows])
      for (const one of who) assert.ok(standings.includes(one), `${act}: ${one}`);
  });
});
