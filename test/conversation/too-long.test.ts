import assert from 'node:assert/strict';
import { Cards } from '../../src/cards/cards.js';
import { readFileSync } from 'node:fs';
import { smallCouncil } from '../builders/small-council.js';
import type { ShownCard } from '../stand-ins/chats.js';
import { inputsOf, pressOf, type Inputs } from '../stand-ins/card-inputs.js';
import { isRecord, textIn, type JsonRecord } from '../stand-ins/json-record.js';
import { flag, peopleOf } from './alert-steps.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { assignmentOf, usualAnswers } from './filling-in.js';
import { namedCouncil, reviewsReturned, sevenReviews } from './learning-council.js';
import { planned, plrNow, returnWithActions } from './plrs-with-actions.js';
import { plrOf, returnPlr } from './returned-plrs.js';

/** Teams' own limit for a card. */
const maxBytes = 28 * 1024;
const marker = 'Qzyx';
const tooMuch = `${marker} =cmd|'/c calc'!A0 `.padEnd(100_000, 'x ');

/** What a card, a template or a spreadsheet would act on, were it not shown as it was typed. */
const words = "[x](https://attacker.example) <at>Ash</at> ${1+1} {{DATE(x)}} **b** =cmd|'/c calc'!A0";

/** Verbs that were sent 100,000 characters. */
const tried = new Set<string>();

/** A press of `verb` with 100,000 characters in each text field in turn: refused in words, nothing lost, nothing kept. */
async function refusesTooMuch(
  bot: BotInTeams,
  who: string,
  card: ShownCard,
  verb: string,
  others: Inputs = {},
  says = /\d[\d,]* characters/,
): Promise<void> {
  const fields = textFields(card.card);
  assert.ok(fields.length > 0, `${verb}: no text field`);
  for (const field of fields) {
    const typed = { ...others, [field]: tooMuch };
    const { data } = pressOf(card.card, (action) => isThe(verb, action), typed);
    const replyTo = card.activityId === '' ? {} : { replyTo: card.activityId };
    const answer = await bot.teams.presses(bot.person(who), { verb, data, ...replyTo });
    const at = `${verb} ${field}`;
    assert.equal(answer.status, 200, at);
    assert.ok(answer.card !== undefined, `${at}: ${JSON.stringify(answer.body)}`);
    const said = JSON.stringify(answer.card.card);
    assert.ok(Buffer.byteLength(said) < maxBytes, `${at}: ${Buffer.byteLength(said)} bytes`);
    assert.match(said, says, `${at}: ${said.replaceAll(/(x )+/g, 'x…').slice(0, 3_000)}`);
    assert.ok(
      inputsOf(answer.card.card)[field]?.startsWith(tooMuch.slice(0, 200)),
      `${at}: what was typed is gone`,
    );
  }
  tried.add(verb);
}

/** Steps have one verb for each way to go. */
const isThe = (verb: string, action: JsonRecord) => {
  const { then = 'next', go = 'next' } = isRecord(action['data']) ? action['data'] : {};
  return textIn(action, 'verb') === verb && then === 'next' && go === 'next';
};

function* parts(part: unknown): Generator<JsonRecord> {
  if (Array.isArray(part)) for (const one of part) yield* parts(one);
  if (!isRecord(part)) return;
  yield part;
  for (const value of Object.values(part)) yield* parts(value);
}

function textFields(card: unknown): string[] {
  return [...parts(card)]
    .filter(({ type, id }) => type === 'Input.Text' && id !== undefined)
    .map((input) => String(input['id']));
}

async function nothingKept({ app }: BotInTeams): Promise<void> {
  const { table } = app.foundation.clients;
  for await (const row of table.listEntities<Record<string, unknown>>())
    assert.ok(!JSON.stringify(row).includes(marker), `${String(row['rowKey'])} keeps it`);
}

describe('100,000 characters in any field', () => {
  let bot: BotInTeams;
  const shown: JsonRecord[] = [];
  before(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    assert.deepEqual(bot.logged, []);
    await nothingKept(bot);
  });
  after(() => bot.stop());

  const pressed = async (who: string, verb: string, data: JsonRecord): Promise<ShownCard> => {
    const answer = await bot.teams.presses(bot.person(who), { verb, data });
    assert.ok(answer.card !== undefined, `${verb}: ${JSON.stringify(answer.body)}`);
    shown.push(answer.card.card);
    return answer.card;
  };

  it('of each step of the review', async () => {
    const card = await assignmentOf(bot, 'ash-manager').press('Start the review');
    for (const inputs of usualAnswers()) {
      if (textFields(card.now.card).length > 0)
        await refusesTooMuch(bot, 'ash-manager', card.now, 'review.save');
      await card.press('Next', inputs);
    }
    assert.ok(card.buttons.includes('Return this PLR'));
  });

  it('of a self-assessment', async () => {
    const { cycleId: cycle, ref, practitionerId } = await plrOf(bot, 'ash-manager');
    const card = await pressed(practitionerId, 'review.self-assessment', { cycle, ref });
    await refusesTooMuch(bot, practitionerId, card, 'review.assess-yourself');
  });

  it('of a change that is asked for, and of its decision', async () => {
    const { cycleId: cycle, ref } = await plrOf(bot, 'birch-manager');
    const ask = await pressed('birch-manager', 'change.ask', { cycle, ref });
    await refusesTooMuch(bot, 'birch-manager', ask, 'change.send', { choice: 'leave' });
    await pressed('birch-manager', 'change.send', { cycle, ref, choice: 'leave', reason: words });
    const decide = await pressed('qa-lead', 'change.open', { cycle, ref });
    await refusesTooMuch(bot, 'qa-lead', decide, 'change.decide', { choice: 'leave' });
  });

  it('of a cycle that is opened again', async () => {
    const { cycleId: cycle } = await plrOf(bot, 'birch-manager');
    await pressed('qa-lead', 'cycle.close', { cycle, seen: 0 });
    const reopen = await pressed('qa-lead', 'cycle.ask-to-reopen', { cycle });
    await refusesTooMuch(bot, 'qa-lead', reopen, 'cycle.reopen', { until: '2022-05-20' });
    await bot.teams.press(bot.person('qa-lead'), reopen, (action) => action['verb'] === 'cycle.reopen', {
      reason: 'Two were about to come back.',
      until: '2022-05-20',
    });
  });

  it('of an alert, from its acknowledgement to its end', async () => {
    const plr = await plrOf(bot, 'damson-manager');
    const people = peopleOf(bot, plr);
    const address = { cycle: plr.cycleId, ref: plr.ref };
    const [manager, lead] = [people['teamManager']!.id, 'qa-lead'];
    await flag(bot.app, plr, 'immediate-concern');
    const open = (who: string, more = {}) => pressed(who, 'alert.open', { ...address, ...more });
    await refusesTooMuch(bot, lead, await open(lead, { asks: 'call' }), 'alert.call');
    await refusesTooMuch(bot, manager, await open(manager), 'alert.acknowledge', { safety: 'made-safe' });
    await pressed(manager, 'alert.acknowledge', { ...address, seen: 1, safety: 'safe', details: words });
    await refusesTooMuch(bot, manager, await open(manager), 'alert.grip', { direction: 'Visit.' });
    await refusesTooMuch(bot, manager, await open(manager), 'alert.add-action');
    await refusesTooMuch(bot, manager, await open(manager), 'alert.open');
    const safety = await open(manager, { asks: 'safety' });
    for (const verb of ['alert.open', 'alert.restate'])
      await refusesTooMuch(bot, manager, safety, verb, { safety: 'safe' });
    const action = { what1: words, owner1: 'practitioner', dueOn1: '2022-04-08' };
    await pressed(manager, 'alert.grip', { ...address, seen: 2, direction: words, ...action });
    for (const verb of ['alert.send-back', 'alert.close', 'alert.timeline', 'alert.board'])
      await refusesTooMuch(bot, lead, await open(lead), verb);
    await pressed(lead, 'alert.close', { ...address, seen: 3, reason: words });
    await refusesTooMuch(bot, lead, await open(lead), 'alert.reopen');
  });

  it('of an action, and of its check', async () => {
    const plr = await returnWithActions(bot, 'ash', [planned()]);
    const [{ id } = { id: '' }] = (await plrNow(bot, plr)).actions;
    const address = { cycle: plr.cycleId, ref: plr.ref, action: id };
    const own = await pressed(plr.practitionerId, 'action.open', address);
    await refusesTooMuch(bot, plr.practitionerId, own, 'action.update', { state: 'done' });
    const done = { state: 'done', evidence: words, difference: words };
    await bot.teams.presses(bot.person(plr.practitionerId), pressOf(own.card, 'Save', done));
    await bot.settle();
    const check = await pressed('assessment-reviewer', 'action.open', address);
    await refusesTooMuch(bot, 'assessment-reviewer', check, 'action.reopen', { dueOn: '2022-05-06' });
  });

  it('of a moderation, from handing it on to the feedback', async () => {
    const {
      serviceId,
      cycleId: cycle,
      ref,
    } = await returnPlr(bot, 'cedar-manager', { overall: 'inadequate' });
    await bot.settle();
    const moderator = `${serviceId}-reviewer`;
    const address = { cycle, ref };
    const [step, why] = [
      { ...address, grade: 'good', reason: words },
      { ...address, why: words },
    ];
    const handOn = await pressed(moderator, 'moderation.ask-hand-on', address);
    await refusesTooMuch(bot, moderator, handOn, 'moderation.hand-on');
    const section = await pressed(moderator, 'moderation.page', { ...address, page: 'voice' });
    await refusesTooMuch(bot, moderator, section, 'moderation.save', { grade: 'good' });
    const pages = ['voice', 'assessment', 'risk', 'planning', 'oversight', 'multi-agency', 'recording'];
    for (const page of [...pages, 'identity', 'outcomes'])
      await pressed(moderator, 'moderation.save', { ...step, page });
    const overall = await pressed(moderator, 'moderation.page', { ...address, page: 'overall' });
    await refusesTooMuch(bot, moderator, overall, 'moderation.give', { grade: 'good' });
    await pressed(moderator, 'moderation.give', step);
    const outcome = await pressed('cedar-manager', 'moderation.open', address);
    await refusesTooMuch(bot, 'cedar-manager', outcome, 'moderation.dispute');
    await pressed('cedar-manager', 'moderation.dispute', why);
    const dispute = await pressed('qa-lead', 'moderation.open', address);
    await refusesTooMuch(bot, 'qa-lead', dispute, 'moderation.settle', { settleGrade: 'good' });
    const feedback = await pressed(moderator, 'moderation.open', address);
    await refusesTooMuch(bot, moderator, feedback, 'moderation.feedback');
    await pressed(moderator, 'moderation.feedback', { ...address, confirmed: words, nextTime: words });
  });

  it('of a comment on a report', async () => {
    await bot.teams.says(bot.person('qa-lead'), 'report April');
    const report = bot.connector.latestCard(bot.person('qa-lead').aadObjectId);
    const form = await bot.teams.press(bot.person('qa-lead'), report, 'Write a comment');
    await refusesTooMuch(bot, 'qa-lead', form.card!, 'report.save-comment');
    const save = pressOf(form.card!.card, 'Save the comment', { comment: words });
    shown.push((await bot.teams.presses(bot.person('qa-lead'), save)).card!.card);
  });

  it('and words that are code are shown as they were typed, where nothing runs', async () => {
    await bot.settle();
    const chats = [...bot.organisation.people.values()].flatMap(({ aadObjectId }) =>
      bot.connector.cardsTo(aadObjectId).map(({ card }) => card),
    );
    const typed = [...shown, ...chats].flatMap((card) => [...parts(card)]).filter(says(words));
    assert.ok(typed.length > 20, `${typed.length}`);
    assert.deepEqual(
      typed
        .filter(({ type }) => type !== 'TextRun' && type !== 'Input.Text')
        .map((part) => JSON.stringify(part)),
      [],
    );
    for (const card of [...shown, ...chats])
      assert.doesNotMatch(JSON.stringify(card), /"(url|iconUrl)":"[^"]*attacker|"type":"mention"/);
  });
});

/** A part that itself holds these words, and not only its parts. */
const says =
  (text: string) =>
  (part: JsonRecord): boolean =>
    Object.values(part).some((value) => typeof value === 'string' && value.includes(text.slice(0, 29)));

describe('100,000 characters in any field of the learning loop', () => {
  let bot: BotInTeams;
  before(async () => {
    bot = await startBotInTeams({ roster: namedCouncil() });
    await bot.settle();
    await reviewsReturned(bot, '2022-04', 'assessment', sevenReviews);
    await bot.advance('P34DT2H');
  });
  afterEach(async () => {
    assert.deepEqual(bot.connector.violations, []);
    assert.deepEqual(bot.logged, []);
    await nothingKept(bot);
  });
  after(() => bot.stop([{ kind: 'name', text: 'Delyth Lindqvist' }]));

  const brief = () =>
    bot.connector.latestCard(bot.person('assessment-reviewer').aadObjectId, ({ card }) =>
      JSON.stringify(card).includes('Learning brief:'),
    );
  const asked = async (verb: string, data: JsonRecord) =>
    (await bot.teams.presses(bot.person('assessment-reviewer'), { verb, data })).card!;
  const opens = async (who: string, card: ShownCard, title: string) =>
    (await bot.teams.presses(bot.person(who), pressOf(card.card, title))).card!;

  it('of the brief, and of why it is held back', async () => {
    const edit = await opens('assessment-reviewer', brief(), 'Edit');
    await refusesTooMuch(bot, 'assessment-reviewer', edit, 'learning.save');
    const hold = await opens('assessment-reviewer', brief(), 'Hold back');
    await refusesTooMuch(bot, 'assessment-reviewer', hold, 'learning.hold-back');
  });

  it('of why something that the firewall found may stay', async () => {
    const { cycle, service } = { cycle: '2022-04', service: 'assessment' };
    const form = await opens('assessment-reviewer', await asked('learning.open', { cycle, service }), 'Edit');
    const typed = { doDifferently: 'Read what Delyth Lindqvist published on drift.' };
    const person = bot.person('assessment-reviewer');
    const shown = (await bot.teams.presses(person, pressOf(form.card, 'Save and see how it looks', typed)))
      .card!;
    const hits = (await bot.teams.presses(person, pressOf(shown.card, 'Approve and post'))).card!;
    await refusesTooMuch(bot, 'assessment-reviewer', hits, 'learning.approve');
    const why0 = 'It is a published title.';
    await bot.teams.presses(person, pressOf(hits.card, 'Keep these reasons and post', { why0 }));
  });

  it('of what a dip sample found', async () => {
    const form = (await bot.teams.presses(bot.person('qa-lead'), { verb: 'learning.add', data: {} })).card!;
    await refusesTooMuch(bot, 'qa-lead', form, 'learning.add-save', {}, /Give the number of cases/);
  });

  it('of what the meeting decided', async () => {
    await bot.advance('P7D');
    const post = bot.connector.latestCard('19:ash-meeting@thread.tacv2');
    const form = await opens('ash-manager', post, 'Record our discussion');
    await refusesTooMuch(bot, 'ash-manager', form, 'learning.record-save');
  });
});

describe('every button that takes words', () => {
  /** Chosen with a reason, each in its own place. */
  const elsewhere: Readonly<Record<string, string>> = {
    'action.verify': 'takes no words: its card’s field is for the other button',
    'moderation.agree': 'takes no words',
    'review.self-assessment': 'takes no words: it opens the form',
    'learning.edit': 'opens the text: what is too long comes back as “You wrote”',
    'exercise.save': 'the same form as moderation.save',
    'exercise.give': 'the same form as moderation.give',
    'moderation.name': 'the same form as moderation.hand-on',
  };

  it('leaves the limit to the answer, which keeps the text: Teams would cut a longer paste without a word', () => {
    const limited = new Cards()
      .names()
      .flatMap((name) =>
        [...parts(JSON.parse(readFileSync(new URL(`../../cards/${name}.json`, import.meta.url), 'utf8')))]
          .filter((part) => 'maxLength' in part)
          .map((part) => `${name} ${String(part['id'])}`),
      );
    assert.deepEqual(limited, []);
  });

  it('was sent too many', () => {
    const verbs = new Cards().names().flatMap((name) => {
      const template = JSON.parse(
        readFileSync(new URL(`../../cards/${name}.json`, import.meta.url), 'utf8'),
      ) as unknown;
      if (textFields(template).length === 0) return [];
      return [...parts(template)]
        .filter((part) => part['type'] === 'Action.Execute' && part['associatedInputs'] !== 'none')
        .map((part) => textIn(part, 'verb') ?? '')
        .flatMap((verb) =>
          verb.startsWith('${feature}')
            ? [verb.replace('${feature}', 'moderation'), verb.replace('${feature}', 'exercise')]
            : verb === '${verb}'
              ? ['moderation.hand-on', 'moderation.name']
              : [verb],
        );
    });
    const missed = [...new Set(verbs)].filter((verb) => !tried.has(verb) && !(verb in elsewhere));
    assert.deepEqual(missed, []);
  });
});
