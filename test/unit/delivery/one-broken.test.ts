import assert from 'node:assert/strict';
import { RestError } from '@azure/data-tables';
import sinon from 'sinon';
import { cardsOfTests } from '../../builders/presented-by.js';
import type { TemplateName } from '../../../src/practice/plr/names.js';
import type { PlainCard } from '../../../src/practice/plr/names.js';
import { createApp, type App } from '../../../src/app.js';
import { notTried } from '../../../src/delivery/failures.js';
import type { CardContent, Feature, Presenter } from '../../../src/practice/surface/feature.js';
import { noticeCard } from '../../../src/practice/surface/help.js';
import type { PersonId } from '../../../src/practice/base/ids.js';
import type { DocumentKind, Message, MessageOf } from '../../../src/practice/plr/ports.js';
import { localConfig, timerThatDoesNotWait } from '../../builders/local-config.js';
import { aadObjectIdOf, smallCouncil } from '../../builders/small-council.js';
import { freshNames, startAzurite } from '../../stand-ins/azurite.js';
import { teamsClient } from '../../stand-ins/teams-client.js';
import { startTeamsConnector, type TeamsConnector } from '../../stand-ins/teams-connector.js';

const tooMuch = 'x'.repeat(400_000);

interface Diary {
  readonly told: readonly string[];
  readonly isFull: boolean;
}
/** One that notes each end, and cannot take one any more when it is full. */
const diaryKind: DocumentKind<Diary> = {
  kind: 'diary',
  schemaVersion: 1,
  whenEnded: ({ told, isFull }, { as }) => ({
    state: { told: [...told, isFull ? tooMuch : as], isFull },
    did: 'ended',
    messages: [],
  }),
};
const present = (): CardContent => noticeCard('A line', 'It is written');
const line: Presenter<Diary> = { kind: diaryKind, present };
const broken: Presenter<Diary> = {
  kind: diaryKind,
  present: () => ({ template: 'home/none-like-it' as TemplateName, data: {}, summary: '' }),
};
const feature: Feature = { kinds: [diaryKind], presenters: cardsOfTests({ line, broken }) };

describe('one message that cannot come to its end', () => {
  let app: App;
  let connector: TeamsConnector;
  let logged: string[];
  let nowMs: number;

  beforeEach(async () => {
    const azurite = await startAzurite();
    connector = await startTeamsConnector({});
    logged = [];
    nowMs = Date.parse('2022-04-01T08:00:00Z');
    app = await createApp(localConfig(azurite, connector), {
      log: (event) => logged.push(event),
      names: freshNames(),
      features: [feature],
      timer: timerThatDoesNotWait(),
      realNowMs: () => nowMs,
    });
    await app.foundation.rosters.replace(smallCouncil());
    await app.foundation.refresh();
  });
  afterEach(async () => {
    await app.stop();
    await connector.stop();
  });

  const aboutOf = (id: string) => ({ partition: 'council', kind: 'diary', id });
  const message = (id: string, to: string): MessageOf<PlainCard> => ({
    key: `line.${id}`,
    to: { person: to as PersonId },
    card: 'line' as PlainCard,
    about: aboutOf(id),
    urgency: 'alert',
  });
  const write = (id: string, to: string, more: Partial<MessageOf<PlainCard>> = {}, isFull = false) =>
    app.foundation.services.documents.create(
      diaryKind,
      aboutOf(id),
      { state: { told: [], isFull }, did: 'wrote', messages: [{ ...message(id, to), ...more }] },
      'system',
    );
  /** What the full one says from now on. */
  const now = (state: Diary, messages: readonly Message[] = []) =>
    app.foundation.services.documents.change(diaryKind, aboutOf('full'), 'system', () => ({
      state,
      did: 'written anew',
      messages,
    }));
  const state = async (id: string) =>
    (await app.foundation.outbox.ledger('council', `line.${id}`)).map(({ state: is }) => is);
  const cards = (id: string) => connector.cardsTo(aadObjectIdOf(id)).length;

  it('because its document takes nothing more, holds up no other, and ends when that is mended', async () => {
    await write('full', 'ash-manager', {}, true);
    await app.delivery.drain();
    assert.deepEqual(await state('full'), ['sending']);
    await write('other', 'birch-manager');
    await write('same-person', 'ash-manager');
    await app.delivery.drain();
    assert.deepEqual([await state('other'), await state('same-person')], [['delivered'], ['delivered']]);
    assert.ok(logged.includes('what follows from an end was not saved'));

    await now({ told: [], isFull: false });
    await app.delivery.drain();
    assert.deepEqual(await state('full'), ['delivered']);
    assert.equal(cards('ash-manager'), 2);
  });

  it('keeps a change of its card until that end is recorded', async () => {
    await write('full', 'ash-manager', {}, true);
    await app.delivery.drain();
    const again = { ...message('full', 'ash-manager'), key: 'line.full.v2', redraws: 'line.full' };
    await now({ told: [], isFull: true }, [again]);
    await app.delivery.drain();
    assert.deepEqual(await state('full'), ['sending', 'queued']);
    await now({ told: [], isFull: false });
    await app.delivery.drain();
    nowMs += 60_000;
    await app.delivery.drain();
    assert.deepEqual(await state('full'), ['delivered', 'delivered']);
    assert.deepEqual(
      connector.cardsTo(aadObjectIdOf('ash-manager')).map(({ updates }) => updates),
      [1],
    );
  });

  it('because its card cannot be drawn, holds up no other, and is tried again', async () => {
    await write('broken', 'ash-manager', { card: 'broken' as PlainCard });
    await write('other', 'birch-manager');
    await app.delivery.drain();
    assert.deepEqual([await state('broken'), await state('other')], [['queued'], ['delivered']]);
    assert.ok(logged.includes('a card could not be drawn'));
    const [waiting] = await app.foundation.outbox.waiting('council', 10);
    assert.equal(waiting?.tried.card, 1);
  });

  it('because storage does not give its state, holds up no other, and uses up none of its tries', async () => {
    const { documents } = app.foundation.services;
    const read = documents.read.bind(documents);
    documents.read = (kind, key) =>
      key.id === 'unread' ? Promise.reject(new RestError('gone', { statusCode: 500 })) : read(kind, key);
    await write('unread', 'ash-manager', { urgency: 'ordinary' });
    await write('other', 'birch-manager');
    for (let tries = 0; tries < 15; tries += 1) {
      await app.delivery.drain();
      nowMs += 300_000;
    }
    assert.deepEqual([await state('unread'), await state('other')], [['queued'], ['delivered']]);
    const [waiting] = await app.foundation.outbox.waiting('council', 10);
    assert.deepEqual(waiting?.tried, { ...notTried, storage: 15 });
    const [line] = await app.foundation.outbox.ledger('council', 'line.unread');
    assert.equal(line?.reason, 'storage did not answer');

    documents.read = read;
    await app.delivery.drain();
    assert.deepEqual(await state('unread'), ['delivered']);
  });

  it('because its person refused it is asked again, and is theirs when they speak, though storage failed first', async () => {
    await write('one', 'ash-manager', { urgency: 'ordinary' });
    connector.failNext({ kind: 'ConversationBlockedByUser' });
    await app.delivery.drain();
    assert.deepEqual(await state('one'), ['queued']);
    const list = app.foundation.clients.table.listEntities.bind(app.foundation.clients.table);
    const broken = sinon.stub(app.foundation.clients.table, 'listEntities').throws(new Error('away'));
    await teamsClient({ botUrl: `http://127.0.0.1:${await app.listen()}/api/messages`, connector }).says(
      { aadObjectId: aadObjectIdOf('ash-manager'), name: 'Ash Manager' },
      'help',
    );
    await app.heartbeat.beat();
    assert.ok(logged.includes('what waits for those heard of was not looked up'));
    broken.callsFake(list);
    await app.heartbeat.beat();
    assert.deepEqual(await state('one'), ['delivered']);
  });
});
