import type { PlrFigures } from '../plr/figures.js';
import { hoursBetween } from '../base/time.js';
import type { AlertFigures } from '../plr/fixed-figures.js';
import { byService, type ReportNames } from './report-input.js';
import {
  countColumn,
  number,
  proportion,
  shareColumn,
  textColumn,
  type Cell,
  type Table,
} from '../surface/report-model.js';
import { serviceRows } from './service-rows.js';

/** Alerts of every kind of cycle: a child's safety is counted wherever it came up (docs/domain.md, 4.3). */
export function countedAlerts(figures: readonly PlrFigures[]): AlertFigures {
  const alerts = figures.flatMap((one) => one.alert ?? []);
  return {
    raised: alerts.length,
    acknowledgedWithin24h: { n: alerts.filter(acknowledgedInTime).length, of: alerts.length },
    breaches: alerts.filter((alert) => alert.breached).length,
    open: alerts.filter((alert) => alert.state !== 'closed').length,
  };
}

/** In elapsed hours, weekends included. */
function acknowledgedInTime(alert: NonNullable<PlrFigures['alert']>): boolean {
  return alert.acknowledgedAt !== undefined && hoursBetween(alert.raisedAt, alert.acknowledgedAt) <= 24;
}

function cellsOf(figures: readonly PlrFigures[]): Record<string, Cell> {
  const { raised, acknowledgedWithin24h, breaches, open } = countedAlerts(figures);
  return {
    raised: number(raised),
    acknowledgedWithin24h: proportion(acknowledgedWithin24h.n, acknowledgedWithin24h.of),
    breaches: number(breaches),
    open: number(open),
    closed: number(raised - open),
  };
}

export function alertTable(figures: readonly PlrFigures[], names: ReportNames): Table {
  const withAlert = figures.filter((one) => one.alert !== undefined);
  return {
    id: 'alerts-by-service',
    title: 'Alerts by service',
    basis: 'Alerts of every PLR, Practice Weeks and thematic reviews included. Base: alerts raised.',
    columns: [
      textColumn('service', 'Service', 'The service the alert was raised in.'),
      countColumn('raised', 'Raised', 'Alerts set off by an Inadequate grade or an immediate concern.'),
      shareColumn(
        'acknowledgedWithin24h',
        'Acknowledged within 24 hours',
        'Acknowledged by a named person within 24 elapsed hours, each time it was raised. Base: alerts raised.',
      ),
      countColumn('breaches', 'Breaches', 'Alerts for which a breach was recorded.'),
      countColumn('open', 'Open', 'Alerts the QA lead has not closed.'),
      countColumn('closed', 'Closed', 'Alerts the QA lead has closed.'),
    ],
    ...serviceRows(byService(withAlert, names), figures, cellsOf),
    rules: [
      { sum: 'raised', terms: ['open', 'closed'] },
      { sum: 'acknowledgedWithin24h.of', terms: ['raised'] },
    ],
  };
}
