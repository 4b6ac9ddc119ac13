import assert from 'node:assert/strict';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { assignmentOf, cardSaid, CardInHand, plrOf, returnReview } from './filling-in.js';

describe('the practitioner’s self-assessment', () => {
  let bot: BotInTeams;
  let mine: CardInHand;
  beforeEach(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
    const { practitionerId } = await plrOf(bot, 'ash-manager');
    const { aadObjectId } = bot.person(practitionerId);
    const isMine = ({ summary }: { summary: string | undefined }) => summary?.includes('with you') === true;
    mine = new CardInHand(bot, practitionerId, bot.connector.latestCard(aadObjectId, isMine));
    await mine.press('Write my self-assessment');
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    assert.deepEqual(bot.logged, []);
    await bot.stop();
  });
  const save = (text: string, card = mine) => card.press('Save my self-assessment', { text });

  it('is shown to the manager where they talk together, and nowhere else', async () => {
    await save('I saw her every week.');
    assert.match(mine.text, /Saved/);
    assert.equal(mine.inputs['text'], 'I saw her every week.');
    const card = await assignmentOf(bot, 'ash-manager').press('Start the review');
    assert.doesNotMatch(card.text, /every week/);
    await card.press('Go', { goTo: 'together' });
    assert.match(card.text, /I saw her every week/);
  });

  it('does not clash with the manager, who saves at the same time', async () => {
    const card = await assignmentOf(bot, 'ash-manager').press('Start the review');
    await Promise.all([save('Mine.'), card.press('Next', { 'voice.working-well': 'Theirs.' })]);
    const { review, selfAssessment } = await plrOf(bot, 'ash-manager');
    assert.equal(selfAssessment?.text, 'Mine.');
    assert.ok(review.state === 'draft');
    assert.equal(review.typed['voice.working-well']?.text, 'Theirs.');
  });

  it('shows nothing of what the manager writes', async () => {
    await returnReview(bot, 'ash-manager', { instead: { 'overall.reason': 'Grim reading.' } });
    await bot.settle();
    const { ref } = await plrOf(bot, 'ash-manager');
    const { practitionerId } = await plrOf(bot, 'ash-manager');
    const seen = JSON.stringify(bot.connector.cardsTo(bot.person(practitionerId).aadObjectId));
    assert.doesNotMatch(seen, /Grim reading|Overall grade|Good/);
    const list = await cardSaid(bot, practitionerId, 'my reviews');
    assert.match(list.text, new RegExp(`${ref}, a review with you`));
    assert.doesNotMatch(list.text, /Good/);
  });

  it('keeps both texts when two devices differ', async () => {
    const phone = mine.onAnotherDevice();
    await save('From the desk.');
    await save('From the phone.', phone);
    assert.equal(phone.inputs['text'], 'From the phone.');
    assert.match(phone.text, /From the desk/);
    assert.equal((await plrOf(bot, 'ash-manager')).selfAssessment?.text, 'From the desk.');
    await save('From the desk and the phone.', phone);
    assert.equal((await plrOf(bot, 'ash-manager')).selfAssessment?.text, 'From the desk and the phone.');
  });

  it('cannot be saved once the review is returned, and keeps what was typed', async () => {
    await returnReview(bot, 'ash-manager');
    await save('Too late, but not lost.');
    assert.match(mine.text, /could not be saved any more/);
    assert.match(mine.text, /Too late, but not lost/);
    assert.equal((await plrOf(bot, 'ash-manager')).selfAssessment, undefined);
  });

  it('is for the practitioner of that PLR alone', async () => {
    const { cycleId: cycle, ref } = await plrOf(bot, 'ash-manager');
    const card = assignmentOf(bot, 'ash-manager');
    for (const verb of ['review.assess-yourself', 'review.self-assessment']) {
      await card.post({ verb, data: { cycle, ref, saves: 0, text: 'Not mine to write.' } });
      assert.match(card.text, /There is nothing here for you/);
    }
    assert.equal((await plrOf(bot, 'ash-manager')).selfAssessment, undefined);
  });

  it('says by how much it is too long', async () => {
    await save('x'.repeat(3_001));
    assert.match(mine.text, /Shorten this to 3,000 characters: it has 3,001,/);
    assert.equal(mine.inputs['text']?.length, 3_001);
  });

  it('says so when not all of a text that was refused fits into the card', async () => {
    const book = 'word '.repeat(6_000);
    await save(book);
    assert.match(JSON.stringify(mine.now.card), /only the first [\d,]+ characters fit in here/);
    await returnReview(bot, 'ash-manager');
    await save(book);
    assert.match(mine.text, /The review is closed/);
    assert.match(mine.text, /word … \(only the first 6,000 characters fit in here\)/);
  });
});
