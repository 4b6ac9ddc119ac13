import assert from 'node:assert/strict';
import type { CycleId, ServiceId } from '../../src/practice/base/ids.js';
import { briefKey } from '../../src/practice/learning/brief.js';
import { briefKind } from '../../src/practice/learning/brief-kind.js';
import type { ShownCard } from '../stand-ins/chats.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { namedCouncil, reviewsReturned, sevenReviews, wordsOf } from './learning-council.js';

const ashMeeting = '19:ash-meeting@thread.tacv2';

describe('a recorded discussion', () => {
  let bot: BotInTeams;
  const agenda = () => bot.connector.latestCard(ashMeeting);
  const briefOf = () =>
    bot.connector.latestCard(bot.person('assessment-reviewer').aadObjectId, ({ card }) =>
      wordsOf(card).includes('Learning brief:'),
    );
  const stored = () =>
    bot.app.foundation.services.documents.read(
      briefKind,
      briefKey('2022-04' as CycleId, 'assessment' as ServiceId),
    );

  before(async () => {
    bot = await startBotInTeams({ roster: namedCouncil() });
    await bot.settle();
    await reviewsReturned(bot, '2022-04', 'assessment', sevenReviews);
    await bot.advance('P34DT2H');
    await pressed('assessment-reviewer', briefOf(), 'Approve and post');
    await bot.advance('P4DT2H');
    const form = await pressed('ash-worker-first', agenda(), 'Record our discussion');
    await pressed('ash-worker-first', form, 'Save what we decided', {
      willChange: 'We visit weekly.',
      howKnow: 'Families say so.',
      byWhen: '2022-06-30',
    });
    await bot.settle();
  });
  after(() => bot.stop());

  async function pressed(person: string, card: ShownCard, which: string, inputs = {}): Promise<ShownCard> {
    const answer = await bot.teams.press(bot.person(person), card, which, inputs);
    assert.ok(answer.card !== undefined, JSON.stringify(answer.body));
    return answer.card;
  }

  it('is corrected by anyone of the team, over the same card, and keeps what it said before', async () => {
    const form = await pressed('ash-worker-second', agenda(), 'Correct this');
    assert.match(wordsOf(form.card), /Recorded so far\. Discussed on 9 May 2022/);
    assert.match(wordsOf(form.card), /The log keeps what it said before/);
    await pressed('ash-worker-second', form, 'Save what we decided', {
      willChange: 'We visit every ten days.',
    });
    await bot.settle();
    assert.match(wordsOf(agenda().card), /We visit every ten days/);
    assert.doesNotMatch(wordsOf(agenda().card), /We visit weekly/);
    assert.equal(bot.connector.cardsIn(ashMeeting).length, 1);
    const post = (await stored())?.posting?.posts.find(({ teamId }) => teamId === 'ash');
    assert.ok(post?.state === 'discussed');
    assert.equal(post.record.recordedBy, 'ash-worker-second');
    assert.deepEqual(
      post.former?.map(({ willChange, recordedBy }) => [willChange, recordedBy]),
      [['We visit weekly.', 'ash-worker-first']],
    );
  });

  it('is not corrected by another team, with a name, or with nothing different', async () => {
    const refused = await pressed('cedar-worker-first', agenda(), 'Correct this');
    assert.match(wordsOf(refused.card), /Only Ash Team can record what it decided/);
    const form = await pressed('ash-manager', agenda(), 'Correct this');
    const named = await pressed('ash-manager', form, 'Save what we decided', {
      willChange: 'Gareth Pritchard visits.',
    });
    assert.match(wordsOf(named.card), /“Gareth Pritchard” looks like a name/);
    const same = await pressed('ash-manager', form, 'Save what we decided');
    assert.match(wordsOf(same.card), /Nothing was changed/);
    assert.match(wordsOf(agenda().card), /We visit every ten days/);
  });

  it('keeps what was typed on a form that someone else was faster with', async () => {
    const [mine, theirs] = [
      await pressed('ash-manager', agenda(), 'Correct this'),
      await pressed('ash-worker-third', agenda(), 'Correct this'),
    ];
    await pressed('ash-worker-third', theirs, 'Save what we decided', { howKnow: 'Children say so.' });
    const late = await pressed('ash-manager', mine, 'Save what we decided', { howKnow: 'We ask families.' });
    assert.match(wordsOf(late.card), /Nothing of yours was saved/);
    assert.match(wordsOf(late.card), /Children say so/);
    assert.match(wordsOf(late.card), /We ask families/);
    await pressed('ash-manager', late, 'Save what we decided');
    await bot.settle();
    assert.match(wordsOf(agenda().card), /We ask families/);
  });

  it('is corrected until the next brief is posted, which brings back the corrected words', async () => {
    const april = agenda();
    await bot.advance('P29D');
    assert.match(wordsOf(briefOf().card), /May 2022/);
    const form = await pressed('ash-manager', april, 'Correct this');
    await pressed('ash-manager', form, 'Save what we decided', { willChange: 'We visit when we said.' });
    const fresh = await bot.teams.press(bot.person('ash-manager'), april, 'Correct this');
    await pressed('assessment-reviewer', briefOf(), 'Approve and post');
    await bot.advance('P7D');
    assert.match(wordsOf(agenda().card), /Reviews, May 2022/);
    assert.match(wordsOf(agenda().card), /We will change\nWe visit when we said/);
    assert.ok(fresh.card !== undefined);
    const closed = await pressed('ash-manager', fresh.card, 'Save what we decided', {
      willChange: 'No more.',
    });
    assert.match(wordsOf(closed.card), /A newer brief is with your team[^]*No more\./);
    const shut = await pressed('ash-manager', april, 'Correct this');
    assert.match(wordsOf(shut.card), /A newer brief is with your team/);
    assert.equal(bot.logged.length, 0);
    assert.deepEqual(bot.connector.violations, []);
  });
});
