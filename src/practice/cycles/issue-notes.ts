import type { CouncilContext } from '../council/council-context.js';
import { isUndelivered, type LedgerLine } from '../plr/ports.js';
import { shareInWords } from '../base/statistics/proportion.js';
import { personName } from '../council/words.js';
import { whyNotSent } from '../surface/why-not-sent.js';
import type { CycleNote, NoteLine } from '../plr/cycle-record.js';
import type { DrawPlan } from '../plr/draw-plan.js';
import { explainUnplaced } from '../draw/explain-draw.js';

/** What the draw could not do. The QA leads are told, because no rule is bent (docs/domain.md, 4.1). */
export function issueNote({ unplaced, coverage }: DrawPlan, council: CouncilContext): CycleNote | undefined {
  const lines: NoteLine[] = unplaced.map(({ managerId, why }) => ({
    key: `unplaced.${managerId}`,
    sentence: `There is no fair case for ${personName(managerId, council)}. ${explainUnplaced(why).join(' ')}`,
  }));
  if (coverage.shortfall > 0) {
    lines.push({
      key: 'coverage',
      sentence: `This cycle reviews ${shareInWords(coverage.reviewed, coverage.open)} of the open cases. The target is ${coverage.target}%: ${coverage.shortfall} more would reach it.`,
    });
  }
  if (lines.length === 0) return undefined;
  return { key: 'issued', at: council.now, title: 'The reviews are out, with something to know', lines };
}

const goesByItself = 'It is sent as soon as they install the app or write to it.';
const isTriedAgain = 'It is tried again each day, and at once when they install the app or write to it.';
const isSetAside = 'It is not sent again by itself: ask those who run the bot to send it again.';

function whatNext(state: LedgerLine['state']): string {
  if (state === 'setAside') return isSetAside;
  return state === 'undeliverable' ? goesByItself : isTriedAgain;
}

/** The managers to whom their PLR could not be brought, one working day after issue. */
export function notDeliveredNote(
  assigned: readonly LedgerLine[],
  council: CouncilContext,
): Omit<CycleNote, 'at'> {
  return {
    key: 'not-delivered',
    title: 'Some managers have not got their review',
    lines: assigned.filter(isUndelivered).map(({ about, to, state, reason }) => ({
      key: `not-delivered.${about}`,
      sentence: `${about} has not reached ${'person' in to ? personName(to.person, council) : 'its manager'}: ${whyNotSent(reason)}. ${whatNext(state)}`,
    })),
  };
}
