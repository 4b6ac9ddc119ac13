import type { DrawReason, RuledOut } from '../plr/draw-plan.js';
import { dateInWords } from '../council/words.js';

/** Why this manager has this case, in sentences for `plr cycle explain`. They name no one. */
export function explainDraw(reason: DrawReason): string[] {
  const { on, left, place, seed, rosterVersion } = reason;
  return [
    `On ${dateInWords(on)} there ${areCases(reason.open, 'open case')}.`,
    ...ruledOutInWords(reason),
    ...(reason.perPractitioner > 1 ? [practitionersShort(reason.perPractitioner)] : []),
    ...(reason.way === 'by-exchange' ? [exchange] : []),
    `That left ${cases(left, 'case')}. Number ${number(place)} was drawn, with the seed “${seed}” and version ${rosterVersion} of the roster.`,
  ];
}

/** Why no case could be drawn for a manager, in sentences for the QA lead. */
export function explainUnplaced(why: RuledOut): string[] {
  return [
    `There ${areCases(why.open, 'open case')}.`,
    ...ruledOutInWords(why),
    'That left no case that this manager could fairly be given, whatever cases the others were given.',
  ];
}

const exchange =
  'No fair case was left at first, so another manager was given a different case and the place that freed was used.';

function practitionersShort(most: number): string {
  const times = most === 2 ? 'twice' : `${number(most)} times`;
  return `No fair pairing was left with a practitioner who had fewer, so a practitioner could be asked up to ${times}.`;
}

function ruledOutInWords(why: RuledOut): string[] {
  const rules: [count: number, one: string, many: string][] = [
    [
      why.reviewedRecently,
      `it was reviewed, or due to be, in the last ${months(why.memoryMonths)}`,
      `they were reviewed, or due to be, in the last ${months(why.memoryMonths)}`,
    ],
    [why.practitionerAway, 'its practitioner is away throughout', 'their practitioners are away throughout'],
    [why.ownTeam, 'it belongs to the manager’s own team', 'they belong to the manager’s own team'],
    [
      why.ownPractice,
      'the manager is its practitioner or their line manager',
      'the manager is their practitioner or the practitioner’s line manager',
    ],
    [
      why.neverThereTogether,
      'the manager and its practitioner are never at work on the same day',
      'the manager and their practitioners are never at work on the same day',
    ],
    [
      why.drawnInThisCycle,
      'it, or its practitioner, was already drawn in this cycle',
      'they, or their practitioners, were already drawn in this cycle',
    ],
  ];
  return rules.flatMap(([count, one, many]) => {
    if (count === 0) return [];
    return [count === 1 ? `1 was ruled out: ${one}.` : `${number(count)} were ruled out: ${many}.`];
  });
}

function areCases(count: number, noun: string): string {
  return `${count === 1 ? 'was' : 'were'} ${cases(count, noun)}`;
}

function cases(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function months(count: number): string {
  return count === 1 ? 'month' : `${number(count)} months`;
}

function number(count: number): string {
  return count.toLocaleString('en-GB');
}
