import type { CaseRef, CycleId } from '../ids.js';
import type { Services } from '../ports.js';
import { monthOf, type LocalDate } from '../time.js';
import { laterDrawsKey, laterDrawsKind } from './later-draws.js';

/** The memory of 12 months: at most the draws of the months it spans, however many cycles there were. */
export async function casesDrawnSince(
  since: LocalDate,
  except: CycleId,
  { partitions, plans, documents }: Services,
): Promise<Map<CaseRef, LocalDate>> {
  const cycles = (await partitions.all()).filter(
    (name) => /^\d{4}-\d{2}/.test(name) && name >= monthOf(since) && name !== except,
  ) as CycleId[];
  const found = await Promise.all(
    cycles.map(async (id) => {
      const [plan, later] = await Promise.all([
        plans.read(id),
        documents.read(laterDrawsKind, laterDrawsKey(id)),
      ]);
      const first = (plan?.drawn ?? []).map((one) => ({ caseRef: one.caseRef, on: plan?.on ?? since }));
      const more = (later?.draws ?? []).map(({ drawn }) => ({ caseRef: drawn.caseRef, on: drawn.reason.on }));
      return [...first, ...more];
    }),
  );
  const drawn = new Map<CaseRef, LocalDate>();
  for (const { caseRef, on } of found.flat()) {
    if ((drawn.get(caseRef) ?? '') < on) drawn.set(caseRef, on);
  }
  return drawn;
}
