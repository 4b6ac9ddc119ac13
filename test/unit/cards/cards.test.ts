import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Cards, cardsFolder, type AdaptiveCard } from '../../../src/cards/cards.js';
import type { TemplateName } from '../../../src/practice/plr/names.js';
import { features } from '../../../src/features.js';
import { offerVerb } from '../../../src/teams/file-consent.js';
import { sayVerb } from '../../../src/teams/inbound.js';
import { isRecord, textIn, type JsonRecord } from '../../stand-ins/json-record.js';

interface ParseEvent {
  readonly message: string;
}
interface Parser {
  parse(json: unknown, context: { readonly eventCount: number; getEventAt(at: number): ParseEvent }): void;
  validateProperties(): { readonly validationEvents: readonly ParseEvent[] };
}
// Its own declarations ask for a browser's types; in Node it is read as plain CommonJS.
const { AdaptiveCard: AdaptiveCardParser, SerializationContext } = createRequire(import.meta.url)(
  'adaptivecards',
) as {
  AdaptiveCard: new () => Parser;
  SerializationContext: new () => { readonly eventCount: number; getEventAt(at: number): ParseEvent };
};

/** Teams' own elements, which the library does not know. */
const teamsElements = /Chart\./;
const hardLimitBytes = 25 * 1024;

const cards = new Cards();
const verbs = new Set([sayVerb, offerVerb, ...features.flatMap(({ verbs = {} }) => Object.keys(verbs))]);

function rendered(name: TemplateName): AdaptiveCard {
  const data = JSON.parse(readFileSync(new URL(`${name}.sample.json`, cardsFolder), 'utf8')) as object;
  return cards.render({ template: name, data, summary: '' });
}

function* partsOf(part: unknown): Generator<JsonRecord> {
  if (Array.isArray(part)) for (const one of part) yield* partsOf(one);
  if (!isRecord(part)) return;
  yield part;
  for (const inner of Object.values(part)) yield* partsOf(inner);
}

describe('the card', () => {
  for (const name of cards.names()) {
    describe(name, () => {
      const hasSample = existsSync(new URL(`${name}.sample.json`, cardsFolder));
      it('has a sample beside it', () => assert.ok(hasSample));
      if (!hasSample) return;

      it('is read without one parse or validation event', () => {
        const card = new AdaptiveCardParser();
        const context = new SerializationContext();
        card.parse(rendered(name), context);
        const parsing = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at));
        const events = [...parsing, ...card.validateProperties().validationEvents]
          .map(({ message }) => message)
          .filter((message) => !teamsElements.test(message));
        assert.deepEqual(events, []);
      });

      it('leaves no expression behind', () => {
        assert.doesNotMatch(JSON.stringify(rendered(name)), /\$\{/);
      });

      it('labels every input and says what to do about an error', () => {
        for (const part of partsOf(rendered(name))) {
          if (!textIn(part, 'type')?.startsWith('Input.')) continue;
          assert.ok(textIn(part, 'label'), `no label: ${textIn(part, 'id')}`);
          assert.ok(textIn(part, 'errorMessage'), `no errorMessage: ${textIn(part, 'id')}`);
        }
      });

      it('gives every input an id of its own', () => {
        const ids = [...partsOf(rendered(name))]
          .filter((part) => textIn(part, 'type')?.startsWith('Input.'))
          .map((part) => textIn(part, 'id'));
        assert.deepEqual(ids, [...new Set(ids)]);
      });

      it('has a handler for every button', () => {
        for (const part of partsOf(rendered(name))) {
          const type = textIn(part, 'type');
          if (type !== 'Action.Execute' && type !== 'Action.Submit') continue;
          const data = part['data'];
          const verb = textIn(part, 'verb') ?? (isRecord(data) ? textIn(data, 'verb') : undefined);
          assert.ok(verb !== undefined && verbs.has(verb), `no handler for ${verb}`);
        }
      });

      it('uses nothing that loses the keyboard focus or blocks a draft', () => {
        const types = [...partsOf(rendered(name))].map((part) => textIn(part, 'type'));
        assert.ok(!types.includes('Action.ShowCard'));
        assert.doesNotMatch(JSON.stringify(rendered(name)), /"isEnabled"|"isRequired"/);
      });

      it('stays well under what Teams takes', () => {
        assert.ok(Buffer.byteLength(JSON.stringify(rendered(name))) < hardLimitBytes);
      });
    });
  }
});
