import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Cards, cardsFolder } from '../../../src/cards/cards.js';
import type { TemplateName } from '../../../src/practice/plr/names.js';
import { percent } from '../../../src/practice/base/statistics/proportion.js';
import { isRecord, recordsIn, textIn, type JsonRecord } from '../../stand-ins/json-record.js';

const cards = new Cards();

function* partsOf(part: unknown): Generator<JsonRecord> {
  if (Array.isArray(part)) for (const one of part) yield* partsOf(one);
  if (!isRecord(part)) return;
  yield part;
  for (const inner of Object.values(part)) yield* partsOf(inner);
}

function rendered(name: TemplateName): unknown {
  const data = JSON.parse(readFileSync(new URL(`${name}.sample.json`, cardsFolder), 'utf8')) as object;
  return cards.render({ template: name, data, summary: '' });
}

/** The part of the card that no host may leave out: all but the charts and what stands in for them. */
function withoutCharts(part: unknown): unknown {
  if (Array.isArray(part)) return part.filter((one) => !isChart(one)).map(withoutCharts);
  if (!isRecord(part)) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, withoutCharts(value)]));
}

const numberIn = (part: JsonRecord, field: string) => Number(part[field]);
const isChart = (part: unknown) => isRecord(part) && textIn(part, 'type')?.startsWith('Chart.') === true;

const charted = cards
  .names()
  .map((name) => ({ name, card: rendered(name) }))
  .map(({ name, card }) => ({ name, card, charts: [...partsOf(card)].filter(isChart) }))
  .filter(({ charts }) => charts.length > 0);

describe('the charts of the cards', () => {
  it('are in the three cards that have any', () => {
    assert.deepEqual(
      charted.map(({ name }) => name),
      ['learning/run-chart', 'moderation/calibration', 'report/report'],
    );
  });

  for (const { name, card, charts } of charted) {
    it(`show a share of the whole in ${name}, never of the largest share alone`, () => {
      for (const chart of charts) {
        if (textIn(chart, 'type') === 'Chart.Line') {
          assert.deepEqual([numberIn(chart, 'yMin'), numberIn(chart, 'yMax')], [0, 100]);
          continue;
        }
        // Bars have no axis to be fixed in every host and are drawn to the longest one: that one has to be the whole.
        const [whole, ...shares] = recordsIn(chart, 'data');
        assert.match(textIn(whole, 'x') ?? '', /^All /);
        assert.ok(shares.length > 0);
        for (const share of shares) assert.ok(numberIn(share, 'y') <= numberIn(whole!, 'y'));
      }
    });

    it(`have their figures as text beside them in ${name}`, () => {
      const texts = [...partsOf(withoutCharts(card))].map((part) => textIn(part, 'text') ?? '');
      const counts = texts.flatMap((text) => [...text.matchAll(/(\d+)(?: of |\/)(\d+)/g)]);
      const said = new Set(counts.flatMap(([, n, of]) => [Number(n), percent(Number(n), Number(of))]));
      for (const value of charts.flatMap(valuesOf)) assert.ok(said.has(value), `nothing says ${value}`);
    });
  }
});

/** What was counted: not the whole, and not the lines that are drawn from it. */
function valuesOf(chart: JsonRecord): number[] {
  const data = recordsIn(chart, 'data').filter((one) => !/^All /.test(textIn(one, 'x') ?? ''));
  const lines = data.filter((line) => /^(Found|Since)/.test(textIn(line, 'legend') ?? ''));
  const points = lines.length > 0 ? lines.flatMap((line) => recordsIn(line, 'values')) : data;
  return points.map((point) => numberIn(point, 'y'));
}
