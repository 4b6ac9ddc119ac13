import type { CardContent } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import { feedbackInWords, gradeChoices } from '../forms/form-steps.js';
import type { ImmediateConcern } from '../plr/answers.js';
import { cohortInWords, dateInWords, personName, teamName } from '../council/words.js';
import { overallLimit, blindReasonLimit, stillToGrade } from './blind-draft.js';
import type { BlindPlr, BlindSection } from './blind-plr.js';
import type { BlindDraft } from '../plr/moderation.js';

/** What a card says about the last press: a sentence, and what was typed but could not be kept. */
export interface Note {
  readonly say: string;
  readonly typed?: { readonly grade?: string | undefined; readonly reason?: string | undefined };
}

/** What is graded blind, page by page: a PLR in moderation, or an anonymised one in an exercise. */
export interface BlindForm {
  /** What the buttons' verbs begin with. */
  readonly feature: 'moderation' | 'exercise';
  readonly cycle: string;
  readonly ref: string;
  readonly title: string;
  readonly intro: string;
  readonly facts: readonly { readonly title: string; readonly value: string }[];
  readonly texts: readonly BlindText[];
  readonly sections: readonly BlindSection[];
  readonly actions: readonly string[];
  readonly draft: BlindDraft;
}

export interface BlindText {
  readonly heading: string;
  readonly text: string;
}

const summary = 'You have a Practice Learning Review to grade';
const nothing = 'Nothing was written here.';

export function moderationForm(blind: BlindPlr, council: CouncilContext): BlindForm {
  return {
    feature: 'moderation',
    cycle: blind.cycleId,
    ref: blind.ref,
    title: 'A Practice Learning Review to moderate',
    intro:
      'Please grade it on what it says and on the record, before you talk to the manager. You see their grades when you have given yours.',
    facts: [
      { title: 'Reference', value: blind.ref },
      { title: 'Case', value: blind.caseRef },
      {
        title: 'Practitioner',
        value: `${personName(blind.practitionerId, council)}, ${teamName(blind.teamId, council)}`,
      },
      { title: 'Cohort', value: cohortInWords(blind.cohort) },
      { title: 'Due', value: dateInWords(blind.dueOn) },
    ],
    texts: evidenceOf(blind),
    sections: blind.sections,
    actions: actionsForModerator(blind),
    draft: blind.draft,
  };
}

/** What was written apart from the sections. */
export function evidenceOf({
  selfAssessment,
  together,
  family,
  concern,
}: Pick<BlindPlr, 'selfAssessment' | 'together' | 'family' | 'concern'>): BlindText[] {
  return [
    { heading: 'The practitioner’s self-assessment', text: orNothing(selfAssessment) },
    { heading: 'The practitioner’s part in the review', text: orNothing(together?.practitionersPart) },
    {
      heading: 'Feedback from the child and family',
      text: family === undefined ? nothing : feedbackInWords(family),
    },
    { heading: 'Immediate concern', text: concernInWords(concern) },
  ];
}

export function actionsForModerator({ actions }: Pick<BlindPlr, 'actions'>): string[] {
  return actions.map(({ what, dueOn, owner }) => {
    return `${what} (${owner === 'practitioner' ? 'practitioner' : 'Team Manager'}, by ${dateInWords(dueOn)})`;
  });
}

/** `start`, a section's id, or `overall`; anything else is the start. */
export function blindCard(form: BlindForm, page: string, note?: Note): CardContent {
  if (page === 'overall') return overallCard(form, note);
  const index = form.sections.findIndex(({ id }) => id === page);
  const section = form.sections[index];
  return section === undefined ? startCard(form, note) : sectionCard(form, section, index, note);
}

/** The page before or after; the last section is followed by the overall grade. */
export function pageBeside(sections: readonly { readonly id: string }[], page: string, step: 1 | -1): string {
  const pages = ['start', ...sections.map(({ id }) => id), 'overall'];
  return pages[pages.indexOf(page) + step] ?? 'start';
}

function startCard(form: BlindForm, note: Note | undefined): CardContent {
  const { title, intro, facts, texts, draft } = form;
  const [next] = stillToGrade(draft, idsOf(form));
  const begun = Object.keys(draft.sections).length > 0;
  return {
    template: 'moderation/blind-start',
    summary,
    data: {
      ...addressOf(form),
      ...noted(note),
      title,
      intro,
      facts,
      texts,
      next: next ?? 'overall',
      startTitle: begun ? 'Go on grading' : 'Start grading',
      canHandOn: form.feature === 'moderation',
    },
  };
}

function sectionCard(
  form: BlindForm,
  section: BlindSection,
  index: number,
  note: Note | undefined,
): CardContent {
  const given = form.draft.sections[section.id];
  return {
    template: 'moderation/blind-section',
    summary,
    data: {
      ...addressOf(form),
      ...noted(note),
      page: section.id,
      place: `Section ${index + 1} of ${form.sections.length}`,
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
      reasonLimit: blindReasonLimit,
    },
  };
}

function overallCard(form: BlindForm, note: Note | undefined): CardContent {
  const { draft } = form;
  const open = stillToGrade(draft, idsOf(form)).filter((page) => page !== 'overall');
  const titles = form.sections.filter(({ id }) => open.includes(id)).map(({ title }) => title);
  return {
    template: 'moderation/blind-overall',
    summary,
    data: {
      ...addressOf(form),
      ...noted(note),
      hasActions: form.actions.length > 0,
      actions: form.actions.map((text) => ({ text })),
      hasOpen: titles.length > 0,
      open: `Still to grade: ${titles.join('; ')}.`,
      choices: gradeChoices,
      grade: note?.typed?.grade ?? draft.overall ?? '',
      reason: note?.typed?.reason ?? draft.reason,
      reasonLimit: overallLimit,
      giving: whatGivingDoes(form),
    },
  };
}

function addressOf({ feature, cycle, ref }: BlindForm) {
  return { feature, cycle, ref };
}

/** A grade in an exercise alerts nobody. */
function whatGivingDoes({ feature }: BlindForm): string {
  const tells =
    feature === 'moderation'
      ? 'An overall grade of Inadequate tells the team at once, with your reason, unless an alert was raised for it already. '
      : '';
  return `${tells}Once you have given your grades they cannot be changed.`;
}

export function noted(note: { readonly say: string } | undefined) {
  return { hasNote: note !== undefined, note: note?.say ?? '' };
}

function idsOf({ sections }: BlindForm): string[] {
  return sections.map(({ id }) => id);
}

function orNothing(text: string | undefined): string {
  return text === undefined || text.trim() === '' ? nothing : text;
}

function concernInWords(concern: ImmediateConcern | undefined): string {
  if (concern === undefined) return nothing;
  return concern.immediate ? `Yes: ${concern.what}` : 'No immediate concern.';
}
