import type { PersonId } from '../../base/ids.js';
import type { OpenItem, OpenKind } from '../open/open-item.js';
import type { SeenItem } from '../open/seen-by.js';

/** What people ask for by one word: each is one sort of open thing, or several that are one to them. */
const sortOf = {
  'alert-unacknowledged': 'alerts',
  'alert-not-safe': 'alerts',
  'alert-grip-due': 'alerts',
  'alert-to-close': 'alerts',
  'concern-begun': 'alerts',
  'message-undelivered': 'messages',
  'review-not-returned': 'reviews',
  'moderation-to-do': 'moderations',
  'moderation-to-answer': 'moderations',
  'moderation-to-settle': 'moderations',
  action: 'actions',
  'change-to-decide': 'changes',
  'brief-to-approve': 'briefs',
  'meeting-not-discussed': 'briefs',
  'document-to-attach': 'documents',
  'report-to-sign': 'reports',
  vacancy: 'vacancies',
} as const satisfies Readonly<Record<OpenKind, string>>;
export type OpenSort = (typeof sortOf)[OpenKind];

export const openSorts = [...new Set(Object.values(sortOf))] as readonly OpenSort[];

/**
 * A review whose manager has left is no review of the QA leads: for them it waits as a change to decide about.
 */
export function asTheirs(seen: readonly SeenItem[], me: PersonId): SeenItem[] {
  return seen.map((one) =>
    one.item.owedBy === undefined || one.item.owedBy === me ? one : { ...one, isMine: false },
  );
}

/** A cut of what somebody sees: one sort, what waits for them, or what is late. */
export const openCuts = [...openSorts, 'mine', 'overdue'] as const;
export type OpenCut = (typeof openCuts)[number];

export function isInCut({ item, isMine }: SeenItem, cut: OpenCut): boolean {
  if (cut === 'mine') return isMine;
  return cut === 'overdue' ? item.overdue : sortOf[item.kind] === cut;
}

export function isOfSort({ kind }: Pick<OpenItem, 'kind'>, sort: OpenSort): boolean {
  return sortOf[kind] === sort;
}

/** Several of one sort. */
export interface Several {
  readonly sort: OpenSort;
  readonly items: readonly SeenItem[];
}

/** By sort, that with the most urgent thing first: what is seen is in that order already. */
export function bySort(seen: readonly SeenItem[]): Several[] {
  const found = new Map<OpenSort, SeenItem[]>();
  for (const one of seen) {
    const sort = sortOf[one.item.kind];
    found.set(sort, [...(found.get(sort) ?? []), one]);
  }
  return [...found].map(([sort, items]) => ({ sort, items }));
}

/** What somebody is shown today, each part most urgent first. */
export interface Today {
  /** Children who may be unsafe: theirs to act on, or in their part of the council. */
  readonly unsafe: readonly SeenItem[];
  /** What else waits for them; several of a sort that are one thing to do are one line. */
  readonly mine: readonly (SeenItem | Several)[];
  /** What else is open in their part, and is not all theirs. */
  readonly part: readonly Several[];
}

export function todayOf(seen: readonly SeenItem[]): Today {
  const isUnsafe = (one: SeenItem) => isInCut(one, 'alerts');
  const others = seen.filter((one) => !isUnsafe(one));
  return {
    unsafe: seen.filter(isUnsafe),
    mine: inOneLine(others.filter(({ isMine }) => isMine)),
    part: bySort(others).filter(({ items }) => items.some(({ isMine }) => !isMine)),
  };
}

/** Forty documents to attach are one thing to do, and stand where the most urgent of them stands. */
const doneTogether: readonly OpenSort[] = ['messages', 'documents', 'vacancies'];

function inOneLine(mine: readonly SeenItem[]): (SeenItem | Several)[] {
  const together = bySort(mine).filter(({ sort, items }) => doneTogether.includes(sort) && items.length > 1);
  return mine.flatMap((one): (SeenItem | Several)[] => {
    const several = together.find(({ items }) => items.includes(one));
    if (several === undefined) return [one];
    return several.items[0] === one ? [several] : [];
  });
}
