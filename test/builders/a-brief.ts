import type { CycleId, ServiceId } from '../../src/practice/base/ids.js';
import { briefParts, type BriefText, type DraftedBrief } from '../../src/practice/learning/brief.js';
import { instant, month } from '../../src/practice/base/time.js';

/** April's draft for the Assessment service, on seven reviews; `written` stands in place of the fixed words. */
export function aDraftedBrief(written: Partial<BriefText> = {}): DraftedBrief {
  const fixed = Object.fromEntries(briefParts.map((part) => [part, 'Plan together.'])) as BriefText;
  return {
    state: 'drafted',
    cycleId: '2022-04' as CycleId,
    month: month('2022-04'),
    serviceId: 'assessment' as ServiceId,
    about: { is: 'service', of: 7 },
    themes: [],
    draftedAt: instant('2022-05-05T08:00:00Z'),
    text: { ...fixed, ...written },
    saves: 0,
    excused: [],
    lastTime: [],
  };
}
