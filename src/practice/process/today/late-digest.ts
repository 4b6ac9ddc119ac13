import { refuse } from '../../base/errors.js';
import { instantAt, isWorkingDay, type LocalDate } from '../../base/time.js';
import { qaLeads } from '../../council/staff.js';
import { dateInWords } from '../../council/words.js';
import type { DocumentKey, DocumentKind } from '../../plr/ports.js';
import type { CardContent, Job, Presenter } from '../../surface/feature.js';
import type { Open } from '../open/open-item.js';
import { readOpen } from '../open/seen-by.js';
import { isOfSort } from './sorts.js';

/**
 * Which moderations the QA leads were last told are overdue: one message for all of them, and a new one only when
 * another has become so. One document, so that a tick costs one small read, and none before nine.
 */
export interface LateDigest {
  readonly day: LocalDate;
  /** References. */
  readonly late: readonly string[];
}

export const lateDigestKind: DocumentKind<LateDigest, 'late-digest'> = {
  kind: 'late-digest',
  schemaVersion: 1,
};

const key: DocumentKey<'late-digest'> = { partition: 'council', kind: 'late-digest', id: 'moderations' };

/** At 9 on a working day. */
export const tellWhatIsLate: Job = {
  name: 'tell the QA leads which moderations are overdue',
  run: async (tick) => {
    const { council, documents } = tick;
    const { today, holidays, timeZone, now } = council;
    if (!isWorkingDay(today, holidays) || now < instantAt(today, '09:00', timeZone)) return;
    const before = await documents.read(lateDigestKind, key);
    if (before?.day === today) return;
    const late = lateIn(await readOpen(tick, council));
    const isNews = late.some((ref) => before?.late.includes(ref) !== true);
    const state: LateDigest = { day: today, late };
    const messages = (isNews ? qaLeads(council) : []).map((person) => ({
      key: `late.moderations.${today}.${person}`,
      to: { person },
      card: 'late-digest' as const,
      about: key,
      urgency: 'ordinary' as const,
    }));
    const change = { state, did: `counted the moderations overdue on ${today}`, messages };
    if (before === undefined && (await documents.create(lateDigestKind, key, change, 'system'))) return;
    await documents.change(lateDigestKind, key, 'system', (last) =>
      last.day === today ? refuse('done', 'Another replica has told them.') : change,
    );
  },
};

function lateIn(open: readonly Open[]): string[] {
  return open.flatMap((item) =>
    item.overdue && item.ref !== null && isOfSort(item, 'moderations') ? [item.ref] : [],
  );
}

/** As they were counted last: one that waits for somebody who cannot be reached is not out of date. Which they are, with owner and service, is one press away, as it stands by then. */
export const lateDigest: Presenter<LateDigest> = {
  kind: lateDigestKind,
  present: (digest) =>
    digest.late.length > 0 ? lateCard(digest) : { superseded: 'none is overdue any more' },
};

export function lateCard({ day, late }: LateDigest): CardContent {
  return {
    template: 'today/late',
    summary: 'Moderations are overdue',
    data: {
      title: late.length === 1 ? 'A moderation is overdue' : `${late.length} moderations are overdue`,
      text: `On ${dateInWords(day)}. The list says who has each, and for how long.`,
      data: { cut: 'moderations', page: 0 },
    },
  };
}
