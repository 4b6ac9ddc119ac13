import assert from 'node:assert/strict';
import { plrKey } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { cardSaid, type CardInHand } from './filling-in.js';
import { april, leftInSeptember, leftOpenInApril } from './left-open.js';

type Left = Awaited<ReturnType<typeof leftOpenInApril>>;

describe('Today, in September, with something of each kind left open since April', () => {
  let left: Left;
  before(async () => {
    left = await leftOpenInApril();
  });
  after(() => left.bot.stop());

  const says = (id: string, words: string) => cardSaid(left.bot, id, words);
  const buttonsWith = (card: CardInHand, text: string) => card.buttons.filter((one) => one.includes(text));

  it('begins for the QA lead with the children who may be unsafe, oldest trouble first', async () => {
    const card = await says('qa-lead', 'What do I have to do?');
    const { first, second, third, fourth } = left.plrs;
    assert.match(
      card.text,
      /^Today, \d+ September 2022\nStart with these children\.\nChildren who may be unsafe/,
    );
    assert.deepEqual(
      card.buttons.slice(0, 4),
      [first, second, third, fourth].map((ref) => `Open alert ${ref}`),
    );
    assert.match(card.text, /The time to answer has passed/);
    for (const words of ['Waiting for you', 'Also open', 'Settle this moderation', 'Sign off the report'])
      assert.ok(card.text.includes(words), words);
  });

  it('opens the alert by one press, and everything else by at most two', async () => {
    const { first } = left.plrs;
    const card = await says('qa-lead', 'today');
    assert.match((await card.press(`Open alert ${first}`)).text, new RegExp(first));
    const all = await says('qa-lead', 'today');
    await all.press(buttonsWith(all, 'moderation')[0]!);
    assert.match(all.text, /Open moderations/);
    assert.ok(buttonsWith(all, 'Open PLR-').length > 0);
  });

  for (const [role, service] of [
    ['head-of-service', undefined],
    ['care-service-manager', 'care'],
    ['assessment-reviewer', 'assessment'],
    ['ash-worker-first', 'none'],
  ] as const)
    it(`is cut to their part for the ${role}`, async () => {
      const card = await says(role, 'today');
      assert.doesNotMatch(card.text, /Sign off the report/);
      assert.equal(card.text.includes('Also open'), service !== 'none');
      for (const { serviceId, name } of left.council().organisation.roster.teams)
        if (service !== undefined && service !== 'none' && serviceId !== service)
          assert.ok(!card.text.includes(`, ${name}.`), name);
    });

  it('answers a Team Manager who asks for open alerts with those of the team, and no button is another’s', async () => {
    const { plr, teamManager } = await left.managerOf(left.plrs.first);
    const card = await says(teamManager.id, 'open alerts');
    assert.match(card.text, /^Open alerts/);
    assert.ok(card.buttons.includes(`Open alert ${plr.ref}`), card.buttons.join());
    const elsewhere = Object.values(left.plrs).filter((ref) => ref !== plr.ref);
    for (const ref of elsewhere) {
      const { plr: other } = await left.managerOf(ref);
      if (other.teamId !== plr.teamId) assert.ok(!card.text.includes(`${ref}, `), ref);
    }
  });

  for (const words of ['my reviews', 'moderations', 'actions', 'briefs', 'waiting', 'overdue', 'open alerts'])
    it(`answers “${words}” for everybody, of any role`, async () => {
      for (const id of ['qa-lead', 'ash-manager', 'head-of-service', 'birch-worker-first', 'care-reviewer']) {
        const { text } = await says(id, words);
        assert.doesNotMatch(text, /is for others|did not understand/, `${id}: ${words}`);
      }
    });

  it('shows no alert to a link reviewer who is still to grade that PLR blind', async () => {
    const { plr, reviewer } = await left.managerOf(left.plrs.second);
    for (const words of ['today', 'open alerts', 'overdue', 'how are we doing'])
      assert.ok(!(await says(reviewer, words)).buttons.includes(`Open alert ${plr.ref}`), words);
  });

  it('says by name who owes a review, how late, and when they were last reminded', async () => {
    const card = await says('qa-lead', 'who owes a review');
    const { plr } = await left.managerOf(left.plrs.first);
    const { name } = left.bot.person(plr.managerId);
    assert.ok(card.text.includes(`${name} has not returned ${plr.ref}`));
    assert.match(card.text, /\d+ days late: due on 29 April 2022\. Last reminded on \d+ \w+ 2022/);
    const decide = await card.press(`Decide about ${plr.ref}`);
    assert.match(decide.text, new RegExp(`Change ${plr.ref}|A manager asks for a change`));
  });

  it('reminds them once a day, says when, and leaves one reminder in their chat', async () => {
    const { plr } = await left.managerOf(left.plrs.first);
    const { name, aadObjectId } = left.bot.person(plr.managerId);
    const early = await says('qa-lead', 'who owes a review');
    assert.deepEqual(buttonsWith(early, `Remind about ${plr.ref}`), [], 'reminded today, of another review');
    left.bot.connector.letIn(aadObjectId);
    await left.bot.advance('P1D');
    const owes = await says('qa-lead', 'who owes a review');
    const again = owes.onAnotherDevice();
    await owes.press(`Remind about ${plr.ref}`);
    assert.match(owes.text, new RegExp(`${name} is reminded of ${plr.ref}\\. It was sent on`));
    assert.deepEqual(buttonsWith(owes, `Remind about ${plr.ref}`), []);
    await again.press(`Remind about ${plr.ref}`);
    assert.match(
      again.text,
      /was reminded of .* nothing was sent|reminded .* today already: nothing was sent/,
    );
    const sent = await left.services().documents.read(plrKind, plrKey(april, plr.ref));
    assert.equal(sent?.reminders?.shownSince, left.council().now);
  });

  it('refuses a press by somebody who is no QA lead, or is none any more', async () => {
    const { plr } = await left.managerOf(left.plrs.first);
    const before = await left.services().documents.read(plrKind, plrKey(april, plr.ref));
    const press = { verb: 'today.remind', data: { cycle: april, ref: plr.ref, page: 0 } };
    const card = await (await says('head-of-service', 'today')).post(press);
    assert.match(card.text, /There is nothing here for you/);
    const after = await left.services().documents.read(plrKind, plrKey(april, plr.ref));
    assert.deepEqual(after?.reminders, before?.reminders);
  });

  it('refuses who lost the role between drawing and pressing, and shows them their part alone', async () => {
    const { bot } = left;
    const roster = leftInSeptember();
    const card = await says('qa-lead', 'today');
    const [moderations] = buttonsWith(card, 'moderation');
    assert.ok(moderations);
    await bot.app.foundation.rosters.replace({
      ...roster,
      people: roster.people.map((one) =>
        one.id === 'qa-lead' ? { ...one, roles: ['business-support'] } : one,
      ),
    });
    await bot.app.foundation.refresh();
    assert.match((await card.press(moderations)).text, /There is nothing of this kind for you/);
    const { ref } = (await left.managerOf(left.plrs.first)).plr;
    await card.post({ verb: 'today.remind', data: { cycle: april, ref, page: 0 } });
    assert.match(card.text, /There is nothing here for you/);
    await bot.app.foundation.rosters.replace(roster);
    await bot.app.foundation.refresh();
  });

  it('loses a thing the moment it is done', async () => {
    const { fourth } = left.plrs;
    assert.ok((await says('qa-lead', 'today')).buttons.includes(`Open alert ${fourth}`));
    await left.close(fourth);
    for (const id of ['qa-lead', 'head-of-service'])
      assert.ok(!(await says(id, 'today')).text.includes(`${fourth}, `), id);
  });
});
