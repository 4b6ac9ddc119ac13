import { defaultSmallCount } from '../council/council-context.js';
import type { ServiceId, StandardId } from '../base/ids.js';
import type { PlrFigures } from '../plr/figures.js';
import type { FindingKind } from '../plr/answers.js';

export interface ThemeRules {
  /** Fewer returned reviews than this are never shown as a group of their own. Default 5. */
  readonly smallCount: number;
}

/** `n` returned PLRs of `of` have at least one such finding. */
export interface Count {
  readonly n: number;
  readonly of: number;
}

export interface Theme extends Count {
  readonly standard: StandardId;
  readonly kind: FindingKind;
  /** The period before; `null` when it had too few returned reviews to be shown. */
  readonly previous: Count | null;
  /** For reports: "3 of 12, was 5 of 14". */
  readonly change: string;
  /** The same for a channel, without counts under the threshold: "fewer than 5 of 12, was 5 of 14". */
  readonly changeForChannel: string;
}

export type ThemeGroup =
  | { readonly is: 'shown'; readonly of: number; readonly themes: readonly Theme[] }
  | { readonly is: 'withheld'; readonly say: string };

export interface ThemeCounts {
  readonly services: readonly { readonly serviceId: ServiceId; readonly group: ThemeGroup }[];
  readonly whole: ThemeGroup;
}

/**
 * Themes by counting (docs/domain.md, 5): standard × strength or development, for each service and the whole,
 * against the period before. The base is the PLRs that were returned through the bot: past spreadsheets have
 * grades but no findings, and would dilute every theme. The order is by how often a theme was found, then by
 * standard. The caller decides the period and the kind of cycle.
 */
export function countThemes(
  figures: readonly PlrFigures[],
  previous: readonly PlrFigures[],
  { smallCount = defaultSmallCount }: Partial<ThemeRules> = {},
): ThemeCounts {
  const [now, then] = [figures.filter(hasFindings), previous.filter(hasFindings)];
  const serviceIds = [...new Set(now.map(({ serviceId }) => serviceId))].sort();
  const of = (serviceId: ServiceId) => (one: PlrFigures) => one.serviceId === serviceId;
  return {
    services: serviceIds.map((serviceId) => ({
      serviceId,
      group: groupOf(now.filter(of(serviceId)), then.filter(of(serviceId)), smallCount, mergedUp),
    })),
    whole: groupOf(now, then, smallCount, tooFew),
  };
}

const mergedUp = 'Not shown for this service; included in the whole.';
const tooFew = 'Too few returned reviews to show themes.';

/** Returned through the bot: a history from a spreadsheet has no findings, and would dilute every theme. */
export function hasFindings(one: PlrFigures): boolean {
  return one.standing.is === 'returned' && one.source === 'bot';
}

function groupOf(
  now: readonly PlrFigures[],
  then: readonly PlrFigures[],
  smallCount: number,
  say: string,
): ThemeGroup {
  if (now.length < smallCount) return { is: 'withheld', say };
  const [counts, before] = [countFindings(now), countFindings(then)];
  const canCompare = then.length >= smallCount;
  const keys = new Set([...counts.keys(), ...(canCompare ? before.keys() : [])]);
  const themes = [...keys].map((key) => {
    const count = { n: counts.get(key) ?? 0, of: now.length };
    const previous = canCompare ? { n: before.get(key) ?? 0, of: then.length } : null;
    return themeOf(key, count, previous, smallCount);
  });
  return { is: 'shown', of: now.length, themes: themes.sort(mostFoundFirst) };
}

/** Reviews by `kind standard`: a PLR that names a standard twice counts once. */
export function countFindings(figures: readonly PlrFigures[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { findings } of figures) {
    for (const key of new Set(findings.map(({ kind, standard }) => `${kind} ${standard}`))) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

/** What a key of `countFindings` stands for. */
export function findingOf(key: string): { readonly standard: StandardId; readonly kind: FindingKind } {
  const parting = key.indexOf(' ');
  return { standard: key.slice(parting + 1) as StandardId, kind: key.slice(0, parting) as FindingKind };
}

function themeOf(key: string, count: Count, previous: Count | null, smallCount: number): Theme {
  return {
    ...findingOf(key),
    ...count,
    previous,
    change: inWords(count, previous, ({ n, of }) => `${n} of ${of}`),
    changeForChannel: inWords(count, previous, (one) => countForChannel(one, smallCount)),
  };
}

/** Two counts side by side, without a verdict: whether a theme fell is for the run chart to say. */
function inWords(count: Count, previous: Count | null, say: (count: Count) => string): string {
  return previous === null ? say(count) : `${say(count)}, was ${say(previous)}`;
}

/** A count as a channel may see it (docs/domain.md, "Privacy"). */
export function countForChannel({ n, of }: Count, smallCount: number): string {
  if (n === 0) return `none of ${of}`;
  return n < smallCount ? `fewer than ${smallCount} of ${of}` : `${n} of ${of}`;
}

function mostFoundFirst(one: Theme, other: Theme): number {
  return other.n - one.n || compare(one.standard, other.standard) || compare(one.kind, other.kind);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
