import assert from 'node:assert/strict';
import type { Action } from '../../src/practice/plr/action.js';
import { updateAction, verifyAction } from '../../src/practice/actions/decide-action.js';
import { raiseAlert } from '../../src/practice/alerts/decide-raising.js';
import { isRefusal, type Refusal } from '../../src/practice/base/errors.js';
import type { CycleId, PersonId } from '../../src/practice/base/ids.js';
import { plrKey, type Plr } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { briefFacts, briefKey } from '../../src/practice/learning/brief.js';
import { briefKind } from '../../src/practice/learning/brief-kind.js';
import { addDuration, instant } from '../../src/practice/base/time.js';
import { aReview } from '../builders/a-plr.js';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { planned, returnWithActions } from './plrs-with-actions.js';

const april = '2022-04' as CycleId;

describe('a cycle that is over', () => {
  let bot: BotInTeams;
  beforeEach(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
  });
  afterEach(() => bot.stop());

  const swept = async () => (await bot.app.foundation.registry.active()).includes(april);
  const months = async (count: number) => {
    for (let month = 0; month < count; month += 1) await bot.advance('P28D');
  };
  const change = (plr: Plr, to: (plr: Plr) => Plr) =>
    bot.app.foundation.services.documents.change(plrKind, plrKey(april, plr.ref), 'system', (now) => ({
      state: to(now),
      did: 'changed it',
      messages: [],
    }));
  const exempt = (plr: Plr): Plr => ({ ...plr, review: aReview().exempt().build().review });
  const attachAll = async () => {
    for (const plr of await bot.app.foundation.services.documents.list(plrKind, april))
      await change(plr, ({ record, ...plr }) => {
        const at = bot.app.foundation.clock.now();
        const attached = {
          attachedAt: at,
          attachedBy: 'qa-lead' as PersonId,
          purgeAt: addDuration(at, 'P900D'),
        };
        return record?.state === 'waiting'
          ? { ...plr, record: { ...record, state: 'attached', ...attached } }
          : plr;
      });
  };
  const exemptAll = async () => {
    for (const plr of await bot.app.foundation.services.documents.list(plrKind, april))
      await change(plr, exempt);
  };
  const holdBackBriefs = async () => {
    const { documents } = bot.app.foundation.services;
    const heldBack = {
      reason: 'Too few.',
      heldBackBy: 'qa-lead' as PersonId,
      heldBackAt: instant('2022-05-12T09:00:00Z'),
    };
    for (const { serviceId } of await documents.list(briefKind, april))
      await documents.change(briefKind, briefKey(april, serviceId), 'qa-lead' as PersonId, (brief) => ({
        state: { ...briefFacts(brief), state: 'held-back' as const, ...heldBack },
        did: 'held the brief back',
        messages: [],
      }));
  };
  const listOf = async (id: string, words: string) => {
    await bot.teams.says(bot.person(id), words);
    await bot.settle();
    return JSON.stringify(bot.connector.latestCard(bot.person(id).aadObjectId).card);
  };

  it('leaves the sweep some months later, once its briefs are decided about, and stays known', async () => {
    await exemptAll();
    assert.equal(await swept(), true);
    await months(6);
    assert.equal(await swept(), true);
    await holdBackBriefs();
    await bot.advance('P1D');
    assert.equal(await swept(), false);
    assert.ok((await bot.app.foundation.registry.all()).includes(april));
  });

  it('stays until it closes while a review of it is not returned, which "my reviews" shows as it stands', async () => {
    const [plr] = await bot.app.foundation.services.documents.list(plrKind, april);
    assert.ok(plr);
    await bot.advance('P50D');
    await holdBackBriefs();
    await bot.advance('P5D');
    assert.equal(await swept(), true);
    assert.ok((await listOf(plr.managerId, 'my reviews')).includes(`Start ${plr.ref}`));
    await bot.advance('P7D');
    assert.ok((await listOf(plr.managerId, 'my reviews')).includes(`Show ${plr.ref}`));
    await months(4);
    await bot.advance('P1D');
    assert.equal(await swept(), false);
  });

  it('stays while an action waits to be verified, of which its verifier hears each week', async () => {
    const plr = await returnWithActions(bot, 'ash', [planned()]);
    await exemptAll();
    const [reviewer, { now }] = ['assessment-reviewer' as PersonId, bot.app.foundation.council()!];
    const changeAction = (to: (action: Action) => Action | Refusal) =>
      change(plr, (plr) => {
        const after = to(plr.actions[0]!);
        assert.ok(!isRefusal(after));
        return { ...plr, actions: [after] };
      });
    const done = { to: 'done', evidence: 'Seen.', difference: 'Safer.' } as const;
    await changeAction((action) => updateAction(action, done, action.ownerId, now));
    const reminders = (id: string) =>
      bot.connector
        .cardsTo(bot.person(id).aadObjectId)
        .filter(({ summary }) => summary === 'Actions wait to be verified');
    // From Friday 1 April to a Wednesday, which is never a bank holiday here.
    await bot.advance('P5D');
    assert.equal(reminders(reviewer).length, 1);
    for (let week = 0; week < 3; week += 1) await bot.advance('P7D');
    assert.equal(reminders(reviewer).length, 4);
    await months(5);
    assert.equal(await swept(), true);
    assert.equal(reminders(reviewer).length, 9);
    assert.equal(reminders('qa-lead').length, 0);
    const last = reminders(reviewer).at(-1)!;
    const list = await bot.teams.press(bot.person(reviewer), last, 'See the actions');
    assert.ok(JSON.stringify(list.card?.card).includes(`Open ${plr.ref}-1`));
    await changeAction((action) => verifyAction(action, reviewer, now));
    await holdBackBriefs();
    await months(2);
    await attachAll();
    await bot.advance('P1D');
    assert.equal(reminders(reviewer).length, 9);
    assert.equal(await swept(), false);
  });

  it('comes back before an alert of it is saved, and stays while the alert is open', async () => {
    const { documents } = bot.app.foundation.services;
    await exemptAll();
    await months(2);
    await holdBackBriefs();
    await months(4);
    assert.equal(await swept(), false);
    const [plr] = await documents.list(plrKind, april);
    const council = bot.app.foundation.council();
    assert.ok(plr && council);
    await documents.change(plrKind, plrKey(april, plr.ref), 'system', (now) => {
      const { plr: state, messages } = raiseAlert(now, 'inadequate', now.managerId, council);
      return { state, did: 'raised an alert', messages };
    });
    assert.equal(await swept(), true);
    await bot.advance('P2D');
    assert.equal(await swept(), true);
    const rows = await bot.app.foundation.outbox.ledger(april, 'alert.');
    assert.ok(rows.length > 0 && rows.every(({ state }) => state !== 'queued'));
  });
});
