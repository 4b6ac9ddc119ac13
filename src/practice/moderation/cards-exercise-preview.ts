import type { CardContent } from '../surface/feature.js';
import type { PlrRef } from '../base/ids.js';
import type { AnonymousPlr } from './anonymous-plr.js';
import { exercisePartition } from './exercise-record.js';

interface Passage {
  readonly heading: string;
  readonly text: string;
}

/** Characters on a page: far fewer than a card holds, so that nothing that has to be read is cut. */
const roomOnAPage = 4_000;

/**
 * The exercise as its reviewers would read it. The QA lead reads it first, because the roster does not have the
 * names of children. It can be sent from its last page.
 */
export function previewCard(ref: PlrRef, content: AnonymousPlr, wanted: number): CardContent {
  const pages = pagesOf(passagesOf(content));
  const page = Math.min(wanted, pages.length - 1);
  const isLast = page === pages.length - 1;
  return {
    template: 'moderation/exercise-preview',
    summary: 'A calibration exercise to read',
    data: {
      cycle: exercisePartition,
      ref,
      title: `Read before it is sent: ${ref}`,
      intro:
        'Names that were found are masked as [removed]. Others may still be there, a child’s above all. If you see one, do not send it: choose another PLR. It goes to every link reviewer who does not know it.',
      page: `Part ${page + 1} of ${pages.length}`,
      passages: pages[page] ?? [],
      isLast,
      next: page + 1,
    },
  };
}

function passagesOf({ cohort, texts, sections, actions }: AnonymousPlr): Passage[] {
  return [
    { heading: 'Cohort', text: cohort },
    ...texts,
    ...sections.flatMap(({ title, workingWell, needsToImprove }) => [
      { heading: `${title}: working well`, text: workingWell },
      { heading: `${title}: needs to improve`, text: needsToImprove },
    ]),
    { heading: 'Actions', text: actions.join('\n') },
  ].filter(({ text }) => text !== '');
}

function pagesOf(passages: readonly Passage[]): Passage[][] {
  const pages: Passage[][] = [[]];
  let room = roomOnAPage;
  for (const passage of passages) {
    const page = pages.at(-1);
    if (page === undefined || (page.length > 0 && passage.text.length > room)) {
      pages.push([passage]);
      room = roomOnAPage - passage.text.length;
    } else {
      page.push(passage);
      room -= passage.text.length;
    }
  }
  return pages;
}
