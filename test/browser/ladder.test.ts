import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { PersonaKey } from '../../src/local/sample-council.js';
import type { Plr } from '../../src/practice/plr/plr.js';
import { startLocalMonth, type LocalMonth } from './local-month.js';
import { launchChromium, PlaygroundPage } from './playground-page.js';
import { photographTogether } from './together.js';

/** The heading; the welcome says nearly the same. */
const alerted = /A child may be unsafe:/;

/** Each rung: how much later than the one before, whose it is, and what those below read (docs/domain.md, 4.3). */
const rungs = [
  { after: 'PT4H', key: 'service-manager', name: 'Service Manager' },
  { after: 'PT8H', key: 'head-of-service', name: 'Head of Service' },
  { after: 'PT8H', key: 'assistant-director', name: 'Assistant Director' },
] as const;

/** Told at once, and those it climbs to; the manager flags it. */
const atOnce = ['practitioner', 'team-manager', 'qa-lead'] as const;
const personas: readonly PersonaKey[] = ['manager', ...atOnce, ...rungs.map(({ key }) => key)];

describe('an alert that nobody acknowledges, up the ladder in the Playgrounds', function () {
  // Each step goes on from the one before.
  this.bail(true);
  let month: LocalMonth, browser: Browser, plr: Plr, channel: PlaygroundPage;
  const pages = new Map<PersonaKey, PlaygroundPage>();
  const pageOf = (key: PersonaKey) => pages.get(key)!;

  before(async () => {
    month = await startLocalMonth(personas);
    browser = await launchChromium();
    for (const key of personas) pages.set(key, await PlaygroundPage.open(browser, month.url(key)));
    channel = await PlaygroundPage.open(browser, month.url('team-manager'), { conversation: 'General' });
    plr = await month.plrOfManager();
  });
  after(async () => {
    await browser?.close();
    await month?.stop();
  });

  it('begins when a manager saves an immediate concern, long before the review is finished', async () => {
    const review = await pageOf('manager').cardWith('Start the review');
    await review.pressAndWait('Start the review');
    await review.choose('Go to another part', '12. Immediate concern');
    await review.pressAndWait('Go');
    await review.choose('Is there an immediate concern?', 'Yes');
    await review.fill('What is the concern?', 'He went home with his father, who may not be alone with him.');
    assert.match(await review.pressAndWait('Next'), /Nobody is told yet/);
    await review.pressAndWait('Save and tell the team now');
  });

  it('tells the social worker, the Team Manager, the QA lead and the channel at once, and nobody else', async () => {
    for (const key of atOnce) await pageOf(key).cardWith(alerted);
    const post = await channel.cardWith('Alert: please look at your chat with me');
    assert.ok((await post.text()).includes(plr.ref));
    for (const { key } of rungs) assert.deepEqual(await pageOf(key).textsWith(alerted), []);
  });

  for (const [at, { after, key, name }] of rungs.entries()) {
    it(`climbs to the ${name} ${['4', '12', '20'][at]} hours after it was raised, and those below see it`, async () => {
      await month.plr('clock', 'advance', after);
      const card = await pageOf(key).cardWith(alerted);
      assert.match(await card.text(), /Acknowledge/);
      await card.photograph(`ladder-${key}`);
      for (const earlier of [...atOnce, ...rungs.slice(0, at).map((rung) => rung.key)])
        await (await pageOf(earlier).cardWith(alerted)).waitFor(`Climbed to: the ${name}`);
      await (await channel.cardWith('Alert')).waitFor(`It has climbed to the ${name}.`);
      for (const later of rungs.slice(at + 1))
        assert.deepEqual(await pageOf(later.key).textsWith(alerted), []);
    });
  }

  it('is a breach at 24 hours, which the QA lead is told and finds on the board and in the timeline', async () => {
    const qaLead = pageOf('qa-lead');
    await (await pageOf('team-manager').cardWith(alerted)).photograph('ladder-team-manager');
    await month.plr('clock', 'advance', 'PT4H');
    const breach = await qaLead.cardWith('A child may be unsafe: 24 hours have passed');
    await breach.photograph('ladder-breach');
    await qaLead.say('open alerts');
    const board = await qaLead.cardWith('Open alerts');
    const row = await board.text();
    for (const part of [plr.ref, 'not acknowledged, 24 hours passed', 'Assistant Director'])
      assert.ok(row.includes(part), `${part} is not in ${row}`);
    await board.photograph('ladder-board');
    await board.pressAndWait(`Open ${plr.ref}`);
    assert.match(await board.pressAndWait('Timeline'), /Breach: the time ran out/);
    await board.photograph('ladder-timeline');
  });

  it('ends with the Assistant Director’s word that the child is safe, which everyone then sees', async () => {
    const card = await pageOf('assistant-director').cardWith(alerted);
    await card.pressAndWait('Acknowledge');
    await card.choose('Is the child safe now?', 'Yes, the child was made safe');
    await card.fill(/^If made safe/, 'The police and the duty worker brought him to his aunt.');
    assert.match(await card.pressAndWait('Acknowledge'), /Record your management grip/);
    await card.photograph('ladder-acknowledged');
    for (const key of ['practitioner', 'team-manager', 'service-manager', 'head-of-service'] as const)
      await (await pageOf(key).newestCard()).waitFor('The child was made safe');
    await photographTogether(browser, 'ladder', [
      'ladder-service-manager-phone',
      'ladder-team-manager-phone',
      'ladder-breach-phone',
      'ladder-acknowledged-phone',
    ]);
  });
});
