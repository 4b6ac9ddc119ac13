import type { FamilyFeedback } from '../plr/answers.js';
import type { Form, FormSection } from '../council/form.js';
import { gradeInWords, grades } from '../plr/grade.js';

/** One screen of the form: short enough for a phone, saved as a whole. */
export interface Step {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly fields: readonly Field[];
}

export type Field = ChoiceField | TextField | DateField;

interface FieldFacts {
  /** `risk.grade`: the step, then the field within it. */
  readonly id: string;
  readonly label: string;
  /** When it may not be left empty, and what to say then: the first that holds. */
  readonly needed?: readonly Needed[];
}

export interface Needed {
  /** Another field of the step and its answer. Default: always. */
  readonly when?: readonly [field: string, answer: string];
  readonly say: string;
}

export interface ChoiceField extends FieldFacts {
  readonly kind: 'choice';
  readonly choices: readonly Choice[];
  /** Compact shows one line and a list to open; expanded shows every choice. */
  readonly shown: 'compact' | 'expanded';
}

export interface TextField extends FieldFacts {
  readonly kind: 'text';
  readonly lines: 'one' | 'many';
  /** In characters. The card sets no limit of its own, because Teams would silently cut a longer paste. */
  readonly maxLength: number;
}

export interface DateField extends FieldFacts {
  readonly kind: 'date';
}

export interface Choice {
  readonly title: string;
  readonly value: string;
}

/** About 500 words: two such texts and their step stay under the 25 KB of a card. */
export const longText = 3_000;
const shortText = 500;

/** As many as one PLR can have; the card shows those that are filled in and one more. */
export const maxActions = 6;

const yesOrNo: readonly Choice[] = [
  { title: 'Yes', value: 'yes' },
  { title: 'No', value: 'no' },
];
export const gradeChoices: readonly Choice[] = grades.map((grade) => ({
  title: gradeInWords(grade),
  value: grade,
}));

/** What each section asks besides its grade. */
export const sectionLabels = {
  workingWell: 'What is working well',
  needsToImprove: 'What needs to improve',
} as const;

/** Every step of a form, in order: its sections, then what every PLR asks (docs/domain.md, 4.2, 11). */
export function stepsOf(form: Form): readonly Step[] {
  const known = stepsOfForm.get(form);
  if (known !== undefined) return known;
  const steps = [...form.sections.map(sectionStep), ...fixedSteps];
  stepsOfForm.set(form, steps);
  return steps;
}

/** A form never changes, and each press asks for its steps several times. */
const stepsOfForm = new WeakMap<Form, readonly Step[]>();

function sectionStep({ id, title, help, mayBeNotApplicable }: FormSection): Step {
  const choices = mayBeNotApplicable
    ? [...gradeChoices, { title: 'Not applicable', value: 'not-applicable' }]
    : gradeChoices;
  return {
    id,
    title,
    help,
    fields: [
      choice(`${id}.grade`, 'Grade', choices),
      text(`${id}.working-well`, sectionLabels.workingWell),
      text(`${id}.to-improve`, sectionLabels.needsToImprove),
    ],
  };
}

const together: Step = {
  id: 'together',
  title: 'Together with the practitioner',
  help: 'A PLR is done with the practitioner, not about them.',
  fields: [
    always(
      choice('together.took-place', 'Did the conversation take place?', yesOrNo),
      'Say whether you talked.',
    ),
    {
      ...{ kind: 'date', id: 'together.on', label: 'When did you talk?' },
      needed: [{ when: ['together.took-place', 'yes'], say: 'Say when you talked.' }],
    },
    {
      ...text('together.part', 'The practitioner’s part in the review, or why you could not talk'),
      needed: [
        { when: ['together.took-place', 'yes'], say: 'Say what the practitioner’s part was.' },
        { when: ['together.took-place', 'no'], say: 'Say why you could not talk.' },
      ],
    },
  ],
};

const feedbackChoices: readonly Choice[] = [
  { title: 'Given', value: 'given' },
  { title: 'Sought, but not given', value: 'sought-not-given' },
  { title: 'Not sought', value: 'not-sought' },
];

/** `Not sought. They were abroad.`, with all that was typed beside it. */
export function feedbackInWords({ is, what = '', why = '' }: FamilyFeedback): string {
  const title = feedbackChoices.find(({ value }) => value === is)?.title ?? '';
  return [`${title}.`, what, why].filter((text) => text !== '').join(' ');
}

const family: Step = {
  id: 'family',
  title: 'Feedback from the child and family',
  help: 'What do the child and family say about the help they get?',
  fields: [
    always(choice('family.is', 'Feedback', feedbackChoices), 'Say whether there is feedback.'),
    {
      ...text('family.what', 'What they said'),
      needed: [{ when: ['family.is', 'given'], say: 'Say what the child or family told you.' }],
    },
    {
      ...text('family.why', 'If you did not ask: why not?', shortText),
      needed: [{ when: ['family.is', 'not-sought'], say: 'Say why you did not ask.' }],
    },
  ],
};

export const concern: Step = {
  id: 'concern',
  title: 'Immediate concern',
  help: 'Could this child be unsafe now, whatever the grade? Saying yes tells the team at once.',
  fields: [
    always(choice('concern.immediate', 'Is there an immediate concern?', yesOrNo), 'Say yes or no.'),
    {
      ...text('concern.what', 'What is the concern?'),
      needed: [{ when: ['concern.immediate', 'yes'], say: 'Say what the concern is.' }],
    },
  ],
};

const overall: Step = {
  id: 'overall',
  title: 'Overall grade',
  help: 'You grade the practice, never the person.',
  fields: [choice('overall.grade', 'Overall grade', gradeChoices), text('overall.reason', 'Why this grade')],
};

const actions: Step = {
  id: 'actions',
  title: 'Actions',
  help: 'What will be done for the child, by whom and by when? A grade of requires improvement or below needs at least one.',
  fields: Array.from({ length: maxActions }, (_, index) => actionFields(index + 1)).flat(),
};

function actionFields(number: number): Field[] {
  const id = `actions.${number}`;
  const owners = [
    { title: 'The practitioner', value: 'practitioner' },
    { title: 'The Team Manager', value: 'team-manager' },
  ];
  return [
    text(`${id}.what`, `Action ${number}: what will be done`, shortText),
    choice(`${id}.owner`, `Action ${number}: who will do it`, owners, 'compact'),
    { kind: 'date', id: `${id}.due`, label: `Action ${number}: by when` },
    choice(`${id}.safe`, `Action ${number}: does it keep the child safe?`, yesOrNo, 'compact'),
  ];
}

/** What every PLR asks after the sections of its form. */
export const fixedSteps: readonly Step[] = [together, family, concern, overall, actions];

/** How many fields an action has. */
export const fieldsOfAction = actionFields(1).length;

function choice(
  id: string,
  label: string,
  choices: readonly Choice[],
  shown: ChoiceField['shown'] = 'expanded',
): ChoiceField {
  return { kind: 'choice', id, label, choices, shown };
}

function always<One extends Field>(field: One, say: string): One {
  return { ...field, needed: [{ say }] };
}

function text(id: string, label: string, maxLength = longText): TextField {
  return { kind: 'text', id, label, lines: maxLength > shortText ? 'many' : 'one', maxLength };
}
