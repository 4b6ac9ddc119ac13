import assert from 'node:assert/strict';
import { smallCouncil } from '../builders/small-council.js';
import { alertCards, stored, textOf } from './alert-steps.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { assignmentOf, cardSaid, plrOf } from './filling-in.js';

const manager = 'ash-manager';

describe('a child who may be unsafe', () => {
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

  const worker = async () => {
    const { practitionerId } = await plrOf(bot, manager);
    return alertCards(bot, bot.person(practitionerId).aadObjectId);
  };

  it('is one press away from every step, from “my reviews”, and from the check page', async () => {
    const list = await cardSaid(bot, manager, 'my reviews');
    await list.press('A child may be unsafe');
    assert.match(list.text, /12 of 14\nImmediate concern/);
    const review = await assignmentOf(bot, manager).press('Start the review');
    await review.press('Go', { goTo: 'together' });
    await review.press('A child may be unsafe', { 'together.part': 'We met.' });
    assert.match(review.text, /12 of 14\nImmediate concern/);
    assert.doesNotMatch(review.text, /"A child may be unsafe"/);
    const plr = await plrOf(bot, manager);
    assert.equal(plr.review.state === 'draft' && plr.review.typed['together.part']?.text, 'We met.');
  });

  it('is told of again when the words change, and when the reviewer takes the concern back', async () => {
    const card = await assignmentOf(bot, manager).press('Start the review');
    await card.press('Go', { goTo: 'concern' });
    await card.press('Next', { 'concern.immediate': 'yes', 'concern.what': 'Nobody has seen her.' });
    await card.press('Save and tell the team now');
    await bot.settle();
    const before = await worker();
    assert.equal(before.length, 1);

    await card.press('A child may be unsafe');
    await card.press('Next', { 'concern.what': 'Nobody has seen her since Monday; the window is broken.' });
    await bot.settle();
    const reworded = await worker();
    assert.equal(reworded.length, 2);
    for (const one of reworded) assert.match(textOf(one), /the window is broken/);
    assert.match(textOf(reworded[1]!), /Sent because the words of the concern have changed/);

    await card.press('A child may be unsafe');
    await card.press('Next', { 'concern.immediate': 'no' });
    await bot.settle();
    const denied = await worker();
    assert.equal(denied.length, 3);
    assert.match(
      textOf(denied[2]!),
      /The reviewer says now|the reviewer says now that there is no immediate concern/,
    );
    assert.match(textOf(denied[2]!), /to which they now say no.*the window is broken/);
    const { alert } = await stored(bot, await plrOf(bot, manager));
    assert.equal(alert?.state, 'raised');
    assert.deepEqual(
      alert?.timeline.filter(({ is }) => is === 'reworded' || is === 'denied').map(({ is }) => is),
      ['reworded', 'denied'],
    );
    await card.press('Back');
    await bot.settle();
    assert.equal((await worker()).length, 3);
  });

  for (const words of [
    'a child is unsafe',
    'Emergency!',
    'I have a concern about a child',
    'she is not safe',
  ])
    it(`is answered with what to do now, first of all by telephone, to “${words}”`, async () => {
      const answer = await cardSaid(bot, manager, words);
      assert.match(answer.text, /If a child is in danger now, ring 999/);
      assert.deepEqual(answer.buttons, ['Show my reviews']);
    });
});

describe('what to do when a child is in danger', () => {
  it('is said without a request to storage: it may be away', async () => {
    let requests = 0;
    const bot = await startBotInTeams({ roster: smallCouncil(), onStorageRequest: () => (requests += 1) });
    await bot.settle();
    await bot.app.heartbeat.stop();
    requests = 0;
    const answer = await cardSaid(bot, 'ash-worker-first', 'a child is unsafe');
    assert.match(answer.text, /Your Team Manager is Ash Manager/);
    assert.equal(requests, 0);
    await bot.stop();
  });
});
