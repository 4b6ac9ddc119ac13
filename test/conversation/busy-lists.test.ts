import assert from 'node:assert/strict';
import type { BotAnswer } from '../stand-ins/teams-client.js';
import { recordIn } from '../stand-ins/json-record.js';
import { alertCards, flag, startWithAPlr, stored } from './alert-steps.js';
import type { BotInTeams } from './bot-in-teams.js';
import { assignmentOf } from './filling-in.js';

const asked = 60;
const ofOneList = 24;

/** Figures that are asked for now are read when they are let go; those asked for `later` at once. */
function holdFigures({ app }: BotInTeams) {
  const { documents } = app.foundation.services;
  const read = documents.listFigures.bind(documents);
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  documents.listFigures = async (kind, partition) => {
    await held;
    return read(kind, partition) as never;
  };
  return { letGo: () => letGo(), later: () => void (documents.listFigures = read) };
}

describe('when too many ask for lists at once', () => {
  let world: Awaited<ReturnType<typeof startWithAPlr>>;
  let bot: BotInTeams;
  beforeEach(async () => {
    world = await startWithAPlr();
    ({ bot } = world);
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    await bot.stop();
  });

  const says = (personId: string, text: string): Promise<BotAnswer> =>
    bot.teams.presses(bot.person(personId), { verb: 'say', data: { text } });
  const isBusy = ({ status, body }: BotAnswer) =>
    status === 200 && /"value":"Ask again in a minute/.test(JSON.stringify(body));
  const isCard = ({ status, body }: BotAnswer) =>
    status === 200 && recordIn(body as never, 'value')?.['type'] === 'AdaptiveCard';

  it('puts the rest off with 200, keeps their card, and answers those that it began', async () => {
    const { letGo } = holdFigures(bot);
    const answers = Array.from({ length: asked }, () => says('ash-manager', 'my reviews'));
    const putOff: BotAnswer[] = [];
    await new Promise<void>((resolve) => {
      for (const answer of answers)
        void answer.then((one) => {
          putOff.push(one);
          if (putOff.length === asked - ofOneList) resolve();
        });
    });
    assert.ok(putOff.every(isBusy));
    letGo();
    const all = await Promise.all(answers);
    assert.deepEqual([all.filter(isBusy).length, all.filter(isCard).length], [asked - ofOneList, ofOneList]);
    assert.ok(isCard(await says('ash-manager', 'my reviews')), 'and afterwards as ever');
  });

  it('puts off no alert, acknowledgement or save, and no other list', async () => {
    const { plr, people } = world;
    const held = holdFigures(bot);
    const rush = Array.from({ length: asked }, () => says('ash-manager', 'my reviews'));
    await Promise.race(rush);
    held.later();

    const card = await assignmentOf(bot, 'birch-manager').press('Start the review');
    await card.press('Next', { 'voice.grade': 'good', 'voice.working-well': 'She drew her own plan.' });
    await flag(bot.app, plr, 'inadequate');
    await bot.settle();
    const manager = people['teamManager']!;
    const [alert] = alertCards(bot, manager.aadObjectId);
    const typed = { safety: 'made-safe', details: 'The grandmother took her in.' };
    const answer = await bot.teams.press(manager, alert!, 'Acknowledge', typed);
    assert.ok(isCard(answer), JSON.stringify(answer.body));
    assert.equal((await stored(bot, plr)).alert?.state, 'acknowledged');
    held.letGo();
    assert.ok(isCard(await says('qa-lead', 'open alerts')));
    await Promise.all(rush);
  });

  it('says so in a card to whoever typed the words', async () => {
    const { letGo } = holdFigures(bot);
    const rush = Array.from({ length: ofOneList + 1 }, () => says('ash-manager', 'my reviews'));
    // One is put off once all the others were begun, and is answered first.
    assert.ok(isBusy(await Promise.race(rush)));
    await bot.teams.says(bot.person('birch-manager'), 'my reviews');
    const { card } = bot.connector.latestCard(bot.person('birch-manager').aadObjectId);
    assert.match(JSON.stringify(card), /Ask again in a minute.*Many people are asking/);
    letGo();
    await Promise.all(rush);
  });
});
