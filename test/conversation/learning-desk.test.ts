import assert from 'node:assert/strict';
import type { PersonId } from '../../src/practice/base/ids.js';
import { briefKind } from '../../src/practice/learning/brief-kind.js';
import type { Excused } from '../../src/practice/firewall/channel-gate.js';
import type { ShownCard } from '../stand-ins/chats.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';
import { namedCouncil, reviewsReturned, sevenReviews, wordsOf } from './learning-council.js';

const meeting = (team: string) => `19:${team}-meeting@thread.tacv2`;

describe('the link reviewer’s desk', () => {
  let bot: BotInTeams;
  /** What a test let stand on purpose. */
  let excused: Excused[] = [];
  const briefOf = (person: string) =>
    bot.connector.latestCard(bot.person(person).aadObjectId, ({ card }) =>
      wordsOf(card).includes('Learning brief:'),
    );
  const ledgerOf = async (card: string) =>
    (await bot.app.foundation.outbox.ledger('2022-04')).filter((row) => row.card === card);

  beforeEach(async () => {
    excused = [];
    bot = await startBotInTeams({ roster: namedCouncil() });
    await bot.settle();
    await reviewsReturned(bot, '2022-04', 'assessment', sevenReviews);
    await bot.advance('P34DT2H');
  });
  afterEach(async () => {
    await bot.stop(excused);
    assert.deepEqual(bot.connector.violations, []);
    assert.deepEqual(bot.logged, []);
  });

  async function pressed(person: string, card: ShownCard, which: string, inputs = {}): Promise<ShownCard> {
    const answer = await bot.teams.press(bot.person(person), card, which, inputs);
    assert.ok(answer.card !== undefined, JSON.stringify(answer.body));
    return answer.card;
  }

  it('holds a brief back with a reason, posts nothing, and can take it up again', async () => {
    const form = await pressed('assessment-reviewer', briefOf('assessment-reviewer'), 'Hold back');
    const empty = await pressed('assessment-reviewer', form, 'Hold it back');
    assert.match(wordsOf(empty.card), /Say why it is held back/);
    const held = await pressed('assessment-reviewer', empty, 'Hold it back', {
      reason: 'Too thin this month.',
    });
    assert.match(wordsOf(held.card), /Held back by .* on 5 May 2022: Too thin this month/);
    await bot.advance('P7D');
    assert.deepEqual(bot.connector.cardsIn(meeting('ash')), []);
    const taken = await pressed('assessment-reviewer', held, 'Take it up again');
    assert.match(wordsOf(taken.card), /Nothing is posted until you approve it/);
  });

  it('refuses a save from a card older than the brief, and keeps what was typed', async () => {
    const form = await pressed('assessment-reviewer', briefOf('assessment-reviewer'), 'Edit');
    await pressed('assessment-reviewer', form, 'Save and see how it looks', {
      doDifferently: 'Plan together.',
    });
    const late = await pressed('assessment-reviewer', form, 'Save and see how it looks', {
      doDifferently: 'Other.',
    });
    assert.match(wordsOf(late.card), /was changed since you opened this card/);
    assert.match(wordsOf(late.card), /\nOther\.\nAs it is saved now\nPlan together\./);
    assert.equal(wordsOf(late.card).split('As it is saved now').length, 2);
  });

  it('gives back what was typed when a colleague has approved meanwhile', async () => {
    const card = briefOf('assessment-reviewer');
    const form = await pressed('assessment-reviewer', card, 'Edit');
    const hold = await pressed('assessment-reviewer', card, 'Hold back');
    await bot.teams.presses(bot.person('qa-lead'), {
      verb: 'learning.approve',
      data: { cycle: '2022-04', service: 'assessment', saves: 0 },
    });
    const edited = await pressed('assessment-reviewer', form, 'Save and see how it looks', {
      doDifferently: 'Visit together.',
    });
    assert.match(wordsOf(edited.card), /approved already[^]*Visit together\./);
    const held = await pressed('assessment-reviewer', hold, 'Hold it back', { reason: 'Too thin.' });
    assert.match(wordsOf(held.card), /approved already[^]*Too thin\./);
  });

  it('gives back the reasons for what may stay when a colleague has changed the text', async () => {
    const form = await pressed('assessment-reviewer', briefOf('assessment-reviewer'), 'Edit');
    const shown = await pressed('assessment-reviewer', form, 'Save and see how it looks', {
      doDifferently: 'Read what Delyth Lindqvist published on drift.',
    });
    const hits = await pressed('assessment-reviewer', shown, 'Approve and post');
    const again = await pressed('assessment-reviewer', hits, 'Mend the text');
    await pressed('assessment-reviewer', again, 'Save and see how it looks', { workingWell: 'Plans.' });
    const why = 'It is the title of a published report.';
    const late = await pressed('assessment-reviewer', hits, 'Keep these reasons and post', { why0: why });
    assert.match(wordsOf(late.card), /Look at it again, then approve\. You wrote: “It is the title of a/);
    assert.deepEqual(bot.connector.cardsIn(meeting('ash')), []);
  });

  it('keeps the reasons typed so far while the text is mended', async () => {
    const form = await pressed('assessment-reviewer', briefOf('assessment-reviewer'), 'Edit');
    const shown = await pressed('assessment-reviewer', form, 'Save and see how it looks', {
      workingWell: 'Ask Amina Okonkwo.',
      doDifferently: 'Read what Delyth Lindqvist published on drift.',
    });
    const hits = await pressed('assessment-reviewer', shown, 'Approve and post');
    const why = 'It is the title of a published report.';
    const mend = await pressed('assessment-reviewer', hits, 'Mend the text', { why1: why });
    const mended = await pressed('assessment-reviewer', mend, 'Save and see how it looks', {
      workingWell: 'Plans.',
    });
    const approved = await pressed('assessment-reviewer', mended, 'Approve and post');
    assert.match(wordsOf(approved.card), /Each team gets it/);
    excused = [{ kind: 'name', text: 'Delyth Lindqvist' }];
  });

  it('gives back a reason that is too long to keep when the text is mended', async () => {
    const form = await pressed('assessment-reviewer', briefOf('assessment-reviewer'), 'Edit');
    const shown = await pressed('assessment-reviewer', form, 'Save and see how it looks', {
      doDifferently: 'Read what Delyth Lindqvist published on drift.',
    });
    const hits = await pressed('assessment-reviewer', shown, 'Approve and post');
    const long = 'x'.repeat(201);
    const mend = await pressed('assessment-reviewer', hits, 'Mend the text', { why0: long });
    assert.match(wordsOf(mend.card), new RegExp(`You wrote: “${long}”`));
  });

  it('refuses to approve what was changed since it was seen', async () => {
    const card = briefOf('assessment-reviewer');
    const form = await pressed('assessment-reviewer', card, 'Edit');
    await pressed('assessment-reviewer', form, 'Save and see how it looks', {
      doDifferently: 'Plan together.',
    });
    const late = await pressed('assessment-reviewer', card, 'Approve and post');
    assert.match(wordsOf(late.card), /Look at it again, then approve/);
    await bot.advance('P7D');
    assert.deepEqual(bot.connector.cardsIn(meeting('ash')), []);
  });

  it('keeps why a false hit may stay, with who said so, and posts it', async () => {
    const form = await pressed('assessment-reviewer', briefOf('assessment-reviewer'), 'Edit');
    const shown = await pressed('assessment-reviewer', form, 'Save and see how it looks', {
      doDifferently: 'Read what Delyth Lindqvist published on drift.',
    });
    const hits = await pressed('assessment-reviewer', shown, 'Approve and post');
    assert.match(wordsOf(hits.card), /“Delyth Lindqvist” looks like a name/);
    const why = 'It is the title of a published report.';
    const approved = await pressed('assessment-reviewer', hits, 'Keep these reasons and post', { why0: why });
    assert.match(wordsOf(approved.card), /Each team gets it/);
    await bot.settle();
    assert.match(
      wordsOf(bot.connector.latestCard(meeting('ash')).card),
      /Read what Delyth Lindqvist published/,
    );
    const kept = await bot.app.foundation.services.documents.list(briefKind, '2022-04');
    assert.match(JSON.stringify(kept), /"why":"It is the title of a published report."/);
    assert.match(JSON.stringify(kept), /"by":"assessment-reviewer"/);
    excused = [{ kind: 'name', text: 'Delyth Lindqvist' }];
  });

  it('stops a brief at sending when the roster has changed, tells the link reviewer, and posts it once mended', async () => {
    // Tuesday 10 May: the next meeting is on Monday 16 May, so the brief waits until Thursday.
    await bot.advance('P5D');
    const form = await pressed('assessment-reviewer', briefOf('assessment-reviewer'), 'Edit');
    const shown = await pressed('assessment-reviewer', form, 'Save and see how it looks', {
      doDifferently: 'Ask Quillon how to begin.',
    });
    const approved = await pressed('assessment-reviewer', shown, 'Approve and post');
    assert.match(wordsOf(approved.card), /Each team gets it/);
    await bot.app.foundation.rosters.replace(withNewPerson());
    await bot.advance('P2D');
    assert.deepEqual(bot.connector.cardsIn(meeting('ash')), []);
    assert.ok(
      (await ledgerOf('agenda-item')).some(
        ({ state, reason }) => state === 'setAside' && reason === 'identifier firewall: name',
      ),
    );
    const told = briefOf('assessment-reviewer');
    assert.match(wordsOf(told.card), /Not posted: the identifier firewall/);
    const hits = await pressed('assessment-reviewer', told, 'Approve and post');
    assert.match(wordsOf(hits.card), /“Quillon” looks like a name/);
    const edit = await pressed('assessment-reviewer', hits, 'Mend the text');
    const mended = await pressed('assessment-reviewer', edit, 'Save and see how it looks', {
      doDifferently: 'Ask a colleague how to begin.',
    });
    await pressed('assessment-reviewer', mended, 'Approve and post');
    await bot.settle();
    for (const team of ['ash', 'birch'])
      assert.match(wordsOf(bot.connector.latestCard(meeting(team)).card), /Ask a colleague how to begin/);
  });

  it('lists the briefs of several services, and opens the one that is asked for', async () => {
    await bot.teams.says(bot.person('qa-lead'), 'briefs');
    const list = bot.connector.latestCard(bot.person('qa-lead').aadObjectId);
    assert.match(wordsOf(list.card), /Assessment Service, April 2022\nNot approved yet/);
    const care = await pressed('qa-lead', list, 'Open Children in Care Service, April 2022');
    assert.match(wordsOf(care.card), /Learning brief: Children in Care Service, April 2022/);
    await bot.teams.says(bot.person('assessment-reviewer'), 'briefs');
    const own = bot.connector.latestCard(bot.person('assessment-reviewer').aadObjectId);
    assert.match(wordsOf(own.card), /^Learning brief: Assessment Service, April 2022/);
  });

  it('stops what is not posted yet, tells the link reviewer, and posts it once mended', async () => {
    // Tuesday 10 May: the posts wait until Thursday 12 May.
    await bot.advance('P5D');
    const approved = await pressed('assessment-reviewer', briefOf('assessment-reviewer'), 'Approve and post');
    assert.match(wordsOf(approved.card), /Ash Team\nwill be posted on 12 May 2022/);
    const stopped = await pressed('qa-lead', approved, 'Stop what is not posted yet');
    assert.match(wordsOf(stopped.card), /It waits for you[^]*Ash Team\nnot posted: it was stopped here/);
    const late = await pressed('assessment-reviewer', approved, 'Stop what is not posted yet');
    assert.match(wordsOf(late.card), /There is nothing left to stop/);
    await bot.advance('P3D');
    assert.deepEqual(bot.connector.cardsIn(meeting('ash')), []);
    const told = briefOf('assessment-reviewer');
    assert.match(wordsOf(told.card), /not posted: it was stopped here/);
    const form = await pressed('assessment-reviewer', told, 'Edit');
    const mended = await pressed('assessment-reviewer', form, 'Save and see how it looks', {
      doDifferently: 'Plan together.',
    });
    await pressed('assessment-reviewer', mended, 'Approve and post');
    await bot.advance('P1D');
    for (const team of ['ash', 'birch']) {
      const posts = bot.connector.cardsIn(meeting(team));
      assert.equal(posts.length, 1);
      assert.match(wordsOf(posts[0]?.card), /Plan together/);
    }
  });

  it('says which team could not be reached, and posts as soon as it can be', async () => {
    bot.connector.shutOut(meeting('ash'), 'BotNotInConversationRoster');
    await pressed('assessment-reviewer', briefOf('assessment-reviewer'), 'Approve and post');
    await bot.settle();
    assert.match(wordsOf(briefOf('assessment-reviewer').card), /One team could not be reached/);
    assert.match(wordsOf(bot.connector.latestCard(meeting('birch')).card), /Standing agenda item/);
    await installInAsh();
    assert.match(wordsOf(bot.connector.latestCard(meeting('ash')).card), /For your meeting on 9 May 2022/);
  });

  it('comes to a team that was reached after its meeting with its button, and without blame', async () => {
    bot.connector.shutOut(meeting('ash'), 'BotNotInConversationRoster');
    await pressed('assessment-reviewer', briefOf('assessment-reviewer'), 'Approve and post');
    await bot.advance('P8D');
    await installInAsh();
    const card = bot.connector.latestCard(meeting('ash'));
    assert.match(wordsOf(card.card), /For your next meeting\./);
    assert.doesNotMatch(wordsOf(card.card), /Not recorded yet/);
    const form = await pressed('ash-manager', card, 'Record our discussion');
    assert.match(wordsOf(form.card), /What Ash Team decided, April 2022/);
  });

  it('reminds the link reviewer of a draft, once', async () => {
    await bot.advance('P5D');
    const cards = () => bot.connector.cardsTo(bot.person('assessment-reviewer').aadObjectId);
    const before = cards().length;
    assert.equal(
      (await ledgerOf('brief-draft')).filter(({ recipient }) => recipient === 'assessment-reviewer').length,
      2,
    );
    await bot.advance('P5D');
    assert.equal(cards().length, before);
  });

  it('keeps the first when a meeting is recorded twice, and what was typed the second time', async () => {
    await pressed('assessment-reviewer', briefOf('assessment-reviewer'), 'Approve and post');
    await bot.advance('P4D');
    const card = bot.connector.latestCard(meeting('ash'));
    const [first, second] = [
      await pressed('ash-worker-first', card, 'Record our discussion'),
      await pressed('ash-manager', card, 'Record our discussion'),
    ];
    const said = { howKnow: 'Families say so.', byWhen: '2022-06-01' };
    await pressed('ash-worker-first', first, 'Save what we decided', {
      willChange: 'Visit weekly.',
      ...said,
    });
    const late = await pressed('ash-manager', second, 'Save what we decided', {
      willChange: 'Visit daily.',
      ...said,
    });
    assert.match(wordsOf(late.card), /recorded already/);
    assert.match(wordsOf(late.card), /Visit weekly/);
    assert.match(wordsOf(late.card), /Visit daily/);
  });

  it('gives back what was typed to somebody who is not of the team any more, and keeps none of it', async () => {
    await pressed('assessment-reviewer', briefOf('assessment-reviewer'), 'Approve and post');
    await bot.advance('P4D');
    const form = await pressed(
      'ash-worker-first',
      bot.connector.latestCard(meeting('ash')),
      'Record our discussion',
    );
    const typed = { willChange: 'Visit weekly.', howKnow: 'Families say so.', byWhen: '2022-06-01' };
    const late = await pressed('birch-worker-first', form, 'Save what we decided', typed);
    assert.match(wordsOf(late.card), /Only Ash Team can record[^]*Visit weekly\.[^]*Families say so\./);
    const after = await pressed(
      'ash-manager',
      bot.connector.latestCard(meeting('ash')),
      'Record our discussion',
    );
    assert.doesNotMatch(wordsOf(after.card), /Visit weekly/);
  });

  it('answers a card that was tampered with as if there were nothing there', async () => {
    for (const data of [{}, { cycle: '2022-04', service: 'assessment', team: 'nowhere' }, { cycle: 1 }]) {
      const answer = await bot.teams.presses(bot.person('ash-manager'), {
        verb: 'learning.record-save',
        data,
      });
      assert.match(wordsOf(answer.card?.card), /There is nothing here for you/);
    }
    const answer = await bot.teams.presses(bot.person('ash-manager'), {
      verb: 'learning.approve',
      data: { cycle: '2022-04', service: 'assessment', saves: 0, actor: 'assessment-reviewer' },
    });
    assert.match(wordsOf(answer.card?.card), /There is nothing here for you/);
  });

  function withNewPerson() {
    const council = namedCouncil();
    const [someone] = council.people;
    assert.ok(someone !== undefined);
    const newcomer = {
      ...someone,
      id: 'newcomer' as PersonId,
      name: 'Quillon Ashdown',
      roles: [],
      aadObjectId: 'f0000000-0000-4000-8000-000000000009' as typeof someone.aadObjectId,
    };
    return { ...council, people: [...council.people, newcomer] };
  }

  async function installInAsh(): Promise<void> {
    const team = {
      id: '19:ash-general@thread.tacv2',
      aadGroupId: 'g',
      name: 'Ash',
      channels: [{ id: meeting('ash'), name: 'Team meeting' }],
    };
    await bot.teams.installInTeam(team, { id: meeting('ash'), name: 'Team meeting' });
    await bot.teams.post(installedIn(meeting('ash')));
    await bot.settle();
  }

  function installedIn(channelId: string) {
    return {
      type: 'installationUpdate',
      action: 'add',
      id: 'f:1',
      channelId: 'msteams',
      serviceUrl: bot.connector.url,
      from: { id: '29:owner', aadObjectId: '0f0e0d0c-0000-4000-8000-000000000001' },
      recipient: bot.connector.bot,
      conversation: {
        id: channelId,
        conversationType: 'channel',
        isGroup: true,
        tenantId: bot.connector.tenantId,
      },
      channelData: { tenant: { id: bot.connector.tenantId }, channel: { id: channelId } },
    };
  }
});

describe('other learning and the charts', () => {
  let bot: BotInTeams;
  before(async () => {
    bot = await startBotInTeams({ roster: namedCouncil() });
    await bot.settle();
    for (let back = 1; back <= 9; back += 1) {
      const month = `20${back > 3 ? '21' : '22'}-${String(back > 3 ? 16 - back : 4 - back).padStart(2, '0')}`;
      await reviewsReturned(bot, month, 'assessment', sevenReviews);
    }
    await reviewsReturned(bot, '2022-04', 'assessment', sevenReviews);
  });
  after(() => bot.stop());

  async function says(person: string, text: string): Promise<ShownCard> {
    await bot.teams.says(bot.person(person), text);
    return bot.connector.latestCard(bot.person(person).aadObjectId);
  }

  async function pressed(person: string, card: ShownCard, which: string, inputs = {}): Promise<ShownCard> {
    const answer = await bot.teams.press(bot.person(person), card, which, inputs);
    assert.ok(answer.card !== undefined, JSON.stringify(answer.body));
    return answer.card;
  }

  const finding = {
    source: 'dip-sample',
    service: 'assessment',
    standard: 'oversight',
    kind: 'development',
    n: '6',
    of: '20',
  };

  it('are entered by the QA lead, every mistake named at once', async () => {
    const form = await says('qa-lead', 'add learning');
    const wrong = await pressed('qa-lead', form, 'Enter it', { n: '7', of: '3' });
    assert.match(wordsOf(wrong.card), /Choose where it comes from/);
    assert.match(wordsOf(wrong.card), /more cases than were looked at/);
    const entered = await pressed('qa-lead', wrong, 'Enter it', finding);
    assert.match(wordsOf(entered.card), /joins the draft brief for April 2022/);
    // The same form sent twice is one finding.
    await pressed('qa-lead', wrong, 'Enter it', finding);
  });

  it('are entered by nobody else', async () => {
    const answer = await bot.teams.presses(bot.person('ash-manager'), {
      verb: 'learning.add-save',
      data: { id: 'abcdef0123456789', ...finding, month: '2022-04' },
    });
    assert.match(wordsOf(answer.card?.card), /There is nothing here for you/);
  });

  it('join the brief, marked as what they are', async () => {
    await bot.advance('P34DT2H');
    const brief = bot.connector.latestCard(bot.person('assessment-reviewer').aadObjectId);
    const words = wordsOf(brief.card);
    assert.equal(words.split('Managers guide the work and record why: 6 of 20 (Dip sample)').length, 2);
    const care = bot.connector.latestCard(bot.person('care-reviewer').aadObjectId);
    assert.doesNotMatch(wordsOf(care.card), /Dip sample/);
  });

  it('come too late for a brief that is drafted', async () => {
    const form = await says('qa-lead', 'add learning');
    const late = await pressed('qa-lead', form, 'Enter it', { ...finding, month: '2022-04' });
    assert.match(wordsOf(late.card), /drafted already/);
  });

  it('show how often a theme was found, in words and as a chart, and claim no more than chance allows', async () => {
    const choose = await says('assessment-reviewer', 'did it work?');
    const unsaid = await pressed('assessment-reviewer', choose, 'Show the chart');
    assert.match(wordsOf(unsaid.card), /Choose a service, a practice standard and a kind/);
    const chart = await pressed('assessment-reviewer', unsaid, 'Show the chart', { standard: 'recording' });
    const words = wordsOf(chart.card);
    assert.match(words, /no change beyond what chance could explain/);
    assert.match(words, /April 2022\n5 of 7/);
    assert.match(words, /No meeting has recorded a discussion/);
    assert.ok(JSON.stringify(chart.card).includes('"Chart.Line"'));
  });

  it('show a service’s charts to nobody else', async () => {
    const other = await bot.teams.presses(bot.person('care-reviewer'), {
      verb: 'learning.chart',
      data: { service: 'assessment', standard: 'recording', kind: 'development' },
    });
    assert.match(wordsOf(other.card?.card), /Choose one of your own services/);
    assert.deepEqual(bot.connector.violations, []);
    assert.deepEqual(bot.logged, []);
  });
});
