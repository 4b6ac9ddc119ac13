import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import sinon from 'sinon';
import { smallCouncil } from '../builders/small-council.js';
import type { TokenChanges } from '../stand-ins/channel-keys.js';
import type { JsonRecord } from '../stand-ins/json-record.js';
import * as activities from '../stand-ins/teams-activities.js';
import { startBotInTeams, type BotInTeams } from './bot-in-teams.js';

const guardedAs = {
  id: '6c1d0f52-0000-4000-8000-000000000b07',
  tenantId: '5e0b7ad4-0000-4000-8000-00000000c0de',
};
const nowS = Math.floor(Date.now() / 1000);
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

describe('the door', () => {
  let bot: BotInTeams;
  let touched: string[] = [];
  /** What Bot Framework prints of a bad token; kept out of the test run's own output. */
  const printed: string[] = [];
  before(async () => {
    sinon
      .stub(console, 'error')
      .callsFake((...words: unknown[]) => void printed.push(words.map(String).join(' ')));
    bot = await startBotInTeams({
      roster: smallCouncil(),
      guardedAs,
      onStorageRequest: (method) => touched.push(method),
    });
  });
  beforeEach(() => (touched = []));
  after(async () => {
    sinon.restore();
    await bot.stop();
  });

  const invoke = (changes: JsonRecord = {}) => {
    const { connector } = bot;
    const person = bot.person('ash-manager');
    const context = { connector, tenantId: guardedAs.tenantId, now: () => new Date() };
    const base = activities.activityFrom(person, undefined, context);
    const action = activities.actionExecute(base, { verb: 'say', data: { text: 'help' } }, undefined);
    return activities.withOverrides(action, changes);
  };
  const token = (changes?: TokenChanges) => `Bearer ${bot.keys?.token(changes) ?? ''}`;
  const knock = (authorization: string | undefined, activity: unknown = invoke()) =>
    bot.teams.post(activity, authorization === undefined ? {} : { authorization });

  it('lets in what the channel signed for this bot', async () => {
    const { status, body } = await knock(token());
    assert.equal(status, 200);
    assert.match(JSON.stringify(body), /AdaptiveCard/);
  });

  describe('turns away, and touches nothing for', () => {
    const forged: Record<string, () => string | undefined> = {
      'no token': () => undefined,
      'an empty token': () => 'Bearer ',
      'a word that is no token': () => 'Bearer opensesame',
      'another scheme': () => `Basic ${Buffer.from('bot:bot').toString('base64')}`,
      'a token signed with another key': () => token({ key: stranger }),
      'a token whose claims were changed after signing': () => {
        const [head, , signature] = token().split('.');
        const claims = { iss: 'https://api.botframework.com', aud: guardedAs.id, exp: nowS + 9_999 };
        return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
      },
      'a token without its signature': () => token().split('.').slice(0, 2).join('.') + '.',
      'alg none': () => token({ header: { alg: 'none' } }),
      'a key used as a password (HS256)': () => token({ header: { alg: 'HS256' } }),
      'a key that nobody published': () => token({ header: { kid: 'unknown' } }),
      'an expired token': () => token({ claims: { nbf: nowS - 7_200, exp: nowS - 3_600 } }),
      'a token that is not valid yet': () => token({ claims: { nbf: nowS + 3_600 } }),
      'a token for another bot': () => token({ claims: { aud: '00000000-0000-4000-8000-000000000bad' } }),
      'a token for nobody': () => token({ claims: { aud: undefined } }),
      'a token of another issuer': () => token({ claims: { iss: 'https://sts.example/attacker' } }),
      'a token of our own tenant, as another bot or the Emulator would bring': () =>
        token({
          claims: { iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/', ver: '1.0' },
        }),
      'a token for another service address': () =>
        token({ claims: { serviceurl: 'https://smba.trafficmanager.net/uk/' } }),
      'a token without a service address': () => token({ claims: { serviceurl: undefined } }),
    };
    for (const [what, authorization] of Object.entries(forged)) {
      it(what, async () => {
        const { status, body } = await knock(authorization());
        assert.equal(status, 401);
        assert.equal(body, undefined);
        assert.deepEqual(touched, []);
      });
    }

    it('a token that does not count, before the body is there', async () => {
      for (const authorization of ['', 'Bearer opensesame', token({ key: stranger })]) {
        const headers = { authorization, 'content-type': 'application/json', 'content-length': '1000' };
        const asked = request(bot.teams.botUrl, { method: 'POST', headers });
        asked.on('error', () => undefined);
        asked.flushHeaders();
        const [{ statusCode }] = (await once(asked, 'response')) as [IncomingMessage];
        asked.destroy();
        assert.equal(statusCode, 401);
      }
      assert.deepEqual(touched, []);
    });

    it('a good token with an activity that names another service address', async () => {
      const { status } = await knock(token(), invoke({ serviceUrl: 'https://attacker.example/' }));
      assert.equal(status, 401);
      assert.deepEqual(touched, []);
    });

    it('a good token for a channel that is not Teams', async () => {
      for (const channelId of ['webchat', 'emulator', 'directline', 'AseChannel']) {
        const { status } = await knock(token(), invoke({ channelId }));
        assert.equal(status, 403);
      }
      assert.deepEqual(touched, []);
    });

    it('a service address off the allow-list, even if the token names it too', async () => {
      const serviceUrl = 'https://attacker.trafficmanager.net/';
      const { status } = await knock(token({ claims: { serviceurl: serviceUrl } }), invoke({ serviceUrl }));
      assert.equal(status, 403);
      assert.deepEqual(touched, []);
    });

    it('another tenant, in either place where Teams names it', async () => {
      const other = '00000000-0000-4000-8000-00000000dead';
      for (const changes of [
        { conversation: { tenantId: other }, channelData: { tenant: { id: other } } },
        { channelData: { tenant: { id: other } } },
        { conversation: { tenantId: other } },
        { conversation: { tenantId: undefined }, channelData: { tenant: undefined } },
      ]) {
        const { status, body } = await knock(token(), invoke(changes));
        assert.equal(status, 403);
        assert.doesNotMatch(JSON.stringify(body), /AdaptiveCard/);
      }
      assert.deepEqual(touched, []);
    });

    it('words, installs and removals from another tenant, without an answer', async () => {
      const conversation = { tenantId: '00000000-0000-4000-8000-00000000dead' };
      const sent = bot.connector.recorded.length;
      for (const activity of [
        { type: 'message', name: undefined, value: undefined, text: 'my reviews' },
        { type: 'message', name: undefined, value: { verb: 'review.open' } },
        { type: 'installationUpdate', name: undefined, value: undefined, action: 'add' },
        { type: 'installationUpdate', name: undefined, value: undefined, action: 'remove' },
      ]) {
        const { status } = await knock(token(), invoke({ ...activity, conversation }));
        assert.equal(status, 200);
      }
      assert.deepEqual(touched, []);
      assert.equal(bot.connector.recorded.length, sent);
    });
  });

  describe('limits what it reads', () => {
    it('to 256 KB', async () => {
      const { status } = await knock(token(), invoke({ text: 'x'.repeat(300_000) }));
      assert.equal(status, 413);
      assert.deepEqual(touched, []);
    });

    it('to plain JSON: packed, multipart and unnamed bodies are refused unread', async () => {
      const bodies: [string, Record<string, string>, Buffer | string][] = [
        ['gzip', { 'content-type': 'application/json', 'content-encoding': 'gzip' }, gzipSync('{}')],
        [
          'broken gzip',
          { 'content-type': 'application/json', 'content-encoding': 'gzip' },
          'not gzip at all',
        ],
        ['multipart', { 'content-type': 'multipart/form-data; boundary=x' }, '--x--'],
        ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'type=message'],
        ['bytes', { 'content-type': 'application/octet-stream' }, 'abc'],
      ];
      for (const [what, headers, body] of bodies) {
        const { status } = await bot.teams.post(body.toString('latin1'), {
          ...headers,
          authorization: token(),
        });
        assert.equal(status, 415, what);
      }
    });

    it('to activities that it can read', async () => {
      for (const body of [
        '',
        '{',
        '[]',
        'null',
        '7',
        '"help"',
        '{}',
        '{"type":"message"}',
        '['.repeat(100_000),
      ]) {
        const { status } = await knock(token(), body);
        assert.equal(status, 400, body.slice(0, 20));
      }
      assert.deepEqual(touched, []);
    });

    it('and is still there afterwards', async () => {
      assert.equal((await knock(token())).status, 200);
    });
  });

  describe('afterwards', () => {
    it('has said nothing of what it was sent, in its log or on the console', () => {
      const log = JSON.stringify([bot.logged, printed]);
      assert.match(log, /activity refused/);
      assert.doesNotMatch(log, /attacker|opensesame|Ash|Bearer/);
    });
  });
});
