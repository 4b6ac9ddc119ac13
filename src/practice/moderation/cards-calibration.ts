import type { CardContent } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { ServiceId } from '../base/ids.js';
import {
  gradePairs,
  calibrate,
  calibrationInWords,
  type GradePair,
  type CycleFigures,
} from './calibration.js';
import { percent, shareInWords } from '../base/statistics/proportion.js';
import { grades, type Grade } from '../plr/grade.js';
import { monthInWords, serviceName, shortMonth } from '../council/words.js';

export interface CalibrationView {
  /** The Services from which this person may choose. */
  readonly services: readonly ServiceId[];
  readonly chosen: ServiceId | undefined;
  /** Of the Services shown, newest first. */
  readonly cycles: readonly CycleFigures[];
}

/** Short enough for a column on a phone; the rows explain them. */
const columnTitles: Readonly<Record<Grade, string>> = {
  outstanding: 'O',
  good: 'G',
  requires_improvement: 'RI',
  inadequate: 'I',
};
const rowTitles: Readonly<Record<Grade, string>> = {
  outstanding: 'Outstanding (O)',
  good: 'Good (G)',
  requires_improvement: 'RI',
  inadequate: 'Inadequate (I)',
};

/** Counts can be small, so this is for personal chats with those who answer for the grading, never for a channel. */
export function calibrationCard(view: CalibrationView, council: CouncilContext): CardContent {
  const { services, chosen, cycles } = view;
  const pairs = cycles.flatMap(({ figures }) => gradePairs(figures));
  const calibration = calibrate(pairs, `calibration ${chosen ?? 'all'}`);
  const months = [...cycles].reverse().map(({ id, figures }) => ({ id, pairs: gradePairs(figures) }));
  return {
    template: 'moderation/calibration',
    summary: 'How alike we grade',
    data: {
      where: whereInWords(view, council),
      period: periodInWords(view),
      sentences: calibrationInWords(calibration).map((text) => ({ text })),
      hasPairs: pairs.length > 0,
      matrix: [
        row('Manager', ...grades.map((grade) => columnTitles[grade])),
        ...grades.map((grade, index) =>
          row(rowTitles[grade], ...(calibration.matrix[index] ?? []).map(String)),
        ),
      ],
      bars: months.flatMap(({ id, pairs }) => {
        const y = percent(same(pairs), pairs.length);
        return y === null ? [] : [{ x: `${shortMonth(id)}: ${same(pairs)} of ${pairs.length}`, y }];
      }),
      months: [
        row('Month', 'Same grade', 'Up', 'Down'),
        ...months.map(({ id, pairs }) => monthRow(id, pairs)),
      ],
      canChoose: services.length > 1,
      service: chosen ?? 'all',
      choices: [
        { title: 'All Services', value: 'all' },
        ...services.map((id) => ({ title: serviceName(id, council), value: id })),
      ],
    },
  };
}

function whereInWords({ services, chosen }: CalibrationView, council: CouncilContext): string {
  const [only] = services;
  if (chosen !== undefined) return serviceName(chosen, council);
  return services.length === 1 && only !== undefined ? serviceName(only, council) : 'all Services';
}

function periodInWords({ cycles }: CalibrationView): string {
  const [newest, oldest] = [cycles[0], cycles.at(-1)];
  if (newest === undefined || oldest === undefined) return 'No cycle has been issued yet.';
  if (newest === oldest) return `Monthly PLRs of ${monthInWords(newest.id)}.`;
  return `Monthly PLRs of ${monthInWords(oldest.id)} to ${monthInWords(newest.id)}.`;
}

function monthRow(id: string, pairs: readonly GradePair[]) {
  const steps = pairs.map(({ original, moderated }) => grades.indexOf(moderated) - grades.indexOf(original));
  return row(
    monthInWords(id),
    shareInWords(same(pairs), pairs.length),
    String(steps.filter((step) => step < 0).length),
    String(steps.filter((step) => step > 0).length),
  );
}

function same(pairs: readonly GradePair[]): number {
  return pairs.filter(({ original, moderated }) => original === moderated).length;
}

function row(...texts: string[]) {
  return { cells: texts.map((text) => ({ text })) };
}
