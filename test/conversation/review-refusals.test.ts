import assert from 'node:assert/strict';
import { plrKey } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { aReview } from '../builders/a-plr.js';
import { smallCouncil } from '../builders/small-council.js';
import type { JsonRecord } from '../stand-ins/json-record.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { assignmentOf, CardInHand, fillIn, plrOf, returnReview } from './filling-in.js';

describe('a press that cannot be done', () => {
  let bot: BotInTeams;
  let storageIsDown = false;
  beforeEach(async () => {
    storageIsDown = false;
    bot = await startBotInTeams({
      roster: smallCouncil(),
      onStorageRequest: () => {
        if (storageIsDown) throw new Error('storage is down');
      },
    });
    await bot.settle();
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    await bot.stop();
  });

  /** Presses as `press` would, and says whether anything of the manager's PLR changed by it. */
  async function changedBy(press: () => Promise<unknown>): Promise<boolean> {
    const before = await plrOf(bot, 'ash-manager');
    await press();
    return JSON.stringify(await plrOf(bot, 'ash-manager')) !== JSON.stringify(before);
  }

  const saveData = async (changes: JsonRecord): Promise<{ verb: string; data: JsonRecord }> => {
    const { cycleId, ref, review } = await plrOf(bot, 'ash-manager');
    const saves = review.state === 'draft' ? review.saves : 0;
    const address = { cycle: cycleId, ref, saves };
    return { verb: 'review.save', data: { ...address, step: 'voice', shown: 3, then: 'next', ...changes } };
  };

  async function exempt(): Promise<void> {
    const { cycleId, ref } = await plrOf(bot, 'ash-manager');
    const { review } = aReview().exempt().build();
    await bot.app.foundation.services.documents.change(plrKind, plrKey(cycleId, ref), 'system', (plr) => ({
      state: { ...plr, review },
      did: 'exempted',
      messages: [],
    }));
  }

  it('gets the same answer for somebody else’s PLR as for none', async () => {
    const { cycleId: cycle, ref } = await plrOf(bot, 'ash-manager');
    const card = assignmentOf(bot, 'birch-manager');
    for (const verb of ['review.open', 'review.save', 'review.go', 'review.later', 'review.return']) {
      const rest = { saves: 0, step: 'voice', shown: 3, then: 'next', goTo: 'voice', 'voice.grade': 'good' };
      assert.equal(await changedBy(() => card.post({ verb, data: { cycle, ref, ...rest } })), false);
      const { text } = card;
      assert.match(text, /There is nothing here for you/);
      await card.post({ verb, data: { cycle, ref: 'PLR-ZZZZZZ', ...rest } });
      assert.equal(card.text, text);
    }
  });

  it('shows the returned card to whoever returns it again, or goes on with an old card', async () => {
    const card = await returnReview(bot, 'ash-manager');
    // That it is returned is told by itself, and kept on the PLR.
    await bot.settle();
    for (const press of [...card.posted].filter(({ verb }) => verb !== 'review.open')) {
      assert.equal(await changedBy(() => card.post(press)), false);
      assert.match(card.text, /returned already, so nothing was changed/);
      assert.match(card.text, /You returned this PLR/);
    }
  });

  it('says that an exempted PLR is closed', async () => {
    await exempt();
    const card = assignmentOf(bot, 'ash-manager');
    assert.equal(await changedBy(() => card.press('Start the review')), false);
    assert.match(card.text, /was exempted on 5 April 2022/);
  });

  for (const [end, said] of [
    ['exempted', /was exempted on 5 April 2022/],
    ['returned', /was returned on \d+ April 2022/],
  ] as const)
    it(`says first that nobody was told when a danger is answered in the form of a PLR that was ${end}`, async () => {
      const card = await fillIn(bot, 'ash-manager');
      const { cycleId: cycle, ref, caseRef, practitionerId, teamId } = await plrOf(bot, 'ash-manager');
      const open = (goTo: string) =>
        card.onAnotherDevice().post({ verb: 'review.go', data: { cycle, ref, goTo } });
      const [concern, overall] = [await open('concern'), await open('overall')];
      if (end === 'returned') await card.press('Return this PLR');
      else await exempt();
      for (const [form, typed] of [
        [concern, { 'concern.immediate': 'yes', 'concern.what': 'Not seen for a month.' }],
        [overall, { 'overall.grade': 'inadequate', 'overall.reason': 'Not seen for a month.' }],
      ] as const) {
        assert.equal(await changedBy(() => form.press('Next', typed)), false);
        const [title, text = '', wrote = ''] = form.text.split('\n');
        assert.equal(title, 'Nobody has been told');
        assert.match(text, said);
        const { name } = bot.person(practitionerId);
        for (const part of [
          `${name} (social worker)`,
          `${bot.person(`${teamId}-manager`).name} (Team Manager)`,
        ])
          assert.ok(text.includes(part), `${part} in ${text}`);
        assert.ok(text.includes(`${ref}, case ${caseRef}`));
        assert.equal(wrote, 'You wrote: “Not seen for a month.”');
      }
    });

  it('gives back what was typed in another part of a form that came too late', async () => {
    const card = await fillIn(bot, 'ash-manager');
    const { cycleId: cycle, ref } = await plrOf(bot, 'ash-manager');
    const form = await card
      .onAnotherDevice()
      .post({ verb: 'review.go', data: { cycle, ref, goTo: 'voice' } });
    await card.press('Return this PLR');
    await form.press('Next', { 'voice.working-well': 'She is heard.' });
    assert.match(form.text, /^This was not saved\n.*\nYou wrote: “She is heard.”$/);
  });

  it('shows where the person is when the step is not in the form', async () => {
    const card = await assignmentOf(bot, 'ash-manager').press('Start the review');
    const press = await saveData({ step: 'horoscope' });
    assert.equal(await changedBy(() => card.post(press)), false);
    assert.match(card.text, /not in your form, so nothing was changed/);
    assert.match(card.text, /1 of 14/);
  });

  it('does not save a grade that is none, or a "not applicable" where there is none', async () => {
    const card = await assignmentOf(bot, 'ash-manager').press('Start the review');
    for (const [step, grade] of [
      ['voice', 'superb'],
      ['outcomes', 'not-applicable'],
    ] as const) {
      await card.post(await saveData({ step, [`${step}.grade`]: grade, [`${step}.working-well`]: 'Kept.' }));
      assert.match(card.text, /choose one of these/);
      const { review } = await plrOf(bot, 'ash-manager');
      assert.ok(review.state === 'draft');
      assert.equal(review.typed[`${step}.grade`], undefined);
      assert.equal(review.typed[`${step}.working-well`]?.text, 'Kept.');
    }
  });

  it('keeps a text that is too long in the card, says by how much, and saves the rest', async () => {
    const card = await assignmentOf(bot, 'ash-manager').press('Start the review');
    const long = 'word '.repeat(700);
    await card.press('Next', { 'voice.working-well': long, 'voice.to-improve': 'Short.' });
    assert.match(card.text, /Shorten this to 3,000 characters: it has 3,500,/);
    assert.equal(card.inputs['voice.working-well'], long);
    const { review } = await plrOf(bot, 'ash-manager');
    assert.ok(review.state === 'draft');
    assert.equal(review.typed['voice.working-well'], undefined);
    assert.equal(review.typed['voice.to-improve']?.text, 'Short.');
  });

  it('keeps the card under 25 KB when somebody pastes a book', async () => {
    const card = await assignmentOf(bot, 'ash-manager').press('Start the review');
    const book = 'word '.repeat(4_000);
    await card.press('Next', { 'voice.working-well': book, 'voice.to-improve': book });
    assert.ok(JSON.stringify(card.now.card).length < 25 * 1024);
    assert.match(JSON.stringify(card.now.card), /only the first [\d,]+ characters fit in here/);
  });

  it('answers what it cannot read, and changes nothing', async () => {
    const card = assignmentOf(bot, 'ash-manager');
    const hostile: unknown[] = [
      {},
      { cycle: '../council', ref: 'PLR-7K3M2Q' },
      { cycle: '2022-04', ref: "' or 1 eq 1" },
      { cycle: ['2022-04'], ref: { $ne: 1 } },
    ];
    for (const verb of Object.keys({
      'review.open': 1,
      'review.save': 1,
      'review.go': 1,
      'review.return': 1,
    })) {
      for (const data of hostile) {
        assert.equal(await changedBy(() => card.post({ verb, data: data as JsonRecord })), false);
        assert.match(card.text, /Nothing was changed/);
      }
    }
  });

  it('asks for a place to go when none was chosen, and saves all the same', async () => {
    const card = await assignmentOf(bot, 'ash-manager').press('Start the review');
    await card.press('Go', { 'voice.working-well': 'Seen weekly.' });
    assert.match(card.text, /Choose the part to go to/);
    assert.equal(card.inputs['voice.working-well'], 'Seen weekly.');
    await card.press('Next');
    assert.match(card.text, /2 of 14/);
  });

  it('says that it may not have been saved when storage is down, and works when it is pressed again', async () => {
    const card = await assignmentOf(bot, 'ash-manager').press('Start the review');
    const typed = { 'voice.working-well': 'Seen weekly.' };
    storageIsDown = true;
    const answer = await bot.teams.press(bot.person('ash-manager'), card.now, 'Next', typed);
    assert.equal(answer.card, undefined);
    assert.match(
      JSON.stringify(answer.body),
      /may not have been saved\. What you typed is still in the card/,
    );
    storageIsDown = false;
    await card.press('Next', typed);
    const { review } = await plrOf(bot, 'ash-manager');
    assert.ok(review.state === 'draft');
    assert.equal(review.typed['voice.working-well']?.text, 'Seen weekly.');
  });

  it('does not let a practitioner or a stranger to the PLR read it', async () => {
    const { cycleId: cycle, ref, practitionerId } = await plrOf(bot, 'ash-manager');
    const { now } = await returnReview(bot, 'ash-manager');
    for (const id of [practitionerId, 'business-support', 'cedar-manager']) {
      const card = new CardInHand(bot, id, now);
      await card.post({ verb: 'review.open', data: { cycle, ref } });
      assert.doesNotMatch(card.text, /returned this PLR/);
      assert.match(card.text, /There is nothing here for you/);
    }
  });
});
