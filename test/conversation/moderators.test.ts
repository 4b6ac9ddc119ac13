import assert from 'node:assert/strict';
import { addActions } from '../../src/practice/actions/decide-added-actions.js';
import { parseCycleId, planChosenCycle } from '../../src/practice/plr/cycle.js';
import { issuePlanned } from '../../src/practice/cycles/jobs-issue.js';
import { isRefusal } from '../../src/practice/base/errors.js';
import type { PersonId } from '../../src/practice/base/ids.js';
import { moderationCounts } from '../../src/practice/moderation/figures.js';
import type { Moderation } from '../../src/practice/plr/moderation.js';
import type { Person, Roster } from '../../src/practice/council/organisation.js';
import { plrKey } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import type { PlrFigures } from '../../src/practice/plr/figures.js';
import { localDate } from '../../src/practice/base/time.js';
import { smallCouncil } from '../builders/small-council.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { planned } from './plrs-with-actions.js';
import { plrOf, plrsOf, returnPlr } from './returned-plrs.js';

const managers = ['ash-manager', 'birch-manager', 'cedar-manager', 'damson-manager'];

function moderatorIn(moderation: Moderation | undefined): PersonId | undefined {
  return moderation === undefined || moderation.state === 'awaiting-moderator'
    ? undefined
    : moderation.moderatorId;
}

/** Both link reviewers away until the end of May, or one of them. */
function away(roster: Roster, ...ids: string[]): Roster {
  const absences = [{ from: localDate('2022-03-28'), until: localDate('2022-05-31') }];
  return {
    ...roster,
    people: roster.people.map((one) => (ids.includes(one.id) ? { ...one, absences } : one)),
  };
}

async function withBot(roster: Roster, run: (bot: BotInTeams) => Promise<void>): Promise<void> {
  const bot = await startBotInTeams({ roster });
  try {
    await bot.settle();
    await run(bot);
    assert.deepEqual(bot.connector.violations, []);
    assert.deepEqual(bot.logged, []);
  } finally {
    await bot.stop();
  }
}

describe('who moderates', () => {
  it('is another link reviewer when the one of the Service is away', () =>
    withBot(away(smallCouncil(), 'assessment-reviewer'), async (bot) => {
      for (const manager of managers) await returnPlr(bot, manager, { overall: 'inadequate' });
      await bot.settle();
      for (const { moderation } of await plrsOf(bot)) assert.equal(moderatorIn(moderation), 'care-reviewer');
    }));

  it('is asked of the QA lead when nobody is free; who then names someone', () =>
    withBot(away(smallCouncil(), 'assessment-reviewer', 'care-reviewer'), async (bot) => {
      const { ref } = await returnPlr(bot, 'ash-manager', { overall: 'inadequate' });
      await bot.settle();
      await bot.settle();
      const lead = bot.person('qa-lead');
      const asked = bot.connector
        .cardsTo(lead.aadObjectId)
        .filter(({ card }) => JSON.stringify(card).includes(ref));
      assert.equal(asked.length, 1);
      const form = await bot.teams.press(lead, asked[0]!, 'Name a moderator');
      const answer = await bot.teams.press(lead, form.card!, 'Pass it on', { to: 'care-reviewer' });
      assert.match(JSON.stringify(answer.card!.card), /Give the reason/);
      const named = await bot.teams.press(lead, answer.card!, 'Pass it on', { reason: 'Back on Monday.' });
      assert.match(JSON.stringify(named.card!.card), /It was passed on\./);
      assert.doesNotMatch(JSON.stringify(named.card!.card), /Nobody/);
      await bot.settle();
      assert.equal(moderatorIn((await plrOf(bot, 'ash-manager')).moderation), 'care-reviewer');
      const told = bot.connector.latestCard(bot.person('care-reviewer').aadObjectId);
      assert.match(JSON.stringify(told.card), /Start grading/);
    }));

  it('changes when the moderator asks, with a reason; what they drafted goes with them', () =>
    withBot(smallCouncil(), async (bot) => {
      const { serviceId } = await returnPlr(bot, 'ash-manager', { overall: 'inadequate' });
      await bot.settle();
      const first = bot.person(`${serviceId}-reviewer`);
      let card = bot.connector.latestCard(first.aadObjectId);
      card = (await bot.teams.press(first, card, 'Start grading')).card!;
      await bot.teams.press(first, card, 'Save and go on', { grade: 'good', reason: 'My own words.' });
      card = bot.connector.latestCard(first.aadObjectId);
      card = (
        await bot.teams.press(
          first,
          { ...card, card: (await opened(bot, first.id)).card },
          'I cannot moderate this one',
        )
      ).card!;
      card = (await bot.teams.press(first, card, 'Pass it on')).card!;
      assert.match(JSON.stringify(card.card), /Give the reason for passing this moderation on/);
      card = (await bot.teams.press(first, card, 'Pass it on', { reason: 'I supervised this case.' })).card!;
      assert.match(JSON.stringify(card.card), /passed on/);
      await bot.settle();
      const { moderation } = await plrOf(bot, 'ash-manager');
      assert.equal(moderation?.state, 'drawn');
      assert.notEqual(moderation.moderatorId, first.id);
      assert.equal(moderation.draft, undefined);
      assert.deepEqual(
        moderation.reassignments.map(({ from, reason, by }) => [from, reason, by]),
        [[first.id, 'I supervised this case.', first.id]],
      );
    }));

  it('changes by itself when a roster brings an absence beyond the due date', () =>
    withBot(smallCouncil(), async (bot) => {
      const { serviceId } = await returnPlr(bot, 'ash-manager', { overall: 'inadequate' });
      await bot.settle();
      const first = `${serviceId}-reviewer`;
      await bot.app.foundation.rosters.replace(away(smallCouncil(), first));
      await bot.advance('PT1H');
      const { moderation } = await plrOf(bot, 'ash-manager');
      assert.equal(moderation?.state, 'drawn');
      assert.notEqual(moderation.moderatorId, first);
      assert.match(JSON.stringify(bot.connector.latestCard(bot.person(first).aadObjectId).card), /passed on/);
    }));

  async function opened(bot: BotInTeams, person: string) {
    const { ref } = await plrOf(bot, 'ash-manager');
    const answer = await bot.teams.presses(bot.person(person), {
      verb: 'moderation.open',
      data: { cycle: '2022-04', ref },
    });
    return answer.card!;
  }
});

describe('the sample of a cycle', () => {
  it('is never below 20% of a Service’s returns once the cycle is closed', () =>
    withBot(smallCouncil(), async (bot) => {
      for (const manager of managers) await returnPlr(bot, manager, { overall: 'good' });
      await bot.advance('P40D');
      const figures = await bot.app.foundation.services.documents.listFigures<PlrFigures>(plrKind, '2022-04');
      const services = new Set(figures.map(({ serviceId }) => serviceId));
      for (const service of services) {
        const { required, drawn } = moderationCounts(
          figures.filter(({ serviceId }) => serviceId === service),
          bot.app.foundation.council()!.today,
        );
        assert.ok(drawn >= required && required >= 1);
      }
    }));
});

describe('a month with four thematic reviews beside it', () => {
  async function issueThematic(bot: BotInTeams, topic: string): Promise<void> {
    const { services, council } = bot.app.foundation;
    const name = parseCycleId(`2022-04-thematic-${topic}`)!;
    const dates = { from: localDate('2022-04-04'), until: localDate('2022-05-27') };
    const plan = planChosenCycle(name, dates, council()!.today);
    const choice = { reviewers: ['damson-manager' as PersonId] };
    assert.ok(!isRefusal(await issuePlanned(plan, choice, services, council()!)));
  }

  it('is looked at all the same: topped up, listed, and moved from who is away', () =>
    withBot(smallCouncil(), async (bot) => {
      for (const topic of ['a', 'b', 'c', 'd']) await issueThematic(bot, topic);
      const { serviceId } = await returnPlr(bot, 'ash-manager', { overall: 'inadequate' });
      await bot.settle();
      const lead = bot.person('qa-lead');
      await bot.teams.says(lead, 'moderations');
      assert.match(JSON.stringify(bot.connector.latestCard(lead.aadObjectId).card), /1 open/);
      const first = `${serviceId}-reviewer`;
      await bot.app.foundation.rosters.replace(away(smallCouncil(), first));
      await returnPlr(bot, 'birch-manager', { overall: 'good' });
      await returnPlr(bot, 'cedar-manager', { overall: 'good' });
      await bot.advance('PT1H');
      assert.notEqual(moderatorIn((await plrOf(bot, 'ash-manager')).moderation), first);
      await bot.advance('P40D');
      const figures = await bot.app.foundation.services.documents.listFigures<PlrFigures>(plrKind, '2022-04');
      const { required, drawn } = moderationCounts(figures, bot.app.foundation.council()!.today);
      assert.ok(drawn >= required, `${drawn} of ${required}`);
    }));
});

describe('someone without a part in a moderation', () => {
  it('gets the answer that a PLR which does not exist gets, and changes nothing', () =>
    withBot(smallCouncil(), async (bot) => {
      const { ref, serviceId } = await returnPlr(bot, 'ash-manager', { overall: 'inadequate' });
      await bot.settle();
      const other = serviceId === 'care' ? 'assessment-reviewer' : 'care-reviewer';
      for (const person of ['birch-manager', 'ash-manager', other]) {
        for (const verb of [
          'open',
          'page',
          'save',
          'give',
          'agree',
          'dispute',
          'settle',
          'feedback',
          'hand-on',
          'ask-hand-on',
          'name',
        ]) {
          const ask = async (ref: string) => {
            const answer = await bot.teams.presses(bot.person(person), {
              verb: `moderation.${verb}`,
              data: { cycle: '2022-04', ref, page: 'risk', grade: 'good', reason: 'x', why: 'x' },
            });
            return JSON.stringify(answer.body);
          };
          assert.equal(await ask(ref), await ask('PLR-222222'), `${person} ${verb}`);
        }
      }
      const { moderation } = await plrOf(bot, 'ash-manager');
      assert.equal(moderation?.state, 'drawn');
      assert.equal(moderation.draft, undefined);
    }));
});

describe('reminders of a moderation', () => {
  it('reach whoever has the next step once a stage, and the QA lead of all that are overdue in one message', () =>
    withBot(smallCouncil(), async (bot) => {
      const { serviceId, ref } = await returnPlr(bot, 'ash-manager', { overall: 'inadequate' });
      await returnPlr(bot, 'cedar-manager', { overall: 'inadequate' });
      await bot.settle();
      const moderator = bot.person(`${serviceId}-reviewer`);
      const titles = (person: { aadObjectId: string }) =>
        bot.connector
          .cardsTo(person.aadObjectId)
          .filter(({ card }) => JSON.stringify(card).includes(ref))
          .map(({ summary }) => summary);
      const counted: number[] = [];
      for (const step of ['P11D', 'P1D', 'P1D', 'P5D', 'P1D', 'P1D']) {
        await bot.advance(step);
        counted.push(titles(moderator).length);
      }
      assert.deepEqual(titles(moderator).slice(1), [
        'A moderation is due soon',
        'A moderation is due today',
        'A moderation is overdue',
      ]);
      const late = bot.connector
        .cardsTo(bot.person('qa-lead').aadObjectId)
        .filter(({ summary }) => summary === 'Moderations are overdue');
      assert.equal(late.length, 1);
      assert.match(JSON.stringify(late[0]!.card), /"2 moderations are overdue"/);
      const list = await bot.teams.press(bot.person('qa-lead'), late[0]!, 'Show them');
      assert.match(JSON.stringify(list.card!.card), new RegExp(`${ref}, `));
      assert.deepEqual(
        counted,
        [...counted].sort((a, b) => a - b),
      );
    }));
});

describe('management grip while a PLR is graded blind', () => {
  it('is for the QA lead to verify; the moderator sees no card or line of it', () =>
    withBot(smallCouncil(), async (bot) => {
      const { documents } = bot.app.foundation.services;
      const plr = await returnPlr(bot, 'ash-manager', { overall: 'inadequate', alert: true });
      const gripped = await documents.change(plrKind, plrKey(plr.cycleId, plr.ref), 'system', (plr) => {
        const added = addActions(
          plr,
          [planned({ what: 'See the child today' })],
          bot.app.foundation.council()!,
        );
        return { state: added.plr, did: 'recorded management grip', messages: added.messages };
      });
      assert.ok(!isRefusal(gripped));
      await bot.settle();
      const owner = bot.person(gripped.after.actions[0]!.ownerId);
      const card = bot.connector.latestCard(
        owner.aadObjectId,
        ({ summary }) => summary === 'You have a new action',
      );
      await bot.teams.press(owner, card, 'Save', { state: 'done', evidence: 'Note', difference: 'Safe' });
      await bot.settle();
      const moderator = bot.person(moderatorIn(gripped.after.moderation)!);
      await bot.teams.says(moderator, 'all actions');
      const seen = (person: Person) => JSON.stringify(bot.connector.cardsTo(person.aadObjectId));
      assert.match(seen(bot.person('qa-lead')), /See the child today/);
      assert.match(seen(moderator), /There is nothing to show\./);
      assert.doesNotMatch(seen(moderator), /See the child today/);
    }));
});

describe('a moderation that its manager cannot answer', () => {
  for (const [why, facts] of [
    ['they have left', { activeUntil: localDate('2022-04-08') }],
    [
      'they are on leave until it is due',
      { absences: [{ from: localDate('2022-04-08'), until: localDate('2022-09-30') }] },
    ],
  ] as const)
    it(`comes to the QA lead, who settles it: ${why}`, () =>
      withBot(smallCouncil(), async (bot) => {
        const { serviceId, ref } = await returnPlr(bot, 'ash-manager', { overall: 'inadequate' });
        await bot.settle();
        const moderator = bot.person(`${serviceId}-reviewer`);
        let card = bot.connector.latestCard(moderator.aadObjectId);
        card = (await bot.teams.press(moderator, card, 'Start grading')).card!;
        for (let page = 0; page < 9; page += 1)
          card = (
            await bot.teams.press(moderator, card, 'Save and go on', { grade: 'good', reason: 'Seen.' })
          ).card!;
        await bot.teams.press(moderator, card, 'Give my grades', { grade: 'good', reason: 'All in all.' });
        const gone = smallCouncil().people.map((one) =>
          one.id === 'ash-manager' ? { ...one, ...facts } : one,
        );
        await bot.app.foundation.rosters.replace({ ...smallCouncil(), people: gone });
        await bot.advance('P13D');
        const lead = bot.person('qa-lead');
        const told = bot.connector.latestCard(lead.aadObjectId, ({ card }) =>
          JSON.stringify(card).includes(ref),
        );
        assert.equal(told.summary, 'A moderation is due soon');
        await bot.teams.says(lead, 'moderations');
        const list = JSON.stringify(bot.connector.latestCard(lead.aadObjectId).card);
        assert.match(list, /The manager has left or is away; waits for the QA lead to settle it\./);
        const form = (await bot.teams.press(lead, told, 'Open it')).card!;
        assert.match(
          JSON.stringify(form.card),
          /has left or is away until it is due, so a QA lead settles the grade here by/,
        );
        const typed = { settleGrade: 'good', settleReason: 'The record bears the moderator out.' };
        const settled = (await bot.teams.press(lead, form, 'Settle the grade', typed)).card!;
        assert.match(JSON.stringify(settled.card), /Settled by the QA lead on 14 April 2022: Good\./);
        await bot.settle();
        assert.equal((await plrOf(bot, 'ash-manager')).moderation?.state, 'settled');
      }));
});

describe('a moderated Inadequate', () => {
  it('sets off the alert that the manager’s own grade did not', () =>
    withBot(smallCouncil(), async (bot) => {
      const { serviceId } = await returnPlr(bot, 'ash-manager', {
        overall: 'good',
        drawnFor: { why: 'chance-at-return', fraction: 0.1, samplePercent: 20 },
      });
      await bot.settle();
      const moderator = bot.person(`${serviceId}-reviewer`);
      let card = bot.connector.latestCard(moderator.aadObjectId);
      card = (await bot.teams.press(moderator, card, 'Start grading')).card!;
      for (let page = 0; page < 9; page += 1) {
        card = (
          await bot.teams.press(moderator, card, 'Save and go on', { grade: 'inadequate', reason: 'No.' })
        ).card!;
      }
      assert.equal((await plrOf(bot, 'ash-manager')).alert, undefined);
      await bot.teams.press(moderator, card, 'Give my grades', { grade: 'inadequate', reason: 'Not safe.' });
      const { alert, moderation } = await plrOf(bot, 'ash-manager');
      assert.deepEqual(
        [alert?.state, alert?.reasons.map(({ because, by }) => [because, by]), moderation?.state],
        ['raised', [['inadequate', moderator.id]], 'graded'],
      );
      await bot.settle();
    }));
});
