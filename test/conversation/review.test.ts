import assert from 'node:assert/strict';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { assignmentOf, cardSaid, fillIn, plrOf, returnReview } from './filling-in.js';

describe('a review, filled in by a manager', () => {
  let bot: BotInTeams;
  beforeEach(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    assert.deepEqual(bot.logged, []);
    await bot.stop();
  });

  it('goes step by step, says how far it is, and is returned from its summary', async () => {
    const card = await assignmentOf(bot, 'ash-manager').press('Start the review');
    assert.match(card.text, /1 of 14/);
    await card.press('Next', { 'voice.grade': 'good' });
    assert.match(card.text, /2 of 14/);
    await returnReview(bot, 'birch-manager');
    const { review } = await plrOf(bot, 'birch-manager');
    assert.equal(review.state, 'returned');
    assert.equal(review.state === 'returned' && review.findings.length, 18);
  });

  it('leaves read-only cards behind, with the manager and the practitioner', async () => {
    const card = await returnReview(bot, 'ash-manager');
    assert.match(card.text, /You returned this PLR/);
    assert.deepEqual(card.buttons, []);
    await bot.settle();
    const { practitionerId } = await plrOf(bot, 'ash-manager');
    for (const id of ['ash-manager', practitionerId]) {
      const { card: redrawn, updates } = bot.connector
        .cardsTo(bot.person(id).aadObjectId)
        .find((shown) => /returned this PLR|is closed/.test(JSON.stringify(shown.card)))!;
      assert.ok(updates > 0);
      assert.doesNotMatch(JSON.stringify(redrawn), /Input\.|Action\./);
    }
  });

  it('keeps every step on the server, whichever button leaves it', async () => {
    const card = await assignmentOf(bot, 'ash-manager').press('Start the review');
    await card.press('Next', { 'voice.working-well': 'By Next.' });
    await card.press('Back', { 'assessment.working-well': 'By Back.' });
    await card.press('Go', { 'voice.to-improve': 'By Go.', goTo: 'recording' });
    await card.press('Save and finish later', { 'recording.working-well': 'By Save.' });
    const { review } = await plrOf(bot, 'ash-manager');
    assert.ok(review.state === 'draft');
    assert.deepEqual(
      Object.entries(review.typed).map(([field, { text }]) => `${field}: ${text}`),
      [
        'voice.working-well: By Next.',
        'assessment.working-well: By Back.',
        'voice.to-improve: By Go.',
        'recording.working-well: By Save.',
      ],
    );
  });

  it('goes on days later from "my reviews", at the step where it was left', async () => {
    const card = await assignmentOf(bot, 'ash-manager').press('Start the review');
    await card.press('Go', { goTo: 'recording' });
    await card.press('Save and finish later', { 'recording.working-well': 'Up to date.' });
    await bot.advance('P6D');
    const list = await cardSaid(bot, 'ash-manager', 'My reviews');
    const { ref } = await plrOf(bot, 'ash-manager');
    assert.match(list.text, /You are at 7 of 14, Recording/);
    await list.press(`Go on with ${ref}`);
    assert.match(list.text, /7 of 14/);
    assert.equal(list.inputs['recording.working-well'], 'Up to date.');
  });

  it('lists what is missing at the return, beside its field, and leads there and back', async () => {
    const instead = { 'risk.grade': 'inadequate', 'risk.to-improve': '', 'overall.reason': '' };
    const card = await fillIn(bot, 'ash-manager', { instead });
    await card.press('Return this PLR');
    assert.match(card.text, /Say what needs to improve: you graded this Inadequate/);
    assert.match(
      card.text,
      /Risk and safeguarding is Inadequate: say why the overall grade is Good all the same/,
    );
    await card.press('Change 3');
    assert.match(card.text, /Before you return this PLR: say what needs to improve/);
    await card.press('Save and check again', { 'risk.to-improve': 'A safety plan.' });
    await card.press('Change 13');
    await card.press('Save and check again', { 'overall.reason': 'The plan is being made.' });
    await card.press('Return this PLR');
    assert.match(card.text, /You returned this PLR/);
  });

  it('has room for another action when one was filled in', async () => {
    const card = await assignmentOf(bot, 'ash-manager').press('Start the review');
    await card.press('Go', { goTo: 'actions' });
    assert.equal(card.inputs['actions.2.what'], undefined);
    await card.press('Add another action', { 'actions.1.what': 'See the child.' });
    assert.equal(card.inputs['actions.1.what'], 'See the child.');
    assert.equal(card.inputs['actions.2.what'], '');
  });
});

describe('an answer that tells the team', () => {
  let bot: BotInTeams;
  beforeEach(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
  });
  afterEach(() => bot.stop());

  it('is asked back once, keeps everything typed, and raises the alert with its save', async () => {
    const card = await assignmentOf(bot, 'ash-manager').press('Start the review');
    await card.press('Go', { goTo: 'overall' });
    await card.press('Next', { 'overall.grade': 'inadequate', 'overall.reason': 'No plan.' });
    assert.match(card.text, /Saving it tells the team at once/);
    assert.equal(card.inputs['overall.grade'], 'inadequate');
    assert.equal(card.inputs['overall.reason'], 'No plan.');
    assert.equal((await plrOf(bot, 'ash-manager')).alert, undefined);
    await card.press('Save and tell the team now');
    assert.match(card.text, /The team is being told now/);
    assert.match(card.text, /14 of 14/);
    const { alert, review } = await plrOf(bot, 'ash-manager');
    assert.deepEqual(
      alert?.reasons.map(({ because }) => because),
      ['inadequate'],
    );
    assert.equal(review.state, 'draft');
    await card.press('Back', {});
    await card.press('Back', { 'overall.grade': 'good' });
    await card.press('Go', { goTo: 'overall' });
    await card.press('Next', { 'overall.grade': 'inadequate' });
    assert.doesNotMatch(card.text, /Saving it tells the team at once/);
  });

  it('raises nothing when it is changed at that point, and loses nothing', async () => {
    const card = await assignmentOf(bot, 'ash-manager').press('Start the review');
    await card.press('Go', { goTo: 'concern' });
    await card.press('Next', { 'concern.immediate': 'yes', 'concern.what': 'Not seen.' });
    await card.press('Save and tell the team now', { 'concern.immediate': 'no' });
    const { alert, review } = await plrOf(bot, 'ash-manager');
    assert.equal(alert, undefined);
    assert.ok(review.state === 'draft');
    assert.equal(review.typed['concern.immediate']?.text, 'no');
    assert.equal(review.typed['concern.what']?.text, 'Not seen.');
  });

  const reasonsOf = async () =>
    (await plrOf(bot, 'ash-manager')).alert?.reasons.map(({ because }) => because);
  const concern = { 'concern.immediate': 'yes', 'concern.what': 'Not seen.' };
  const inadequate = { 'overall.grade': 'inadequate', 'overall.reason': 'No plan.' };

  it('is asked back for a second reason too: it joins the open alert, and everyone is told of it', async () => {
    const card = await assignmentOf(bot, 'ash-manager').press('Start the review');
    await card.press('Go', { goTo: 'concern' });
    await card.press('Next', concern);
    await card.press('Save and tell the team now');
    const { alert: first } = await plrOf(bot, 'ash-manager');
    await bot.advance('PT1H');

    await card.press('Next', inadequate);
    assert.match(
      card.text,
      /Nobody is told yet\. It goes out by itself at 10:30 .*Saving it tells the team at once of a second reason\. It joins the alert that is open/,
    );
    assert.match(card.text, /its 24 hours run on/);
    assert.deepEqual(await reasonsOf(), ['immediate-concern']);
    await card.press('Save and tell the team now');
    assert.match(card.text, /The team is being told now/);
    assert.deepEqual(await reasonsOf(), ['immediate-concern', 'inadequate']);
    const { alert, practitionerId } = await plrOf(bot, 'ash-manager');
    assert.equal(alert?.raisedAt, first?.raisedAt);
    await bot.settle();
    const told = bot.connector.cardsTo(bot.person(practitionerId).aadObjectId);
    const second = told.filter((one) => JSON.stringify(one.card).includes('Flagged as well: '));
    // Their first card is redrawn with it, and a new one tells of it.
    assert.deepEqual(
      second.map(({ updates }) => updates),
      [1, 0],
    );
  });

  it('climbs while the rest of the review is unfinished', async () => {
    const card = await assignmentOf(bot, 'ash-manager').press('Start the review');
    await card.press('Go', { goTo: 'overall' });
    await card.press('Next', inadequate);
    await card.press('Save and tell the team now');
    await card.press('Save and finish later', { 'actions.1.what': 'Visit' });
    await bot.advance('PT4H');
    const { serviceId } = await plrOf(bot, 'ash-manager');
    const above = bot.person(bot.organisation.services.get(serviceId)!.serviceManagerId!);
    assert.match(JSON.stringify(bot.connector.latestCard(above.aadObjectId).card), /No plan\./);
  });

  it('says that an immediate concern after the statement of safety raises the alert again', async () => {
    const card = await assignmentOf(bot, 'ash-manager').press('Start the review');
    await card.press('Go', { goTo: 'overall' });
    await card.press('Next', inadequate);
    await card.press('Save and tell the team now');
    await bot.settle();
    const { practitionerId } = await plrOf(bot, 'ash-manager');
    const worker = bot.person(practitionerId);
    const isAlert = ({ summary }: { summary: string | undefined }) => summary?.includes('lert') === true;
    const alertCard = bot.connector.latestCard(worker.aadObjectId, isAlert);
    await bot.teams.press(worker, alertCard, 'Acknowledge', { safety: 'safe' });
    await bot.advance('PT1H');

    await card.press('Go', { goTo: 'concern' });
    await card.press('Next', concern);
    assert.match(card.text, /Saving it tells the team at once, and raises the alert again/);
    assert.match(card.text, /a new 24 hours begin/);
    await card.press('Save and tell the team now');
    const { alert } = await plrOf(bot, 'ash-manager');
    assert.deepEqual([alert?.state, alert?.round], ['raised', 2]);
  });

  it('tells everyone afresh of a concern that was answered, taken back and comes anew', async () => {
    const card = await assignmentOf(bot, 'ash-manager').press('Start the review');
    await card.press('Go', { goTo: 'concern' });
    await card.press('Next', concern);
    await card.press('Save and tell the team now');
    await bot.settle();
    const worker = bot.person((await plrOf(bot, 'ash-manager')).practitionerId);
    const alertCards = () =>
      bot.connector.cardsTo(worker.aadObjectId).filter(({ summary }) => summary?.includes('lert') === true);
    await bot.teams.press(worker, alertCards()[0]!, 'Acknowledge', { safety: 'safe' });
    await card.press('Back', {});
    await card.press('Next', { 'concern.immediate': 'no' });
    await bot.advance('P7D');

    await card.press('Back', {});
    await card.press('Next', concern);
    assert.match(card.text, /Saving it tells the team at once, and raises the alert again/);
    await card.press('Save and tell the team now');
    await bot.settle();
    // The second told them that it was taken back.
    assert.equal(alertCards().length, 3);
    const shown = JSON.stringify(alertCards()[2]!.card);
    for (const part of ['A child may be unsafe: act now', 'Flagged again: ']) assert.ok(shown.includes(part));
  });
});
