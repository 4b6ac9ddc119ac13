import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Chart } from '../practice/surface/report-model.js';

export interface ChartPicture {
  readonly png: Buffer;
  /** In CSS pixels; the picture itself has twice as many, for print. */
  readonly width: number;
  readonly height: number;
  readonly alt: string;
}

/** The font comes with the product: a container has none, and a chart without text says nothing. */
const require = createRequire(import.meta.url);
const fontFiles = ['400Regular/Arimo_400Regular.ttf', '700Bold/Arimo_700Bold.ttf'].map((file) =>
  require.resolve(`@expo-google-fonts/arimo/${file}`),
);
const font = 'Arimo';

interface Ink {
  readonly colour: string;
  readonly pattern: string;
}

/** Each series has a pattern as well as a colour, so that a grey print can still be read. */
const inks: readonly Ink[] = [
  { colour: '#1d4f91', pattern: '' },
  {
    colour: '#b3d4f0',
    pattern: '<path d="M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6" stroke="#1d4f91" stroke-width="1.5"/>',
  },
  { colour: '#ffd9a8', pattern: '<circle cx="4" cy="4" r="1.6" fill="#8a4b00"/>' },
  { colour: '#f2b8b5', pattern: '<path d="M0 0 L8 8 M8 0 L0 8" stroke="#7a0c0c" stroke-width="1.2"/>' },
];

export async function drawChart(chart: Chart): Promise<ChartPicture> {
  const svg = await chartSvg(chart);
  const drawing = new Resvg(svg, {
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: font },
    fitTo: { mode: 'zoom', value: 2 },
    background: '#ffffff',
  });
  const { width, height } = drawing;
  return { png: drawing.render().asPng(), width, height, alt: chart.alt };
}

export async function chartSvg(chart: Chart): Promise<string> {
  const view = new View(parse(compile(specOf(chart)).spec), { renderer: 'none' });
  try {
    return withPatterns(await view.toSVG());
  } finally {
    view.finalize();
  }
}

/** Vega has no patterns: the colours that it drew are replaced by patterns of the same colour. */
function withPatterns(svg: string): string {
  const patterns = inks.map(
    ({ colour, pattern }, at) =>
      `<pattern id="ink-${at}" width="8" height="8" patternUnits="userSpaceOnUse">` +
      `<rect width="8" height="8" fill="${colour}"/>${pattern}</pattern>`,
  );
  const painted = inks.reduce(
    (all, { colour }, at) => all.replaceAll(`fill="${colour}"`, `fill="url(#ink-${at})"`),
    svg,
  );
  return painted.replace(/<svg[^>]*>/, (opening) => `${opening}<defs>${patterns.join('')}</defs>`);
}

interface Bar {
  readonly category: string;
  readonly series: string;
  readonly order: number;
  readonly value: number;
  readonly label: string;
  /** Where a label goes: the middle of its part of a stacked bar. */
  readonly middle: number;
}

function barsOf({ categories, series, shape }: Chart): Bar[] {
  return categories.flatMap((category, at) => {
    let before = 0;
    return series.flatMap(({ name, values }, order) => {
      const { value, label } = values[at] ?? { value: 0, label: 'nothing sent' };
      const middle = before + value / 2;
      before += value;
      const hidden = shape === 'stacked-bars' && value === 0;
      return [{ category, series: name, order, value, label: hidden ? '' : label, middle }];
    });
  });
}

function specOf(chart: Chart): TopLevelSpec {
  const grouped = chart.shape === 'grouped-bars';
  const names = chart.series.map((one) => one.name);
  const category = {
    field: 'category',
    type: 'nominal' as const,
    sort: [...chart.categories],
    title: null,
    axis: { labelLimit: 0, labelPadding: 6, ticks: false, domain: false },
    scale: { paddingInner: 0.25 },
  };
  const offset = grouped ? { yOffset: { field: 'series', type: 'nominal' as const, sort: names } } : {};
  return {
    data: { values: barsOf(chart) },
    width: 430,
    height: { step: grouped ? 21 : 40 },
    config: configOf(),
    encoding: { y: category, ...offset },
    layer: [
      {
        mark: { type: 'bar', stroke: '#0b0c0c', strokeWidth: 0.75 },
        encoding: {
          x: { ...valueAxis(chart), field: 'value', stack: grouped ? null : 'zero' },
          order: { field: 'order', type: 'quantitative' },
          color: {
            ...{ field: 'series', type: 'nominal', title: null },
            scale: { domain: names, range: inks.map((ink) => ink.colour).slice(0, names.length) },
            legend: {
              orient: 'top',
              columns: grouped ? 1 : 2,
              labelLimit: 0,
              symbolType: 'square',
              symbolSize: 220,
            },
          },
        },
      },
      ...labels(grouped),
    ],
  };
}

function valueAxis(chart: Chart) {
  return {
    type: 'quantitative' as const,
    title: chart.axis,
    axis: { tickMinStep: 1, format: 'd' },
    ...(chart.shape === 'grouped-bars' && { scale: { domain: [0, 100] } }),
  };
}

/** The counts at each bar, drawn twice: first as a white outline, so that they stay readable on a pattern. */
function labels(grouped: boolean) {
  const at = grouped ? { align: 'left' as const, dx: 5 } : { align: 'center' as const, dx: 0 };
  const encoding = {
    x: { field: grouped ? 'value' : 'middle', type: 'quantitative' as const },
    text: { field: 'label', type: 'nominal' as const },
  };
  const mark = {
    type: 'text' as const,
    baseline: 'middle' as const,
    fontSize: 13,
    fontWeight: 'bold' as const,
    ...at,
  };
  return [
    { mark: { ...mark, color: '#ffffff', stroke: '#ffffff', strokeWidth: 4 }, encoding },
    { mark: { ...mark, color: '#0b0c0c' }, encoding },
  ];
}

function configOf() {
  const words = {
    labelFont: font,
    titleFont: font,
    labelFontSize: 13,
    titleFontSize: 13,
    labelColor: '#0b0c0c',
  };
  return {
    font,
    view: { stroke: null },
    axis: { ...words, titleFontWeight: 'normal' as const, gridColor: '#dcdcdc' },
    legend: words,
  };
}
