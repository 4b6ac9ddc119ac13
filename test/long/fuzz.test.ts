import assert from 'node:assert/strict';
import { verifyPartition } from '../../src/audit/verify.js';
import { features } from '../../src/features.js';
import { capacitiesOf } from '../../src/practice/plr/plr-access.js';
import type { PersonId } from '../../src/practice/base/ids.js';
import { fractionsFrom } from '../../src/practice/base/keyed-order.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { TableLog } from '../../src/storage/table-log.js';
import { smallCouncil } from '../builders/small-council.js';
import { inputsOf, pressOf } from '../stand-ins/card-inputs.js';
import { isRecord, textIn, type JsonRecord } from '../stand-ins/json-record.js';
import * as activities from '../stand-ins/teams-activities.js';
import { startBotInTeams, type BotInTeams } from '../conversation/bot-in-teams.js';
import { length } from './length.js';

/** How many activities; `PLR_FUZZ` for more or fewer. */
const rounds = Number(process.env['PLR_FUZZ'] ?? length({ full: 10_000, short: 1_000 }));
const seed = process.env['PLR_FUZZ_SEED'] ?? 'a rainy Tuesday';
/** Stands in everything that the fuzz types, to be looked for where nothing typed may be. */
const marker = 'Qzyx';
const slowMs = 30_000; // only a hang takes so long: an answer has no deadline of its own in a test

const fraction = fractionsFrom(seed);
const below = (n: number) => Math.floor(fraction() * n);
const oneOf = <One>(all: readonly One[]): One => all[below(all.length)] as One;

const hostile = [
  '',
  ' ',
  `${marker} plain`,
  `${marker} [x](https://attacker.example) **b** <at>x</at> \${$root} \${1/0} {{DATE(x)}}`,
  `${marker} \u202e\u200b\ufeff\u0000\ud800`,
  `${marker} =cmd|'/c calc'!A0`,
  `${marker} ' or PartitionKey ne '`,
  `${marker}${'x'.repeat(5_000)}`,
  '2022-04-20',
  '9999-99-99',
  '-1',
  '1e309',
  'NaN',
  'true',
  'inadequate',
  'yes',
  '__proto__',
  '../../etc/passwd',
  'constructor',
];
const values = (): unknown =>
  oneOf<() => unknown>([
    () => oneOf(hostile),
    () => oneOf(hostile),
    () => null,
    () => below(1_000) - 500,
    () => Number.MAX_SAFE_INTEGER,
    () => fraction() < 0.5,
    () => [],
    () => [oneOf(hostile), null],
    () => ({ [oneOf(hostile)]: oneOf(hostile) }),
    () => nested(below(200)),
  ])();
const nested = (depth: number): unknown => (depth === 0 ? marker : [nested(depth - 1)]);

describe(`the bot, sent ${rounds} activities that nobody should send (seed "${seed}")`, () => {
  let bot: BotInTeams;
  const tally = new Map<string, number>();
  let slowest = 0;
  const faults: string[] = [];
  const failures: string[] = [];

  before(async function () {
    this.timeout(Math.max(120_000, rounds * 200));
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
    const people = bot.organisation.roster.people;
    const plrs = await bot.app.foundation.services.documents.list(plrKind, '2022-04');
    const verbs = features.flatMap(({ verbs: own = {} }) => Object.keys(own));
    const words = features.flatMap(({ commands = [] }) => commands.flatMap(({ words: said }) => said));
    const context = { connector: bot.connector, tenantId: bot.connector.tenantId, now: () => new Date() };

    /** A card that somebody has, filled in with anything, and one of its buttons. */
    const monkey = async () => {
      const person = oneOf(people);
      const card = oneOf(bot.connector.cardsTo(person.aadObjectId).slice(-4));
      if (card === undefined) return say();
      const buttons = [...partsOf(card.card)].filter(
        ({ type }) => type === 'Action.Execute' || type === 'Action.Submit',
      );
      const button = oneOf(buttons);
      if (button === undefined) return say();
      const typed = Object.fromEntries(
        Object.entries(inputsOf(card.card)).map(([id, value]) => [
          id,
          fraction() < 0.6 ? String(oneOf(hostile)) : value,
        ]),
      );
      const which = (action: JsonRecord) => action === button;
      let press;
      try {
        press = pressOf(card.card, which, typed);
      } catch {
        return say(); // Teams keeps a card whose required input is empty.
      }
      const presser = fraction() < 0.8 ? person : oneOf(people);
      return bot.teams.presses(presser, { verb: press.verb, data: press.data, replyTo: card.activityId });
    };
    const anyVerb = () => {
      const { cycleId, ref } = oneOf(plrs);
      const address = fraction() < 0.7 ? { cycle: cycleId, ref } : { cycle: values(), ref: values() };
      const names = [
        'id',
        'action',
        'actionId',
        'step',
        'then',
        'saves',
        'shown',
        'text',
        'before',
        'grade',
        'service',
        'month',
      ];
      const data = Object.fromEntries(names.filter(() => fraction() < 0.5).map((name) => [name, values()]));
      return bot.teams.presses(oneOf(people), { verb: oneOf(verbs), data: { ...address, ...data } });
    };
    const say = () => {
      const text = fraction() < 0.5 ? oneOf(words) : `${oneOf(words)} ${oneOf(hostile)}`;
      return bot.teams.says(oneOf(people), text);
    };
    const broken = () => {
      const base = activities.activityFrom(oneOf(people), undefined, context);
      const verb = oneOf(verbs);
      const activity = oneOf([
        activities.message(base, oneOf(hostile)),
        activities.submit(base, { verb, ref: oneOf(hostile) }, undefined),
        activities.actionExecute(base, { verb, data: { ref: oneOf(hostile) } }, undefined),
        activities.installationUpdate(base, 'add'),
        { ...base, type: 'invoke', name: oneOf(['task/fetch', 'composeExtension/query', oneOf(hostile)]) },
        {
          ...base,
          type: oneOf(['event', 'typing', 'messageReaction', 'endOfConversation', 'handoff', marker]),
        },
      ]);
      return bot.teams.post(mutated(activity, 1 + below(3)));
    };
    const garbage = () =>
      bot.teams.post(
        oneOf(['', '{', '[', 'null', '[]', '""', '{}', marker, '\u0000', `{"type":"${marker}"}`]),
      );

    for (let round = 0; round < rounds; round += 1) {
      const [name, act] = oneOf<[string, () => Promise<{ status: number; body: unknown }>]>([
        ['monkey', monkey],
        ['monkey', monkey],
        ['monkey', monkey],
        ['verb', anyVerb],
        ['verb', anyVerb],
        ['words', say],
        ['broken', broken],
        ['broken', broken],
        ['garbage', garbage],
      ]);
      const started = performance.now();
      try {
        const { status, body } = await act();
        count(`${name} ${status}`);
        if (status >= 500 && status !== 501) faults.push(`${name}: ${status}`);
        if (isRecord(body) && body['statusCode'] === 500) faults.push(`${name}: error card`);
      } catch (error) {
        failures.push(`${name}: ${String(error)}`);
      }
      slowest = Math.max(slowest, performance.now() - started);
      if (round % 100 === 99) await bot.advance('PT6H');
    }
    await bot.settle();
  });
  after(() => bot.stop());

  const count = (what: string) => tally.set(what, (tally.get(what) ?? 0) + 1);

  it('never fails, hangs, or answers 5xx', () => {
    assert.deepEqual(failures, []);
    // An activity from a conversation that Teams does not know cannot be answered there.
    const unanswerable = ({ ids }: { ids: Readonly<Record<string, unknown>> }) =>
      String(ids['error']).startsWith('RestError ConversationNotFound');
    const broken = bot.logged.filter((line) => /failed/.test(line.event) && !unanswerable(line));
    assert.deepEqual(broken.slice(0, 10), []);
    assert.deepEqual(faults, []);
    assert.ok(slowest < slowMs, `${Math.round(slowest)} ms`);
    assert.ok([...tally.values()].reduce((sum, n) => sum + n, 0) === rounds, JSON.stringify([...tally]));
  });

  it('still answers, and its log is whole', async () => {
    const { status } = await bot.teams.says(bot.person('ash-manager'), 'help');
    assert.equal(status, 200);
    const log = new TableLog(bot.app.foundation.clients.table);
    for (const partition of await bot.app.foundation.registry.all()) {
      const { findings } = await verifyPartition(
        partition,
        await log.documents(partition),
        log.links(partition),
      );
      assert.deepEqual(findings, []);
    }
  });

  it('let nobody change a PLR that they have nothing to do with', async () => {
    const council = bot.app.foundation.council();
    assert.ok(council);
    const { documents } = bot.app.foundation.services;
    const log = new TableLog(bot.app.foundation.clients.table);
    const plrs = new Map((await documents.list(plrKind, '2022-04')).map((plr) => [plr.ref as string, plr]));
    let changes = 0;
    for await (const { key, link } of log.links('2022-04')) {
      const plr = plrs.get(key.id);
      if (plr === undefined || link.by === 'system' || link.did.startsWith('looked up')) continue;
      changes += 1;
      const person = council.organisation.people.get(link.by as PersonId);
      assert.ok(person);
      const owns = plr.actions.some(({ ownerId }) => ownerId === person.id);
      const held = [...capacitiesOf(person, plr, council)].filter((one) => one !== 'team-member');
      assert.ok(owns || held.length > 0, `${person.id} ${link.did}`);
    }
    assert.ok(changes > 0);
  });

  it('let nothing that was typed into a log, a notification, a channel or a place where markdown runs', () => {
    assert.doesNotMatch(JSON.stringify(bot.logged), new RegExp(`${marker}|attacker`));
    for (const call of bot.connector.recorded) {
      const { activity } = call;
      assert.doesNotMatch(textIn(activity, 'summary') ?? '', new RegExp(marker));
      // What a link reviewer has typed and approved for the team's meeting is meant for its channel.
      const isApproved = textIn(activity, 'summary')?.startsWith('Standing agenda item') === true;
      if (call.conversation === 'channel' && !isApproved)
        assert.doesNotMatch(JSON.stringify(activity), new RegExp(marker));
      for (const part of partsOf(activity))
        if (part['type'] === 'TextBlock' || part['type'] === 'FactSet')
          assert.doesNotMatch(JSON.stringify(part), new RegExp(marker));
    }
    assert.deepEqual(bot.connector.violations, []);
  });
});

/** With some field, anywhere, taken away or replaced by anything. */
function mutated(activity: JsonRecord, times: number): JsonRecord {
  const copy = structuredClone(activity);
  for (let n = 0; n < times; n += 1) {
    const spots = [...partsOf(copy)].flatMap((part) =>
      Object.keys(part).map((name) => [part, name] as const),
    );
    // The stand-in's own addresses stay: they are what the door checks elsewhere.
    const [part, name] = oneOf(spots.filter(([, one]) => one !== 'serviceUrl')) ?? [];
    if (part === undefined || name === undefined) continue;
    if (fraction() < 0.4) delete part[name];
    else part[name] = values();
  }
  return copy;
}

function* partsOf(part: unknown): Generator<JsonRecord> {
  if (Array.isArray(part)) for (const one of part) yield* partsOf(one);
  if (!isRecord(part)) return;
  yield part;
  for (const value of Object.values(part)) yield* partsOf(value);
}
