import type { LedgerRow } from '../delivery/outbox.js';
import type { CouncilContext } from '../practice/council/council-context.js';
import { isUndelivered, type MessageState } from '../practice/plr/ports.js';
import { toEpochMilliseconds, type Instant } from '../practice/base/time.js';
import { timeInWords } from '../practice/council/words.js';
import { recipientInWords } from './names.js';

export const messageStates: readonly MessageState[] = [
  'queued',
  'sending',
  'delivered',
  'undeliverable',
  'superseded',
  'setAside',
];

/** Sending a whole cycle takes a few minutes: what has waited longer needs a look. */
const waitsLongMs = 15 * 60_000;
const listedOfAGroup = 10;
/** With more lines than this, the totals at the top are out of sight. */
const linesOnAScreen = 24;

export interface DeliveriesShown {
  readonly now: Instant;
  /** None before the first import. */
  readonly council: CouncilContext | undefined;
  /** Every message, not only those that need somebody. */
  readonly all: boolean;
}

/** The ledger for people: the totals, then what needs somebody's attention, by state and reason. */
export function deliveriesInWords(
  rows: readonly LedgerRow[],
  { now, council, all }: DeliveriesShown,
): string[] {
  const totals = totalsInWords(rows);
  const listed = all ? rows : rows.filter((row) => needsSomebody(row, now));
  if (rows.length === 0) return [totals, 'There are no messages.'];
  if (listed.length === 0)
    return [totals, 'Nothing needs anybody. "plr deliveries --all" lists every message.'];
  const sorted = [...listed].sort(urgentFirst);
  const kinds = new Set(sorted.map(kindOf));
  const groups = [...kinds].map((kind) => sorted.filter((row) => kindOf(row) === kind));
  const lines = [
    totals,
    ...groups.flatMap((group) => ['', ...groupInWords(group, council, all)]),
    ...(all ? [] : ['', ...whatToDo(listed)]),
  ];
  return lines.length > linesOnAScreen ? [...lines, '', totals] : lines;
}

function totalsInWords(rows: readonly LedgerRow[]): string {
  const counts = messageStates.map(
    (state) => `${stateInWords(state)} ${rows.filter((row) => row.state === state).length}`,
  );
  return `${rows.length} ${rows.length === 1 ? 'message' : 'messages'}: ${counts.join(', ')}`;
}

function stateInWords(state: MessageState): string {
  return state === 'setAside' ? 'set aside' : state;
}

function needsSomebody(row: LedgerRow, now: Instant): boolean {
  const { state, urgent, at, notBefore = at } = row;
  if (isUndelivered(row)) return true;
  if (!waits(state) || notBefore > now) return false;
  return urgent || toEpochMilliseconds(now) - toEpochMilliseconds(at) > waitsLongMs;
}

function waits(state: MessageState): boolean {
  return state === 'queued' || state === 'sending';
}

function kindOf({ state, reason }: LedgerRow): string {
  return `${state} ${reason}`;
}

function urgentFirst(a: LedgerRow, b: LedgerRow): number {
  return Number(b.urgent) - Number(a.urgent);
}

function groupInWords(
  group: readonly LedgerRow[],
  council: CouncilContext | undefined,
  all: boolean,
): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const shown = all ? group : group.slice(0, listedOfAGroup);
  const more = group.length - shown.length;
  return [
    `${stateInWords(first.state)} ${group.length}${why(group, first, council)}`,
    ...shown.map(
      (row) => `  ${row.key} to ${recipientInWords(row, council)}${row.urgent ? ' (urgent)' : ''}`,
    ),
    ...(more > 0 ? [`  and ${more} more: "plr deliveries --all" lists every message`] : []),
  ];
}

function why(
  group: readonly LedgerRow[],
  { state, reason }: LedgerRow,
  council: CouncilContext | undefined,
): string {
  if (reason !== '') return `: ${reason}`;
  const since = group.map(({ at }) => at).sort()[0];
  if (!waits(state) || since === undefined) return '';
  return `: waits to be sent since ${council === undefined ? since : timeInWords(since, council.timeZone)}`;
}

function whatToDo(listed: readonly LedgerRow[]): string[] {
  return [
    ...(listed.some(({ state }) => waits(state))
      ? ['What waits goes by itself once the bot runs and Teams answers: docs/runbook.md says how to look.']
      : []),
    ...(listed.some(isUndelivered)
      ? ['Mend what the reasons say, then "plr deliveries --resend-failed" sends them again.']
      : []),
  ];
}
