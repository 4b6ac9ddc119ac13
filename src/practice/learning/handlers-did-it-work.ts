import { z } from 'zod';
import { mayIn } from '../council/access.js';
import type { CardContent, Command, Turn, Verbs } from '../surface/feature.js';
import { councilPress } from '../surface/press.js';
import { smallCountOf, type CouncilContext } from '../council/council-context.js';
import type { ServiceId, StandardId } from '../base/ids.js';
import { monthlyCycleId } from '../plr/cycle.js';
import { plrKind } from '../plr/plr-kind.js';
import { percent } from '../base/statistics/proportion.js';
import type { PlrFigures } from '../plr/figures.js';
import type { FindingKind } from '../plr/answers.js';
import { monthOf, shiftMonth, type LocalDate, type Month } from '../base/time.js';
import { monthInWords, serviceName, shortMonth } from '../council/words.js';
import type { NamedTheme } from './brief.js';
import { briefKind, type BriefFigures } from './brief-kind.js';
import { runChart, type ChartPoint, type MonthlyCount, type RunChart, type ShownPoint } from './run-chart.js';
import { standardTitle } from '../council/standard-title.js';
import { hasFindings } from './themes.js';

/** How many months a chart looks back, however many cycles there were. */
const monthsBack = 18;

/** Which theme, of which service; no service: the whole council. */
interface Asked extends NamedTheme {
  readonly serviceId?: ServiceId;
}

const everywhere = 'all';

/** "did it work?" (docs/domain.md, 5.3): a run chart for a theme, and a sentence that claims no more than it can. */
export const didItWork: Command = {
  words: ['did it work'],
  does: 'whether a theme changed after the brief: a chart for each theme and service',
  for: (actor, council) => servicesOf(actor, council).length > 0,
  answer: (turn) => Promise.resolve(chooseCard(turn)),
};

function servicesOf(actor: Turn['actor'], council: CouncilContext): ServiceId[] {
  return council.organisation.roster.services
    .map(({ id }) => id)
    .filter((id) => mayIn(actor, 'see whether it worked', { serviceId: id }, council));
}

function chooseCard({ actor, council }: Turn, notice = ''): CardContent {
  return {
    template: 'learning/choose-theme',
    summary: 'Did it work?',
    data: {
      hasNotice: notice !== '',
      notice,
      service: servicesOf(actor, council)[0] ?? everywhere,
      services: [
        ...servicesOf(actor, council).map((id) => ({ title: serviceName(id, council), value: id })),
        { title: 'All services together', value: everywhere },
      ],
      standards: council.forms.current.standards.map(({ id, title }) => ({ title, value: id })),
    },
  };
}

const asking = z.object({
  service: z.string().max(100),
  standard: z.string().max(100),
  kind: z.enum(['strength', 'development']),
});

const asker = (_given: unknown, { actor, council }: Turn) => didItWork.for(actor, council);

const show = councilPress({
  reads: asking.or(z.unknown().transform(() => undefined)),
  mine: asker,
  show: async (_mine, given, turn) => {
    if (given === undefined) return chooseCard(turn, 'Choose a service, a practice standard and a kind.');
    const { service, standard, kind } = given;
    const mine = service === everywhere || servicesOf(turn.actor, turn.council).some((id) => id === service);
    if (!mine) return chooseCard(turn, 'Choose one of your own services.');
    const theme = { standard: standard as StandardId, kind };
    const asked: Asked = service === everywhere ? theme : { ...theme, serviceId: service as ServiceId };
    return chartCard(asked, await chartOf(asked, turn), turn.council);
  },
});

const again = councilPress({
  reads: z.unknown(),
  mine: asker,
  show: (_mine, _given, turn) => chooseCard(turn),
});

async function chartOf(asked: Asked, { documents, council }: Turn): Promise<RunChart> {
  const newest = monthOf(council.today);
  const months = Array.from({ length: monthsBack }, (_, at) => shiftMonth(newest, at - monthsBack + 1));
  const read = await Promise.all(
    months.map(async (month) => ({
      count: countOf(asked, month, await documents.listFigures<PlrFigures>(plrKind, monthlyCycleId(month))),
      briefs: await documents.listFigures<BriefFigures>(briefKind, monthlyCycleId(month)),
    })),
  );
  const counts = read.map(({ count }) => count).filter(({ of }) => of > 0);
  const discussedOn = firstDiscussed(
    asked,
    read.flatMap(({ briefs }) => briefs),
  );
  return runChart(counts, {
    smallCount: smallCountOf(council),
    ...(discussedOn === undefined ? {} : { discussedOn }),
  });
}

/** Returned reviews of the service in the month, and those of them with such a finding. */
export function countOf(
  { serviceId, standard, kind }: Asked,
  month: Month,
  figures: readonly PlrFigures[],
): MonthlyCount {
  const base = figures.filter(
    (one) => hasFindings(one) && (serviceId === undefined || one.serviceId === serviceId),
  );
  const found = base.filter(({ findings }) =>
    findings.some((finding) => finding.standard === standard && finding.kind === kind),
  );
  return { month, n: found.length, of: base.length };
}

/** The first meeting that discussed a brief which named this theme. */
function firstDiscussed(
  { serviceId, standard, kind }: Asked,
  briefs: readonly BriefFigures[],
): LocalDate | undefined {
  return briefs
    .filter((brief) => serviceId === undefined || brief.serviceId === serviceId)
    .filter(({ themes }) => themes.some((one) => one.standard === standard && one.kind === kind))
    .flatMap(({ posts }) => posts.flatMap(({ discussedOn }) => discussedOn ?? []))
    .sort()[0];
}

const kindWords: Readonly<Record<FindingKind, string>> = {
  strength: 'Working well',
  development: 'Needs to be better',
};

function chartCard(
  { serviceId, standard, kind }: Asked,
  chart: RunChart,
  council: CouncilContext,
): CardContent {
  const where = serviceId === undefined ? 'All services together' : serviceName(serviceId, council);
  return {
    template: 'learning/run-chart',
    summary: 'Did it work?',
    data: {
      title: `${kindWords[kind]}: ${standardTitle(standard, council)}`,
      where,
      say: chart.say,
      marked:
        chart.discussedIn === null
          ? 'No meeting has recorded a discussion of this theme yet.'
          : `The brief that named it was first discussed in ${monthInWords(chart.discussedIn)}.`,
      hasPoints: chart.points.some(({ is }) => is === 'shown'),
      lines: chartLines(chart),
      rows: chart.points.map((point) => rowOf(point, chart)),
      method: `Lines show the usual level and exact binomial limits for so few reviews (Spiegelhalter 2005). Months with fewer than ${smallCountOf(council)} returned reviews are left out.`,
    },
  };
}

/**
 * The bars change colour in the month of the discussion, because a chart in a card cannot be marked in any
 * other way.
 */
export function chartLines({ points, centre, discussedIn }: RunChart) {
  const shown = points.filter((point) => point.is === 'shown');
  const line = (
    legend: string,
    color: string,
    y: (point: ShownPoint) => number | null,
    of: readonly ShownPoint[] = shown,
  ) => ({
    legend,
    color,
    values: of.map((point) => ({ x: shortMonth(point.month), y: y(point) ?? 0 })),
  });
  const found = ({ n, of }: ShownPoint) => percent(n, of);
  const until = shown.filter(({ month }) => discussedIn === null || month <= discussedIn);
  const since = shown.filter(({ month }) => discussedIn !== null && month >= discussedIn);
  return [
    line('Found', 'categoricalBlue', found, until),
    line('Since discussed', 'categoricalGreen', found, since),
    line('Usual', 'categoricalMarigold', () => Math.round((centre ?? 0) * 100)),
    line('Upper limit', 'categoricalRed', ({ limits, of }) => percent(limits.upper, of)),
    line('Lower limit', 'categoricalPurple', ({ limits, of }) => percent(limits.lower, of)),
  ].filter(({ values }) => values.length > 0);
}

/** The chart in words, for those who do not see it. */
function rowOf(point: ChartPoint, { discussedIn }: RunChart) {
  const month = `${monthInWords(point.month)}${point.month === discussedIn ? ' (discussed)' : ''}`;
  if (point.is === 'withheld') return { month, found: 'too few reviews', expected: '' };
  const { n, of, limits } = point;
  return { month, found: `${n} of ${of}`, expected: `${limits.lower} to ${limits.upper}` };
}

export const didItWorkVerbs = {
  'learning.chart': show,
  'learning.choose-theme': again,
} satisfies Verbs;
