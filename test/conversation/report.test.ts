import assert from 'node:assert/strict';
import { isRefusal } from '../../src/practice/base/errors.js';
import { signedReportKind, type SignedReport } from '../../src/practice/reporting/signed-report.js';
import { versionsOf } from '../../src/practice/reporting/decide-opening.js';
import { smallCouncil } from '../builders/small-council.js';
import type { ShownCard } from '../stand-ins/chats.js';
import { inputsOf } from '../stand-ins/card-inputs.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { returnPlr } from './returned-plrs.js';

const boardChannel = { channel: '19:board@thread.tacv2', team: '19:board-general@thread.tacv2' };

describe('the Board’s report in Teams', () => {
  let bot: BotInTeams;
  before(async () => {
    bot = await startBotInTeams({ roster: smallCouncil(), configure: { rules: { boardChannel } } });
    await bot.settle();
    await returnPlr(bot, 'ash-manager', { overall: 'good' });
    await returnPlr(bot, 'cedar-manager', { overall: 'requires_improvement' });
    await bot.settle();
  });
  after(() => bot.stop());

  const latest = (id: string) => bot.connector.latestCard(bot.person(id).aadObjectId);
  const textOf = (card: unknown) => JSON.stringify(card);
  const says = async (id: string, words: string) => {
    await bot.teams.says(bot.person(id), words);
    return latest(id);
  };
  const versions = (): Promise<SignedReport[]> =>
    versionsOf('2022-04', bot.app.foundation.services.documents);

  it('answers the QA lead with headlines, both charts and their tables', async () => {
    const card = textOf((await says('qa-lead', 'report April')).card);
    assert.match(card, /Practice Learning Reviews: April 2022: All services/);
    assert.match(card, /Of the PLRs sent, services returned 2 of 4 \(50%\)\./);
    assert.match(card, /"type":"Chart\.HorizontalBar".*"type":"Chart\.HorizontalBar"/);
    assert.match(card, /"type":"Table"/);
    assert.match(card, /Draft of version 1: not signed off/);
    assert.doesNotMatch(card, /\$\{/);
  });

  it('says which words it knows when the period is none', async () => {
    assert.match(textOf((await says('qa-lead', 'report Q4 2022')).card), /Which report\?/);
  });

  it('gives a manager neither the report nor a forwarded card’s buttons', async () => {
    assert.doesNotMatch(textOf((await says('ash-manager', 'report April')).card), /of 4/);
    const verbs = ['show', 'correct', 'comment', 'save-comment', 'ask-to-publish', 'publish'];
    for (const verb of verbs) {
      const { body } = await bot.teams.presses(bot.person('ash-manager'), {
        verb: `report.${verb}`,
        data: { period: '2022-04', version: 1, revision: 1, comment: 'mine' },
      });
      assert.match(JSON.stringify(body), /There is nothing here for you/);
    }
  });

  it('gives a service manager the page of their own service alone', async () => {
    const card = textOf((await says('assessment-service-manager', 'our service')).card);
    assert.match(card, /April 2022: Assessment Service/);
    assert.match(card, /returned 1 of 2 \(50%\)/);
    assert.doesNotMatch(card, /report\.publish|Children in Care/);
    const { body } = await bot.teams.presses(bot.person('assessment-service-manager'), {
      verb: 'report.service',
      data: { period: '2022-04', service: 'care' },
    });
    assert.match(JSON.stringify(body), /There is nothing here for you/);
  });

  it('comes to the QA lead by itself when the month closes, once', async () => {
    await bot.advance('P35D');
    await bot.advance('PT1H');
    const sent = await bot.app.foundation.outbox.ledger('council', 'report.');
    // The QA lead asked before, so the draft was there: it is announced with the figures of the closed month.
    assert.deepEqual(
      sent.map(({ key, state }) => `${key} ${state}`),
      ['report.2022-04.v1.draft.qa-lead delivered'],
    );
    assert.match(textOf(latest('qa-lead').card), /Draft of version 1: not signed off/);
    const [draft] = await versions();
    assert.equal(draft?.report.madeOn, '2022-05-06');
  });

  it('keeps the QA lead’s comment with the draft', async () => {
    const card = await says('qa-lead', 'report April 2022');
    const form = await bot.teams.press(bot.person('qa-lead'), card, 'Write a comment');
    assert.ok(form.card);
    const back = await bot.teams.press(bot.person('qa-lead'), form.card, 'Save the comment', {
      comment: 'Two teams were without a manager.',
    });
    assert.match(textOf(back.card?.card), /Two teams were without a manager\./);
  });

  it('keeps a comment that was saved meanwhile, and what was typed beside it', async () => {
    const card = await says('qa-lead', 'report April 2022');
    const forms = [
      await bot.teams.press(bot.person('qa-lead'), card, 'Write a comment'),
      await bot.teams.press(bot.person('qa-lead'), card, 'Write a comment'),
    ];
    const [first, second] = forms.map((form) => form.card);
    assert.ok(first !== undefined && second !== undefined);
    const save = (form: ShownCard, comment: string) =>
      bot.teams.press(bot.person('qa-lead'), form, 'Save the comment', { comment });
    await save(first, 'One team was without a manager.');
    const late = await save(second, 'The figures are late.');
    assert.match(textOf(late.card?.card), /As it is saved now[^]*One team was without a manager\./);
    assert.ok(late.card !== undefined);
    assert.equal(inputsOf(late.card.card)['comment'], 'The figures are late.');
    assert.equal((await versions())[0]?.comment, 'One team was without a manager.');
    await save(late.card, 'One team was without a manager. The figures are late.');
    assert.match((await versions())[0]?.comment ?? '', /manager\. The figures are late\./);
    // Pressed twice, the second press is no conflict.
    const twice = await save(late.card, 'One team was without a manager. The figures are late.');
    assert.doesNotMatch(textOf(twice.card?.card), /Nothing of yours is saved/);
  });

  it('does not sign off a draft that changed since it was looked at', async () => {
    const [draft] = await versions();
    assert.equal(draft?.state, 'draft');
    const { body } = await bot.teams.presses(bot.person('qa-lead'), {
      verb: 'report.publish',
      data: { period: '2022-04', version: 1, revision: 0 },
    });
    assert.match(JSON.stringify(body), /changed since you looked at it/);
    assert.equal((await versions())[0]?.state, 'draft');
  });

  it('publishes what the QA lead saw, and tells the Board’s channel without a figure', async () => {
    const card = await says('qa-lead', 'report April 2022');
    const ask = await bot.teams.press(bot.person('qa-lead'), card, 'Sign off and publish');
    assert.ok(ask.card);
    const done = await bot.teams.press(bot.person('qa-lead'), ask.card, 'Publish');
    assert.match(textOf(done.card?.card), /Version 1, published on .* by Amina Thackeray/);
    await bot.settle();
    const [line] = await bot.app.foundation.outbox.ledger('council', 'report.2022-04.v1.published');
    assert.deepEqual([line?.key, line?.state], ['report.2022-04.v1.published', 'delivered']);
    const [post, ...more] = bot.connector.cardsIn(boardChannel.channel);
    assert.match(textOf(post?.card), /The Board’s report is published: April 2022/);
    assert.match(textOf(post?.card), /Version 1 is signed off\./);
    assert.doesNotMatch(textOf(post?.card), /%|\d of \d/);
    assert.deepEqual(more, []);
  });

  it('never changes what is published: a press, a comment and a new figure leave it as it is', async () => {
    const [before] = await versions();
    await returnPlr(bot, 'birch-manager', { overall: 'good' });
    await says('qa-lead', 'report April 2022');
    for (const [verb, more] of [
      ['publish', { revision: 2 }],
      ['save-comment', { comment: 'Later.' }],
    ] as const) {
      const { body } = await bot.teams.presses(bot.person('qa-lead'), {
        verb: `report.${verb}`,
        data: { period: '2022-04', version: 1, ...more },
      });
      assert.match(JSON.stringify(body), /Version 1 is published and never changes/);
      if (verb === 'save-comment') assert.match(JSON.stringify(body), /"value":"Later\."/);
    }
    assert.deepEqual(await versions(), [before]);
  });

  it('makes a correction a version of its own, which says what changed', async () => {
    const card = await says('qa-lead', 'report April 2022');
    const corrected = await bot.teams.press(bot.person('qa-lead'), card, 'Make a correction');
    const text = textOf(corrected.card?.card);
    assert.match(text, /What changed since version 1/);
    assert.match(text, /column “Returned by service”: was 2, is now 3\./);
    const [first, second] = await versions();
    assert.equal(first?.state, 'published');
    assert.equal(second?.state, 'draft');
  });

  it('finds nothing to correct when the record gives the same', async () => {
    const card = await says('qa-lead', 'report April 2022');
    const ask = await bot.teams.press(bot.person('qa-lead'), card, 'Sign off and publish');
    assert.ok(ask.card);
    const done = await bot.teams.press(bot.person('qa-lead'), ask.card, 'Publish');
    assert.ok(done.card);
    const again = await bot.teams.press(bot.person('qa-lead'), done.card, 'Make a correction');
    assert.match(textOf(again.card?.card), /there is nothing to correct but the comment/);
    assert.equal((await versions()).length, 2);
  });

  it('corrects the comment alone, once what may identify somebody is mended or answered for', async () => {
    const lead = bot.person('qa-lead');
    const form = await bot.teams.press(lead, await says('qa-lead', 'report April 2022'), 'Make a correction');
    assert.ok(form.card);
    const comment = 'Ring 07700 900123 about the late ones.';
    const found = await bot.teams.press(lead, form.card, 'Save the comment', { comment });
    assert.ok(found.card);
    assert.match(textOf(found.card.card), /“07700 900123” looks like a phone number/);
    assert.equal(inputsOf(found.card.card)['comment'], comment);
    assert.equal((await versions()).length, 2);
    const kept = await bot.teams.press(lead, found.card, 'It identifies nobody: save it');
    assert.match(textOf(kept.card?.card), /What changed since version 2[^]*comment was changed/);
    const third = (await versions())[2];
    assert.deepEqual([third?.state, third?.comment], ['draft', comment]);
  });

  it('keeps every version in the council’s partition', async () => {
    const all = await bot.app.foundation.services.documents.list(signedReportKind, 'council');
    assert.ok(all.every((one) => !isRefusal(one)));
    assert.deepEqual(bot.connector.violations, []);
  });
});

describe('the draft of a month that closed', () => {
  let bot: BotInTeams;
  before(async () => {
    bot = await startBotInTeams({ roster: smallCouncil(), at: '2022-03-01T09:00:00Z' });
    await bot.settle();
    await returnPlr(bot, 'ash-manager', { overall: 'good' }, '2022-03');
  });
  after(() => bot.stop());

  it('comes to the QA lead, and with the last month that of the quarter', async () => {
    await bot.advance('P36D');
    await bot.advance('PT1H');
    const sent = await bot.app.foundation.outbox.ledger('council', 'report.');
    assert.deepEqual(
      sent.map(({ key, state }) => `${key} ${state}`),
      ['report.2021-22-Q4.v1.draft.qa-lead delivered', 'report.2022-03.v1.draft.qa-lead delivered'],
    );
    assert.deepEqual(bot.connector.violations, []);
  });
});
