import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Cards, cardsFolder } from '../../../../src/cards/cards.js';
import { acknowledgeAlert } from '../../../../src/practice/alerts/acknowledge-alert.js';
import type { OpenAlert } from '../../../../src/practice/alerts/alert.js';
import { boardOf } from '../../../../src/practice/alerts/alert-board.js';
import { alertCard, channelCard, timelineCard } from '../../../../src/practice/alerts/alert-cards.js';
import { closeAlert } from '../../../../src/practice/alerts/oversee-alert.js';
import { raiseAlert } from '../../../../src/practice/alerts/raise-alert.js';
import { recordGrip } from '../../../../src/practice/alerts/record-grip.js';
import type { CardContent } from '../../../../src/practice/feature.js';
import { addHours, localDate } from '../../../../src/practice/time.js';
import { AlertWorld, ids, raisedAt } from './alert-world.js';

const cards = new Cards();

/** An alert five hours on, at each of its states. */
function worldAt(state: 'raised' | 'acknowledged' | 'gripped' | 'closed'): AlertWorld {
  const world = new AlertWorld();
  const raised = raiseAlert(world.plr, 'immediate-concern', world.person(ids.author).id, world.house);
  world.plr = raised.plr;
  world.announce(raised.messages);
  world.tick(addHours(raisedAt, 5));
  const [teamManager, qaLead] = [world.person(ids.teamManager), world.person(ids.qaLead)];
  const safe = { safety: 'made-safe', details: 'The grandmother, who took the child home.' } as const;
  const visit = { what: 'Visit every day', owner: 'practitioner', dueOn: localDate('2022-04-08') } as const;
  const grip = { direction: 'See the child today.', actions: [{ ...visit, keepsChildSafe: true }] };
  if (state === 'raised') return world;
  world.keep(acknowledgeAlert(world.plr, safe, teamManager, world.house));
  if (state === 'acknowledged') return world;
  world.keep(recordGrip(world.plr, grip, teamManager, world.house));
  if (state === 'gripped') return world;
  world.keep(closeAlert(world.plr, { reason: 'Seen and safe.' }, qaLead, world.house));
  return world;
}

const cardFor = (world: AlertWorld, who: string) =>
  alertCard(world.plr, world.alert, world.person(who), world.house);

/** The buttons and inputs of each card: what a person can do at each state. */
const offered: [Parameters<typeof worldAt>[0], string, string[]][] = [
  ['raised', ids.worker, ['safety', 'details', 'alert.acknowledge']],
  ['raised', ids.serviceManager, ['safety', 'details', 'alert.acknowledge']],
  ['raised', ids.headOfService, []],
  ['raised', ids.qaLead, ['alert.timeline', 'alert.board']],
  ['acknowledged', ids.worker, []],
  ['gripped', ids.teamManager, []],
  ['gripped', ids.qaLead, ['reason', 'alert.close', 'alert.send-back', 'alert.timeline', 'alert.board']],
  ['closed', ids.qaLead, ['reason', 'alert.reopen', 'alert.timeline', 'alert.board']],
];

describe('the card of an alert', () => {
  for (const [state, who, expected] of offered) {
    it(`offers ${expected.join(', ') || 'nothing to press'} to ${who} when it is ${state}`, () => {
      const json = JSON.stringify(cards.render(cardFor(worldAt(state), who)));
      assert.deepEqual(
        [...json.matchAll(/"(?:verb|id)":"([^"]+)"/g)].map(([, name]) => name),
        expected,
      );
      assert.ok(!json.includes('${') && json.length < 12_000);
    });
  }

  it('names nobody, no case and no grade in a notification or a channel', () => {
    for (const state of ['raised', 'acknowledged', 'gripped', 'closed'] as const) {
      const world = worldAt(state);
      const post = channelCard(world.plr, world.alert, world.house);
      const outside = [
        cardFor(world, ids.qaLead).summary,
        post.summary,
        JSON.stringify(cards.render(post)),
      ].join();
      for (const { name } of world.house.organisation.people.values())
        assert.ok(!outside.includes(name), name);
      assert.doesNotMatch(outside, /CS-1000|nadequate/);
    }
  });
});

const open = worldAt('raised');
const samples: [string, CardContent][] = [
  ['alert/alert', cardFor(worldAt('acknowledged'), ids.teamManager)],
  ['alert/in-channel', channelCard(open.plr, open.alert, open.house)],
  ['alert/timeline', timelineCard(worldAt('closed').plr, worldAt('closed').alert, open.house)],
  ['alert/board', boardOf([{ plr: open.plr, alert: open.alert as OpenAlert }], open.house)],
];

describe('the samples of the alert cards', () => {
  for (const [template, content] of samples) {
    it(`${template} is what its presenter makes`, () => {
      assert.equal(content.template, template);
      const sample: unknown = JSON.parse(
        readFileSync(new URL(`${template}.sample.json`, cardsFolder), 'utf8'),
      );
      assert.deepEqual(sample, JSON.parse(JSON.stringify(content.data)));
    });
  }
});
