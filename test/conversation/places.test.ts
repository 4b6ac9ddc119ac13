import assert from 'node:assert/strict';
import { features } from '../../src/features.js';
import { mayBeUsedIn } from '../../src/practice/surface/feature.js';
import { smallCouncil } from '../builders/small-council.js';
import type { JsonRecord } from '../stand-ins/json-record.js';
import { flag, peopleOf } from './alert-steps.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { plrOf, returnReview } from './filling-in.js';

const general = '19:ash-general@thread.tacv2';
const team = (conversationType?: string): JsonRecord => ({
  conversation: { id: general, isGroup: true, conversationType },
  channelData: { team: { id: general } },
});

describe('somebody’s own address', () => {
  let bot: BotInTeams;
  beforeEach(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
  });
  afterEach(() => bot.stop());

  const odd: Record<string, JsonRecord> = {
    'says nothing of its kind': team(),
    'says Channel': team('Channel'),
    'says teams': team('teams'),
    'says personal, and looks like a channel': team('personal'),
    'says personal, with the id of a channel': {
      conversation: { id: general, conversationType: 'personal' },
    },
    'says personal, and that it is a group': {
      conversation: { id: 'a:elsewhere', conversationType: 'personal', isGroup: true },
    },
  };
  for (const [what, overrides] of Object.entries(odd))
    it(`is not taken from an install or a message that ${what}`, async () => {
      const plr = await plrOf(bot, 'ash-manager');
      const { teamManager } = peopleOf(bot, plr);
      const before = bot.connector.cardsTo(teamManager!.aadObjectId).length;
      await bot.teams.install(teamManager!, { overrides });
      await bot.teams.says(teamManager!, 'my reviews', { overrides });
      await flag(bot.app, plr, 'immediate-concern');
      await bot.settle();
      const mine = bot.connector.cardsTo(teamManager!.aadObjectId).slice(before);
      assert.equal(mine.filter(({ summary }) => summary?.startsWith('Alert') === true).length, 1);
      assert.doesNotMatch(JSON.stringify(bot.connector.cardsIn(general)), new RegExp(plr.caseRef));
    });
});

describe('outside a personal chat', () => {
  let bot: BotInTeams;
  before(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
    await returnReview(bot, 'ash-manager');
    await bot.settle();
  });
  after(() => bot.stop());

  const place = { conversationId: `${general};messageid=1654560000001` };
  const verbs = features.flatMap(({ verbs: own = {} }) =>
    Object.entries(own).map(([name, verb]) => ({ name, ...verb })),
  );
  for (const { name: verb, ...rest } of verbs.filter((one) => !mayBeUsedIn('channel', one)))
    it(`${verb} answers nobody with anything`, async () => {
      assert.ok(!mayBeUsedIn('unknown', rest));
      const plr = await plrOf(bot, 'ash-manager');
      const data = {
        cycle: plr.cycleId,
        ref: plr.ref,
        action: 'a1',
        period: '2022-03',
        service: plr.serviceId,
        page: 'start',
      };
      for (const person of [...Object.values(peopleOf(bot, plr)), bot.person('business-support')]) {
        const { body } = await bot.teams.presses(person, { verb, data }, { place });
        assert.match(JSON.stringify(body), /Let’s talk in private/);
      }
    });

  it('a word is answered with nothing either', async () => {
    for (const words of features.flatMap(({ commands = [] }) =>
      commands.flatMap(({ words: said }) => said),
    )) {
      await bot.teams.says(bot.person('qa-lead'), words, { place });
      assert.match(
        JSON.stringify(bot.connector.cardsIn(general).at(-1)?.card),
        /Let’s talk in private/,
        words,
      );
    }
  });
});
