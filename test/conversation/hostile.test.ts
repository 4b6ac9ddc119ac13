import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Cards, cardsFolder } from '../../src/cards/cards.js';
import { features } from '../../src/features.js';
import { smallCouncil } from '../builders/small-council.js';
import { isRecord, textIn, type JsonRecord } from '../stand-ins/json-record.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { plrOf, returnReview } from './filling-in.js';

/** What somebody might type to make a card, a template or a reader's eye do something. */
const hostile = {
  'a link': '[here](https://attacker.example)',
  'a picture': '![x](https://attacker.example/x.png)',
  'bold and headings': '**Ash Manager** _left_ # title\n- item\n1. one',
  'a mention': '<at>Ash Manager</at>',
  'a template expression': '${$root.secret} ${1+1} ${if(true,"a","b")}',
  'a card function': '{{DATE(2022-04-01T08:00:00Z, SHORT)}} {{TIME(2022-04-01T08:00:00Z)}}',
  'turned-round text': '\u202egnirts sdrawkcab\u202c \u2066isolate\u2069',
  'zero-width characters': 'A\u200bs\u200ch\ufeff',
  html: '<script>alert(1)</script><img src=x onerror=alert(1)>',
  'JSON that closes': '"}],"actions":[{"type":"Action.OpenUrl"}]',
  'a formula': "=cmd|'/c calc'!A0",
  'half a pair': 'a\ud800b',
} as const;

const templates = new Cards();
const templatesWithSamples = templates.names().flatMap((name) => {
  try {
    const url = new URL(`${name}.sample.json`, cardsFolder);
    return [{ name, sample: JSON.parse(readFileSync(url, 'utf8')) as unknown }];
  } catch {
    return [];
  }
});

describe('hostile words in a card', () => {
  for (const { name, sample } of templatesWithSamples) {
    it(`stay words in ${name}`, () => {
      const plain = strings(sample);
      const plainCard = templates.render({ template: name, data: sample as object, summary: '' });
      assert.ok(plain.length > 0);
      for (const [what, text] of Object.entries(hostile)) {
        const before = shape(plainCard);
        const card = templates.render({
          template: name,
          data: withText(sample, text) as object,
          summary: '',
        });
        // Nothing new to press, to open, to mention or to fill in, and nothing evaluated.
        assert.deepEqual(addressesIn(card), addressesIn(plainCard), what);
        assert.deepEqual(shape(card).types, before.types, what);
        for (const evaluated of ['${$root', 'a'])
          if (text.includes('${if'))
            assert.notEqual(JSON.stringify(card).includes(`"${evaluated}"`), true, what);
        const shown = [...parts(card)].flatMap((part) => strings(part));
        if (shown.some((one) => one.includes('$')) && text.includes('${1+1}'))
          assert.ok(
            shown.some((one) => one.includes('${1+1}')),
            what,
          );
      }
    });
  }
});

describe('a person who types hostile words', () => {
  let bot: BotInTeams;
  before(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
  });
  after(() => bot.stop());

  it('gets help, whatever they say to the bot', async () => {
    const person = bot.person('ash-manager');
    for (const [what, text] of Object.entries({ ...hostile, 'too much': 'x'.repeat(100_000), nothing: '' })) {
      const { status } = await bot.teams.says(person, text);
      assert.equal(status, 200, what);
      const card = JSON.stringify(bot.connector.latestCard(person.aadObjectId).card);
      assert.doesNotMatch(card, /attacker\.example/, what);
    }
    assert.deepEqual(bot.logged, []);
  });

  it('sees in the review what they typed, and nothing of it where markdown runs', async () => {
    const typed = Object.values(hostile).join(' ');
    await returnReview(bot, 'ash-manager', {
      instead: { 'voice.working-well': typed, 'overall.reason': typed },
    });
    const { review } = await plrOf(bot, 'ash-manager');
    assert.ok(JSON.stringify(review).includes('attacker.example'));
    await bot.settle();
    const { aadObjectId } = bot.person('ash-manager');
    for (const { card } of bot.connector.cardsTo(aadObjectId)) {
      for (const part of parts(card)) {
        if (part['type'] === 'TextBlock' || part['type'] === 'Fact')
          assert.doesNotMatch(JSON.stringify(part), /attacker\.example/);
      }
    }
    assert.deepEqual(bot.connector.violations, []);
  });
});

describe('asking about somebody else’s PLR', () => {
  let bot: BotInTeams;
  before(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
    await returnReview(bot, 'ash-manager');
    await bot.settle();
  });
  after(() => bot.stop());

  const verbs = features.flatMap(({ verbs: own = {} }) => Object.keys(own));
  /** Whoever asks is shown what is their own. */
  const ownLists = ['today.show'];
  for (const verb of verbs) {
    it(`answers ${verb} as for a PLR that there is not`, async () => {
      const plr = await plrOf(bot, 'ash-manager');
      const uninvolved = bot.organisation.roster.people.find(
        ({ id, teamId }) => id.includes('worker') && teamId !== plr.teamId && id !== plr.practitionerId,
      );
      assert.ok(uninvolved);
      const none = 'PLR-ZZZZZZ';
      const ask = async (ref: string) => {
        const data = {
          cycle: plr.cycleId,
          ref,
          id: 'a1',
          action: 'a1',
          saves: 1,
          step: 'voice',
          then: 'next',
          shown: 3,
        };
        const { status, body } = await bot.teams.presses(uninvolved, { verb, data });
        return { status, body: JSON.stringify(body).replaceAll(ref, 'PLR') };
      };
      const stateBefore = JSON.stringify(await plrOf(bot, 'ash-manager'));
      const answer = await ask(plr.ref);
      if (ownLists.includes(verb)) assert.ok(!answer.body.includes('PLR'));
      else assert.match(answer.body, /There is nothing here for you/);
      assert.deepEqual(answer, await ask(none));
      assert.equal(JSON.stringify(await plrOf(bot, 'ash-manager')), stateBefore);
    });
  }
});

function* parts(part: unknown): Generator<JsonRecord> {
  if (Array.isArray(part)) for (const one of part) yield* parts(one);
  if (!isRecord(part)) return;
  yield part;
  for (const value of Object.values(part)) yield* parts(value);
}

/** Where a press would lead, what is loaded, and who is mentioned. */
function addressesIn(card: unknown): unknown[] {
  return [...parts(card)].flatMap(({ url, iconUrl, msteams }) =>
    [url, iconUrl, msteams].filter((one) => one !== undefined),
  );
}

function strings(part: unknown): string[] {
  if (typeof part === 'string') return [part];
  if (Array.isArray(part)) return part.flatMap(strings);
  return isRecord(part) ? Object.values(part).flatMap(strings) : [];
}

/** The sample with every word of it followed by `text`, codes and addresses included. */
function withText(part: unknown, text: string): unknown {
  if (typeof part === 'string') return `${part} ${text}`;
  if (Array.isArray(part)) return part.map((one) => withText(one, text));
  if (!isRecord(part)) return part;
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, withText(value, text)]));
}

function shape(card: unknown): { types: string[] } {
  const types = [...parts(card)].map((part) => textIn(part, 'type') ?? '').sort();
  return { types: [...new Set(types)] };
}
