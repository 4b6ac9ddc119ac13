import assert from 'node:assert/strict';
import type { PersonId, PlrRef } from '../../src/practice/base/ids.js';
import { exerciseKey, exerciseKind } from '../../src/practice/moderation/exercise-record.js';
import { plrKey, type Plr } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { instant } from '../../src/practice/base/time.js';
import { TableLog } from '../../src/storage/table-log.js';
import type { Person } from '../../src/practice/council/organisation.js';
import { smallCouncil } from '../builders/small-council.js';
import { actionsOf } from '../stand-ins/card-inputs.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { returnPlr, withSeed } from './returned-plrs.js';

const managers = ['ash-manager', 'birch-manager', 'cedar-manager', 'damson-manager'];

function shownTo(bot: BotInTeams, { aadObjectId }: Person): string {
  return JSON.stringify(bot.connector.latestCard(aadObjectId).card);
}

/** Grades every page of the card that came last. */
async function gradeLatest(bot: BotInTeams, person: Person, grade: string): Promise<string> {
  let card = bot.connector.latestCard(person.aadObjectId);
  card = (await bot.teams.press(person, card, 'Start grading')).card!;
  while (actionsOf(card.card).includes('Save and go on')) {
    card = (await bot.teams.press(person, card, 'Save and go on', { grade, reason: 'As read.' })).card!;
  }
  return JSON.stringify(
    (await bot.teams.press(person, card, 'Give my grades', { grade, reason: 'All in all.' })).card!.card,
  );
}

describe('calibration', () => {
  let bot: BotInTeams;
  before(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    await bot.settle();
  });
  after(() => bot.stop());

  it('says that there is nothing to say before anything was moderated', async () => {
    await bot.teams.says(bot.person('qa-lead'), 'calibration');
    assert.match(shownTo(bot, bot.person('qa-lead')), /nothing to say about grading/);
  });

  it('shows a link reviewer their Service, and the QA lead all, with counts and no kappa from a few', async () => {
    for (const manager of managers) {
      const { serviceId } = await returnPlr(bot, manager, { overall: 'inadequate' });
      await bot.settle();
      await gradeLatest(bot, bot.person(`${serviceId}-reviewer`), 'requires_improvement');
      await bot.settle();
    }
    const lead = bot.person('qa-lead');
    await bot.teams.says(lead, 'calibration');
    const all = shownTo(bot, lead);
    assert.match(all, /all Services/);
    assert.match(all, /0 of 4 \(0%\) moderated PLRs/);
    assert.match(all, /better grade in 4 of 4 \(100%\)/);
    assert.match(all, /too few to say \(4 of the 30 pairs it needs\)/);
    const one = await bot.teams.press(lead, bot.connector.latestCard(lead.aadObjectId), 'Show this Service', {
      service: 'care',
    });
    assert.match(JSON.stringify(one.card!.card), /How alike we grade: Children in Care Service/);
    const reviewer = bot.person('care-reviewer');
    await bot.teams.says(reviewer, 'calibration');
    const theirs = shownTo(bot, reviewer);
    assert.match(theirs, /Children in Care Service/);
    assert.doesNotMatch(theirs, /Assessment Service|Show this Service/);
    const asked = await bot.teams.presses(reviewer, {
      verb: 'calibration.show',
      data: { service: 'assessment' },
    });
    assert.match(JSON.stringify(asked.body), /Children in Care Service/);
    assert.deepEqual(bot.connector.violations, []);
    assert.deepEqual(bot.logged, []);
  });
});

describe('a calibration exercise', () => {
  let bot: BotInTeams;
  let ref: string;
  before(async () => {
    bot = await startBotInTeams({ roster: smallCouncil() });
    withSeed(bot, 'another seed for the exercise');
    await bot.settle();
    const plr = await returnPlr(bot, 'ash-manager', { overall: 'good' });
    assert.equal(plr.moderation, undefined, 'choose a seed whose chance does not draw it');
    ref = plr.ref;
  });
  after(() => bot.stop());

  it('is for the QA lead, and asks which PLR', async () => {
    const reviewer = bot.person('care-reviewer');
    await bot.teams.says(reviewer, `calibration exercise ${ref}`);
    assert.doesNotMatch(shownTo(bot, reviewer), /It was sent/);
    const lead = bot.person('qa-lead');
    await bot.teams.says(lead, 'calibration exercise PLR-222222');
    assert.match(shownTo(bot, lead), /Which PLR\?/);
  });

  it('goes to every link reviewer at once, without names or the manager’s grades', async () => {
    const lead = bot.person('qa-lead');
    await bot.teams.says(lead, `calibration exercise ${ref}`);
    await bot.settle();
    const latest = () => bot.connector.latestCard(lead.aadObjectId);
    let [read, card] = ['', latest()];
    for (
      ;
      actionsOf(card.card).includes('Read on');
      card = (await bot.teams.press(lead, card, 'Read on')).card!
    )
      read += JSON.stringify(card.card);
    read += JSON.stringify(card.card);
    assert.match(read, /Seen in voice/);
    assert.match(read, /Missing in voice/);
    const documents = bot.app.foundation.services.documents;
    const kept = () => documents.read(exerciseKind, exerciseKey(ref as PlrRef));
    const others = await bot.teams.presses(bot.person('care-reviewer'), {
      verb: 'exercise.send',
      data: { ref },
    });
    assert.match(JSON.stringify(others.body), /nothing here for you/);
    assert.equal(await kept(), undefined);
    const sent = await bot.teams.press(lead, card, 'Send it to the reviewers');
    assert.match(JSON.stringify(sent.card!.card), /0 of 2 reviewers have answered/);
    assert.deepEqual(
      (await kept())?.content.sections.filter(({ workingWell }) => !read.includes(workingWell)),
      [],
    );
    await bot.settle();
    for (const id of ['assessment-reviewer', 'care-reviewer']) {
      const card = shownTo(bot, bot.person(id));
      assert.match(card, /A calibration exercise/);
      assert.doesNotMatch(card, /Manager|Worker|CS-\d|Good/);
    }
    await bot.teams.says(lead, `calibration exercise ${ref}`);
    assert.match(shownTo(bot, lead), /It was sent before/);
  });

  it('shows nobody a grade until all have answered, then the spread to all', async () => {
    const first = bot.person('assessment-reviewer');
    const second = bot.person('care-reviewer');
    const waiting = await gradeLatest(bot, first, 'good');
    assert.match(waiting, /1 of 2 reviewers have answered/);
    assert.doesNotMatch(waiting, /Good: 1/);
    const closing = await bot.teams.presses(first, { verb: 'exercise.close', data: { ref } });
    assert.match(JSON.stringify(closing.body), /Only the QA lead can close a calibration exercise/);
    const spread = await gradeLatest(bot, second, 'inadequate');
    await bot.settle();
    for (const card of [spread, shownTo(bot, first), shownTo(bot, bot.person('qa-lead'))]) {
      assert.match(card, /Good: 1; Inadequate: 1/);
      assert.match(card, /up to two grades apart/);
    }
    assert.deepEqual(bot.connector.violations, []);
    assert.deepEqual(bot.logged, []);
  });

  it('keeps its copy of the review while the PLR is held, and loses it the day after the PLR does', async () => {
    const { documents, references } = bot.app.foundation.services;
    const cycle = await references.cycleOf(ref as PlrRef);
    const exercise = async () => (await documents.read(exerciseKind, exerciseKey(ref as PlrRef)))!;
    const at = instant('2022-04-20T09:00:00Z');
    const record = {
      ...{
        state: 'attached' as const,
        readyAt: at,
        attachedAt: at,
        attachedBy: 'business-support' as PersonId,
      },
      purgeAt: instant('2022-05-20T09:00:00Z'),
    };
    const set = (facts: Partial<Plr>) =>
      documents.change(plrKind, plrKey(cycle!, ref as PlrRef), 'operator', ({ hold: _, ...plr }) => ({
        state: { ...plr, moderation: undefined, actions: [], ...facts } as unknown as Plr,
        did: 'changed',
        messages: [],
      }));
    await set({ record, hold: { since: at, reason: 'A court asked.' } });
    await bot.advance('P90D');
    assert.match(JSON.stringify((await exercise()).content), /Seen in voice/);
    assert.equal((await exercise()).purgedAt, undefined);
    await set({ record: { ...record, state: 'purged', purgedAt: at } });
    await bot.settle();
    assert.equal((await exercise()).purgedAt, undefined);
    await bot.advance('P1D');
    assert.doesNotMatch(JSON.stringify(await exercise()), /Seen in|Missing in|listened|As read|All in all/);
    const log = new TableLog(bot.app.foundation.clients.table);
    const lines = (await log.of(exerciseKey(ref as PlrRef))).map(({ by, did }) => `${by} ${did}`);
    assert.equal(lines.at(-1), 'system purged the exercise');
    assert.ok(lines.includes('care-reviewer looked up through exercise.page'), lines.join());
    const lead = bot.person('qa-lead');
    await bot.teams.says(lead, `calibration exercise ${ref}`);
    assert.match(shownTo(bot, lead), /it is in the child’s record/);
  });
});
