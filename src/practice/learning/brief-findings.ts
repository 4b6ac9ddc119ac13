import type { CardContent, Turn } from '../feature.js';
import type { House } from '../house.js';
import { plrKind } from '../plr-kind.js';
import type { Finding } from '../reviews/answers.js';
import type { Brief } from './brief.js';
import { titleOf } from './brief-cards.js';
import { standardTitle } from './standard-title.js';

const findingsOnPage = 8;
/** A card is at most 25 KB: one long finding must not push out the others. */
const shownCharacters = 600;

/** The findings of the service's returned reviews of the month, developments first, by standard. */
export async function briefFindings(brief: Brief, { documents }: Turn): Promise<Finding[]> {
  const plrs = await documents.list(plrKind, brief.cycleId);
  return plrs
    .filter(({ serviceId }) => serviceId === brief.serviceId)
    .flatMap(({ review }) => (review.state === 'returned' ? review.findings : []))
    .sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
}

function sortKey({ kind, standard }: Finding): string {
  return `${kind} ${standard}`;
}

export function findingsCard(
  brief: Brief,
  findings: readonly Finding[],
  page: number,
  house: House,
): CardContent {
  const pages = Math.max(1, Math.ceil(findings.length / findingsOnPage));
  const at = Math.min(page, pages);
  const shown = findings.slice((at - 1) * findingsOnPage, at * findingsOnPage);
  return {
    template: 'learning/findings',
    summary: 'What the reviews found',
    data: {
      cycle: brief.cycleId,
      service: brief.serviceId,
      title: titleOf(brief, house),
      intro:
        findings.length === 0
          ? 'No review of this service has findings yet.'
          : `What was written in the reviews, for you to write from. It is about real children: none of it goes into the brief as it is. Page ${at} of ${pages}.`,
      findings: shown.map(({ standard, kind, text }) => ({
        about: `${kind === 'strength' ? 'Working well' : 'Needs to be better'}: ${standardTitle(standard, house)}`,
        text: text.length > shownCharacters ? `${text.slice(0, shownCharacters)} …` : text,
      })),
      hasMore: at < pages,
      next: at + 1,
    },
  };
}
