import type { CouncilContext } from '../council/council-context.js';
import { monthInWords, serviceName } from '../council/words.js';
import type { Brief } from './brief.js';
import { briefLines, briefSections } from './cards.js';
import type { Briefing } from '../surface/briefing.js';

const notes: readonly (readonly string[])[] = [
  [
    'Say what the reviews are: a manager and a practitioner look at one child’s case together.',
    'The figures are about practice, never about a person or a team.',
  ],
  ['Begin with what works. Ask who would like to say how they do it.', 'Allow about three minutes.'],
  [
    'Read one point aloud, then wait. Ask what makes it hard.',
    'If somebody begins to speak of a child or a family by name, take it to supervision.',
  ],
  ['Settle on one change, small enough to start this week. Who begins, and when?'],
  [
    'Take the three questions in turn, about five minutes each.',
    'Before you close, somebody presses “Record our discussion” in the meeting channel.',
  ],
];

/** The approved text; what is not approved yet is marked as a draft. */
export function briefingOf(brief: Brief, council: CouncilContext): Briefing {
  const approved = brief.state === 'approved';
  const text = approved ? brief.posting.text : brief.text;
  return {
    title: 'Learning from Practice Learning Reviews',
    subtitle: `${serviceName(brief.serviceId, council)}, ${monthInWords(brief.month)}${approved ? '' : ' (draft, not approved)'}`,
    slides: briefSections(text).map(({ title, lines }, at) => ({
      title,
      points: lines
        .flatMap((line) => briefLines(line.text))
        .map((line) => line.text.replace(/^(• |\d\. )/, '')),
      notes: notes[at] ?? [],
    })),
  };
}
