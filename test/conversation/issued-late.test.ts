import assert from 'node:assert/strict';
import { cycleKey, cycleKind } from '../../src/practice/plr/cycle-record.js';
import { issueCycle, previewDraw } from '../../src/practice/cycles/jobs-issue.js';
import type { CycleId } from '../../src/practice/base/ids.js';
import type { Person, Roster } from '../../src/practice/council/organisation.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { localDate, month } from '../../src/practice/base/time.js';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';

const april = '2022-04' as CycleId;

/** Since the first, Ash’s manager has left, Birch’s has gone away for a month, and Cedar’s cases have closed. */
function rosterOfTheTwentieth(): Roster {
  const roster = smallCouncil();
  const since: Readonly<Record<string, Partial<Person>>> = {
    'ash-manager': { activeUntil: localDate('2022-04-10') },
    'birch-manager': { absences: [{ from: localDate('2022-04-18'), until: localDate('2022-05-20') }] },
  };
  return {
    ...roster,
    people: roster.people.map((one) => ({ ...one, ...since[one.id] })),
    cases: roster.cases.map((one) =>
      one.teamId === 'cedar' ? { ...one, closedOn: localDate('2022-04-12') } : one,
    ),
  };
}

describe('a month that is issued late', () => {
  let bot: BotInTeams;
  afterEach(() => bot.stop());
  const plrs = () => bot.app.foundation.services.documents.list(plrKind, april);

  it('is drawn from the cases and people of the day', async () => {
    bot = await startBotInTeams({ roster: rosterOfTheTwentieth(), at: '2022-04-20T08:00:00Z' });
    await bot.settle();
    const found = await plrs();
    assert.deepEqual(found.map(({ managerId }) => managerId).sort(), ['cedar-manager', 'damson-manager']);
    assert.ok(found.every(({ teamId, dueOn }) => teamId !== 'cedar' && dueOn === '2022-04-29'));
  });

  it('comes out as it was begun when it was cut short, and once', async () => {
    bot = await startBotInTeams({ roster: smallCouncil(), at: '2022-04-27T08:00:00Z' });
    const { services, refresh } = bot.app.foundation;
    const council = (await refresh())!;
    const plans = { ...services.plans, read: () => Promise.reject(new Error('Killed before the draw.')) };
    await assert.rejects(issueCycle(month(april), { ...services, plans }, council), /Killed/);
    const { drawn } = await previewDraw(month(april), services, council);
    await bot.advance('P1D');
    const found = await plrs();
    assert.deepEqual(
      new Map(found.map(({ managerId, caseRef }) => [managerId, caseRef])),
      new Map(drawn.map(({ managerId, caseRef }) => [managerId, caseRef])),
    );
    // Five working days from the 27th: 2 May 2022 was a bank holiday.
    assert.ok(found.every(({ dueOn, draw }) => dueOn === '2022-05-05' && draw.on === '2022-04-27'));
    const cycle = await services.documents.read(cycleKind, cycleKey(april));
    await bot.advance('P1D');
    assert.deepEqual(await services.documents.read(cycleKind, cycleKey(april)), {
      ...cycle,
      deliveriesCheckedAt: '2022-04-29T08:00:00.000Z',
    });
    assert.equal((await plrs()).length, found.length);
  });
});
