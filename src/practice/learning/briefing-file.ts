import { mayIn } from '../council/access.js';
import type { ServiceId } from '../base/ids.js';
import type { FileMaker } from '../surface/feature.js';
import { fileName, partsOfKey } from '../surface/files.js';
import { serviceName } from '../council/words.js';
import { briefKey } from './brief.js';
import { briefKind } from './brief-kind.js';
import { briefingOf } from './briefing.js';
import { cycleIdShape } from '../forms/read-press.js';

/** The brief as slides with speaker notes, for whoever may write on it (docs/domain.md, 5.1). */
export const briefingFile: FileMaker = async (key, { actor, council, documents }) => {
  const [cycle, service] = partsOfKey(key);
  const cycleId = cycleIdShape.safeParse(cycle);
  const serviceId = service as ServiceId;
  if (!cycleId.success || !mayIn(actor, 'write learning brief', { serviceId }, council)) return undefined;
  const brief = await documents.read(briefKind, briefKey(cycleId.data, serviceId));
  if (brief === undefined) return undefined;
  const draft = brief.state === 'approved' ? '' : ' draft';
  return {
    name: fileName(
      `Learning briefing ${brief.month} ${serviceName(brief.serviceId, council)}${draft}`,
      'docx',
    ),
    description: 'The learning brief as slides with speaker notes',
    command: `learning brief --service ${brief.serviceId} --month ${brief.month} --out FILE.docx`,
    content: { as: 'briefing', briefing: briefingOf(brief, council) },
  };
};
