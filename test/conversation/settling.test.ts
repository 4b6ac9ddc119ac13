import assert from 'node:assert/strict';
import { plrKey } from '../../src/practice/plr.js';
import { plrKind } from '../../src/practice/plr-kind.js';
import { raiseAlert } from '../../src/practice/alerts/raise-alert.js';
import type { CycleId } from '../../src/practice/ids.js';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';

const april = '2022-04' as CycleId;

describe('a cycle that is over', () => {
  let bot: BotInTeams;
  before(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
  });
  after(() => bot.stop());

  const swept = async () => (await bot.app.foundation.registry.active()).includes(april);
  const month = async () => {
    for (let week = 0; week < 4; week += 1) await bot.advance('P7D');
  };

  it('leaves the sweep some months later, and stays known', async () => {
    assert.equal(await swept(), true);
    for (let months = 0; months < 6; months += 1) await month();
    assert.equal(await swept(), false);
    assert.ok((await bot.app.foundation.registry.all()).includes(april));
  });

  it('comes back before an alert of it is saved, and stays while the alert is open', async () => {
    const { documents } = bot.app.foundation.services;
    const [plr] = await documents.list(plrKind, april);
    const house = bot.app.foundation.house();
    assert.ok(plr && house);
    await documents.change(plrKind, plrKey(april, plr.ref), 'system', (now) => {
      const { plr: state, messages } = raiseAlert(now, 'inadequate', now.managerId, house);
      return { state, did: 'raised an alert', messages };
    });
    assert.equal(await swept(), true);
    await bot.advance('P2D');
    assert.equal(await swept(), true);
    const rows = await bot.app.foundation.outbox.ledger(april, 'alert.');
    assert.ok(rows.length > 0 && rows.every(({ state }) => state !== 'queued'));
  });
});
