import assert from 'node:assert/strict';
import type { Person, Roster } from '../../src/practice/organisation/organisation.js';
import type { Plr } from '../../src/practice/plr.js';
import { localDate } from '../../src/practice/time.js';
import { smallCouncil } from '../builders/small-council.js';
import { alertCards, flag, peopleOf, somePlr, stored, textOf } from './alert-steps.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';

describe('an alert while people change', () => {
  let bot: BotInTeams;
  let plr: Plr;
  let people: Record<string, Person>;

  beforeEach(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
    plr = await somePlr(bot);
    people = peopleOf(bot, plr);
    await flag(bot.app, plr, 'immediate-concern');
    await bot.settle();
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    await bot.stop();
  });

  const latest = (who: Person) => alertCards(bot, who.aadObjectId).at(-1)!;
  const press = (who: Person, title: string, inputs = {}) => bot.teams.press(who, latest(who), title, inputs);

  async function importRoster(change: (roster: Roster) => Roster) {
    assert.ok(await bot.app.foundation.rosters.replace(change(smallCouncil())));
    await bot.settle();
  }

  it('asks the Service Manager for management grip when the Team Manager’s leave has begun', async () => {
    const { worker, teamManager, serviceManager } = people;
    const absences = [{ from: localDate('2022-03-31'), until: localDate('2022-04-30') }];
    await importRoster((roster) => ({
      ...roster,
      people: roster.people.map((one) => (one.id === teamManager!.id ? { ...one, absences } : one)),
    }));
    await press(worker!, 'Acknowledge', { safety: 'not-yet', details: 'The police are on their way.' });
    await bot.settle();
    assert.ok(textOf(latest(serviceManager!)).includes('Record your management grip'));
    assert.ok(textOf(latest(worker!)).includes('The Service Manager now records management grip'));
    const gripped = await press(serviceManager!, 'Record management grip', {
      direction: 'Stay until the police are there.',
      what1: 'Visit every day',
      owner1: 'practitioner',
      dueOn1: '2022-04-08',
    });
    assert.ok(textOf(gripped.card!).includes('Management grip recorded'));
    assert.equal((await stored(bot, plr)).alert?.state, 'gripped');
  });
});
