import assert from 'node:assert/strict';
import type { App } from '../../src/app.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { smallCouncil } from '../builders/small-council.js';
import { recordIn } from '../stand-ins/json-record.js';
import { teamsClient, type BotAnswer, type TeamsClient } from '../stand-ins/teams-client.js';
import { alertCards, flag, peopleOf, stored } from './alert-steps.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';

const readers = 24;
const rounds = 3;

describe('24 who read and acknowledge at once, on two replicas', () => {
  let bot: BotInTeams;
  let other: App;
  let replicas: readonly TeamsClient[];

  before(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
    other = await bot.startAnother();
    await other.foundation.refresh();
    const botUrl = `http://127.0.0.1:${await other.listen()}/api/messages`;
    const now = () => new Date('2022-04-01T08:00:00Z');
    replicas = [bot.teams, teamsClient({ botUrl, connector: bot.connector, now })];
  });
  after(async () => {
    await other.stop();
    await bot.stop();
  });

  const isCard = ({ status, body }: BotAnswer) =>
    status === 200 && recordIn(body as never, 'value')?.['type'] === 'AdaptiveCard';

  it('are told of nothing saved that it may not have been', async () => {
    const plrs = await bot.app.foundation.services.documents.list(plrKind, '2022-04');
    for (const plr of plrs) await flag(bot.app, plr, 'inadequate');
    await bot.settle();
    const lead = bot.person('qa-lead');
    const looks = Array.from({ length: readers }, async (_, at) => {
      const teams = replicas[at % 2]!;
      const plr = plrs[at % plrs.length]!;
      const answers: BotAnswer[] = [];
      for (let round = 0; round < rounds; round += 1) {
        answers.push(await teams.presses(lead, { verb: 'say', data: { text: 'open alerts' } }));
        const data = { cycle: plr.cycleId, ref: plr.ref };
        answers.push(await teams.presses(lead, { verb: 'alert.open', data }));
      }
      return answers;
    });
    const acknowledged = plrs.flatMap((plr) =>
      (['teamManager', 'worker'] as const).map(async (who, at) => {
        const person = peopleOf(bot, plr)[who]!;
        const card = alertCards(bot, person.aadObjectId).find(({ card }) =>
          JSON.stringify(card).includes(plr.ref),
        )!;
        return replicas[at]!.press(person, card, 'Acknowledge', { safety: 'safe', details: 'Seen at noon.' });
      }),
    );
    const answers = [...(await Promise.all(looks)).flat(), ...(await Promise.all(acknowledged))];
    assert.deepEqual(
      answers.filter((one) => !isCard(one)).map(({ body }) => body),
      [],
    );
    for (const plr of plrs) assert.equal((await stored(bot, plr)).alert?.state, 'acknowledged');
    assert.deepEqual(
      bot.logged.filter(({ event }) => event === 'turn failed'),
      [],
    );
  });
});
