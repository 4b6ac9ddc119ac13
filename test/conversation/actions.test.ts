import assert from 'node:assert/strict';
import type { Plr } from '../../src/practice/plr/plr.js';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { planned, plrNow, returnWithActions } from './plrs-with-actions.js';

const done = {
  state: 'done',
  evidence: 'Case note of 4 April',
  difference: 'She sleeps in her own bed again',
};

describe('an action, from its card to verified', () => {
  let bot: BotInTeams;
  let plr: Plr;
  const requests: string[] = [];
  beforeEach(async () => {
    bot = await startBotInTeams({
      roster: smallCouncil(),
      onStorageRequest: (method) => requests.push(method),
    });
    await bot.settle();
    plr = await returnWithActions(bot, 'ash', [planned()]);
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    assert.deepEqual(bot.logged, []);
    await bot.stop();
  });

  const actionNow = async () => (await plrNow(bot, plr)).actions[0]!;
  const cardOf = (id: string) =>
    bot.connector.latestCard(bot.person(id).aadObjectId, ({ card }) => shows(card, `${plr.ref}-1`));
  const owner = () => bot.person(plr.practitionerId);

  it('brings the allocated worker one card', () => {
    const cards = bot.connector
      .cardsTo(owner().aadObjectId)
      .filter(({ card }) => shows(card, `${plr.ref}-1`));
    assert.equal(cards.length, 1);
    assert.equal(cards[0]?.summary, 'You have a new action');
    assert.ok(shows(cards[0].card, 'Visit the child at home'));
    assert.ok(shows(cards[0].card, 'Green: on time'));
  });

  it('asks for evidence and the difference it made, beside the fields, and keeps what was typed', async () => {
    const { card } = await bot.teams.press(owner(), cardOf(plr.practitionerId), 'Save', {
      state: 'done',
      evidence: 'Case note of 4 April',
    });
    assert.ok(shows(card?.card, 'Say what difference it made for the child.'));
    assert.ok(shows(card?.card, 'Case note of 4 April'));
    assert.equal((await actionNow()).state, 'to-do');
  });

  it('goes from done to the link reviewer, who verifies it, and redraws every card', async () => {
    await bot.teams.press(owner(), cardOf(plr.practitionerId), 'Save', done);
    await bot.settle();
    const check = cardOf('assessment-reviewer');
    assert.equal(check.summary, 'An action is waiting to be checked');
    assert.ok(shows(check.card, 'She sleeps in her own bed again'));
    const { card } = await bot.teams.press(bot.person('assessment-reviewer'), check, 'Verify');
    assert.ok(shows(card?.card, 'Verified by Rhona Abernethy on 1 April 2022'));
    await bot.settle();
    assert.ok(shows(cardOf(plr.practitionerId).card, 'Verified by Rhona Abernethy'));
    const { state, history } = await actionNow();
    assert.equal(state, 'verified');
    assert.deepEqual(
      history.map(({ is }) => is),
      ['created', 'done', 'verified'],
    );
  });

  it('comes back to the owner with the reason when it is re-opened', async () => {
    await bot.teams.press(owner(), cardOf(plr.practitionerId), 'Save', done);
    await bot.settle();
    const reviewer = bot.person('assessment-reviewer');
    const refused = await bot.teams.press(reviewer, cardOf('assessment-reviewer'), 'Re-open', {
      dueOn: '2020-01-01',
    });
    assert.ok(shows(refused.card?.card, 'Say what still has to be done'));
    assert.ok(shows(refused.card?.card, 'Give a date from 1 April 2022 on'));
    await bot.teams.press(reviewer, cardOf('assessment-reviewer'), 'Re-open', {
      reason: 'Please see the bedroom too',
      dueOn: '2022-05-06',
    });
    await bot.settle();
    const again = cardOf(plr.practitionerId);
    assert.equal(again.summary, 'An action was re-opened');
    assert.ok(shows(again.card, 'Please see the bedroom too'));
    assert.ok(shows(again.card, '6 May 2022'));
    assert.ok(shows(again.card, 'Case note of 4 April'), 'what was typed is still there');
    const before = bot.connector.cardsTo(owner().aadObjectId).at(-2);
    assert.ok(shows(before?.card, 'There is a newer card about this action'));
  });

  it('takes why it cannot be done, and lets the QA Service see it', async () => {
    await bot.teams.press(owner(), cardOf(plr.practitionerId), 'Save', {
      state: 'cannot-be-done',
      why: 'The family moved abroad',
    });
    await bot.settle();
    assert.ok(shows(cardOf('assessment-reviewer').card, 'The family moved abroad'));
    assert.equal((await actionNow()).state, 'cannot-be-done');
  });

  it('lets the Team Manager update it, and shows the owner', async () => {
    const manager = bot.person('ash-manager');
    await bot.teams.says(manager, "my team's actions");
    const list = bot.connector.latestCard(manager.aadObjectId);
    const opened = await bot.teams.press(manager, list, `Open ${plr.ref}-1`);
    await bot.teams.press(manager, opened.card!, 'Save', {
      state: 'in-progress',
      evidence: 'Visit is booked',
    });
    await bot.settle();
    const form = await bot.teams.press(owner(), cardOf(plr.practitionerId), 'Update');
    assert.ok(shows(form.card?.card, 'Visit is booked'));
    assert.equal((await actionNow()).state, 'in-progress');
  });

  it('answers somebody else as if there were nothing, and changes nothing', async () => {
    const card = cardOf(plr.practitionerId);
    for (const id of ['birch-worker-first', 'birch-manager', 'care-reviewer', 'business-support']) {
      const { card: answer } = await bot.teams.press(bot.person(id), card, 'Save', done);
      assert.ok(shows(answer?.card, 'There is nothing here for you'), id);
      await bot.teams.presses(bot.person(id), { verb: 'action.verify', data: dataOf(card.card) });
    }
    assert.equal((await actionNow()).version, 1);
  });

  it('does not let an owner verify their own action', async () => {
    const data = dataOf(cardOf(plr.practitionerId).card);
    await bot.teams.press(owner(), cardOf(plr.practitionerId), 'Save', done);
    await bot.teams.presses(owner(), {
      verb: 'action.verify',
      data: { ...data, version: 2 },
    });
    assert.equal((await actionNow()).state, 'done');
  });

  it('tells the Team Manager when its owner cannot be reached, and the owner once they can', async () => {
    const worker = bot.person('birch-worker-first');
    await bot.teams.uninstall(worker);
    const other = await returnWithActions(bot, 'birch', [planned()]);
    const manager = bot.person('birch-manager');
    const told = bot.connector.latestCard(manager.aadObjectId, ({ card }) => shows(card, `${other.ref}-1`));
    assert.equal(told.summary, 'Somebody could not be told of their action');
    await bot.settle();
    await bot.teams.install(worker);
    await bot.settle();
    // The welcome lists it as well, with what else waits for them.
    const given = bot.connector
      .cardsTo(worker.aadObjectId)
      .filter(({ card }) => shows(card, `${other.ref}-1`));
    assert.ok(given.some(({ summary }) => summary === 'You have a new action'));
    const cards = bot.connector.cardsTo(manager.aadObjectId);
    assert.equal(cards.filter(({ card }) => shows(card, `${other.ref}-1`)).length, 1);
  });

  it('saves an update in at most two storage round trips', async () => {
    const card = cardOf(plr.practitionerId);
    const form = (await bot.teams.press(owner(), card, 'Update')).card!;
    requests.length = 0;
    await bot.teams.press(owner(), form, 'Save', done);
    // What follows the save is delivery's, off the response path.
    const saved = requests.indexOf('POST');
    assert.ok(saved === 0 || saved === 1, requests.join(' '));
  });

  it('does a press that comes twice once', async () => {
    const card = cardOf(plr.practitionerId);
    const [first, second] = await Promise.all([
      bot.teams.press(owner(), card, 'Save', done),
      bot.teams.press(owner(), card, 'Save', done),
    ]);
    assert.ok(shows(first.card?.card, 'Done: waiting to be verified'));
    assert.ok(shows(second.card?.card, 'Done: waiting to be verified'));
    assert.ok(!shows(second.card?.card, 'changed after your card was drawn'));
    await bot.settle();
    assert.equal((await actionNow()).history.length, 2);
    const checks = bot.connector
      .cardsTo(bot.person('assessment-reviewer').aadObjectId)
      .filter(({ card: shown }) => shows(shown, `${plr.ref}-1`));
    assert.equal(checks.length, 1);
  });

  it('refuses a stale card and keeps what was typed on it', async () => {
    const stale = cardOf(plr.practitionerId);
    const data = dataOf(stale.card);
    await bot.teams.press(owner(), stale, 'Save', { state: 'in-progress' });
    const { card } = await bot.teams.presses(owner(), {
      verb: 'action.update',
      data: { ...data, state: 'in-progress', evidence: 'Typed on the old card' },
      replyTo: stale.activityId,
    });
    assert.ok(shows(card?.card, 'This action changed after your card was drawn'));
    assert.ok(shows(card?.card, 'Typed on the old card'));
    assert.equal((await actionNow()).version, 2);
  });

  const formOf = async (id: string, opens: 'Update' | 'Re-open') =>
    (await bot.teams.press(bot.person(id), cardOf(id), opens)).card!;

  it('gives back what was typed for an action that was closed meanwhile', async () => {
    const form = await formOf(plr.practitionerId, 'Update');
    await bot.teams.press(bot.person('ash-manager'), form, 'Save', done);
    const typed = { ...done, evidence: 'A [photo](https://x.example) of her room' };
    const late = await bot.teams.press(owner(), form, 'Save', typed);
    assert.ok(shows(late.card?.card, 'nothing of yours was saved'));
    assert.ok(shows(late.card?.card, `You wrote: “${typed.evidence}”, “${done.difference}”`));
    const again = await bot.teams.press(owner(), form, 'Save', done);
    assert.ok(!shows(again.card?.card, 'You wrote'), 'what is saved is not given back');
  });

  it('gives back why it was to be re-opened when a colleague has re-opened it meanwhile', async () => {
    await bot.teams.press(owner(), cardOf(plr.practitionerId), 'Save', done);
    await bot.settle();
    const form = await formOf('assessment-reviewer', 'Re-open');
    const [dueOn, reviewer] = ['2022-05-06', bot.person('assessment-reviewer')];
    await bot.teams.press(bot.person('qa-lead'), form, 'Re-open', { dueOn, reason: 'See the bedroom too' });
    const late = await bot.teams.press(reviewer, form, 'Re-open', { dueOn, reason: 'Who else saw her?' });
    assert.ok(shows(late.card?.card, 'You wrote: “Who else saw her?”'));
  });

  it('gives back what was typed for an action that is somebody else’s by now', async () => {
    const form = await formOf(plr.practitionerId, 'Update');
    const { card } = await bot.teams.press(bot.person('birch-worker-first'), form, 'Save', done);
    assert.ok(shows(card?.card, 'There is nothing here for you'));
    assert.ok(shows(card?.card, `You wrote: “${done.evidence}”, “${done.difference}”`));
  });

  it('refuses an oversized text beside its field, and malformed data plainly', async () => {
    const { card } = await bot.teams.press(owner(), cardOf(plr.practitionerId), 'Save', {
      ...done,
      evidence: 'e'.repeat(50_000),
    });
    assert.ok(shows(card?.card, 'Shorten this to 2,000 characters: it has 50,000'));
    const strange = await bot.teams.presses(owner(), { verb: 'action.update', data: { cycle: 7 } });
    assert.equal(strange.status, 200);
    assert.equal((await actionNow()).version, 1);
  });
});

/** What the card's own buttons carry: an address, which anyone could send. */
function dataOf(card: unknown): Record<string, unknown> {
  const { actions } = card as { actions: { data: Record<string, unknown> }[] };
  return actions[0]!.data;
}

function shows(card: unknown, words: string): boolean {
  return JSON.stringify(card ?? '').includes(words);
}
