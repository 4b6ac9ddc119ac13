import assert from 'node:assert/strict';
import { TableLog } from '../../src/storage/table-log.js';
import type { ShownCard } from '../stand-ins/chats.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { aFindingsText, namedCouncil, reviewsReturned, sevenReviews, wordsOf } from './learning-council.js';

const meeting = (team: string) => `19:${team}-meeting@thread.tacv2`;

describe('a learning brief', () => {
  let bot: BotInTeams;
  const reviewer = () => bot.person('assessment-reviewer');
  const briefOf = (who = reviewer()) =>
    bot.connector.latestCard(who.aadObjectId, ({ card }) => wordsOf(card).includes('Learning brief:'));
  const agendaOf = (team: string) => bot.connector.latestCard(meeting(team));

  before(async () => {
    bot = await startBotInTeams({ roster: namedCouncil() });
    await bot.settle();
    await reviewsReturned(bot, '2022-04', 'assessment', sevenReviews);
    await reviewsReturned(bot, '2022-04', 'care', sevenReviews.slice(0, 2));
  });
  after(() => bot.stop());

  async function pressed(person: string, card: ShownCard, which: string, inputs = {}): Promise<ShownCard> {
    const answer = await bot.teams.press(bot.person(person), card, which, inputs);
    assert.equal(answer.status, 200);
    assert.ok(answer.card !== undefined, JSON.stringify(answer.body));
    return answer.card;
  }

  it('is drafted from the counts for each service when its cycle has closed, and not before', async () => {
    assert.throws(() => briefOf(), /No such card/);
    await bot.advance('P34DT2H');
    const words = wordsOf(briefOf().card);
    assert.match(words, /7 Practice Learning Reviews of April 2022 in Assessment Service/);
    assert.match(words, /We hear the child and understand their daily life: 6 of 7/);
    assert.match(words, /Our records are up to date and written for the child: 5 of 7/);
    assert.match(words, /Our plans are clear, and drift is challenged: fewer than 5 of 7/);
    assert.ok(!words.includes(aFindingsText));
  });

  it('is merged up into the whole, and says so, for a service with fewer than 5 returned reviews', () => {
    const words = wordsOf(briefOf(bot.person('care-reviewer')).card);
    assert.match(
      words,
      /9 Practice Learning Reviews of April 2022 in all services together. Too few were returned in Children in Care Service/,
    );
  });

  it('shows the findings to the link reviewer alone', async () => {
    const findings = await pressed('assessment-reviewer', briefOf(), 'See the findings');
    assert.ok(wordsOf(findings.card).includes(aFindingsText));
    const more = await pressed('assessment-reviewer', findings, 'More findings');
    assert.ok(wordsOf(more.card).includes(aFindingsText));
    const { verb, data } = {
      verb: 'learning.findings',
      data: { cycle: '2022-04', service: 'assessment', page: 1 },
    };
    const other = await bot.teams.presses(bot.person('care-reviewer'), { verb, data });
    assert.match(wordsOf(other.card?.card), /There is nothing here for you/);
    await pressed('assessment-reviewer', findings, 'Back to the brief');
  });

  it('has on the log the reviews whose findings were on the page, and no other of the month', async () => {
    const lines: string[] = [];
    for await (const { link } of new TableLog(bot.app.foundation.clients.table).links('2022-04'))
      if (link.did === 'looked up through learning.findings') lines.push(link.did);
    // Eight findings of seven reviews, then five of five.
    assert.equal(lines.length, 12);
  });

  it('keeps what was typed and says what is wrong, all at once', async () => {
    const form = await pressed('assessment-reviewer', briefOf(), 'Edit');
    const answer = await pressed('assessment-reviewer', form, 'Save and see how it looks', {
      workingWell: ' ',
      doDifferently: 'x'.repeat(601),
    });
    const words = wordsOf(answer.card);
    assert.match(words, /no part of the brief may be empty/);
    assert.match(words, /Shorten this to 600 characters: it has 601/);
    assert.ok(words.includes('x'.repeat(601)));
    await pressed('assessment-reviewer', answer, 'Back without saving');
  });

  it('is not posted while the firewall finds anyone in it, and shows each find in its place', async () => {
    const form = await pressed('assessment-reviewer', briefOf(), 'Edit');
    const text = 'Ask Delyth Lindqvist how she plans.\n- Keep the chronology current.';
    const shown = await pressed('assessment-reviewer', form, 'Save and see how it looks', {
      doDifferently: text,
    });
    assert.match(wordsOf(shown.card), /• Keep the chronology current/);
    const hits = await pressed('assessment-reviewer', shown, 'Approve and post');
    assert.match(wordsOf(hits.card), /“Delyth Lindqvist” looks like a name/);
    const again = await pressed('assessment-reviewer', hits, 'Keep these reasons and post');
    assert.match(wordsOf(again.card), /Say why this may stay/);
    const edit = await pressed('assessment-reviewer', again, 'Mend the text');
    await pressed('assessment-reviewer', edit, 'Save and see how it looks', {
      doDifferently: 'Keep the chronology current.',
    });
    assert.deepEqual(bot.connector.cardsIn(meeting('ash')), []);
  });

  it('is posted, once approved, two working days before each team’s next meeting', async () => {
    // Thursday 5 May: the meeting is on Monday 9 May, so two working days before is now.
    const approved = await pressed('assessment-reviewer', briefOf(), 'Approve and post');
    assert.match(wordsOf(approved.card), /Each team gets it ahead of its next meeting/);
    await bot.settle();
    for (const team of ['ash', 'birch']) {
      const words = wordsOf(agendaOf(team).card);
      assert.match(words, /Standing agenda item: learning from Practice Learning Reviews, April 2022/);
      assert.match(words, /For your meeting on 9 May 2022/);
    }
    assert.deepEqual(bot.connector.cardsIn(meeting('cedar')), []);
  });

  it('counts no meeting as one that did not discuss it before its day has passed', async () => {
    await bot.teams.says(bot.person('qa-lead'), 'loop');
    const loop = wordsOf(bot.connector.latestCard(bot.person('qa-lead').aadObjectId).card);
    assert.match(loop, /April 2022: no meeting has passed yet/);
    assert.match(loop, /0 of 0\. Not yet: Ash Team \(meeting to come\), Birch Team \(meeting to come\)/);
  });

  it('is not approved twice', async () => {
    const before = bot.connector.recorded.length;
    const data = { cycle: '2022-04', service: 'assessment', saves: 2 };
    const again = await bot.teams.presses(reviewer(), { verb: 'learning.approve', data });
    assert.match(wordsOf(again.card?.card), /approved already/);
    await bot.settle();
    assert.equal(bot.connector.recorded.length, before);
  });

  it('refuses to record for a team that the person is not in', async () => {
    const refused = await pressed('cedar-worker-first', agendaOf('ash'), 'Record our discussion');
    assert.match(wordsOf(refused.card), /Only Ash Team can record what it decided/);
  });

  it('refuses a name in what the team records, beside the field, and keeps what was typed', async () => {
    await bot.advance('P4DT2H');
    const form = await pressed('ash-worker-second', agendaOf('ash'), 'Record our discussion');
    const answer = await pressed('ash-worker-second', form, 'Save what we decided', {
      willChange: 'Gareth Pritchard reads each plan.',
      howKnow: '',
    });
    const words = wordsOf(answer.card);
    assert.match(words, /“Gareth Pritchard” looks like a name/);
    assert.match(words, /Say how you will know/);
    assert.match(words, /Give the date by which/);
    assert.match(words, /Gareth Pritchard reads each plan/);
  });

  it('shows the whole channel what the team recorded', async () => {
    const form = await pressed('ash-worker-second', agendaOf('ash'), 'Record our discussion');
    await pressed('ash-worker-second', form, 'Save what we decided', {
      willChange: 'We read each plan with the family.',
      howKnow: 'Families tell us they know the plan.',
      byWhen: '2022-06-30',
    });
    await bot.settle();
    const words = wordsOf(agendaOf('ash').card);
    assert.match(words, /Discussed on 9 May 2022/);
    assert.match(words, /We read each plan with the family/);
    assert.equal(bot.connector.cardsIn(meeting('ash')).length, 1);
  });

  it('reminds a team that recorded nothing, quietly, and its Team Manager in person', async () => {
    await bot.advance('P1DT23H');
    assert.match(wordsOf(agendaOf('birch').card), /Not recorded yet/);
    assert.equal(bot.connector.cardsIn(meeting('birch')).length, 1);
    const toBirch = bot.connector
      .cardsTo(bot.person('birch-manager').aadObjectId)
      .map(({ card }) => wordsOf(card));
    assert.equal(toBirch.filter((words) => words.includes('What did Birch Team decide')).length, 1);
    const toAsh = bot.connector
      .cardsTo(bot.person('ash-manager').aadObjectId)
      .map(({ card }) => wordsOf(card));
    assert.ok(toAsh.every((words) => !words.includes('What did Ash Team decide')));
  });

  it('is seen by the QA lead after a month without a record', async () => {
    await bot.advance('P30D');
    const toLead = bot.connector.cardsTo(bot.person('qa-lead').aadObjectId).map(({ card }) => wordsOf(card));
    assert.ok(toLead.some((words) => words.includes('A month without a recorded discussion')));
    await bot.teams.says(bot.person('qa-lead'), 'loop');
    const loop = wordsOf(bot.connector.latestCard(bot.person('qa-lead').aadObjectId).card);
    assert.match(loop, /April 2022: 1 of 2 meetings discussed it/);
    assert.match(loop, /Not yet: Birch Team/);
  });

  it('brings back what the team said it would change, with the next month’s brief', async () => {
    const form = await pressed('assessment-reviewer', briefOf(), 'Edit');
    assert.match(wordsOf(form.card), /May 2022/);
    const shown = await pressed('assessment-reviewer', form, 'Back without saving');
    await pressed('assessment-reviewer', shown, 'Approve and post');
    await bot.advance('P7D');
    const words = wordsOf(agendaOf('ash').card);
    assert.match(words, /Reviews, May 2022/);
    assert.match(words, /Last time, on 9 May 2022, you said/);
    assert.match(words, /We will change\nWe read each plan with the family/);
    assert.doesNotMatch(wordsOf(agendaOf('birch').card), /Last time/);
  });

  it('has broken no rule of Teams and logged nothing', () => {
    assert.deepEqual(bot.connector.violations, []);
    assert.deepEqual(bot.logged, []);
  });
});
