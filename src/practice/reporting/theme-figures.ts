import { countFindings, findingOf, hasFindings } from '../learning/themes.js';
import type { PlrFigures } from '../plr/figures.js';
import { compareText } from '../base/text-order.js';
import type { LoopFigures, ThemeFigure } from '../plr/fixed-figures.js';
import { reportServiceName, type LoopLine, type ReportNames } from './report-input.js';
import {
  countColumn,
  number,
  proportion,
  shareColumn,
  text,
  textColumn,
  type Cell,
  type Table,
} from '../surface/report-model.js';

/**
 * Themes of the monthly PLRs returned through the bot, by standard and kind: PLRs, not findings, so that a PLR
 * which says a thing twice counts once. Most frequent first.
 */
export function themeFigures(figures: readonly PlrFigures[], previous: readonly PlrFigures[]): ThemeFigure[] {
  const now = figures.filter(hasFindings);
  const before = previous.filter(hasFindings);
  const countsBefore = countFindings(before);
  return [...countFindings(now)]
    .map(([key, n]) => ({
      ...findingOf(key),
      ...{ n, of: now.length },
      previous: before.length === 0 ? null : (countsBefore.get(key) ?? 0),
    }))
    .sort((a, b) => b.n - a.n || compareText(a.standard, b.standard) || compareText(a.kind, b.kind));
}

export function themeTable(themes: readonly ThemeFigure[], names: ReportNames): Table {
  return {
    id: 'themes',
    title: 'Themes',
    basis: 'PLRs with a finding on a practice standard. Base: monthly PLRs returned through the bot.',
    columns: [
      textColumn('standard', 'Practice standard', 'The standard the finding is tied to.'),
      textColumn('kind', 'Kind', 'A strength, or an area for development.'),
      shareColumn(
        'share',
        'PLRs',
        'PLRs with such a finding. Base: monthly PLRs returned through the bot.',
        'nothing',
      ),
      textColumn('previous', 'Period before', 'PLRs with such a finding in the period before.'),
    ],
    rows: themes.map(({ standard, kind, n, of, previous }) => ({
      id: `${kind}/${standard}`,
      cells: {
        standard: text(names.standards.get(standard) ?? standard),
        kind: text(kind === 'strength' ? 'Strength' : 'Area for development'),
        share: proportion(n, of),
        previous: text(previous === null ? 'Not known' : String(previous)),
      },
    })),
    rules: [],
  };
}

export function countedLoop(lines: readonly LoopLine[]): LoopFigures {
  const sum = (of: (line: LoopLine) => number) => lines.reduce((total, line) => total + of(line), 0);
  return {
    briefsPosted: sum((line) => line.briefsPosted),
    meetingsDiscussed: {
      n: sum((line) => line.meetingsDiscussed.n),
      of: sum((line) => line.meetingsDiscussed.of),
    },
  };
}

function loopCells({ briefsPosted, meetingsDiscussed: { n, of } }: LoopFigures): Record<string, Cell> {
  return { briefsPosted: number(briefsPosted), meetingsDiscussed: proportion(n, of) };
}

export function loopTable(lines: readonly LoopLine[], names: ReportNames): Table {
  return {
    id: 'learning-loop',
    title: 'Learning taken to team meetings',
    basis:
      'Base: team meetings that an approved learning brief was for and that have passed, with those that it did not reach.',
    columns: [
      textColumn('service', 'Service', 'The service the brief is for.'),
      countColumn(
        'briefsPosted',
        'Briefs posted',
        'Approved learning briefs posted to a team meeting’s channel.',
      ),
      shareColumn(
        'meetingsDiscussed',
        'Meetings that discussed it',
        'Meetings that recorded the discussion. Base: meetings that have passed, with those that the brief did not reach.',
      ),
    ],
    rows: lines.map((line) => ({
      id: line.serviceId,
      cells: { service: text(reportServiceName(line.serviceId, names)), ...loopCells(line) },
    })),
    total: { id: 'total', cells: { service: text('Total'), ...loopCells(countedLoop(lines)) } },
    rules: [],
  };
}
