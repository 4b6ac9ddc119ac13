import assert from 'node:assert/strict';
import { smallCouncil } from '../builders/small-council.js';
import { pressOf } from '../stand-ins/card-inputs.js';
import { isRecord, textIn, type JsonRecord } from '../stand-ins/json-record.js';
import { alertCards, flag, peopleOf, somePlr, stored } from './alert-steps.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { assignmentOf, CardInHand, fillIn, plrOf, type Posted } from './filling-in.js';

const nothingArrived = /Nothing arrived from the form/;

/** A press as a phone sends it that loses what was typed: the button’s own data, and nothing else. */
function withoutInputs({ now: { card } }: CardInHand, title: string): Posted {
  const { verb, data } = pressOf(withoutInputsOf(card) as JsonRecord, title);
  return { verb, data };
}

function withoutInputsOf(part: unknown): unknown {
  if (Array.isArray(part)) return part.filter((one) => !isInput(one)).map(withoutInputsOf);
  if (!isRecord(part)) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, withoutInputsOf(value)]));
}

const isInput = (part: unknown) => isRecord(part) && textIn(part, 'type')?.startsWith('Input.') === true;

describe('a press that arrives without its inputs', () => {
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

  const typed = {
    'voice.grade': 'good',
    'voice.working-well': 'What works',
    'voice.to-improve': 'What to do better',
  };
  const draftOf = async () => {
    const { review } = await plrOf(bot, 'ash-manager');
    assert.ok(review.state === 'draft');
    return review;
  };
  const firstStep = async () => await assignmentOf(bot, 'ash-manager').press('Start the review');
  const savedAndBack = async () => (await (await firstStep()).press('Next', typed)).press('Back');

  it('changes nothing of a step, says so, and shows what is saved', async () => {
    const card = await savedAndBack();
    const before = await draftOf();
    await card.post(withoutInputs(card, 'Next'));
    assert.match(card.text, nothingArrived);
    assert.equal(card.inputs['voice.working-well'], 'What works');
    assert.deepEqual(await draftOf(), before);
    for (const [id, text] of Object.entries(typed)) assert.equal(before.typed[id]?.text, text);
  });

  for (const [what, value] of Object.entries({
    null: null,
    'a number': 7,
    'a list': ['x'],
    'an object': { x: 'y' },
  }))
    it(`counts ${what} where text belongs as nothing`, async () => {
      const card = await savedAndBack();
      const before = await draftOf();
      const { verb, data } = withoutInputs(card, 'Next');
      const odd = Object.fromEntries(Object.keys(typed).map((id) => [id, value]));
      await card.post({ verb, data: { ...data, ...odd } });
      assert.match(card.text, nothingArrived);
      assert.deepEqual((await draftOf()).typed, before.typed);
    });

  it('keeps what did not come when something came', async () => {
    const card = await savedAndBack();
    const { verb, data } = withoutInputs(card, 'Next');
    await card.post({ verb, data: { ...data, 'voice.to-improve': 'Something else' } });
    const { typed: now } = await draftOf();
    assert.equal(now['voice.to-improve']?.text, 'Something else');
    assert.equal(now['voice.working-well']?.text, 'What works');
    assert.equal(now['voice.grade']?.text, 'good');
    assert.match(card.text, /kept as it was saved: “What is working well”/);
  });

  it('is not one on which nothing was typed: an empty part may be passed by', async () => {
    const card = await firstStep();
    await card.press('Next');
    assert.doesNotMatch(card.text, nothingArrived);
    assert.match(card.text, /2 of/);
  });

  it('lets a text be emptied by a space, as the card says, and a single choice by its “Not answered”', async () => {
    const card = await fillIn(bot, 'ash-manager');
    await card.press('Go', { goTo: 'voice' });
    await card.press('Next', { 'voice.working-well': ' ' });
    assert.equal((await draftOf()).typed['voice.working-well']?.text, '');
    await card.press('Go', { goTo: 'actions' });
    await card.press('Next', { 'actions.1.what': 'Ring the school.', 'actions.1.owner': 'team-manager' });
    await card.press('Go', { goTo: 'actions' });
    await card.press('Next', { 'actions.1.what': ' ', 'actions.1.owner': 'not-answered' });
    assert.equal((await draftOf()).typed['actions.1.owner']?.text, '');
    assert.match(card.text, /Actions: none/);
  });

  it('still tells the team when it is the button that says so', async () => {
    const card = await fillIn(bot, 'ash-manager');
    await card.press('Go', { goTo: 'concern' });
    await card.press('Next', { 'concern.immediate': 'yes', 'concern.what': 'Home alone.' });
    await card.post(withoutInputs(card, 'Save and tell the team now'));
    assert.match(card.text, /The team is being told now/);
    const { alert } = await plrOf(bot, 'ash-manager');
    assert.equal(alert?.state, 'raised');
    assert.equal((await draftOf()).typed['concern.what']?.text, 'Home alone.');
  });

  it('does not empty the practitioner’s self-assessment', async () => {
    const { practitionerId } = await plrOf(bot, 'ash-manager');
    const { aadObjectId } = bot.person(practitionerId);
    const isMine = ({ summary }: { summary: string | undefined }) => summary?.includes('with you') === true;
    const mine = new CardInHand(bot, practitionerId, bot.connector.latestCard(aadObjectId, isMine));
    await mine.press('Write my self-assessment');
    await mine.press('Save my self-assessment', { text: 'I saw her every week.' });
    await mine.post(withoutInputs(mine, 'Save my self-assessment'));
    assert.match(mine.text, nothingArrived);
    assert.equal(mine.inputs['text'], 'I saw her every week.');
    assert.equal((await plrOf(bot, 'ash-manager')).selfAssessment?.text, 'I saw her every week.');
  });

  it('leaves an alert as it is, and asks again', async () => {
    const plr = await somePlr(bot);
    await flag(bot.app, plr, 'immediate-concern');
    await bot.settle();
    const { worker } = peopleOf(bot, plr);
    const card = new CardInHand(bot, worker!.id, alertCards(bot, worker!.aadObjectId).at(-1)!);
    const { verb, data } = pressOf(card.now.card, (action) => action['title'] === 'Acknowledge');
    await card.post({ verb, data });
    await card.post(withoutInputs(card, 'Acknowledge'));
    assert.match(card.text, nothingArrived);
    assert.equal((await stored(bot, plr)).alert?.state, 'raised');
    await card.press('Acknowledge', {
      safety: 'made-safe',
      details: 'The grandmother took her in.\u2028Visit at 5pm.',
    });
    const { alert } = await stored(bot, plr);
    assert.ok(alert?.state === 'acknowledged');
    assert.equal(alert.acknowledgement.details, 'The grandmother took her in.\nVisit at 5pm.');
  });
});
