import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { monthlyCycleId } from '../../src/practice/plr/cycle.js';
import { cycleKey, cycleKind } from '../../src/practice/plr/cycle-record.js';
import { briefKey } from '../../src/practice/learning/brief.js';
import { briefKind } from '../../src/practice/learning/brief-kind.js';
import type { Team } from '../../src/practice/council/organisation.js';
import { addDays, monthOf, shiftMonth, type Month } from '../../src/practice/base/time.js';
import { monthInWords, serviceName } from '../../src/practice/council/words.js';
import { colleaguesReturn, firstMonth, secondMonth, thirdMonth } from './colleagues.js';
import { startLocalMonth, type LocalMonth } from './local-month.js';
import { launchChromium, PlaygroundPage, type PlaygroundCard } from './playground-page.js';
import { photographTogether } from './together.js';

/** What the reviews of a month found, what the link reviewer writes into the brief, what the team decides. */
const lived = [
  {
    found: firstMonth,
    toDo: 'Write each visit up so that the child could read it one day, and the day it happened.',
    willChange: 'We write to the child in our visits, and put a date to each step of a plan.',
    howKnow: 'The Team Manager reads some of what we wrote with us each month.',
  },
  {
    found: secondMonth,
    toDo: 'Read a plan together at the start of each meeting, and give each step a date.',
    willChange: 'Each plan has a date and a name beside each step before supervision.',
    howKnow: 'We count the plans that have them at each supervision.',
  },
  {
    found: thirdMonth,
    toDo: 'Keep writing to the child; look at which plans have not moved since the last review.',
    willChange: 'We bring the plan that has stood still longest to each meeting.',
    howKnow: 'It has moved by the next meeting.',
  },
] as const;

/** The second month, by its place: it shows the most, what changed and what was said last time. */
const photographed = 1;

const records = 'Our records are up to date and written for the child';
const plans = 'Our plans are clear, and drift is challenged';

describe('the learning loop, over three months in the Playgrounds', function () {
  // Each step goes on from the one before.
  this.bail(true);
  let month: LocalMonth, browser: Browser, first: Month, team: Team;
  let reviewer: PlaygroundPage, meeting: PlaygroundPage, qaLead: PlaygroundPage;

  before(async () => {
    month = await startLocalMonth(['link-reviewer', 'team-manager', 'qa-lead']);
    browser = await launchChromium();
    reviewer = await PlaygroundPage.open(browser, month.url('link-reviewer'));
    qaLead = await PlaygroundPage.open(browser, month.url('qa-lead'));
    meeting = await PlaygroundPage.open(browser, month.url('team-manager'), { conversation: 'Team meeting' });
    const { today, organisation } = await month.council();
    first = monthOf(today);
    const teamManagerId = month.personId('team-manager');
    team = organisation.roster.teams.find((one) => one.teamManagerId === teamManagerId)!;
  });
  after(async () => {
    await browser?.close();
    await month?.stop();
  });

  const monthAt = (at: number) => shiftMonth(first, at);
  const briefOf = (at: number) =>
    month.foundation.services.documents.read(
      briefKind,
      briefKey(monthlyCycleId(monthAt(at)), team.serviceId),
    );
  const postOf = async (at: number) =>
    (await briefOf(at))?.posting?.posts.find(({ teamId }) => teamId === team.id);
  const agendaItem = (at: number) =>
    meeting.cardWith(`learning from Practice Learning Reviews, ${monthInWords(monthAt(at))}`);
  let item: PlaygroundCard;

  for (const [at, { found, toDo, willChange, howKnow }] of lived.entries()) {
    const which = ['first', 'second', 'third'][at]!;

    it(`drafts the brief of the ${which} month from its reviews when the cycle has closed`, async () => {
      const cycleId = monthlyCycleId(monthAt(at));
      const cycle = await month.found(`cycle of ${cycleId}`, async () => {
        const read = await month.foundation.services.documents.read(cycleKind, cycleKey(cycleId));
        return read?.state === 'issued' ? read : undefined;
      });
      await colleaguesReturn(month, { cycleId, serviceId: team.serviceId }, found);
      await month.advanceTo(cycle.countsAt);
      await month.found(`brief of ${cycleId}`, () => briefOf(at));
    });

    it(`is edited and approved by the link reviewer in the ${which} month`, async () => {
      const title = `${serviceName(team.serviceId, await month.council())}, ${monthInWords(monthAt(at))}`;
      const card = await reviewer.cardWith(`Learning brief: ${title}`);
      assert.match(await card.text(), new RegExp(`What needs to be better[^]*${plans}`));
      await card.pressAndWait('Edit');
      await card.fill('What to do differently', toDo);
      assert.ok((await card.pressAndWait('Save and see how it looks')).includes(toDo));
      if (at === photographed) await card.photograph('loop-brief');
      await card.pressAndWait('Approve and post');
      await card.waitFor('Each team gets it ahead of its next meeting');
    });

    it(`comes to the team ahead of its meeting in the ${which} month${at === 0 ? '' : ', with what it said last time'}`, async () => {
      const post = await month.found('posting', () => postOf(at));
      if (post.state === 'scheduled') await month.advanceTo(post.postAt);
      item = await agendaItem(at);
      const words = await item.text();
      assert.ok(words.includes(toDo));
      const promised = lived[at - 1]?.willChange;
      if (promised === undefined) assert.doesNotMatch(words, /Last time/);
      else assert.ok(words.includes('We will change') && words.includes(promised), words);
      if (at === photographed) await item.photograph('loop-agenda');
    });

    it(`is discussed in the ${which} month, and the channel sees what the team will change`, async () => {
      const post = await postOf(at);
      assert.ok(post?.meetingAt !== undefined);
      await month.advanceTo(post.meetingAt);
      const { today } = await month.council();
      await item.pressAndWait('Record our discussion');
      await item.fill('What we will change', willChange);
      await item.fill('How we will know', howKnow);
      await item.fill('By when', addDays(today, 28));
      await item.pressAndWait('Save what we decided');
      await item.waitFor(willChange);
      if (at === photographed) await item.photograph('loop-record');
    });
  }

  it('shows the link reviewer whether it worked, with the discussion marked and no more said than is known', async () => {
    await reviewer.say('did it work');
    const card = await reviewer.cardWith('Did it work?');
    await card.choose('Service', serviceName(team.serviceId, await month.council()));
    await card.choose('Practice standard', records);
    await card.pressAndWait('Show the chart');
    const words = await card.text();
    assert.match(words, /was first discussed in/);
    assert.match(words, /\(discussed\)/);
    assert.match(words, /so far the chart has 3/);
    await card.photograph('loop-run-chart');
    await photographTogether(browser, 'loop', [
      'loop-brief-phone',
      'loop-record-phone',
      'loop-run-chart-phone',
    ]);
  });

  it('shows the QA lead which meetings discussed it', async () => {
    await qaLead.say('loop');
    const card = await qaLead.cardWith('meetings discussed it');
    await card.photograph('loop-meetings');
    for (const at of [0, 1, 2])
      assert.match(await card.text(), new RegExp(`${monthInWords(monthAt(at))}: 1 of \\d`));
  });

  it('puts the theme that came back on the workforce-development list', async () => {
    const rows = JSON.parse(await month.plr('learning', '--json')) as {
      readonly serviceId: string | null;
      readonly title: string;
      readonly months: readonly string[];
      readonly n: number;
      readonly of: number;
    }[];
    const row = rows.find(({ serviceId, title }) => serviceId === team.serviceId && title === plans);
    assert.ok(row !== undefined, JSON.stringify(rows));
    assert.deepEqual(row.months, [0, 1, 2].map(monthAt));
    assert.deepEqual([row.n, row.of], [17, 21]);
  });
});
