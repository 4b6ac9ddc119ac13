import type { CardContent } from '../../surface/feature.js';
import { welcomeTitle, welcomeWords } from '../../surface/help.js';
import { dateInWords } from '../../council/words.js';
import type { SeenItem } from '../open/seen-by.js';
import { buttonsOf, type Presser, type TodayButton } from './buttons.js';
import { bySort, isInCut, todayOf, type OpenCut, type OpenSort, type Several } from './sorts.js';
import { detailInWords, severalInWords, titleInWords } from './words.js';

/** What fits a phone: the rest is one press away. */
export const shownUnsafe = 4;
export const shownMine = 5;
export const rowsOfCut = 6;

/** The whole of it: children who may be unsafe, what waits for this person, and what is open in their part. */
export function todayCard(seen: readonly SeenItem[], presser: Presser, isWelcome = false): CardContent {
  const { unsafe, mine, part } = todayOf(seen);
  const sections = [
    {
      heading: unsafe.length === 1 ? 'A child may be unsafe' : 'Children who may be unsafe',
      rows: [
        ...unsafe.slice(0, shownUnsafe).map((one) => rowOf(one, presser)),
        ...restOf(unsafe.length, shownUnsafe, 'alerts'),
      ],
    },
    {
      heading: 'Waiting for you',
      rows: [
        ...mine
          .slice(0, shownMine)
          .map((one) => ('sort' in one ? severalRow(one, true) : rowOf(one, presser))),
        ...restOf(mine.length, shownMine, 'mine'),
      ],
    },
    { heading: 'Also open', rows: part.map((several) => severalRow(several)) },
  ];
  const title = `Today, ${dateInWords(presser.council.today)}`;
  return card({ title, intro: introOf(seen), sections, pages: [], isWelcome });
}

/** A line for each sort, with a button that shows them. */
export function openRows(seen: readonly SeenItem[]): Row[] {
  return bySort(seen).map((several) => severalRow(several));
}

function introOf(seen: readonly SeenItem[]): string {
  const unsafe = seen.filter((one) => isInCut(one, 'alerts')).length;
  const mine = seen.filter(({ isMine }) => isMine).length;
  if (seen.length === 0) return 'You are up to date. Nothing waits for you.';
  if (unsafe > 0) return unsafe === 1 ? 'Start with this child.' : 'Start with these children.';
  if (mine === 0) return 'Nothing waits for you.';
  return mine === 1 ? 'One thing waits for you.' : `${mine} things wait for you, the most urgent first.`;
}

/** The same cut to one sort, to what waits for them, or to what is late: all of it, a page at a time. */
export function cutCard(seen: readonly SeenItem[], cut: OpenCut, presser: Presser): CardContent {
  const found = inCut(seen, cut);
  const { page, pages } = pageOf(found, presser.page);
  const rows = pageRows(found, page).map((one) => rowOf(one, { ...presser, page }));
  return card({
    title: titles[cut],
    intro: countOf(found, cut, page, pages),
    sections: [{ heading: '', rows }],
    pages: [
      ...(page > 0 ? [turnTo('Previous page', cut, page - 1)] : []),
      ...(page < pages - 1 ? [turnTo('Next page', cut, page + 1)] : []),
      { title: 'Back to today', verb: 'today.show', data: {} },
    ],
  });
}

/** What a card shows of it item by item, so that what only these rows need is read for them alone. */
export function shownRows(seen: readonly SeenItem[], cut: OpenCut | undefined, page: number): SeenItem[] {
  if (cut !== undefined) {
    const found = inCut(seen, cut);
    return pageRows(found, pageOf(found, page).page);
  }
  const { unsafe, mine } = todayOf(seen);
  const one = mine.slice(0, shownMine).flatMap((line) => ('sort' in line ? [] : [line]));
  return [...unsafe.slice(0, shownUnsafe), ...one];
}

function inCut(seen: readonly SeenItem[], cut: OpenCut): SeenItem[] {
  return seen.filter((one) => isInCut(one, cut));
}

function pageOf(found: readonly SeenItem[], asked: number) {
  const pages = Math.max(1, Math.ceil(found.length / rowsOfCut));
  return { page: Math.min(asked, pages - 1), pages };
}

function pageRows(found: readonly SeenItem[], page: number): SeenItem[] {
  return found.slice(page * rowsOfCut, (page + 1) * rowsOfCut);
}

const titles: Readonly<Record<OpenCut, string>> = {
  alerts: 'Open alerts',
  messages: 'Messages that reached nobody',
  reviews: 'Reviews not returned',
  moderations: 'Open moderations',
  actions: 'Open actions',
  changes: 'Changes to decide',
  briefs: 'Learning briefs',
  documents: 'Documents to attach',
  reports: 'Reports to sign off',
  vacancies: 'Vacant posts',
  mine: 'Waiting for you',
  overdue: 'What is late',
};

function countOf(found: readonly SeenItem[], cut: OpenCut, page: number, pages: number): string {
  if (found.length === 0) return nothingWords[cut] ?? 'There is nothing of this kind for you.';
  const late = found.filter(({ item }) => item.overdue).length;
  const lateWords = late === 0 || cut === 'overdue' ? '' : `, ${late} late`;
  const pageWords = pages === 1 ? '' : `, page ${page + 1} of ${pages}`;
  return `${found.length} in all${lateWords}${pageWords}. The most urgent come first.`;
}

const nothingWords: Partial<Readonly<Record<OpenCut, string>>> = {
  alerts: 'There is no open alert for you to see.',
  mine: 'You are up to date. Nothing waits for you.',
  overdue: 'Nothing that you see is late.',
};

function rowOf(seen: SeenItem, presser: Presser) {
  const { item } = seen;
  const what = item.ref === null ? undefined : presser.actions.get(item.ref);
  const isUrgent = item.overdue || isInCut(seen, 'alerts');
  return row(
    what ?? titleInWords(seen, presser.council),
    detailInWords(seen, presser.council),
    isUrgent ? 'Attention' : 'Default',
    buttonsOf(seen, presser),
  );
}

function row(
  title: string,
  detail: string,
  colour: string,
  buttons: readonly TodayButton[],
  isApart = title !== '',
) {
  return {
    isApart,
    title,
    hasTitle: title !== '',
    detail,
    hasDetail: detail !== '',
    colour,
    buttons,
    hasButtons: buttons.length > 0,
  };
}

/** The button says it all. */
function severalRow(several: Several, isApart = false): Row {
  return row('', '', 'Default', [turnTo(severalInWords(several), several.sort, 0)], isApart);
}

function restOf(count: number, shown: number, cut: OpenSort | 'mine'): Row[] {
  return count <= shown ? [] : [row('', '', 'Default', [turnTo(`See all ${count}`, cut, 0)])];
}

function turnTo(title: string, cut: OpenCut, page: number): TodayButton {
  return { title, verb: 'today.show', data: { cut, page } };
}

type Row = ReturnType<typeof row>;

interface Drawn {
  readonly title: string;
  readonly intro: string;
  readonly sections: readonly { readonly heading: string; readonly rows: readonly Row[] }[];
  readonly pages: readonly TodayButton[];
  readonly isWelcome?: boolean;
}

function card({ title, intro, sections, pages, isWelcome = false }: Drawn): CardContent {
  return {
    template: 'today/today',
    summary: isWelcome ? welcomeTitle : 'What waits for you',
    data: {
      isWelcome,
      welcomeTitle,
      welcome: welcomeWords,
      title,
      intro,
      sections: sections
        .filter(({ rows }) => rows.length > 0)
        .map((section) => ({ ...section, hasHeading: section.heading !== '' })),
      pages,
    },
  };
}
