import assert from 'node:assert/strict';
import type { CycleId, PersonId, TeamId } from '../../src/practice/base/ids.js';
import { cycleKey, cycleKind } from '../../src/practice/plr/cycle-record.js';
import { readStatus } from '../../src/practice/cycles/read-status.js';
import { rosterEffects } from '../../src/practice/process/follow-roster.js';
import { isRefusal } from '../../src/practice/base/errors.js';
import type { Case, Person, Roster } from '../../src/practice/council/organisation.js';
import { plrKey, type Plr } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { localDate } from '../../src/practice/base/time.js';
import { aadObjectIdOf, smallCouncil } from '../builders/small-council.js';
import { returnedPlr } from '../builders/returned-plr.js';
import { flag, somePlr } from './alert-steps.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';

const april = '2022-04' as CycleId;
const textOf = (card: unknown) => JSON.stringify(card);

describe('a new roster in the middle of a month', () => {
  let bot: BotInTeams;
  beforeEach(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    await bot.stop();
  });

  const plrs = () => bot.app.foundation.services.documents.list(plrKind, april);
  const plrOf = async (managerId: string): Promise<Plr> => {
    const found = (await plrs()).find((plr) => plr.managerId === managerId);
    assert.ok(found);
    return found;
  };
  const notesTo = (id: string) =>
    bot.connector.cardsTo(bot.person(id).aadObjectId).map(({ card }) => textOf(card));

  async function importRoster(change: (roster: Roster) => Roster) {
    assert.ok(await bot.app.foundation.rosters.replace(change(smallCouncil())));
    await bot.settle();
  }
  const withCase = (plr: Plr, changes: Partial<Case>) => (roster: Roster) => ({
    ...roster,
    cases: roster.cases.map((one) => (one.ref === plr.caseRef ? { ...one, ...changes } : one)),
  });
  const withPerson = (id: string, changes: Partial<Person>) => (roster: Roster) => ({
    ...roster,
    people: roster.people.map((one) => (one.id === id ? { ...one, ...changes } : one)),
  });

  /** A team that is neither the case's nor the manager's. */
  function elsewhere(plr: Plr): { teamId: TeamId; allocatedWorkerId: PersonId } {
    const team = ['ash', 'birch', 'cedar', 'damson'].find(
      (one) => one !== plr.teamId && `${one}-manager` !== plr.managerId,
    );
    return { teamId: team as TeamId, allocatedWorkerId: `${team}-worker-first` as PersonId };
  }

  it('follows an open review to the new worker and team, and tells the people concerned', async () => {
    const plr = await plrOf('ash-manager');
    const to = elsewhere(plr);
    await importRoster(withCase(plr, to));
    const now = await plrOf('ash-manager');
    assert.deepEqual([now.practitionerId, now.teamId], [to.allocatedWorkerId, to.teamId]);
    assert.ok(notesTo('ash-manager').some((text) => text.includes('Your review is now with someone else')));
    assert.ok(notesTo(plr.practitionerId).some((text) => text.includes('This review is no longer with you')));
    assert.ok(notesTo(to.allocatedWorkerId).some((text) => text.includes(plr.ref)));
    assert.ok(notesTo('qa-lead').some((text) => text.includes(`${plr.ref} is now with`)));
    const first = notesTo('ash-manager').find((text) => text.includes('Start the review'));
    assert.match(first ?? '', new RegExp(bot.person(to.allocatedWorkerId).name));
  });

  it('leaves a returned review alone', async () => {
    const plr = await plrOf('ash-manager');
    await bot.app.foundation.services.documents.change(plrKind, plrKey(april, plr.ref), 'system', (now) => ({
      state: returnedPlr(now),
      did: 'returned',
      messages: [],
    }));
    await importRoster(withCase(plr, elsewhere(plr)));
    const now = await plrOf('ash-manager');
    assert.deepEqual([now.practitionerId, now.teamId], [plr.practitionerId, plr.teamId]);
    assert.ok(!notesTo('qa-lead').some((text) => text.includes(plr.ref)));
  });

  it('tells the QA lead once when a manager has left, and lets them decide', async () => {
    const plr = await plrOf('birch-manager');
    const left = withPerson('birch-manager', { activeUntil: localDate('2022-03-31') });
    await importRoster(left);
    await bot.advance('P1D');
    const told = notesTo('qa-lead').filter((text) => text.includes('Birch Manager has left'));
    assert.equal(told.length, 1);
    const card = bot.connector.latestCard(bot.person('qa-lead').aadObjectId, ({ card: one }) =>
      textOf(one).includes('has left'),
    );
    const open = await bot.teams.press(bot.person('qa-lead'), card, `Decide about ${plr.ref}`);
    assert.ok(open.card);
    await bot.teams.press(bot.person('qa-lead'), open.card, 'Decide', { choice: 'exempt', reason: 'Left.' });
    assert.equal((await plrOf('birch-manager')).review.state, 'exempt');
  });

  it('tells the QA lead when the case of an open review has closed', async () => {
    const plr = await plrOf('cedar-manager');
    await importRoster(withCase(plr, { closedOn: localDate('2022-04-01') }));
    assert.ok(notesTo('qa-lead').some((text) => text.includes(`The case of ${plr.ref} has closed`)));
  });

  const joiner = (): Person => ({
    id: 'elm-manager' as PersonId,
    name: 'Elm Manager',
    email: 'elm-manager@council.example',
    aadObjectId: aadObjectIdOf('elm-manager'),
    roles: ['manager'],
    activeFrom: localDate('2022-04-01'),
    absences: [],
  });

  it('asks a manager who joins by the tenth working day, once', async () => {
    await importRoster((roster) => ({ ...roster, people: [...roster.people, joiner()] }));
    const plr = await plrOf('elm-manager');
    assert.equal(plr.review.state, 'assigned');
    assert.equal((await plrs()).length, 5);
    await bot.advance('P1D');
    assert.equal((await plrs()).length, 5);
  });

  it('leaves a manager who joins later for the next month', async () => {
    await bot.advance('P18D');
    await importRoster((roster) => ({ ...roster, people: [...roster.people, joiner()] }));
    assert.equal((await plrs()).length, 4);
  });

  it('says before anything is done what it will do', async () => {
    const plr = await plrOf('ash-manager');
    const { rosters, refresh, services } = bot.app.foundation;
    await rosters.replace(withCase(plr, elsewhere(plr))(smallCouncil()));
    const council = await refresh();
    assert.ok(council);
    const [found] = await rosterEffects(services, council);
    assert.deepEqual(
      found?.effects.map(({ is, ref }) => [is, ref]),
      [['rerouted', plr.ref]],
    );
    assert.equal((await plrOf('ash-manager')).practitionerId, plr.practitionerId);
  });
});

describe('the bot installed late, or removed', () => {
  it('lists who could not be reached, and sends what waited when the app comes', async () => {
    const people = smallCouncil().people.map(({ id }) => id);
    const bot = await startBotInTeams({
      roster: smallCouncil(),
      installed: people.filter((id) => id !== 'damson-manager'),
    });
    const damson = bot.person('damson-manager');
    bot.connector.shutOut(damson.aadObjectId, 'BotNotInConversationRoster');
    await bot.settle();
    await bot.advance('P3D');
    const [plr] = (await bot.app.foundation.services.documents.list(plrKind, april)).filter(
      ({ managerId }) => managerId === damson.id,
    );
    const toQa = () =>
      bot.connector
        .cardsTo(bot.person('qa-lead').aadObjectId)
        .map(({ card }) => textOf(card))
        .filter((text) => text.includes(`${plr?.ref} has not reached Damson Manager`));
    assert.equal(toQa().length, 1);
    await bot.teams.install(damson);
    await bot.settle();
    assert.ok(bot.connector.cardsTo(damson.aadObjectId).some(({ card }) => textOf(card).includes(plr!.ref)));
    const ledger = await bot.app.foundation.outbox.ledger('2022-04', `assigned.${plr?.ref}`);
    assert.deepEqual(
      ledger.map(({ state }) => state),
      ['delivered'],
    );
    await bot.advance('P1D');
    assert.equal(toQa().length, 1);
    const cycle = await bot.app.foundation.services.documents.read(cycleKind, cycleKey(april));
    assert.equal(cycle?.state, 'issued');
    assert.deepEqual(bot.connector.violations, []);
    await bot.stop();
  });

  it('counts a removed app as undeliverable with the reason, until it is back', async () => {
    const bot = await startBotInTeams({ roster: smallCouncil() });
    const ash = bot.person('ash-manager');
    await bot.teams.uninstall(ash);
    await bot.settle();
    const line = async () => {
      const lines = await bot.app.foundation.outbox.ledger('2022-04', 'assigned.');
      return lines.find(({ recipient }) => recipient === 'ash-manager');
    };
    const waits = await line();
    assert.deepEqual([waits?.state, waits?.reason], ['queued', '403 BotNotInConversationRoster']);
    const { services, council } = bot.app.foundation;
    const known = await readStatus('2022-04' as CycleId, services, council()!);
    assert.ok(!isRefusal(known));
    assert.equal(known.status.undeliverable, 1);
    await bot.teams.install(ash);
    await bot.settle();
    assert.equal((await line())?.state, 'delivered');
    await bot.stop();
  });

  it('does nothing anew for an update of the app, and for an install of one who has it', async () => {
    const methods: string[] = [];
    const bot = await startBotInTeams({
      roster: smallCouncil(),
      onStorageRequest: (method) => methods.push(method),
    });
    await bot.settle();
    const ash = bot.person('ash-manager');
    const messages = () => bot.connector.messagesTo(ash.aadObjectId).length;
    const [had] = [messages(), (methods.length = 0)];
    for (const action of ['remove-upgrade', 'add-upgrade'])
      await bot.teams.install(ash, { overrides: { type: 'installationUpdate', action } });
    assert.equal(messages(), had);
    await bot.app.heartbeat.stop();
    methods.length = 0;
    await bot.teams.install(ash);
    // Each of its two activities reads one row and writes it. The welcome reads what is open: the rows of the one
    // month in hand, the messages that were lost, and the log, on which it puts what it shows.
    assert.deepEqual(methods, ['GET', 'PUT', 'GET', 'PUT', 'GET', 'GET', 'GET', 'POST']);
    assert.equal(messages(), had + 1);
    await bot.stop();
  });

  it('posts into a channel that is not General once the app is in its team', async () => {
    const roster = smallCouncil();
    const teams = roster.teams.map((team) => ({
      ...team,
      alertChannelId: `19:${team.id}-alerts@thread.tacv2`,
    }));
    const bot = await startBotInTeams({ roster: { ...roster, teams } });
    await bot.settle();
    const plr = await somePlr(bot);
    const { alertChannelId, teamsTeamId, meetingChannelId, name } = bot.organisation.teams.get(plr.teamId)!;
    bot.connector.shutOut(alertChannelId, 'BotNotInConversationRoster');
    await flag(bot.app, plr, 'inadequate');
    await bot.settle();
    const posts = () => bot.connector.cardsIn(alertChannelId).length;
    assert.equal(posts(), 0);
    bot.connector.letIn(alertChannelId);
    const meeting = { id: meetingChannelId, name: 'Team meeting' };
    const team = { id: teamsTeamId, name, aadGroupId: aadObjectIdOf(plr.teamId), channels: [meeting] };
    await bot.teams.installInTeam(team, meeting);
    await bot.settle();
    assert.equal(posts(), 1);
    // Teams tells of an install twice, and the app may be taken out and put in again: what was posted stays one.
    await bot.teams.installInTeam(team, meeting);
    await bot.settle();
    assert.equal(posts(), 1);
    // It is taken out while nobody listens: what was not posted meanwhile comes with the next install.
    bot.connector.shutOut(alertChannelId, 'BotNotInConversationRoster');
    await flag(bot.app, plr, 'immediate-concern');
    await bot.settle();
    bot.connector.letIn(alertChannelId);
    await bot.teams.installInTeam(team, meeting);
    await bot.settle();
    assert.equal(posts(), 2);
    await bot.stop();
  });
});
