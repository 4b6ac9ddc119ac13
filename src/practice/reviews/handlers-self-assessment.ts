import { isRefusal } from '../base/errors.js';
import type { CardContent } from '../surface/feature.js';
import { changePress, plrFor, readPress } from '../surface/press.js';
import { toEmpty } from '../forms/inputs.js';
import type { CouncilContext } from '../council/council-context.js';
import { isOpen, type Plr } from '../plr/plr.js';
import { dateInWords, personName } from '../council/words.js';
import { longText } from '../forms/form-steps.js';
import { addressPress, selfAssessmentPress } from '../forms/read-press.js';
import { saveSelfAssessment } from './decide-self-assessment.js';

interface SelfAssessmentShown {
  readonly notice?: string;
  /** What was typed but is not saved. */
  readonly typed?: string;
  /** Another device's text is shown beside it. */
  readonly twice?: boolean;
  /** A card that is sent unasked has only buttons: this one opens the form. */
  readonly opensForm?: boolean;
}

/**
 * The practitioner's own card: who will review with them, by when, and their own view. It shows nothing else of
 * the PLR.
 */
export function selfAssessmentCard(
  plr: Plr,
  council: CouncilContext,
  shown: SelfAssessmentShown = {},
): CardContent {
  const { notice = '', typed, twice = false, opensForm = false } = shown;
  const stored = plr.selfAssessment?.text ?? '';
  const text = typed ?? stored;
  const open = isOpen(plr);
  const isForm = open && !opensForm;
  return {
    template: 'review/self-assessment',
    summary: 'A Practice Learning Review with you is planned',
    data: {
      notice,
      hasNotice: notice !== '',
      isForm,
      opensForm: open && opensForm,
      people: open
        ? `${personName(plr.managerId, council)} will review one child’s case together with you. It is about the practice, not about you.`
        : `The review with ${personName(plr.managerId, council)} is closed.`,
      facts: [
        { title: 'Reference', value: plr.ref },
        { title: 'Case', value: plr.caseRef },
        { title: 'Due', value: dateInWords(plr.dueOn) },
      ],
      text: isForm ? text : beginning(text),
      hasText: (!open || opensForm) && text !== '',
      whenEmpty: stored === '' ? '' : toEmpty,
      twice,
      stored: stored === '' ? '(nothing)' : stored,
      address: { cycle: plr.cycleId, ref: plr.ref },
      save: { cycle: plr.cycleId, ref: plr.ref, saves: plr.selfAssessment?.saves ?? 0 },
    },
  };
}

/** What came too late to be saved, as far as a card holds it. */
function beginning(text: string): string {
  const maxLength = 2 * longText;
  if (text.length <= maxLength) return text;
  return `${text.slice(0, maxLength)}… (only the first ${maxLength.toLocaleString('en-GB')} characters fit in here)`;
}

const mine = plrFor('assess own practice');

/** Opens the practitioner’s own card again. */
export const openSelfAssessment = readPress({
  ...mine,
  reads: addressPress,
  show: (plr, _given, { council }) => selfAssessmentCard(plr, council),
});

export const saveOwnAssessment = changePress({
  ...mine,
  reads: selfAssessmentPress,
  screen: { inputs: ['text'], again: openSelfAssessment },
  decide: (plr, { text, saves }, { council }) =>
    saveSelfAssessment(plr, text ?? plr.selfAssessment?.text ?? '', saves, council),
  show: (plr, { given, outcome }, { council }) => {
    if (!isRefusal(outcome))
      return selfAssessmentCard(plr, council, {
        notice: 'Saved. You can change it until the review is returned.',
      });
    const { refused, say } = outcome;
    if (refused === 'saved-already') return selfAssessmentCard(plr, council, { notice: say });
    const typed = given.text ?? plr.selfAssessment?.text ?? '';
    return selfAssessmentCard(plr, council, { notice: say, typed, twice: refused === 'saved-elsewhere' });
  },
});
