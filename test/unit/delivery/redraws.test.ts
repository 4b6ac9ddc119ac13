import assert from 'node:assert/strict';
import { cardsOfTests } from '../../builders/presented-by.js';
import type { PlainCard } from '../../../src/practice/plr/names.js';
import { createApp, type App } from '../../../src/app.js';
import type { CardContent, Feature, Presenter } from '../../../src/practice/surface/feature.js';
import { noticeCard } from '../../../src/practice/surface/help.js';
import type { PersonId, TeamId } from '../../../src/practice/base/ids.js';
import type { DocumentKind, Message, MessageOf } from '../../../src/practice/plr/ports.js';
import { localConfig, timerThatDoesNotWait } from '../../builders/local-config.js';
import { aadObjectIdOf, smallCouncil } from '../../builders/small-council.js';
import { freshNames, startAzurite } from '../../stand-ins/azurite.js';
import { startTeamsConnector, type TeamsConnector } from '../../stand-ins/teams-connector.js';

interface Counter {
  readonly count: number;
}
const counterKind: DocumentKind<Counter> = { kind: 'counter', schemaVersion: 1 };
const counter: Presenter<Counter> = {
  kind: counterKind,
  present: ({ count }): CardContent => noticeCard('Count', `It is ${count}`),
};
const feature: Feature = { kinds: [counterKind], presenters: cardsOfTests({ counter }) };
const about = { partition: 'council', kind: 'counter', id: 'one' };
const manager = 'ash-manager';
const team = 'ash' as string as TeamId;

describe('a card that people have', () => {
  let app: App;
  let connector: TeamsConnector;

  beforeEach(async () => {
    const azurite = await startAzurite();
    connector = await startTeamsConnector({});
    const { table, queue, container } = freshNames();
    app = await createApp(localConfig(azurite, connector), {
      log: () => {},
      names: { table, queue, container },
      features: [feature],
      timer: timerThatDoesNotWait(),
    });
    await app.foundation.rosters.replace(smallCouncil());
    await app.foundation.refresh();
  });
  afterEach(async () => {
    assert.deepEqual(connector.violations, []);
    await app.stop();
    await connector.stop();
  });

  const told = (key: string, to: Message['to'], more: Partial<MessageOf<PlainCard>> = {}): Message => ({
    key,
    to,
    card: 'counter' as PlainCard,
    about,
    urgency: 'ordinary',
    ...more,
  });
  const first = (to: Message['to']) =>
    app.foundation.services.documents.create(
      counterKind,
      about,
      { state: { count: 1 }, did: 'began', messages: [told('first', to)] },
      'system',
    );
  const count = (to: Message['to'], times = 1) =>
    app.foundation.services.documents.change(counterKind, about, 'system', ({ count: before }) => ({
      state: { count: before + times },
      did: 'counted',
      messages: Array.from({ length: times }, (_, index) =>
        told(`redraw-${before + 1 + index}`, to, { redraws: 'first' }),
      ),
    }));
  const states = async () =>
    Object.fromEntries(
      (await app.foundation.outbox.ledger('council')).map(({ key, state, reason }) => [
        key,
        `${state} ${reason}`.trim(),
      ]),
    );
  const shown = (to: string) =>
    connector.chats.cards(to).map(({ card, updates }) => ({ text: JSON.stringify(card), updates }));

  const places = [
    { name: 'in a chat', to: { person: manager as PersonId }, at: aadObjectIdOf(manager) },
    { name: 'in a channel', to: { channel: 'alert', team } as const, at: '19:ash-general@thread.tacv2' },
  ];
  for (const { name, to, at } of places) {
    it(`is redrawn in place ${name}, and nothing new pops up`, async () => {
      await first(to);
      await app.delivery.drain();
      await count(to);
      await app.delivery.drain();
      const [card, ...others] = shown(at);
      assert.ok(card?.text.includes('It is 2'));
      assert.equal(card?.updates, 1);
      assert.deepEqual(others, []);
      assert.deepEqual(await states(), { first: 'delivered', 'redraw-2': 'delivered' });
    });

    it(`is redrawn once ${name} for several changes that wait, to the last`, async () => {
      await first(to);
      await app.delivery.drain();
      await count(to, 3);
      await app.delivery.drain();
      assert.equal(shown(at)[0]?.updates, 1);
      assert.ok(shown(at)[0]?.text.includes('It is 4'));
      assert.deepEqual(await states(), {
        first: 'delivered',
        'redraw-2': 'superseded a later change of the same card is on its way',
        'redraw-3': 'superseded a later change of the same card is on its way',
        'redraw-4': 'delivered',
      });
    });
  }

  it('is drawn once, as things are then, when it changed before it was sent', async () => {
    const to = { person: manager as PersonId };
    const redraw = told('redraw-2', to, { redraws: 'first', urgency: 'alert' });
    const change = { state: { count: 2 }, did: 'began', messages: [told('first', to), redraw] };
    await app.foundation.services.documents.create(counterKind, about, change, 'system');
    await app.delivery.drain();
    assert.equal(shown(aadObjectIdOf(manager))[0]?.updates, 0);
    assert.ok(shown(aadObjectIdOf(manager))[0]?.text.includes('It is 2'));
    assert.deepEqual(await states(), {
      first: 'delivered',
      'redraw-2': 'superseded the first card is not delivered yet; it will be drawn as things are then',
    });
  });

  it('that was deleted is not tried for ever', async () => {
    const to = { person: manager as PersonId };
    await first(to);
    await app.delivery.drain();
    for (const message of connector.messagesTo(aadObjectIdOf(manager))) message.deleted = true;
    await count(to);
    await app.delivery.drain();
    assert.equal((await states())['redraw-2'], 'undeliverable the card is not there any more');
  });

  it('that Teams refused once is sent when it is put back, so that the card is true again', async () => {
    const to = { person: manager as PersonId };
    await first(to);
    await app.delivery.drain();
    connector.failNext({
      match: ({ operation }) => operation === 'update',
      kind: 'ForbiddenOperationException',
    });
    await count(to);
    await app.delivery.drain();
    assert.equal((await states())['redraw-2'], 'queued 403 ForbiddenOperationException');
    assert.equal(await app.foundation.outbox.release('council'), 1);
    await app.delivery.drain();
    assert.ok(shown(aadObjectIdOf(manager))[0]?.text.includes('It is 2'));
    assert.deepEqual(await states(), { first: 'delivered', 'redraw-2': 'delivered' });
    assert.equal(await app.foundation.outbox.requeue('council', ['delivered']), 1);
  });
});
