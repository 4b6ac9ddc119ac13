import type { CardContent, Turn } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PlrRef } from '../base/ids.js';
import { plrKey } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Finding } from '../plr/answers.js';
import type { PlrFigures } from '../plr/figures.js';
import type { Brief } from './brief.js';
import { titleOf } from './cards.js';
import { standardTitle } from '../council/standard-title.js';

const findingsOnPage = 8;
/** A card is at most 25 KB: one long finding must not push out the others. */
const shownCharacters = 600;

export interface FindingsPage {
  readonly findings: readonly Finding[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
}

/**
 * One page of the findings of the service's returned reviews of the month, developments first, by standard. The
 * figures say where they are, and only the reviews of the page are looked up, so that the log says who was
 * shown what.
 */
export async function briefFindings(
  { cycleId, serviceId }: Brief,
  page: number,
  { documents }: Turn,
): Promise<FindingsPage> {
  const figures = await documents.listFigures<PlrFigures>(plrKind, cycleId);
  const places = figures.filter((one) => one.serviceId === serviceId).flatMap(placesOf);
  places.sort((one, other) => (one.order < other.order ? -1 : Number(one.order > other.order)));
  const pages = Math.max(1, Math.ceil(places.length / findingsOnPage));
  const at = Math.min(page, pages);
  const shown = places.slice((at - 1) * findingsOnPage, at * findingsOnPage);
  const refs = [...new Set(shown.map(({ ref }) => ref))];
  const plrs = await Promise.all(refs.map((ref) => documents.read(plrKind, plrKey(cycleId, ref))));
  const found = new Map(
    plrs.flatMap((plr) => (plr?.review.state === 'returned' ? [[plr.ref, plr.review.findings]] : [])),
  );
  return { findings: shown.flatMap(({ ref, nth }) => found.get(ref)?.[nth] ?? []), page: at, pages };
}

interface Place {
  readonly ref: PlrRef;
  readonly nth: number;
  readonly order: string;
}

function placesOf({ ref, findings }: PlrFigures): Place[] {
  return findings.map(({ kind, standard }, nth) => ({ ref, nth, order: `${kind} ${standard}` }));
}

export function findingsCard(
  brief: Brief,
  { findings, page, pages }: FindingsPage,
  council: CouncilContext,
): CardContent {
  return {
    template: 'learning/findings',
    summary: 'What the reviews found',
    data: {
      cycle: brief.cycleId,
      service: brief.serviceId,
      title: titleOf(brief, council),
      intro:
        findings.length === 0
          ? 'No review of this service has findings yet.'
          : `What was written in the reviews, for you to write from. It is about real children: none of it goes into the brief as it is. Page ${page} of ${pages}.`,
      findings: findings.map(({ standard, kind, text }) => ({
        about: `${kind === 'strength' ? 'Working well' : 'Needs to be better'}: ${standardTitle(standard, council)}`,
        text: text.length > shownCharacters ? `${text.slice(0, shownCharacters)} …` : text,
      })),
      hasMore: page < pages,
      next: page + 1,
    },
  };
}
