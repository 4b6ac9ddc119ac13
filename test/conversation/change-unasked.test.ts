import assert from 'node:assert/strict';
import type { PersonId } from '../../src/practice/base/ids.js';
import type { Person, Roster } from '../../src/practice/council/organisation.js';
import { localDate } from '../../src/practice/base/time.js';
import { aadObjectIdOf, smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { assignmentOf, cardSaid, fillIn, plrOf } from './filling-in.js';

/** Appointed on 4 April 2022, a Monday. */
const secondLead: Person = {
  id: 'second-lead' as PersonId,
  name: 'Idris Lovelock',
  email: 'second-lead@council.example',
  aadObjectId: aadObjectIdOf('second-lead'),
  roles: ['qa-lead'],
  activeFrom: localDate('2022-04-04'),
  absences: [],
};

function council(): Roster {
  const roster = smallCouncil();
  return { ...roster, people: [...roster.people, secondLead] };
}

describe('a review that a QA lead decides about or takes over', () => {
  let bot: BotInTeams;
  beforeEach(async () => {
    bot = await startBotInTeams({ roster: council() });
    await bot.settle();
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    await bot.stop();
  });

  async function leaves(id: string, activeUntil: string): Promise<void> {
    const { people, ...rest } = council();
    const without = people.map((one) =>
      one.id === id ? { ...one, activeUntil: localDate(activeUntil) } : one,
    );
    await bot.app.foundation.rosters.replace({ ...rest, people: without });
  }
  async function decide(id: string, ref: string, choice: string) {
    const card = await cardSaid(bot, id, `change ${ref.toLowerCase()}`);
    await card.press('Decide', { choice, reason: 'Ill since Monday.' });
    await bot.settle();
  }
  const asks = async (managerId: string, choice: string) => {
    const { ref, cycleId: cycle } = await plrOf(bot, managerId);
    const data = { cycle, ref, choice, reason: 'Two court cases.' };
    await bot.teams.presses(bot.person(managerId), { verb: 'change.send', data });
    return ref;
  };
  const remindersTo = (id: string) =>
    bot.connector
      .cardsTo(bot.person(id).aadObjectId)
      .filter(({ card }) => /Your review is due|Your review is late/.test(JSON.stringify(card)));

  it('is exempted though nobody asked', async () => {
    await decide('qa-lead', (await plrOf(bot, 'ash-manager')).ref, 'leave');
    const { review, change } = await plrOf(bot, 'ash-manager');
    assert.equal(review.state, 'exempt');
    assert.ok(change?.state === 'decided' && change.asked === undefined);
  });

  it('is not for a manager to decide; of a reference that is not there it is said', async () => {
    const { ref } = await plrOf(bot, 'ash-manager');
    assert.match((await cardSaid(bot, 'ash-manager', `change ${ref}`)).text, /is for others in the council/);
    for (const words of ['change PLR-ZZZZZZ', 'change it please'])
      assert.match((await cardSaid(bot, 'qa-lead', words)).text, /There is nothing here for you/);
  });

  it('is listed when it was asked for or its people have left, until it is decided', async () => {
    assert.match((await cardSaid(bot, 'qa-lead', 'changes')).text, /Nothing waits/);
    const asked = await asks('ash-manager', 'qa');
    const { ref: left } = await plrOf(bot, 'birch-manager');
    await leaves('birch-manager', '2022-04-04');
    await bot.advance('P5D');
    // She was appointed after it was asked.
    const list = await cardSaid(bot, 'second-lead', 'changes');
    assert.match(list.text, /2 to decide/);
    assert.match(list.text, /Ash Manager asked on 1 April 2022: I cannot do it/);
    assert.match(list.text, /Birch Manager has left/);
    assert.deepEqual(list.buttons.sort(), [`Decide about ${asked}`, `Decide about ${left}`].sort());
    await decide('second-lead', asked, 'qa');
    await list.press(`Decide about ${left}`);
    await list.press('Decide', { choice: 'exempt', reason: 'Left the council.' });
    assert.match((await cardSaid(bot, 'second-lead', 'changes')).text, /Nothing waits/);
  });

  it('is in the list of the QA lead who completes it, and never asks them to ask', async () => {
    assert.match((await cardSaid(bot, 'qa-lead', 'my reviews')).text, /You have no reviews/);
    const { ref } = await plrOf(bot, 'ash-manager');
    assert.ok(assignmentOf(bot, 'ash-manager').buttons.includes('Ask for a change'));
    await decide('qa-lead', ref, 'qa');
    assert.deepEqual(assignmentOf(bot, 'qa-lead').buttons, ['Start the review']);
    const list = await cardSaid(bot, 'qa-lead', 'my reviews');
    assert.deepEqual(list.buttons, [`Start ${ref}`, 'A child may be unsafe']);
    await fillIn(bot, 'qa-lead');
    assert.deepEqual((await cardSaid(bot, 'qa-lead', 'my reviews')).buttons, [
      `Go on with ${ref}`,
      'A child may be unsafe',
    ]);
  });

  it('reminds the QA lead who completes it, though its manager had left when a reminder fell due', async () => {
    const { ref } = await plrOf(bot, 'ash-manager');
    await leaves('ash-manager', '2022-04-20');
    await bot.advance('P21D');
    await decide('qa-lead', ref, 'qa');
    await bot.advance('P7D');
    assert.equal(remindersTo('qa-lead').length, 1);
  });

  it('goes on to another QA lead, when the first cannot', async () => {
    const { ref } = await plrOf(bot, 'ash-manager');
    await decide('qa-lead', ref, 'qa');
    await leaves('qa-lead', '2022-04-04');
    await bot.advance('P35D');
    assert.match((await cardSaid(bot, 'second-lead', 'changes')).text, /Amina Thackeray has left/);
    await decide('second-lead', ref, 'qa');
    const list = await cardSaid(bot, 'second-lead', 'my reviews');
    assert.deepEqual(list.buttons, [`Start ${ref}`, 'A child may be unsafe']);
    // Every stage has passed: they are reminded all the same, five working days later.
    await bot.advance('P7D');
    assert.equal(remindersTo('second-lead').length, 1);
  });
});
