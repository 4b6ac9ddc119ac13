import type { PlrRef } from '../base/ids.js';
import { type PlrFigures, returnedOnly } from '../plr/figures.js';
import type { Month } from '../base/time.js';
import { countsAsSent } from '../plr/compliance.js';
import { counted, listed } from './in-words.js';
import { monthInWords } from '../council/words.js';
import { byService, inMonth, monthlyOnly, type ReportInput, type ReportScope } from './report-input.js';
import type { DataNote } from '../surface/report-model.js';

/** What a reader should know before trusting a figure; a `check` note names the PLRs to look at. */
export function dataNotes(
  { asked, reviewed }: ReportScope,
  months: readonly Month[],
  undeliverable: ReadonlySet<PlrRef>,
): DataNote[] {
  return [
    ...importedNote(asked.figures),
    ...fewReturnsNote(monthlyOnly(reviewed.figures), months, reviewed),
    ...unknownServicesNote(reviewed),
    ...undeliverableNote(monthlyOnly(asked.figures), undeliverable),
    ...ledgerNote(asked),
    ...inconsistencies(reviewed.figures),
  ];
}

function importedNote(figures: readonly PlrFigures[]): DataNote[] {
  const imported = figures.filter((one) => one.source === 'history');
  if (imported.length === 0) return [];
  return [
    {
      kind: 'imported-history',
      level: 'information',
      say:
        `${imported.length} of ${counted(figures.length, 'PLR')} in this period were imported from past records, ` +
        'which hold no alerts, actions or findings. Those sections count only PLRs done through the bot.',
    },
  ];
}

function fewReturnsNote(
  monthly: readonly PlrFigures[],
  months: readonly Month[],
  { names, smallNumber }: ReportInput,
): DataNote[] {
  const groups = [
    ...months.map((month) => ({ name: monthInWords(month), figures: inMonth(monthly, month) })),
    ...byService(monthly, names),
  ];
  const few = groups
    .map(({ name, figures }) => ({ name, returned: returnedOnly(figures).length }))
    .filter(({ returned }) => returned < smallNumber);
  if (few.length === 0) return [];
  const list = listed(few.map(({ name, returned }) => `${name} (${returned})`));
  const say = `Fewer than ${smallNumber} PLRs were returned for ${list}: too few to say how good practice is there.`;
  return [{ kind: 'few-returned', level: 'information', say }];
}

function unknownServicesNote({ figures, names }: ReportInput): DataNote[] {
  const unknown = byService(figures, names).filter(({ id }) => !names.services.has(id));
  if (unknown.length === 0) return [];
  const list = listed(unknown.map(({ id }) => id));
  const say = `The roster has no service with ${unknown.length === 1 ? 'this id' : 'these ids'}, so the id stands for its name: ${list}.`;
  return [{ kind: 'service-not-in-roster', level: 'information', say }];
}

function undeliverableNote(monthly: readonly PlrFigures[], undeliverable: ReadonlySet<PlrRef>): DataNote[] {
  const lost = monthly.filter((one) => countsAsSent(one) && undeliverable.has(one.ref));
  if (lost.length === 0) return [];
  const say = `${counted(lost.length, 'PLR')} could not be delivered. They are part of sent, and are listed.`;
  return [{ kind: 'undeliverable', level: 'check', say }];
}

function ledgerNote({ figures, ledger }: ReportInput): DataNote[] {
  if (ledger !== undefined || figures.every((one) => one.source === 'history')) return [];
  const say = 'The delivery ledger was not at hand, so sent was not checked against it.';
  return [{ kind: 'ledger-not-checked', level: 'check', say }];
}

interface Inconsistency {
  readonly kind: string;
  readonly what: string;
  readonly holds: (one: PlrFigures) => boolean;
}

/** What cannot be true of a PLR. What its records never held is not counted against an imported PLR. */
const inconsistent: readonly Inconsistency[] = [
  {
    kind: 'returned-without-grade',
    what: 'returned without an overall grade, so missing from the grade tables',
    holds: ({ standing, grades }) => standing.is === 'returned' && grades.original === undefined,
  },
  {
    kind: 'returned-before-sent',
    what: 'returned before the date it was sent',
    holds: ({ standing, sentOn }) => standing.is === 'returned' && standing.on < sentOn,
  },
  {
    kind: 'moderated-without-grade',
    what: 'moderated without a grade to compare with',
    holds: ({ grades }) =>
      grades.original === undefined && (grades.moderated ?? grades.settled) !== undefined,
  },
  {
    kind: 'inadequate-without-alert',
    what: 'graded Inadequate with no alert recorded',
    holds: ({ source, standing, grades, alert }) =>
      source === 'bot' &&
      standing.is === 'returned' &&
      grades.original === 'inadequate' &&
      alert === undefined,
  },
];

function inconsistencies(figures: readonly PlrFigures[]): DataNote[] {
  return inconsistent.flatMap(({ kind, what, holds }) => {
    const refs = figures.filter(holds).map((one) => one.ref);
    if (refs.length === 0) return [];
    return [{ kind, level: 'check', say: `${counted(refs.length, 'PLR')} ${what}: ${listed(refs)}.` }];
  });
}
