import type { CaseRef, CycleId } from '../base/ids.js';
import type { Services } from '../plr/ports.js';
import { plrKind } from '../plr/plr-kind.js';
import type { PlrFigures } from '../plr/figures.js';
import { lastDayOf, monthOf, shiftMonth, type LocalDate } from '../base/time.js';
import { cyclesSince } from '../plr/figures-in-hand.js';
import { laterDrawsKey, laterDrawsKind } from './decide-later-draws.js';

/** Late returns are looked for in cycles of this many months before. */
const monthsLate = 3;

/**
 * When each case drawn in other cycles was reviewed (the day it was returned, or else was due): it rests for 12
 * months from then. Reads the draws and figures of the months it spans, however many cycles there were.
 */
export async function lastReviews(
  since: LocalDate,
  except: CycleId,
  services: Services,
): Promise<Map<CaseRef, LocalDate>> {
  const first = shiftMonth(monthOf(since), -monthsLate);
  const { plans, documents } = services;
  const found = await Promise.all(
    (await cyclesSince(first, services))
      .filter(({ id }) => id !== except)
      .map(async ({ id, month }) => {
        const [plan, later, figures] = await Promise.all([
          plans.read(id),
          documents.read(laterDrawsKind, laterDrawsKey(id)),
          documents.listFigures<PlrFigures>(plrKind, id),
        ]);
        const days = new Map(figures.map((one) => [one.ref, reviewedOn(one)]));
        const draws = [
          ...(plan?.drawn ?? []).map(({ ref, caseRef }) => ({ ref, caseRef })),
          ...(later?.draws ?? []).map(({ ref, drawn: { caseRef } }) => ({ ref, caseRef })),
        ];
        return draws.map(({ ref, caseRef }) => ({ caseRef, on: days.get(ref) ?? lastDayOf(month) }));
      }),
  );
  const last = new Map<CaseRef, LocalDate>();
  for (const { caseRef, on } of found.flat()) {
    if ((last.get(caseRef) ?? '') < on) last.set(caseRef, on);
  }
  return last;
}

function reviewedOn({ standing, dueOn }: PlrFigures): LocalDate {
  return standing.is === 'returned' ? standing.on : dueOn;
}
