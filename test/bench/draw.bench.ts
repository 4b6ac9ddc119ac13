import { workingDaysIn } from '../../src/practice/plr/cycle.js';
import { drawCases, type DrawInput } from '../../src/practice/draw/draw.js';
import { defaultDrawRules } from '../../src/practice/council/draw-rules.js';
import { nothingTaken } from '../../src/practice/draw/taken.js';
import type { CaseRef } from '../../src/practice/base/ids.js';
import { Organisation } from '../../src/practice/council/organisation.js';
import { addDays, localDate, type DateRange, type LocalDate } from '../../src/practice/base/time.js';
import { aCouncil, type CouncilSize } from '../builders/council.js';

export interface DrawBench {
  readonly name: string;
  /** Cost of the large draw ÷ cost of the small one, for the shape of council where it is worst. */
  readonly ratio: number;
  /** Passes at or below this. */
  readonly target: number;
  readonly shapes: readonly {
    readonly shape: string;
    readonly smallMs: number;
    readonly largeMs: number;
    readonly ratio: number;
  }[];
}

/** Of each 1,000 managers with 10,000 cases. The fewer practitioners and teams, the more places change hands. */
const shapes: Record<string, Pick<CouncilSize, 'teams' | 'practitioners'>> = {
  'practitioners to spare': { teams: 300, practitioners: 2500 },
  'as many practitioners as managers': { teams: 300, practitioners: 1000 },
  'two PLRs for each practitioner': { teams: 300, practitioners: 500 },
};
const warmUps = 3;
const rounds = 9;

/** Ten times the managers and cases may cost at most twelve times as much. Takes about 20 seconds. */
export async function benchDraw(): Promise<DrawBench> {
  const measured = Object.entries(shapes).map(([shape, size]) => ({ shape, ...compare(size) }));
  const ratio = Math.max(...measured.map((one) => one.ratio));
  return Promise.resolve({
    name: 'draw: 10,000 managers and 100,000 cases against 1,000 and 10,000',
    ratio,
    target: 12,
    shapes: measured,
  });
}

/** Small and large take turns, so that whatever else the machine does falls on both. */
function compare(size: Pick<CouncilSize, 'teams' | 'practitioners'>) {
  const [small, large] = [inputOf(size, 1), inputOf(size, 10)];
  for (let round = 0; round < warmUps; round += 1) [small, large].forEach(drawCases);
  const times = Array.from({ length: rounds }, () => ({ small: timeMs(small), large: timeMs(large) }));
  const smallMs = median(times.map((time) => time.small));
  const largeMs = median(times.map((time) => time.large));
  return { smallMs, largeMs, ratio: largeMs / smallMs };
}

/** Rows in no order, one case in ten reviewed lately, one person in ten away for a while. */
function inputOf(
  { teams, practitioners }: Pick<CouncilSize, 'teams' | 'practitioners'>,
  times: number,
): DrawInput {
  const on = localDate('2022-04-01');
  const workingDays = workingDaysIn(
    { from: on, until: localDate('2022-04-29') },
    { isBankHoliday: () => false },
  );
  const council = aCouncil({
    services: 6,
    teams: teams * times,
    managers: 1000 * times,
    practitioners: practitioners * times,
    casesPerPractitioner: 10_000 / practitioners,
  });
  const { roster } = council.shuffled('bench').build();
  const people = roster.people.map((person, at) =>
    at % 10 === 0 ? { ...person, absences: [leave(on, at)] } : person,
  );
  const organisation = new Organisation(1, { ...roster, people });
  const reviewedSince = new Map<CaseRef, LocalDate>();
  organisation.roster.cases.forEach(
    ({ ref }, at) => at % 10 === 0 && reviewedSince.set(ref, localDate('2021-12-01')),
  );
  return {
    seed: 'bench',
    on,
    workingDays,
    organisation,
    reviewedSince,
    taken: nothingTaken,
    rules: defaultDrawRules,
  };
}

function leave(on: LocalDate, at: number): DateRange {
  const from = addDays(on, at % 20);
  return { from, until: addDays(from, 1 + (at % 17)) };
}

/** Processor time, not time on the wall: what else the machine does is not the draw's cost. */
function timeMs(input: DrawInput): number {
  const start = process.cpuUsage();
  drawCases(input);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!;
}
