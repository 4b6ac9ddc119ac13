import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { PersonaKey } from '../../src/local/sample-council.js';
import { cycleKey, cycleKind } from '../../src/practice/plr/cycle-record.js';
import { briefKey } from '../../src/practice/learning/brief.js';
import { briefKind } from '../../src/practice/learning/brief-kind.js';
import type { Plr } from '../../src/practice/plr/plr.js';
import { addDays } from '../../src/practice/base/time.js';
import { colleaguesReturn, firstMonth } from './colleagues.js';
import { KeyboardCard } from './keyboard.js';
import { startLocalMonth, type LocalMonth } from './local-month.js';
import { launchChromium, PlaygroundPage } from './playground-page.js';
import { photographTogether } from './together.js';

/** What the manager writes of each section; the last of them is why a child may not be safe. */
const sections: readonly { readonly grade: string; readonly well: string; readonly improve: string }[] = [
  { grade: 'Good', well: 'She was seen alone, in her own room.', improve: 'Ask her what she would change.' },
  { grade: 'Good', well: 'The assessment says what life is like.', improve: 'Update it after the move.' },
  {
    grade: 'Inadequate',
    well: 'The school’s worry was written down the same day.',
    improve: 'Nobody went to see her for three weeks after it.',
  },
  { grade: 'Requires improvement to be good', well: 'There is a plan.', improve: 'It has no dates.' },
  {
    grade: 'Requires improvement to be good',
    well: 'Supervision took place.',
    improve: 'Say what was decided.',
  },
  { grade: 'Good', well: 'School and health are in touch.', improve: 'Invite the nurse.' },
  {
    grade: 'Requires improvement to be good',
    well: 'Visits are recorded.',
    improve: 'Write it for her to read.',
  },
  { grade: 'Not applicable', well: 'Not looked at in this review.', improve: '' },
  {
    grade: 'Requires improvement to be good',
    well: 'She is in school more.',
    improve: 'She is not safer yet.',
  },
];

describe('a month, lived in the Playgrounds by four people', function () {
  // Each step goes on from the one before.
  this.bail(true);
  let month: LocalMonth, browser: Browser, plr: Plr;
  let manager: PlaygroundPage, reviewer: PlaygroundPage, teamManager: PlaygroundPage, qaLead: PlaygroundPage;
  let general: PlaygroundPage, meeting: PlaygroundPage;

  before(async () => {
    month = await startLocalMonth();
    browser = await launchChromium();
    const open = (persona: PersonaKey, conversation?: string) =>
      PlaygroundPage.open(browser, month.url(persona), conversation === undefined ? {} : { conversation });
    [manager, reviewer, teamManager, qaLead, general, meeting] = await Promise.all([
      open('manager'),
      open('link-reviewer'),
      open('team-manager'),
      open('qa-lead'),
      open('team-manager', 'General'),
      open('team-manager', 'Team meeting'),
    ]);
    plr = await month.plrOfManager();
  });
  after(async () => {
    await browser?.close();
    await month?.stop();
  });

  let review: KeyboardCard;

  it('brings the manager their review', async () => {
    const card = await manager.cardWith('Start the review');
    await card.photograph('assignment');
    review = new KeyboardCard(manager.page, card);
  });

  it('is filled in with the keyboard alone, step by step', async () => {
    const { today } = await month.council();
    await review.press('Start the review');
    for (const [at, { grade, well, improve }] of sections.entries()) {
      await review.choose('Grade', grade);
      await review.type('What is working well', well);
      if (improve !== '') await review.type('What needs to improve', improve);
      if (at === 2) await review.card.photograph('review-step');
      await review.press('Next');
    }
    await review.choose('Did the conversation take place?', 'Yes');
    await review.date('When did you talk?', today);
    await review.type(
      'The practitioner’s part in the review, or why you could not talk',
      'We read the record together, and agreed what has to happen today.',
    );
    await review.press('Next');
    await review.choose('Feedback', 'Given');
    await review.type('What they said', 'Mum says that the visits help her.');
    await review.press('Next');
    await review.choose('Is there an immediate concern?', 'No');
    await review.press('Next');
  });

  it('asks once, in plain words, before an Inadequate tells the team', async () => {
    await review.choose('Overall grade', 'Inadequate');
    await review.type('Why this grade', 'Nobody knows today whether she is safe at home.');
    assert.match(await review.press('Next'), /Nobody is told yet/);
    await review.card.photograph('review-confirm');
    await review.press('Save and tell the team now');
  });

  it('alerts the Team Manager in person and the team’s channel by reference alone', async () => {
    const alert = await teamManager.cardWith(/A child may be unsafe:/);
    await alert.photograph('alert');
    const inChannel = await general.cardWith('Alert: please look at your chat with me');
    await inChannel.photograph('alert-in-channel');
    assert.ok((await inChannel.text()).includes(plr.ref));
  });

  it('is acknowledged with the child’s safety, and the Team Manager records management grip', async () => {
    const { today } = await month.council();
    const alert = await teamManager.cardWith(/A child may be unsafe:/);
    await alert.pressAndWait('Acknowledge');
    await alert.photograph('alert-acknowledge');
    await alert.choose('Is the child safe now?', 'Yes, the child was made safe');
    await alert.fill(
      'If made safe: by whom and how. If not yet: what is being done',
      'The duty worker saw her at school; she stays with her grandmother tonight.',
    );
    assert.match(await alert.pressAndWait('Acknowledge'), /Alert acknowledged/);
    const inChannel = await general.cardWith('Alert');
    await inChannel.waitFor('Acknowledged. The Team Manager has it.');
    await alert.pressAndWait('Record management grip');
    await alert.fill('Your direction: what must happen now, and why', 'She is seen each day until we meet.');
    await alert.fill('Action 1', 'See her at home tomorrow');
    await alert.fill('Action 1 is due on', addDays(today, 1));
    await alert.photograph('alert-grip');
    assert.match(await alert.pressAndWait('Record management grip'), /Management grip recorded/);
  });

  it('is returned, and goes on where it was when the bot is killed at that moment', async () => {
    const { today } = await month.council();
    const card = review.card;
    await review.type('Action 1: what will be done', 'Agree the safety plan with her mother');
    await review.choose('Action 1: who will do it', 'The practitioner');
    await review.date('Action 1: by when', addDays(today, 7));
    await card.photograph('review-actions');
    await review.press('Next');
    await card.photograph('review-summary');
    assert.match(await review.press('Return this PLR'), /was returned|You returned|Returned/);
    await month.killAndRestartBot();
    await card.photograph('review-returned');
  });

  it('is graded blind by the link reviewer', async () => {
    const card = await reviewer.cardWith('Start grading');
    assert.doesNotMatch(await card.text(), /inadequate/i);
    await card.photograph('moderation');
    await card.pressAndWait('Start grading');
    for (let section = 0; section < sections.length; section += 1) {
      if (section === 2) await card.photograph('moderation-section');
      await card.choose('Your grade for this section', 'Requires improvement to be good');
      await card.fill('Your reason', 'The record shows some of what is needed.');
      await card.pressAndWait('Save and go on');
    }
    await card.choose('Your overall grade', 'Inadequate');
    await card.fill('Your reason', 'She was not seen when it mattered.');
    assert.match(await card.pressAndWait('Give my grades'), /Moderation of/);
  });

  it('shows the manager both grades, who agrees', async () => {
    const card = await manager.cardWith('Moderation of');
    await card.photograph('moderation-outcome');
    assert.match(await card.pressAndWait('Agree with the moderator'), /The manager agreed/);
  });

  it('shows the QA lead how alike they grade', async () => {
    await qaLead.say('calibration');
    await (await qaLead.cardWith('How alike we grade')).photograph('calibration');
  });

  it('shows the QA lead how the service is doing', async () => {
    await qaLead.say('how are we doing');
    const card = await qaLead.cardWith(/returned/i);
    await card.photograph('how-are-we-doing');
    await qaLead.say('open alerts');
    const board = await qaLead.cardWith('Open alerts');
    await board.photograph('alert-board');
  });

  it('brings the link reviewer a learning brief when the cycle has closed', async () => {
    await colleaguesReturn(month, plr, firstMonth);
    const cycle = await month.foundation.services.documents.read(cycleKind, cycleKey(plr.cycleId));
    assert.ok(cycle?.state === 'issued');
    await month.advanceTo(cycle.countsAt);
    await month.found('learning brief', briefOfService);
    const card = await reviewer.cardWith('Approve and post');
    await card.photograph('brief');
    await card.pressAndWait('Approve and post');
  });

  it('posts it in the team’s meeting channel, where the team records what it will change', async () => {
    const post = await month.found('posting', async () =>
      (await briefOfService())?.posting?.posts.find(({ teamId }) => teamId === plr.teamId),
    );
    if (post.state === 'scheduled') await month.advanceTo(post.postAt);
    const item = await meeting.cardWith('Standing agenda item');
    await item.photograph('agenda-item');
    if (post.meetingAt !== undefined) await month.advanceTo(post.meetingAt);
    await item.pressAndWait('Record our discussion');
    await item.fill('What we will change', 'Each plan says who sees the child, and when.');
    await item.fill('How we will know', 'We read three plans together next month.');
    const { today } = await month.council();
    await item.fill('By when', addDays(today, 28));
    await item.photograph('agenda-record');
    await item.pressAndWait('Save what we decided');
    await item.waitFor('Each plan says who sees the child, and when.');
    await item.photograph('agenda-recorded');
    await photographTogether(browser, 'cards', [
      'assignment-phone',
      'alert-acknowledge-phone',
      'agenda-item-phone',
    ]);
  });

  function briefOfService() {
    return month.foundation.services.documents.read(briefKind, briefKey(plr.cycleId, plr.serviceId));
  }
});
