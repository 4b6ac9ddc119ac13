import type { CardContent } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Plr } from '../plr/plr.js';
import { dateAt } from '../base/time.js';
import { endedAt } from '../plr/retention.js';
import { fileOfRecord } from './file.js';
import { dateInWords, personName, serviceName } from '../council/words.js';

/**
 * One PLR on its way to the child's record, for business support. It has the case reference, because it is for
 * personal chat only.
 */
export function recordCard(plr: Plr, council: CouncilContext, note = ''): CardContent {
  const { record, ref, cycleId, caseRef } = plr;
  const waits = record?.state === 'waiting';
  return {
    template: 'records/record',
    summary: waits
      ? 'A Practice Learning Review is ready for the record'
      : 'The record of a Practice Learning Review',
    data: {
      title: waits ? 'Ready for the child’s record' : 'In the child’s record',
      facts: [
        { title: 'Reference', value: ref },
        { title: 'Case', value: caseRef },
        { title: 'Service', value: serviceName(plr.serviceId, council) },
      ],
      status: `${note} ${statusInWords(plr, council)}`.trim(),
      waits,
      mayTakeBack: record?.state === 'attached',
      hasFile: record !== undefined && record.state !== 'purged',
      file: fileOfRecord(plr),
      cycle: cycleId,
      ref,
      // So that it is noticed when more was said after the card was made.
      ended: endedAt(plr) ?? '',
    },
  };
}

function statusInWords(plr: Plr, council: CouncilContext): string {
  const { record, hold } = plr;
  const on = (at: Parameters<typeof dateAt>[0]) => dateInWords(dateAt(at, council.timeZone));
  const held = hold === undefined ? '' : ' It is under a legal hold: nothing is removed.';
  switch (record?.state) {
    case undefined:
      return 'It is not ready yet.';
    case 'waiting': {
      const before = record.attachedBefore?.at(-1);
      const why = before === undefined ? '' : `More was said since it was attached on ${on(before)}. `;
      const open =
        endedAt(plr) === undefined
          ? ' Something of it is still open: it comes again when that has ended.'
          : '';
      return `${why}Get the document, attach it to the child’s electronic record, then confirm here.${open}`;
    }
    case 'attached':
      return `${personName(record.attachedBy, council)} confirmed it on ${on(record.attachedAt)}. What was written is removed from here on ${on(record.purgeAt)} at the earliest.${held} If it is not there after all, say so here before then.`;
    case 'purged':
      return `It was attached on ${on(record.attachedAt)}. What was written was removed from here on ${on(record.purgedAt)}.`;
  }
}
