import assert from 'node:assert/strict';
import { smallCouncil } from '../builders/small-council.js';
import type { ShownCard } from '../stand-ins/chats.js';
import { alertCards, flag, startWithAPlr, stored, textOf } from './alert-steps.js';

const mustAct = ['worker', 'teamManager', 'serviceManager', 'headOfService', 'assistantDirector'];

describe('a telephone call about an alert that Teams brings to nobody', () => {
  it('is entered by the QA lead, who sees whom to ring and their numbers, and ends the climb', async () => {
    const { bot, plr, people } = await startWithAPlr();
    const roster = smallCouncil();
    const telephone = (id: string) => (id === people['teamManager']!.id ? { telephone: '01632 960123' } : {});
    const numbered = roster.people.map((one) => ({ ...one, ...telephone(one.id) }));
    assert.ok(await bot.app.foundation.rosters.replace({ ...roster, people: numbered }));
    await bot.settle();
    const lead = people['qaLead']!;
    const latest = () => alertCards(bot, lead.aadObjectId).at(-1)!;
    for (const who of mustAct) bot.connector.shutOut(people[who]!.aadObjectId, 'BotDisabledByAdmin');
    await flag(bot.app, plr, 'immediate-concern');
    await bot.advance('PT10M');
    assert.match(textOf(latest()), /To ring.*01632 960123 \(Team Manager\)/);

    const press = async (...[card, title, inputs]: [ShownCard, string, Record<string, string>?]) =>
      (await bot.teams.press(lead, card, title, inputs)).card!;
    const form = await press(latest(), 'Enter a telephone call');
    const call = {
      ...{ rang: 'team-manager', callAnswer: 'made-safe', callDetails: 'With the grandmother since ten.' },
      rangOn: '2022-04-01',
    };
    const wrong = await press(form, 'Enter this call', { ...call, rangAt: '23:58' });
    assert.match(
      textOf(wrong),
      /Correct the time of the call.*With the grandmother|With the grandmother.*Correct the time/,
    );
    const now = bot.app.foundation.council()!;
    const rangAt = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: now.timeZone });
    const done = await press(wrong, 'Enter this call', {
      ...call,
      rangAt: rangAt.format(new Date(now.now)),
    });
    assert.match(textOf(done), /Alert acknowledged/);
    assert.match(textOf(done), /said on the telephone to .*With the grandmother since ten\./);
    const { alert } = await stored(bot, plr);
    assert.ok(alert?.state === 'acknowledged');
    assert.equal(alert.acknowledgement.by, people['teamManager']!.id);
    const timeline = await press(done, 'Timeline');
    assert.match(textOf(timeline), /rang .* \(Team Manager\) on .*: the child was made safe/);
    assert.deepEqual(bot.connector.violations, []);
    await bot.stop();
  });
});
