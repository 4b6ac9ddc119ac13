import { addHours, type Instant } from '../base/time.js';

/** Who an unacknowledged alert climbs to, lowest first (docs/domain.md, 4.3): the posts of a service. */
export const rungPosts = {
  'service-manager': { post: 'serviceManagerId', inWords: 'Service Manager' },
  'head-of-service': { post: 'headOfServiceId', inWords: 'Head of Service' },
  'assistant-director': { post: 'assistantDirectorId', inWords: 'Assistant Director' },
} as const;
export type RungId = keyof typeof rungPosts;
export const rungIds = Object.keys(rungPosts) as RungId[];
export const rungWords = Object.fromEntries(rungIds.map((id) => [id, rungPosts[id].inWords])) as Readonly<
  Record<RungId, string>
>;

export interface Rung {
  readonly id: RungId;
  /** Elapsed hours after the alert was raised. */
  readonly afterHours: number;
}

/** An alert keeps the ladder it was raised on: a change of the rules does not move a clock that is already running. */
export interface Ladder {
  readonly rungs: readonly Rung[];
  readonly breachAfterHours: number;
}

export const defaultLadder: Ladder = {
  rungs: [
    { id: 'service-manager', afterHours: 4 },
    { id: 'head-of-service', afterHours: 12 },
    { id: 'assistant-director', afterHours: 20 },
  ],
  breachAfterHours: 24,
};

const longestBreach = 24;

/**
 * Reads a council's own ladder, written `service-manager=4,head-of-service=12,assistant-director=20,breach=24`
 * in elapsed hours; rungs may be left out. When it cannot be read, returns what is wrong with it, in plain
 * words.
 */
export function readLadder(text: string): Ladder | { readonly problem: string } {
  const steps = text.split(',').map((step) => /^\s*([a-z-]+)\s*=\s*(\d+(?:\.\d+)?)\s*$/.exec(step));
  const read = steps.flatMap((step) =>
    step === null ? [] : [{ name: step[1], afterHours: Number(step[2]) }],
  );
  const rungs = read.flatMap(({ name, afterHours }): Rung[] => {
    const id = rungIds.find((one) => one === name);
    return id === undefined ? [] : [{ id, afterHours }];
  });
  const last = read.at(-1);
  if (
    read.length < steps.length ||
    last?.name !== 'breach' ||
    rungs.length !== read.length - 1 ||
    rungs.length === 0
  )
    return { problem: `names rungs and hours like ${inWriting(defaultLadder)}` };
  if (!isRising(rungs.map(({ id }) => rungIds.indexOf(id) + 1)))
    return { problem: 'names each rung once, from the Service Manager upwards' };
  if (!isRising(read.map(({ afterHours }) => afterHours)))
    return { problem: 'gives each step more hours than the one before, and the first more than 0' };
  // The report says 24 hours (docs/domain.md, 4.3): a council may be stricter with itself, never laxer.
  if (last.afterHours > longestBreach) return { problem: `lets no more than ${longestBreach} hours pass` };
  return { rungs, breachAfterHours: last.afterHours };
}

/** The ladder for an alert that is raised now. */
export function ladderOf({ alertLadder = defaultLadder }: { readonly alertLadder?: Ladder }): Ladder {
  return alertLadder;
}

/** `24 hours have passed`, `1 hour has passed` */
export function hoursInWords({ breachAfterHours: hours }: Ladder, many = '', one = ''): string {
  return `${hours} ${hours === 1 ? `hour ${one}` : `hours ${many}`}`.trim();
}

export function inWriting({ rungs, breachAfterHours }: Ladder): string {
  return [...rungs.map(({ id, afterHours }) => `${id}=${afterHours}`), `breach=${breachAfterHours}`].join(
    ',',
  );
}

function isRising(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => number > (numbers[index - 1] ?? 0));
}

export function rungAt(raisedAt: Instant, rung: Rung): Instant {
  return addHours(raisedAt, rung.afterHours);
}
