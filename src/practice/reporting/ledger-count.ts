import type { PlrFigures } from '../plr/figures.js';
import type { Month } from '../base/time.js';
import { countsAsSent } from '../plr/compliance.js';
import { inMonth, monthlyOnly, type CountedMessage } from './report-input.js';
import type { LedgerCount } from './reconcile.js';

/** Compares the monthly PLRs sent in each month with the messages that the delivery ledger has for them. */
export function countLedger(
  figures: readonly PlrFigures[],
  ledger: readonly CountedMessage[],
  months: readonly Month[],
): LedgerCount[] {
  const monthly = monthlyOnly(figures);
  const sent = new Set(monthly.filter(countsAsSent).map((one) => one.ref));
  const known = new Set(figures.map((one) => one.ref));
  return months.map((month) => {
    const refs = new Set(ledger.filter((line) => line.cycleId.startsWith(month)).map((line) => line.ref));
    const imported = inMonth(monthly, month).filter((one) => countsAsSent(one) && one.source === 'history');
    return {
      month,
      messages: [...refs].filter((ref) => sent.has(ref)).length,
      imported: imported.filter((one) => !refs.has(one.ref)).length,
      unknown: [...refs].filter((ref) => !known.has(ref)).length,
    };
  });
}
