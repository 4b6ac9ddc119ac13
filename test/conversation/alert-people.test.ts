import assert from 'node:assert/strict';
import type { Case, Person, Roster } from '../../src/practice/council/organisation.js';
import type { PersonId, TeamId } from '../../src/practice/base/ids.js';
import { plrKey, type Plr } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { localDate } from '../../src/practice/base/time.js';
import { returnedPlr } from '../builders/returned-plr.js';
import { smallCouncil } from '../builders/small-council.js';
import { alertCards, flag, startWithAPlr, stored, textOf } from './alert-steps.js';
import type { BotInTeams } from './bot-in-teams.js';

describe('an alert while people change', () => {
  let bot: BotInTeams;
  let plr: Plr;
  let people: Record<string, Person>;

  beforeEach(async () => {
    ({ bot, plr, people } = await startWithAPlr());
    await flag(bot.app, plr, 'immediate-concern');
    await bot.settle();
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    await bot.stop();
  });

  const latest = (who: Person) => alertCards(bot, who.aadObjectId).at(-1)!;
  const press = (who: Person, title: string, inputs = {}) => bot.teams.press(who, latest(who), title, inputs);

  const caseTo = (to: Partial<Case>, roster: Roster): Roster => ({
    ...roster,
    cases: roster.cases.map((one) => (one.ref === plr.caseRef ? { ...one, ...to } : one)),
  });

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

  it('tells the first team anew when the case comes back from one whose people are on leave', async () => {
    const { worker, teamManager } = people;
    const to = elsewhere(plr);
    const away = [to.allocatedWorkerId as string, `${to.teamId}-manager`];
    const absences = [{ from: localDate('2022-03-31'), until: localDate('2022-04-30') }];
    const onLeave = (roster: Roster) => ({
      ...roster,
      people: roster.people.map((one) => (away.includes(one.id) ? { ...one, absences } : one)),
    });
    await importRoster((roster) => caseTo(to, onLeave(roster)));
    await importRoster(onLeave);
    for (const who of [worker!, teamManager!]) {
      assert.equal(alertCards(bot, who.aadObjectId).length, 2, who.id);
      assert.ok(textOf(latest(who)).includes('act now'));
    }
  });

  it('tells a Team Manager who is given the case as well once, and says nothing of it the next day', async () => {
    const { teamId } = elsewhere(plr);
    const manager = bot.person(`${teamId}-manager`);
    await importRoster((roster) => caseTo({ teamId, allocatedWorkerId: manager.id }, roster));
    const notes = () =>
      bot.connector
        .cardsTo(people['qaLead']!.aadObjectId)
        .map(textOf)
        .filter((text) => text.includes('follows its case')).length;
    const before = notes();
    assert.equal(before, 1);
    await bot.advance('PT16H');
    assert.equal(alertCards(bot, manager.aadObjectId).length, 1);
    assert.equal(notes(), before);
  });

  it('tells a new QA lead and a new Service Manager at once, and takes the alert from those before', async () => {
    const { qaLead, serviceManager } = people;
    await bot.advance('PT4H');
    const lead = bot.person('business-support');
    const other = plr.serviceId === 'care' ? 'assessment' : 'care';
    const manager = bot.person(`${other}-service-manager`);
    await importRoster((roster) => ({
      ...roster,
      services: roster.services.map((one) => ({ ...one, serviceManagerId: manager.id })),
      people: roster.people.map((one) => {
        if (one.id === qaLead!.id) return { ...one, roles: ['business-support'] };
        return one.id === lead.id ? { ...one, roles: ['qa-lead'] } : one;
      }),
    }));
    assert.ok(textOf(latest(manager)).includes('act now'));
    assert.ok(textOf(latest(lead)).includes('Nobody has acknowledged it yet'));
    assert.equal(alertCards(bot, lead.aadObjectId).length, 1);
    for (const { aadObjectId } of [qaLead!, serviceManager!])
      assert.ok(textOf(alertCards(bot, aadObjectId).at(-1)!).includes('no longer with you'));
  });

  it('tells a second reason to the new team’s channel, and posts nothing new to the old one', async () => {
    const to = elsewhere(plr);
    await importRoster((roster) => caseTo(to, roster));
    await flag(bot.app, plr, 'inadequate');
    await bot.settle();
    const postsOf = (team: TeamId) => alertCards(bot, bot.organisation.teams.get(team)!.alertChannelId);
    assert.equal(postsOf(plr.teamId).length, 1);
    assert.equal(postsOf(to.teamId).length, 2);
    assert.equal(alertCards(bot, bot.person(to.allocatedWorkerId).aadObjectId).length, 2);
  });

  for (const state of ['open', 'returned'] as const) {
    it(`follows the child to the new worker and team while the review is ${state}`, async () => {
      if (state === 'returned')
        await bot.app.foundation.services.documents.change(
          plrKind,
          plrKey(plr.cycleId, plr.ref),
          'system',
          (now) => ({ state: returnedPlr(now), did: 'returned', messages: [] }),
        );
      const to = elsewhere(plr);
      const [worker, manager] = [bot.person(to.allocatedWorkerId), bot.person(`${to.teamId}-manager`)];
      await importRoster((roster) => caseTo(to, roster));
      for (const who of [worker, manager]) assert.ok(textOf(latest(who)).includes('act now'), who.id);
      const channelOf = (team: TeamId) =>
        textOf(bot.connector.cardsIn(bot.organisation.teams.get(team)!.alertChannelId).at(-1)!);
      assert.ok(channelOf(to.teamId).includes(plr.ref));
      assert.ok(channelOf(plr.teamId).includes('Another team has it now.'));
      for (const { aadObjectId } of [people['worker']!, people['teamManager']!]) {
        const last = bot.connector
          .cardsTo(aadObjectId)
          .map(textOf)
          .filter((text) => text.includes('lert'));
        assert.deepEqual(last.length, 1);
        assert.ok(last[0]!.includes('This alert is no longer with you'));
        assert.ok(!last[0]!.includes(plr.caseRef));
      }
      await press(worker, 'Acknowledge', { safety: 'safe' });
      await bot.settle();
      const gripped = await press(manager, 'Record management grip', {
        direction: 'See the child today.',
        what1: 'Visit every day',
        owner1: 'practitioner',
        dueOn1: '2022-04-08',
      });
      assert.ok(textOf(gripped.card!).includes('Management grip recorded'));
      const now = await stored(bot, plr);
      assert.equal(now.actions.at(-1)?.ownerId, worker.id);
      assert.equal(now.teamId, state === 'open' ? to.teamId : plr.teamId);
    });
  }
});

/** A team that is neither the case's nor the reviewing manager's. */
function elsewhere(plr: Plr): { teamId: TeamId; allocatedWorkerId: PersonId } {
  const others = ['ash', 'birch', 'cedar', 'damson'].filter(
    (one) => one !== plr.teamId && `${one}-manager` !== plr.managerId,
  );
  const team = others.at(-1) ?? '';
  return { teamId: team as TeamId, allocatedWorkerId: `${team}-worker-first` as PersonId };
}

describe('an alert about a team whose posts are vacant', () => {
  let bot: BotInTeams;
  afterEach(() => bot.stop());

  it('passes the vacant steps over at once, and goes to the first who is there', async () => {
    const started = await startWithAPlr();
    const { plr, people } = started;
    bot = started.bot;
    const roster = smallCouncil();
    const vacant = {
      ...roster,
      teams: roster.teams.map(({ teamManagerId: _gone, ...team }) => team),
      services: roster.services.map(({ serviceManagerId: _gone, ...service }) => service),
    };
    assert.ok(await bot.app.foundation.rosters.replace(vacant));
    await bot.settle();
    await flag(bot.app, plr, 'immediate-concern');
    await bot.settle();
    const { worker, teamManager, serviceManager, headOfService } = people;
    assert.equal(alertCards(bot, worker!.aadObjectId).length, 1);
    assert.equal(alertCards(bot, headOfService!.aadObjectId).length, 1);
    for (const gone of [teamManager, serviceManager])
      assert.equal(alertCards(bot, gone!.aadObjectId).length, 0);
    assert.deepEqual(bot.connector.violations, []);
  });
});
