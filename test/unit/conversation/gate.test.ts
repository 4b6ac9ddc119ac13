import assert from 'node:assert/strict';
import { Cards } from '../../../src/cards/cards.js';
import { Gate } from '../../../src/conversation/gate.js';
import type { CardContent } from '../../../src/practice/surface/feature.js';
import { noticeCard } from '../../../src/practice/surface/help.js';
import type { InboundSender } from '../../../src/teams/inbound.js';
import { aContext } from '../../builders/a-context.js';

const personal = { in: 'personal' } as InboundSender;
const channel = { in: 'channel' } as InboundSender;
const cards = new Cards();

/** A gate before a desk that always answers this. */
function before(answer: CardContent) {
  const logged: unknown[] = [];
  const desk = {
    acted: () => Promise.resolve(answer),
    said: () => Promise.resolve(answer),
    installed: () => Promise.resolve(),
    welcome: () => Promise.resolve(answer),
    file: () => Promise.resolve(undefined),
    removed: () => Promise.resolve(),
    serves: () => true,
  };
  const gate = new Gate(desk, {
    cards,
    council: () => aContext(),
    log: (event, ids) => logged.push([event, ids]),
  });
  return { gate, logged };
}

describe('the gate of what leaves', () => {
  const telling = noticeCard('A review', 'Birch Worker First has the case CS-1100.');

  it('shows a person in private what is theirs', async () => {
    const { gate, logged } = before(telling);
    assert.equal(await gate.acted({ verb: 'x', data: {} }, personal), telling);
    assert.deepEqual(logged, []);
  });

  it('holds back an answer that would name someone in a channel or a group chat, and logs no word of it', async () => {
    const { gate, logged } = before(telling);
    for (const sender of [channel, { in: 'group' } as InboundSender]) {
      assert.match(JSON.stringify(await gate.acted({ verb: 'x', data: {} }, sender)), /talk in private/);
      assert.match(JSON.stringify(await gate.said('anything', sender)), /talk in private/);
    }
    assert.equal(logged.length, 4);
    assert.doesNotMatch(JSON.stringify(logged), /Birch|CS-1100/);
  });

  it('lets a refused form keep what its own presser typed', async () => {
    const { gate } = before(noticeCard('Not saved', 'Birch Worker First looks like a name.'));
    const typed = { verb: 'x', data: { said: 'We thank Birch Worker First.' } };
    assert.match(JSON.stringify(await gate.acted(typed, channel)), /Not saved/);
  });

  it('makes a notification say nothing when its words would name someone', async () => {
    const { gate } = before({
      ...noticeCard('A review', 'Fine.'),
      summary: 'Birch Worker First has CS-1100',
    });
    const { summary, data } = await gate.said('my reviews', personal);
    assert.equal(summary, 'A message about Practice Learning Reviews');
    assert.deepEqual(data, { title: 'A review', text: 'Fine.', wrote: '' });
  });
});
