import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Cards, cardsFolder } from '../../../../src/cards/cards.js';
import { features, kindsOf } from '../../../../src/features.js';
import { Fault } from '../../../../src/practice/base/errors.js';
import type { CardName } from '../../../../src/practice/plr/message-reasons.js';
import { plrKind } from '../../../../src/practice/plr/plr-kind.js';
import { verbsOf, type Command, type Feature } from '../../../../src/practice/surface/feature.js';
import { noticeCard } from '../../../../src/practice/surface/help.js';
import { plainCards, templates, verbs, type PlainCard } from '../../../../src/practice/plr/names.js';
import { councilPress } from '../../../../src/practice/surface/press.js';
import { offerVerb } from '../../../../src/teams/file-consent.js';
import { sayVerb } from '../../../../src/teams/inbound.js';

const named = (names: Readonly<Record<string, readonly string[]>>, parting: string) =>
  Object.entries(names).flatMap(([first, rest]) => rest.map((one) => `${first}${parting}${one}`));
const known = new Set([sayVerb, offerVerb, ...named(verbs, '.')]);
/** Whose buttons are drawn by cards that several features share. */
const sharing = ['moderation', 'exercise'];

describe('the names that cards, buttons and messages go by', () => {
  const cards = new Cards();

  it('are of templates those of the files in cards/', () => {
    assert.deepEqual(named(templates, '/').sort(), cards.names().sort());
  });

  it('are of verbs those that a feature answers', () => {
    const answered = features.flatMap(({ verbs: own = {} }) => Object.keys(own));
    assert.deepEqual(named(verbs, '.').sort(), answered.sort());
  });

  it('are of cards that come unasked those that a feature draws', () => {
    const telling: Readonly<Record<Exclude<CardName, PlainCard>, true>> = {
      alert: true,
      'alert-in-channel': true,
      'alert-to-raiser': true,
      action: true,
      'action-digest': true,
      'cycle-note': true,
      'brief-nudge': true,
    };
    const drawn = features.flatMap(({ presenters = {} }) => Object.keys(presenters));
    assert.deepEqual([...plainCards, ...Object.keys(telling)].sort(), drawn.sort());
  });

  for (const name of cards.names())
    it(`are known of every button of ${name}`, () => {
      const text = readFileSync(new URL(`${name}.json`, cardsFolder), 'utf8');
      // `${verb}` comes from code, where the compiler knows it.
      const said = [...text.matchAll(/"verb": "([^"]+)"/g)].flatMap(([, verb = '']) =>
        verb.startsWith('${feature}') ? sharing.map((one) => verb.replace('${feature}', one)) : [verb],
      );
      assert.deepEqual(
        said.filter((verb) => verb !== '${verb}' && !known.has(verb)),
        [],
      );
    });
});

describe('a second owner', () => {
  const answer = () => Promise.resolve(noticeCard('A', 'B'));
  const verb = councilPress({ reads: z.unknown(), mine: () => true, show: answer });
  const command = (...words: string[]): Command => ({ words, does: 'nothing', for: () => true, answer });
  const isRefused = (name: string) => (error: unknown) =>
    error instanceof Fault && error.code === 'two-owners' && JSON.stringify(error).includes(name);
  const kind = { kind: 'note', schemaVersion: 1 };
  const present = () => noticeCard('A', 'B');

  for (const [what, name, feature] of [
    ['a verb', 'review.open', { verbs: { 'review.open': verb } }],
    ['a card', 'reminder', { presenters: { reminder: { kind, present } } }],
    ['a word', 'notes', { commands: [command('jot', 'notes'), command('notes')] }],
    ['a job', 'tidy', { jobs: [{ name: 'tidy', run: () => Promise.resolve() }] }],
    ['a kind of file', 'notes', { files: { notes: () => Promise.resolve(undefined) } }],
    ['a kind of document', 'note', { kinds: [kind] }],
  ] satisfies readonly [string, string, Feature][])
    it(`of ${what} is refused at the start`, () => {
      assert.throws(() => kindsOf([feature, feature]), isRefused(name));
    });

  it('of what is a PLR’s is refused too', () => {
    assert.throws(() => kindsOf([{ kinds: [plrKind] }]), isRefused('plr'));
  });

  it('in another file of the same feature is refused too', () => {
    const set = { 'review.open': verb };
    assert.throws(() => verbsOf(set, { 'review.go': verb }, set), isRefused('review.open'));
  });

  it('has nothing in the product', () => {
    assert.ok(kindsOf(features).length > 5);
  });
});
