import assert from 'node:assert/strict';
import type { Roster } from '../../src/practice/council/organisation.js';
import type { ShownCard } from '../stand-ins/chats.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { namedCouncil, reviewsReturned, sevenReviews, wordsOf } from './learning-council.js';

const meeting = (team: string) => `19:${team}-meeting@thread.tacv2`;

describe('a brief on its way through months and meetings', () => {
  let bot: BotInTeams;
  const reviewer = 'assessment-reviewer';
  const latest = (person: string, words: RegExp) =>
    bot.connector.latestCard(bot.person(person).aadObjectId, ({ card }) => words.test(wordsOf(card)));
  const briefOf = () => latest(reviewer, /Learning brief:/);
  const agendaOf = (team: string) => wordsOf(bot.connector.latestCard(meeting(team)).card);
  const ledgerOf = async (cycle: string, card: string) =>
    (await bot.app.foundation.outbox.ledger(cycle)).filter((row) => row.card === card);

  async function drafted(roster = namedCouncil()): Promise<void> {
    bot = await startBotInTeams({ roster });
    await bot.settle();
    await reviewsReturned(bot, '2022-04', 'assessment', sevenReviews);
    await bot.advance('P34DT2H');
  }
  function withBirchOnFridays(council: Roster): Roster {
    const meetingRule = 'DTSTART:20220107T100000\nRRULE:FREQ=WEEKLY;BYDAY=FR';
    const teams = council.teams.map((team) => (team.id === 'birch' ? { ...team, meetingRule } : team));
    return { ...council, teams };
  }
  afterEach(async () => {
    await bot.stop();
    assert.deepEqual(bot.connector.violations, []);
  });

  async function pressed(person: string, card: ShownCard, which: string, inputs = {}): Promise<ShownCard> {
    const answer = await bot.teams.press(bot.person(person), card, which, inputs);
    assert.ok(answer.card !== undefined, JSON.stringify(answer.body));
    return answer.card;
  }

  it('shows words that open with what is also a name, when they are recorded and in the month after', async () => {
    const council = namedCouncil();
    await drafted({
      ...council,
      people: council.people.map((person) =>
        person.id === 'cedar-worker-second' ? { ...person, name: 'Mark Penhaligon' } : person,
      ),
    });
    await pressed(reviewer, briefOf(), 'Approve and post');
    await bot.advance('P4DT2H');
    const card = bot.connector.latestCard(meeting('ash'));
    const form = await pressed('ash-manager', card, 'Record our discussion');
    await pressed('ash-manager', form, 'Save what we decided', {
      willChange: 'Mark each visit in the diary.\n- Mark what was missed.',
      howKnow: 'Mark it monthly.',
      byWhen: '2022-06-30',
    });
    await bot.settle();
    assert.match(agendaOf('ash'), /Discussed on 9 May 2022[^]*Mark each visit in the diary/);
    const standing = await pressed('ash-manager', bot.connector.latestCard(meeting('ash')), 'Correct this');
    assert.match(wordsOf(standing.card), /Recorded so far[^]*Mark each visit in the diary/);
    await bot.advance('P29D');
    await pressed(reviewer, briefOf(), 'Approve and post');
    await bot.advance('P7D');
    assert.match(agendaOf('ash'), /Reviews, May 2022[^]*Mark each visit in the diary[^]*Did it happen\?/);
    assert.match(agendaOf('birch'), /Reviews, May 2022/);
    for (const cycle of ['2022-04', '2022-05'])
      assert.deepEqual(
        (await ledgerOf(cycle, 'agenda-item')).filter(({ state }) => state !== 'delivered'),
        [],
      );
    assert.deepEqual(bot.logged, []);
  });

  it('comes once to a team whose copy of a stopped round still waited when it was approved again', async () => {
    const council = namedCouncil();
    const { teams } = withBirchOnFridays(council);
    await drafted({ ...council, teams });
    // Tuesday 10 May: Birch gets it on Wednesday, Ash on Thursday.
    await bot.advance('P5D');
    const text = { doDifferently: 'Ask Quillon how to begin.' };
    const form = await pressed(reviewer, briefOf(), 'Edit');
    const shown = await pressed(reviewer, form, 'Save and see how it looks', text);
    await pressed(reviewer, shown, 'Approve and post');
    const people = council.people.map((person) =>
      person.id === 'cedar-worker-second' ? { ...person, name: 'Quillon Ashdown' } : person,
    );
    await bot.app.foundation.rosters.replace({ ...council, teams, people });
    await bot.advance('P1D');
    const again = await pressed(reviewer, briefOf(), 'Edit');
    const mended = await pressed(reviewer, again, 'Save and see how it looks', {
      doDifferently: 'Ask a colleague how to begin.',
    });
    await pressed(reviewer, mended, 'Approve and post');
    await bot.advance('P1D');
    for (const team of ['ash', 'birch']) assert.equal(bot.connector.cardsIn(meeting(team)).length, 1, team);
    const first = (await ledgerOf('2022-04', 'agenda-item')).find(({ key }) => key.endsWith('.ash.1'));
    assert.equal(first?.state, 'superseded');
  });

  it('goes with a meeting that an import has moved, and to the team that has joined', async () => {
    const council = namedCouncil();
    const onThe = (day: number) => `DTSTART:202201${day}T100000\nRRULE:FREQ=MONTHLY;BYMONTHDAY=${day}`;
    const teams = council.teams.map((team) => ({ ...team, meetingRule: onThe(20) }));
    await drafted({ ...council, teams });
    await pressed(reviewer, briefOf(), 'Approve and post');
    const joined = { serviceId: teams.find(({ id }) => id === 'birch')!.serviceId };
    await bot.app.foundation.rosters.replace({
      ...council,
      teams: teams.map((team) => ({
        ...team,
        ...(team.id === 'birch' ? { meetingRule: onThe(10) } : {}),
        ...(team.id === 'cedar' ? joined : {}),
      })),
    });
    await bot.settle();
    // Friday 6 May, two working days before the 10th.
    await bot.advance('P1D');
    assert.match(agendaOf('birch'), /For your meeting on 10 May 2022/);
    assert.equal(bot.connector.cardsIn(meeting('ash')).length, 0);
    await bot.advance('P6DT1H');
    const nudge = bot.connector.latestCard(bot.person('birch-manager').aadObjectId);
    assert.match(wordsOf(nudge.card), /was for your meeting on 10 May 2022/);
    await bot.advance('P7D');
    for (const team of ['ash', 'birch', 'cedar']) {
      assert.equal(bot.connector.cardsIn(meeting(team)).length, 1, team);
      if (team !== 'birch') assert.match(agendaOf(team), /Assessment Service. For your meeting on 20 May/);
    }
    const rows = await ledgerOf('2022-04', 'agenda-item');
    assert.equal(rows.find(({ key }) => key.endsWith('.birch.1'))?.state, 'superseded');
  });

  it('is told to the QA lead for each team that recorded nothing in a month, whatever its day', async () => {
    await drafted(withBirchOnFridays(namedCouncil()));
    await pressed(reviewer, briefOf(), 'Approve and post');
    const missed = () =>
      bot.connector
        .cardsTo(bot.person('qa-lead').aadObjectId)
        .map(({ card }) => wordsOf(card))
        .filter((words) => words.includes('A month without a recorded discussion'));
    // Birch meets on Friday 6 May, Ash on Monday 9 May.
    await bot.settle();
    await bot.advance('P7D');
    await bot.advance('P26D');
    assert.equal(missed().length, 1);
    assert.match(missed()[0] ?? '', /Birch Team/);
    await bot.advance('P3D');
    assert.equal(missed().length, 2);
    assert.match(missed()[1] ?? '', /Ash Team/);
    assert.doesNotMatch(missed()[1] ?? '', /Birch Team/);
  });
});
