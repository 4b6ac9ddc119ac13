import type { CardContent } from '../feature.js';
import type { House } from '../house.js';
import { grades, gradeInWords } from '../reviews/grade.js';
import type { FamilyFeedback, ImmediateConcern } from '../reviews/answers.js';
import { cohortInWords, dateInWords, personName, teamName } from '../words.js';
import { overallLimit, reasonLimit, stillToGrade } from './blind-draft.js';
import type { BlindPlr, BlindSection } from './blind-plr.js';

/** What a card says of the last press: a sentence, and what was typed where it could not be kept. */
export interface Note {
  readonly say: string;
  readonly typed?: { readonly grade: string; readonly reason: string };
}

const summary = 'You have a Practice Learning Review to moderate';
const nothing = 'Nothing was written here.';

/** `start`, a section's id, or `overall`; anything else is the start. */
export function blindCard(blind: BlindPlr, page: string, house: House, note?: Note): CardContent {
  if (page === 'overall') return overallCard(blind, note);
  const index = blind.sections.findIndex(({ id }) => id === page);
  const section = blind.sections[index];
  return section === undefined ? startCard(blind, house, note) : sectionCard(blind, section, index, note);
}

/** The page before or after; from the last section on to the overall grade. */
export function pageBeside({ sections }: BlindPlr, page: string, step: 1 | -1): string {
  const pages = ['start', ...sections.map(({ id }) => id), 'overall'];
  return pages[pages.indexOf(page) + step] ?? 'start';
}

function startCard(blind: BlindPlr, house: House, note: Note | undefined): CardContent {
  const [next] = stillToGrade(blind.draft, idsOf(blind));
  const begun = Object.keys(blind.draft.sections).length > 0;
  return {
    template: 'moderation/blind-start',
    summary,
    data: {
      ...addressOf(blind),
      ...noted(note),
      facts: [
        { title: 'Reference', value: blind.ref },
        { title: 'Case', value: blind.caseRef },
        {
          title: 'Practitioner',
          value: `${personName(blind.practitionerId, house)}, ${teamName(blind.teamId, house)}`,
        },
        { title: 'Cohort', value: cohortInWords(blind.cohort) },
        { title: 'Due', value: dateInWords(blind.dueOn) },
      ],
      texts: [
        {
          heading: 'The practitioner’s part and self-assessment',
          text: orNothing(blind.together?.practitionersPart),
        },
        { heading: 'Feedback from the child and family', text: familyInWords(blind.family) },
        { heading: 'Immediate concern', text: concernInWords(blind.concern) },
      ],
      next: next ?? 'overall',
      startTitle: begun ? 'Go on grading' : 'Start grading',
    },
  };
}

function sectionCard(
  blind: BlindPlr,
  section: BlindSection,
  index: number,
  note: Note | undefined,
): CardContent {
  const given = blind.draft.sections[section.id];
  return {
    template: 'moderation/blind-section',
    summary,
    data: {
      ...addressOf(blind),
      ...noted(note),
      page: section.id,
      place: `Section ${index + 1} of ${blind.sections.length}`,
      title: section.title,
      help: section.help,
      texts: [
        { heading: 'What is working well', text: orNothing(section.workingWell) },
        { heading: 'What needs to improve', text: orNothing(section.needsToImprove) },
      ],
      choices: [
        ...gradeChoices,
        ...(section.mayBeNotApplicable ? [{ title: 'Not applicable', value: 'not-applicable' }] : []),
      ],
      grade: note?.typed?.grade ?? given?.grade ?? '',
      reason: note?.typed?.reason ?? given?.reason ?? '',
      reasonLimit,
    },
  };
}

function overallCard(blind: BlindPlr, note: Note | undefined): CardContent {
  const { draft } = blind;
  const open = stillToGrade(draft, idsOf(blind)).filter((page) => page !== 'overall');
  const titles = blind.sections.filter(({ id }) => open.includes(id)).map(({ title }) => title);
  return {
    template: 'moderation/blind-overall',
    summary,
    data: {
      ...addressOf(blind),
      ...noted(note),
      hasActions: blind.actions.length > 0,
      actions: blind.actions.map(({ what, dueOn, owner }) => ({
        text: `${what} (${owner === 'practitioner' ? 'practitioner' : 'Team Manager'}, by ${dateInWords(dueOn)})`,
      })),
      hasOpen: titles.length > 0,
      open: `Still to grade: ${titles.join('; ')}.`,
      choices: gradeChoices,
      grade: note?.typed?.grade ?? draft.overall ?? '',
      reason: note?.typed?.reason ?? draft.reason,
      reasonLimit: overallLimit,
    },
  };
}

export const gradeChoices = grades.map((grade) => ({ title: gradeInWords(grade), value: grade }));

function addressOf({ cycleId, ref }: BlindPlr) {
  return { cycle: cycleId, ref };
}

export function noted(note: { readonly say: string } | undefined) {
  return { hasNote: note !== undefined, note: note?.say ?? '' };
}

function idsOf({ sections }: BlindPlr): string[] {
  return sections.map(({ id }) => id);
}

function orNothing(text: string | undefined): string {
  return text === undefined || text.trim() === '' ? nothing : text;
}

function familyInWords(family: FamilyFeedback | undefined): string {
  if (family === undefined) return nothing;
  if (family.is === 'given') return orNothing(family.what);
  return family.is === 'sought-not-given' ? 'Sought, but not given.' : `Not sought: ${family.why}`;
}

function concernInWords(concern: ImmediateConcern | undefined): string {
  if (concern === undefined) return nothing;
  return concern.immediate ? `Yes: ${concern.what}` : 'No immediate concern.';
}
