import assert from 'node:assert/strict';
import type { CycleId } from '../../src/practice/base/ids.js';
import { laterDrawsKey, laterDrawsKind } from '../../src/practice/cycles/decide-later-draws.js';
import { plrKey, type Plr } from '../../src/practice/plr/plr.js';
import { raiseAlert } from '../../src/practice/alerts/decide-raising.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { readStatus } from '../../src/practice/cycles/read-status.js';
import { isRefusal, refuse } from '../../src/practice/base/errors.js';
import { returnedPlr } from '../builders/returned-plr.js';
import { smallCouncil } from '../builders/small-council.js';
import type { ShownCard } from '../stand-ins/chats.js';
import { returnReview } from './filling-in.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';

const april = '2022-04' as CycleId;
const textOf = (card: unknown) => JSON.stringify(card);

describe('a change asked for by the manager and decided by the QA lead', () => {
  let bot: BotInTeams;
  beforeEach(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    await bot.stop();
  });

  const plrsOf = async (managerId: string): Promise<Plr[]> => {
    const all = await bot.app.foundation.services.documents.list(plrKind, april);
    return all.filter((plr) => plr.managerId === managerId);
  };
  const onlyPlr = async (managerId: string): Promise<Plr> => {
    const [plr] = await plrsOf(managerId);
    assert.ok(plr);
    return plr;
  };
  const latest = (id: string, having: RegExp): ShownCard =>
    bot.connector.latestCard(bot.person(id).aadObjectId, ({ card }) => having.test(textOf(card)));

  const presses = (id: string, verb: string, data: Record<string, unknown>) =>
    bot.teams.presses(bot.person(id), { verb, data });

  async function ask(managerId: string, choice = 'leave', reason = 'I start a long leave on Monday.') {
    const plr = await onlyPlr(managerId);
    const data = { cycle: april, ref: plr.ref };
    const answer = await presses(managerId, 'change.send', { ...data, choice, reason });
    await bot.settle();
    return { plr, answer };
  }

  function decide(card: ShownCard, choice: string, reason = 'Agreed with their line manager.') {
    return bot.teams.press(bot.person('qa-lead'), card, 'Decide', { choice, reason });
  }

  const statusNow = async () => {
    const { services, refresh } = bot.app.foundation;
    const council = await refresh();
    assert.ok(council);
    const known = await readStatus(april, services, council);
    assert.ok(!isRefusal(known));
    return known.status;
  };

  it('exempts with reason and name, on its own line, and tells the manager', async () => {
    const { plr } = await ask('ash-manager');
    const card = latest('qa-lead', /A manager asks for a change/);
    assert.match(textOf(card.card), /I start a long leave on Monday/);
    await decide(card, 'leave');
    await bot.settle();
    const { review } = await onlyPlr('ash-manager');
    assert.equal(review.state, 'exempt');
    assert.deepEqual('approvedBy' in review && [review.why, review.approvedBy, review.reason], [
      'leave',
      'qa-lead',
      'Agreed with their line manager.',
    ]);
    const status = await statusNow();
    assert.deepEqual([status.issued, status.exempt, status.sent, status.returned], [4, 1, 3, 0]);
    assert.deepEqual(status.disagreements, []);
    const told = latest('ash-manager', /is exempt/);
    assert.match(textOf(told.card), /Amina Thackeray/);
    const first = bot.connector
      .cardsTo(bot.person('ash-manager').aadObjectId)
      .find(({ summary, updates }) => updates > 0 && summary !== undefined);
    assert.match(textOf(first?.card), new RegExp(`${plr.ref} is exempt`));
  });

  it('draws another case with the next seed, and ends the old PLR as re-drawn', async () => {
    const { plr } = await ask('birch-manager', 'case-closed', 'It closed on Tuesday.');
    await decide(latest('qa-lead', /A manager asks for a change/), 'case-closed');
    await bot.settle();
    const plrs = await plrsOf('birch-manager');
    const old = plrs.find(({ ref }) => ref === plr.ref);
    const fresh = plrs.find(({ ref }) => ref !== plr.ref);
    assert.ok(old && fresh);
    assert.deepEqual([old.review.state, old.replacedBy], ['redrawn', fresh.ref]);
    assert.deepEqual([fresh.review.state, fresh.replaces], ['assigned', old.ref]);
    assert.ok(fresh.draw.seed.endsWith('/2'));
    assert.notEqual(fresh.caseRef, old.caseRef);
    assert.notEqual(fresh.teamId, 'birch');
    const all = await bot.app.foundation.services.documents.list(plrKind, april);
    assert.equal(new Set(all.map(({ caseRef }) => caseRef)).size, 5);
    const status = await statusNow();
    assert.deepEqual([status.issued, status.sent, status.redrawn], [4, 4, 1]);
    assert.deepEqual(status.disagreements, []);
    latest('birch-manager', new RegExp(`"value":"${fresh.ref}"`));
  });

  it('decides once: a second press of the same card changes nothing', async () => {
    await ask('birch-manager', 'case-closed');
    const card = latest('qa-lead', /A manager asks for a change/);
    const data = { number: 1, cycle: april, ref: (await onlyPlr('birch-manager')).ref, reason: 'It closed.' };
    await decide(card, 'case-closed');
    const again = await presses('qa-lead', 'change.decide', { ...data, choice: 'leave' });
    assert.match(JSON.stringify(again.body), /decided already/);
    assert.equal((await plrsOf('birch-manager')).length, 2);
  });

  it('lets the QA lead complete it, and the manager still be first', async () => {
    const { plr } = await ask('cedar-manager', 'qa', 'I have too much on.');
    await decide(latest('qa-lead', /A manager asks for a change/), 'qa');
    await bot.settle();
    const now = await onlyPlr('cedar-manager');
    assert.equal(now.review.state, 'assigned');
    assert.equal(now.qaCompletes?.decidedBy, 'qa-lead');
    latest('qa-lead', new RegExp(`"value":"${plr.ref}".*Start the review`));
    latest('cedar-manager', /The QA Service completes/);
    await returnReview(bot, 'qa-lead');
    const { review } = await onlyPlr('cedar-manager');
    assert.deepEqual('completedBy' in review && [review.completedBy, review.returnedBy], ['qa', 'qa-lead']);
    const { returned, returnedByService, completedByQa } = await statusNow();
    assert.deepEqual([returned, returnedByService, completedByQa], [1, 0, 1]);
  });

  it('leaves the review as it is when the QA lead says so, and lets the manager ask again', async () => {
    await ask('ash-manager');
    await decide(latest('qa-lead', /A manager asks for a change/), 'none', 'The leave ends in time.');
    await bot.settle();
    assert.equal((await onlyPlr('ash-manager')).review.state, 'assigned');
    latest('ash-manager', /stays as it is.*The leave ends in time/);
    await ask('ash-manager', 'withdraw', 'It is about my own family.');
    assert.equal((await onlyPlr('ash-manager')).change?.number, 2);
  });

  it('keeps an alert open when the review that raised it is withdrawn', async () => {
    const { plr } = await ask('ash-manager', 'withdraw');
    const { documents } = bot.app.foundation.services;
    const council = bot.app.foundation.council();
    assert.ok(council);
    await documents.change(plrKind, plrKey(april, plr.ref), 'system', (now) => {
      const { plr: state, messages } = raiseAlert(now, 'immediate-concern', now.managerId, council);
      return { state, did: 'raised an alert', messages };
    });
    await decide(latest('qa-lead', /A manager asks for a change/), 'withdraw');
    const now = await onlyPlr('ash-manager');
    assert.equal(now.review.state, 'withdrawn');
    assert.equal(now.alert?.state, 'raised');
  });

  it('shows all that is wrong at once, and keeps what was typed', async () => {
    const plr = await onlyPlr('ash-manager');
    const data = { cycle: april, ref: plr.ref, choice: 'holiday', reason: 'x'.repeat(1_001) };
    const body = JSON.stringify((await presses('ash-manager', 'change.send', data)).body);
    assert.match(body, /Error: Choose one of these/);
    assert.match(body, /Error: Shorten this to 1,000 characters: it has 1,001/);
    assert.match(body, /x{1001}/);
    assert.equal((await onlyPlr('ash-manager')).change, undefined);
  });

  it('answers someone else, a manager who would decide, and a made-up reference all alike', async () => {
    const { ref } = await onlyPlr('ash-manager');
    const typed = { choice: 'leave', reason: 'Because.', number: 1 };
    const bodies = [
      await presses('birch-manager', 'change.send', { cycle: april, ref, ...typed }),
      await presses('ash-manager', 'change.decide', { cycle: april, ref, ...typed }),
      await presses('qa-lead', 'change.decide', { cycle: april, ref: 'PLR-ZZZZZZ', ...typed }),
      await presses('qa-lead', 'change.decide', { cycle: '../x', ref: '#?', ...typed }),
    ].map(({ status, body }) => JSON.stringify([status, body]));
    assert.equal(new Set(bodies).size, 1);
    assert.match(bodies[0]!, /There is nothing here for you/);
    assert.equal((await onlyPlr('ash-manager')).change, undefined);
  });

  it('refuses a change of a returned review', async () => {
    const { plr } = await ask('ash-manager');
    const sent = latest('qa-lead', /A manager asks for a change/);
    const card = (await bot.teams.press(bot.person('qa-lead'), sent, 'Decide')).card!;
    await bot.app.foundation.services.documents.change(plrKind, plrKey(april, plr.ref), 'system', (now) =>
      now.review.state === 'returned'
        ? refuse('no', 'Returned.')
        : { state: returnedPlr(now), did: 'returned', messages: [] },
    );
    const answer = await decide(card, 'case-closed');
    assert.match(JSON.stringify(answer.body), /has been returned/);
    assert.equal((await plrsOf('ash-manager')).length, 1);
  });

  it('finishes a re-draw that was cut short after the draw was kept', async () => {
    const { plr } = await ask('damson-manager', 'wrong-worker');
    await decide(latest('qa-lead', /A manager asks for a change/), 'wrong-worker');
    const { documents } = bot.app.foundation.services;
    const [fresh] = (await plrsOf('damson-manager')).filter(({ ref }) => ref !== plr.ref);
    assert.ok(fresh);
    await documents.change(laterDrawsKind, laterDrawsKey(april), 'system', (later) => ({
      state: { ...later, draws: later.draws.map((one) => ({ ...one, state: 'drawn' as const })) },
      did: 'forgot',
      messages: [],
    }));
    await bot.settle();
    const later = await documents.read(laterDrawsKind, laterDrawsKey(april));
    assert.deepEqual(
      later?.draws.map(({ ref, state }) => [ref, state]),
      [[fresh.ref, 'handed-out']],
    );
    assert.equal((await plrsOf('damson-manager')).length, 2);
  });
});
