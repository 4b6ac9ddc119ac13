import type { CycleId, PlrRef } from '../ids.js';
import type { DocumentKey, DocumentKind } from '../ports.js';
import type { PlrFigures } from '../reviews/figures.js';

/**
 * A PLR of the time before the bot, from a spreadsheet: figures and no narrative. One row each, in the
 * partition of its cycle, so that a report of a quarter reads that quarter's rows whatever else was imported.
 */
export interface PastPlr {
  /** `ended`: a later import of the same month no longer had it. It is kept, and counts nowhere. */
  readonly state: 'imported' | 'ended';
  readonly figures: PlrFigures;
}

export const pastPlrKind: DocumentKind<PastPlr, 'history'> = {
  kind: 'history',
  schemaVersion: 1,
  figures: ({ state, figures }) => (state === 'imported' ? figures : undefined),
};

export function pastPlrKey(cycleId: CycleId, ref: PlrRef): DocumentKey<'history'> {
  return { partition: cycleId, kind: 'history', id: idOf(ref) };
}

/** A council's own references may hold characters that a row key may not: those are written by their code. */
function idOf(ref: PlrRef): string {
  return ref.replaceAll(/[^A-Za-z0-9.-]/gu, (one) => `_${(one.codePointAt(0) ?? 0).toString(16)}_`);
}
