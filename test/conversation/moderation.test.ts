import assert from 'node:assert/strict';
import { grades, type Grade } from '../../src/practice/plr/grade.js';
import { smallCouncil } from '../builders/small-council.js';
import { actionsOf, inputsOf } from '../stand-ins/card-inputs.js';
import type { ShownCard } from '../stand-ins/chats.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import type { Person } from '../../src/practice/council/organisation.js';
import { plrOf, returnPlr, withSeed } from './returned-plrs.js';

/** The link reviewer of the Service of a PLR's case. */
async function moderatorOf(bot: BotInTeams, manager: string) {
  const { serviceId } = await plrOf(bot, manager);
  return bot.person(`${serviceId}-reviewer`);
}

function wordsOf(card: unknown): string {
  return JSON.stringify(card);
}

/** Presses through every page of the blind grading; ends with both grades shown. */
async function gradeAll(bot: BotInTeams, moderator: string, grade: Grade): Promise<ShownCard> {
  const person = bot.person(moderator);
  let card = bot.connector.latestCard(person.aadObjectId, ({ card }) =>
    wordsOf(card).includes('Start grading'),
  );
  card = (await bot.teams.press(person, card, 'Start grading')).card!;
  for (let page = 0; page < 9; page += 1) {
    card = (await bot.teams.press(person, card, 'Save and go on', { grade, reason: `Reason ${page}.` }))
      .card!;
  }
  const answer = await bot.teams.press(person, card, 'Give my grades', { grade, reason: 'All in all.' });
  await bot.settle();
  return answer.card!;
}

describe('a moderation from draw to agreement', () => {
  let bot: BotInTeams;
  before(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
  });
  after(() => bot.stop());

  it('brings an Inadequate PLR to the link reviewer, blind', async () => {
    const plr = await returnPlr(bot, 'ash-manager', { overall: 'inadequate' });
    await bot.settle();
    const moderator = await moderatorOf(bot, 'ash-manager');
    const card = bot.connector.latestCard(moderator.aadObjectId);
    assert.ok(wordsOf(card.card).includes(plr.ref));
    assert.doesNotMatch(wordsOf(card), /inadequate|alert/i);
    assert.deepEqual(actionsOf(card.card), ['Start grading', 'I cannot moderate this one']);
  });

  it('keeps each page, and shows it again when one comes back', async () => {
    const moderator = await moderatorOf(bot, 'ash-manager');
    let card = bot.connector.latestCard(moderator.aadObjectId);
    card = (await bot.teams.press(moderator, card, 'Start grading')).card!;
    card = (await bot.teams.press(moderator, card, 'Save and go on', { grade: 'good', reason: 'Clear.' }))
      .card!;
    card = (await bot.teams.press(moderator, card, 'Save and go back')).card!;
    assert.deepEqual(inputsOf(card.card), { grade: 'good', reason: 'Clear.' });
    const early = await bot.teams.presses(moderator, {
      verb: 'moderation.give',
      data: {
        cycle: '2022-04',
        ref: (await plrOf(bot, 'ash-manager')).ref,
        grade: 'good',
        reason: 'Too early.',
      },
      replyTo: card.activityId,
    });
    assert.match(wordsOf(early.card!.card), /Give a grade and a reason for each section/);
    assert.deepEqual(inputsOf(early.card!.card), { grade: 'good', reason: 'Too early.' });
    card = (await bot.teams.press(moderator, early.card!, 'Save and go back')).card!;
    while (actionsOf(card.card).includes('Save and go back')) {
      card = (await bot.teams.press(moderator, card, 'Save and go back')).card!;
    }
    assert.ok(actionsOf(card.card).includes('Go on grading'));
  });

  it('shows both grades to moderator and manager once the moderator has graded, with the difference in words', async () => {
    const moderator = await moderatorOf(bot, 'ash-manager');
    let card = bot.connector.latestCard(moderator.aadObjectId);
    card = (await bot.teams.press(moderator, card, 'Go on grading')).card!;
    while (actionsOf(card.card).includes('Save and go on')) {
      card = (
        await bot.teams.press(moderator, card, 'Save and go on', {
          grade: 'requires_improvement',
          reason: 'Some of it.',
        })
      ).card!;
    }
    const shown = (
      await bot.teams.press(moderator, card, 'Give my grades', {
        grade: 'requires_improvement',
        reason: 'On balance.',
      })
    ).card!;
    await bot.settle();
    const managers = bot.connector.latestCard(bot.person('ash-manager').aadObjectId);
    for (const one of [shown, managers]) {
      const words = wordsOf(one.card);
      assert.match(words, /Inadequate/);
      assert.match(words, /Requires improvement to be good/);
      assert.match(words, /moderated one grade higher/);
      assert.match(words, /On balance\./);
    }
    assert.deepEqual(actionsOf(managers.card), ['Agree with the moderator', 'I do not agree']);
    assert.deepEqual(actionsOf(shown.card), ['Send feedback']);
  });

  it('is settled by one press of the manager, and the moderator’s card says so', async () => {
    const manager = bot.person('ash-manager');
    const card = bot.connector.latestCard(manager.aadObjectId);
    const agreed = (await bot.teams.press(manager, card, 'Agree with the moderator')).card!;
    await bot.settle();
    assert.match(wordsOf(agreed.card), /The manager agreed with the moderated grade on 1 April 2022/);
    const moderator = await moderatorOf(bot, 'ash-manager');
    assert.match(wordsOf(bot.connector.latestCard(moderator.aadObjectId).card), /The manager agreed/);
    const again = await bot.teams.press(manager, { ...card }, 'Agree with the moderator');
    assert.match(wordsOf(again.card!.card), /already been answered/);
  });

  it('brings the moderator’s two texts to the manager', async () => {
    const moderator = await moderatorOf(bot, 'ash-manager');
    const card = bot.connector.latestCard(moderator.aadObjectId);
    await bot.teams.press(moderator, card, 'Send feedback', {
      confirmed: 'The risk is well described.',
      nextTime: 'Look at the dates in the plan.',
    });
    await bot.settle();
    const manager = bot.person('ash-manager');
    const told = bot.connector.latestCard(manager.aadObjectId);
    assert.match(wordsOf(told.card), /Your moderator has written to you/);
    const opened = (await bot.teams.press(manager, told, 'Open it')).card!;
    assert.match(wordsOf(opened.card), /Look at the dates in the plan\./);
  });

  it('puts what to look at next time on the manager’s next assignment, as one line', async () => {
    await bot.advance('P32D');
    const manager = bot.person('ash-manager');
    const card = bot.connector.latestCard(
      manager.aadObjectId,
      ({ summary }) => summary === 'You have a Practice Learning Review to do',
    );
    assert.match(
      wordsOf(card.card),
      /From your last moderation, to look at this time: Look at the dates in the plan\./,
    );
  });

  it('breaks no rule of Teams and logs no failure', () => {
    assert.deepEqual(bot.connector.violations, []);
    assert.deepEqual(bot.logged, []);
  });
});

describe('a moderation that is not agreed', () => {
  let bot: BotInTeams;
  before(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
    await returnPlr(bot, 'birch-manager', { overall: 'inadequate', section: 'good' });
    await bot.settle();
    await gradeAll(bot, (await moderatorOf(bot, 'birch-manager')).id, 'outstanding');
  });
  after(() => bot.stop());

  it('keeps what the manager typed and asks why when they say nothing', async () => {
    const manager = bot.person('birch-manager');
    const card = bot.connector.latestCard(manager.aadObjectId);
    const form = (await bot.teams.press(manager, card, 'I do not agree')).card!;
    const asked = (await bot.teams.press(manager, form, 'I do not agree')).card!;
    assert.match(wordsOf(asked.card), /Say why you do not agree, so that the QA lead can settle/);
    const long = 'x'.repeat(1001);
    const kept = (await bot.teams.press(manager, asked, 'I do not agree', { why: long })).card!;
    assert.equal(inputsOf(kept.card)['why'], long);
  });

  it('goes to the QA lead, who settles it with a reason; all three grades are kept', async () => {
    const manager = bot.person('birch-manager');
    const card = bot.connector.latestCard(manager.aadObjectId);
    await bot.teams.press(manager, card, 'I do not agree', { why: 'The plan was dated in the notes.' });
    await bot.settle();
    for (const person of [manager, await moderatorOf(bot, 'birch-manager')]) {
      const { cycleId: cycle, ref } = await plrOf(bot, 'birch-manager');
      const data = { cycle, ref, settleGrade: 'good', settleReason: 'Mine.' };
      await bot.teams.presses(person, { verb: 'moderation.settle', data });
      assert.equal((await plrOf(bot, 'birch-manager')).moderation?.state, 'disputed', person.id);
    }
    const lead = bot.person('qa-lead');
    const asked = bot.connector.latestCard(lead.aadObjectId);
    assert.match(wordsOf(asked.card), /The plan was dated in the notes\./);
    const missing = (await bot.teams.press(lead, asked, 'Settle the grade', { settleReason: 'Dated.' }))
      .card!;
    assert.match(wordsOf(missing.card), /Choose the settled grade/);
    assert.equal(inputsOf(missing.card)['settleReason'], 'Dated.');
    const settled = (await bot.teams.press(lead, missing, 'Settle the grade', { settleGrade: 'good' })).card!;
    assert.match(wordsOf(settled.card), /Settled by the QA lead on 1 April 2022: Good\./);
    await bot.settle();
    const { moderation } = await plrOf(bot, 'birch-manager');
    assert.equal(moderation?.state, 'settled');
    assert.deepEqual(
      [moderation.original.overall, moderation.moderated.overall, moderation.settled.grade],
      ['inadequate', 'outstanding', 'good'],
    );
    for (const person of [manager, await moderatorOf(bot, 'birch-manager')]) {
      assert.match(wordsOf(bot.connector.latestCard(person.aadObjectId).card), /A moderation was settled/);
    }
  });

  it('breaks no rule of Teams', () => {
    assert.deepEqual(bot.connector.violations, []);
    assert.deepEqual(bot.logged, []);
  });
});

describe('a moderation that makes a grade Inadequate', () => {
  let bot: BotInTeams;
  const teamIsTold = /the team is told now, with your reason/;
  before(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
    const drawnFor = { why: 'chance-at-return', fraction: 0.1, samplePercent: 20 } as const;
    for (const manager of ['ash-manager', 'birch-manager']) {
      await returnPlr(bot, manager, { overall: 'good', drawnFor });
      await bot.settle();
      const grade = manager === 'ash-manager' ? 'inadequate' : 'good';
      shown.push(wordsOf((await gradeAll(bot, (await moderatorOf(bot, manager)).id, grade)).card));
    }
  });
  after(() => bot.stop());
  const shown: string[] = [];
  const alertOf = async (manager: string) => {
    const { teamId, ref } = await plrOf(bot, manager);
    const { aadObjectId } = bot.person(`${teamId}-manager`);
    return wordsOf(
      bot.connector.latestCard(
        aadObjectId,
        ({ summary, card }) => summary?.startsWith('Alert') === true && wordsOf(card).includes(ref),
      ).card,
    );
  };

  it('says so to the moderator in the answer, and why to the team', async () => {
    assert.match(shown[0]!, teamIsTold);
    assert.doesNotMatch(shown[1]!, teamIsTold);
    assert.match(await alertOf('ash-manager'), /Why this grade, in moderation: .*All in all\./);
  });

  it('says so to the QA lead before and after they settle it, and why to the team', async () => {
    const [manager, lead] = [bot.person('birch-manager'), bot.person('qa-lead')];
    const { cycleId: cycle, ref } = await plrOf(bot, 'birch-manager');
    await bot.teams.presses(manager, {
      verb: 'moderation.dispute',
      data: { cycle, ref, why: 'It was dated.' },
    });
    await bot.settle();
    const asked = bot.connector.latestCard(lead.aadObjectId, ({ card }) =>
      wordsOf(card).includes('It was dated.'),
    );
    const form = (await bot.teams.press(lead, asked, 'Settle the grade')).card!;
    assert.match(wordsOf(form.card), /Settling it as Inadequate tells the team at once/);
    const settled = await bot.teams.press(lead, form, 'Settle the grade', {
      settleGrade: 'inadequate',
      settleReason: 'The dates have passed.',
    });
    assert.match(wordsOf(settled.card!.card), teamIsTold);
    await bot.settle();
    assert.match(await alertOf('birch-manager'), /Why this grade, as settled: .*The dates have passed\./);
  });
});

describe('what a moderator is sent before they have graded', () => {
  const blind = new Map<Grade, string>();
  const after = new Map<Grade, string>();

  before(async () => {
    for (const grade of grades) await moderateBlind(grade);
  });

  it('is the same to the byte whatever the manager graded, and whatever it was drawn for', () => {
    assert.ok((blind.get('good') ?? '').length > 10_000);
    assert.equal(new Set(blind.values()).size, 1);
  });

  it('differs as soon as both grades are shown, so that the rule above can fail', () => {
    assert.equal(new Set(after.values()).size, grades.length);
  });

  /** Collects all that reaches the moderator: messages, the answer to each button and word, reminders. */
  async function moderateBlind(grade: Grade): Promise<void> {
    const bot = await startBotInTeams({ roster: smallCouncil() });
    try {
      withSeed(bot, 'one seed for all four');
      await bot.settle();
      const moderator = await moderatorOf(bot, 'ash-manager');
      const answers: unknown[] = [];
      await returnPlr(bot, 'ash-manager', {
        overall: grade,
        drawnFor:
          grade === 'inadequate'
            ? { why: 'inadequate' }
            : { why: 'chance-at-return', fraction: 0.1, samplePercent: 20 },
        alert: grade === 'inadequate',
      });
      await bot.settle();
      let card = bot.connector.latestCard(moderator.aadObjectId);
      const { ref } = await plrOf(bot, 'ash-manager');
      const press = async (title: string, inputs = {}) => {
        const answer = await bot.teams.press(moderator, card, title, inputs);
        answers.push(answer.body);
        card = answer.card!;
      };
      for (const verb of [
        'moderation.open',
        'moderation.agree',
        'moderation.settle',
        'moderation.feedback',
      ]) {
        answers.push((await bot.teams.presses(moderator, { verb, data: { cycle: '2022-04', ref } })).body);
      }
      for (const words of ['moderations', 'calibration', 'my reviews', 'help']) {
        await bot.teams.says(moderator, words);
      }
      await bot.advance('P12D');
      await bot.advance('P7D');
      await press('Start grading');
      for (let page = 0; page < 9; page += 1)
        await press('Save and go on', { grade: 'good', reason: 'Mine.' });
      await press('Give my grades', { grade: 'good' });
      assert.match(wordsOf(card.card), /Choose your overall grade/);
      blind.set(grade, JSON.stringify([answers, sentTo(bot, moderator)]));
      await press('Give my grades', { grade: 'good', reason: 'All in all.' });
      after.set(grade, JSON.stringify(answers.at(-1)));
      assert.deepEqual(bot.connector.violations, []);
    } finally {
      await bot.stop();
    }
  }

  function sentTo(bot: BotInTeams, { aadObjectId }: Person): unknown[] {
    return bot.connector.recorded
      .filter(({ to }) => to === aadObjectId)
      .map(({ operation, activity }) => [
        operation,
        activity?.['summary'],
        activity?.['text'],
        activity?.['attachments'],
      ]);
  }
});
