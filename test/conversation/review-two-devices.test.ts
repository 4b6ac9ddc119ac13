import assert from 'node:assert/strict';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { assignmentOf, plrOf, type CardInHand } from './filling-in.js';

describe('a review on two devices at once', () => {
  let bot: BotInTeams;
  let desk: CardInHand;
  let phone: CardInHand;
  beforeEach(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
    desk = await assignmentOf(bot, 'ash-manager').press('Start the review');
    phone = desk.onAnotherDevice();
    await desk.press('Next', { 'voice.working-well': 'From the desk.', 'voice.grade': 'good' });
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    assert.deepEqual(bot.logged, []);
    await bot.stop();
  });

  const stored = async (field: string) => {
    const { review } = await plrOf(bot, 'ash-manager');
    return review.state === 'draft' ? review.typed[field]?.text : undefined;
  };
  const late = { 'voice.working-well': 'From the phone.', 'voice.grade': 'good', 'voice.to-improve': 'New.' };

  it('shows both texts where they differ, and saves the rest', async () => {
    await phone.press('Next', late);
    assert.match(phone.text, /saved here from another card or device/);
    assert.match(phone.text, /From the desk/);
    assert.equal(phone.inputs['voice.working-well'], 'From the phone.');
    assert.equal(phone.inputs['keep:voice.grade'], undefined);
    assert.equal(await stored('voice.working-well'), 'From the desk.');
    assert.equal(await stored('voice.to-improve'), 'New.');
  });

  it('keeps what was typed here when that is chosen', async () => {
    await phone.press('Next', late);
    await phone.press('Next', { 'keep:voice.working-well': 'mine' });
    assert.match(phone.text, /2 of 14/);
    assert.equal(await stored('voice.working-well'), 'From the phone.');
  });

  it('keeps what was saved when that is chosen', async () => {
    await phone.press('Next', late);
    await phone.press('Next', { 'keep:voice.working-well': 'saved' });
    assert.match(phone.text, /2 of 14/);
    assert.equal(await stored('voice.working-well'), 'From the desk.');
  });

  it('asks again while nothing is chosen', async () => {
    await phone.press('Next', late);
    await phone.press('Next');
    assert.match(phone.text, /Choose which to keep/);
    assert.equal(await stored('voice.working-well'), 'From the desk.');
  });

  it('asks again when the other device saves once more before the choice', async () => {
    await phone.press('Next', late);
    await desk.press('Back');
    await desk.press('Next', { 'voice.working-well': 'From the desk, again.' });
    await phone.press('Next', { 'keep:voice.working-well': 'mine' });
    assert.match(phone.text, /From the desk, again/);
    assert.equal(await stored('voice.working-well'), 'From the desk, again.');
  });

  it('does not take an empty field of an old card for one that was emptied', async () => {
    await phone.press('Next', { 'voice.to-improve': 'From the phone.' });
    assert.match(phone.text, /2 of 14/);
    assert.equal(await stored('voice.working-well'), 'From the desk.');
    assert.equal(await stored('voice.to-improve'), 'From the phone.');
  });

  it('has nothing to ask when the two saved different parts', async () => {
    await phone.press('Go', { goTo: 'risk' });
    await desk.press('Next', { 'assessment.working-well': 'From the desk.' });
    await phone.press('Next', { 'risk.working-well': 'From the phone.' });
    assert.match(phone.text, /4 of 14/);
    assert.equal(await stored('risk.working-well'), 'From the phone.');
    assert.equal(await stored('assessment.working-well'), 'From the desk.');
  });
});
