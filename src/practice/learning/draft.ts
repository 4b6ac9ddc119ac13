import { smallCountOf, type CouncilContext } from '../council/council-context.js';
import type { ServiceId } from '../base/ids.js';
import type { PlrFigures } from '../plr/figures.js';
import type { FindingKind } from '../plr/answers.js';
import type { Month } from '../base/time.js';
import { monthInWords, serviceName } from '../council/words.js';
import type { BriefBase, BriefFacts } from './brief.js';
import { learningInWords, type OtherLearning } from './other-learning.js';
import { standardTitle } from '../council/standard-title.js';
import { countThemes, type Theme, type ThemeGroup } from './themes.js';

/** What a draft is made from: counts alone, never anyone's words (docs/domain.md, 5). */
export interface BriefSources {
  readonly month: Month;
  readonly serviceId: ServiceId;
  readonly figures: readonly PlrFigures[];
  readonly previous: readonly PlrFigures[];
  readonly otherLearning: readonly OtherLearning[];
}

/** A theme needs this many reviews in the month: one finding alone is not a pattern. */
const fewestReviews = 2;
const themesShown = 3;

export type Draft = Pick<BriefFacts, 'about' | 'themes' | 'text'>;

/**
 * A first draft for the link reviewer to work on. A service with too few returned reviews gets the figures of
 * all services, and the brief says so; it is never shown alone (docs/domain.md, 5).
 */
export function draftBrief(sources: BriefSources, council: CouncilContext): Draft {
  const { services, whole } = countThemes(sources.figures, sources.previous, {
    smallCount: smallCountOf(council),
  });
  const own = services.find(({ serviceId }) => serviceId === sources.serviceId)?.group;
  const about = baseOf(own, whole);
  const group = about.is === 'service' ? own : whole;
  const themes = group?.is === 'shown' ? group.themes : [];
  const other = sources.otherLearning.filter(
    ({ serviceId }) => serviceId === undefined || serviceId === sources.serviceId,
  );
  const lines = (kind: FindingKind) => [
    ...strongest(themes, kind).map((theme) => themeLine(theme, council)),
    ...other.filter((one) => one.kind === kind).map((one) => `- ${learningInWords(one, council)}`),
  ];
  const named = [...strongest(themes, 'strength'), ...strongest(themes, 'development')];
  return {
    about,
    themes: named.map(({ standard, kind }) => ({ standard, kind })),
    text: {
      lookedAt: lookedAt(about, sources, council),
      workingWell: list(lines('strength')),
      needsToBeBetter: list(lines('development')),
      doDifferently: doDifferently(strongest(themes, 'development'), council),
      firstQuestion: 'What struck us most in this?',
      secondQuestion: 'What will we change, and who will start?',
      thirdQuestion: 'How will we know that it made a difference for children?',
    },
  };
}

function baseOf(own: ThemeGroup | undefined, whole: ThemeGroup): BriefBase {
  if (own?.is === 'shown') return { is: 'service', of: own.of };
  return whole.is === 'shown' ? { is: 'whole', of: whole.of } : { is: 'too-few' };
}

function lookedAt(about: BriefBase, { month, serviceId }: BriefSources, council: CouncilContext): string {
  const [when, where] = [monthInWords(month), serviceName(serviceId, council)];
  switch (about.is) {
    case 'service':
      return `${about.of} Practice Learning Reviews of ${when} in ${where}, each done by a manager together with a practitioner.`;
    case 'whole':
      return `${about.of} Practice Learning Reviews of ${when} in all services together. Too few were returned in ${where} to be shown alone.`;
    case 'too-few':
      return `The Practice Learning Reviews of ${when}. Too few were returned to count what was found.`;
  }
}

/**
 * A standard is in one list only: the one in which it was found more often, and on a tie the one of what needs
 * to be better.
 */
function strongest(themes: readonly Theme[], kind: FindingKind): Theme[] {
  const found = themes.filter(({ n }) => n >= fewestReviews);
  const outweighed = (one: Theme) =>
    found.some(
      (other) =>
        other.standard === one.standard &&
        other.kind !== one.kind &&
        (other.n > one.n || (other.n === one.n && other.kind === 'development')),
    );
  return found.filter((theme) => theme.kind === kind && !outweighed(theme)).slice(0, themesShown);
}

function themeLine({ standard, changeForChannel }: Theme, council: CouncilContext): string {
  return `- ${standardTitle(standard, council)}: ${changeForChannel}`;
}

function list(lines: readonly string[]): string {
  return lines.length === 0 ? 'No theme stood out this month.' : lines.join('\n');
}

function doDifferently(themes: readonly Theme[], council: CouncilContext): string {
  const [first] = themes;
  if (first === undefined) return 'Choose one thing from this brief to try in the coming month.';
  return `Choose one thing to try in the coming month for this standard: ${standardTitle(first.standard, council)}.`;
}
