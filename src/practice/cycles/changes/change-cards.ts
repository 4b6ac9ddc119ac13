import type { CardContent } from '../../surface/feature.js';
import type { CouncilContext } from '../../council/council-context.js';
import { isOpen, type Plr } from '../../plr/plr.js';
import { dateInWords, personName, teamName, timeInWords } from '../../council/words.js';
import { changeNumber } from './change.js';
import {
  outcomes,
  wishes,
  type ChangeOfPlan,
  type DecidedChange,
  type Outcome,
  type Wish,
} from '../../plr/change-of-plan.js';

export const longestReason = 1_000;

export const wishWords: Readonly<Record<Wish, string>> = {
  leave: 'I am away for the rest of the time',
  conflict: 'I have a conflict of interest',
  'case-closed': 'The case has closed',
  'wrong-worker': 'The practitioner is not the right one',
  qa: 'I cannot do it; could the QA Service complete it?',
  withdraw: 'It should be withdrawn for another reason',
};

const outcomeWords: Readonly<Record<Outcome, string>> = {
  leave: 'Exempt: on leave',
  conflict: 'Exempt: conflict of interest',
  exempt: 'Exempt: another reason',
  'case-closed': 'Draw another case: this one has closed',
  'wrong-worker': 'Draw another case: wrong practitioner',
  qa: 'The QA Service completes it',
  withdraw: 'Withdraw it',
  none: 'Leave it as it is',
};

/** What was typed and what is wrong with it, shown beside each field. */
export interface TypedWish {
  readonly choice: string;
  readonly reason: string;
  readonly choiceError?: string;
  readonly reasonError?: string;
}

/** The manager asks for a change. */
export function askCard(plr: Plr, typed: TypedWish = { choice: '', reason: '' }): CardContent {
  return {
    template: 'cycle/change-ask',
    summary: 'Ask for a change to your review',
    data: {
      ...address(plr),
      intro: `What stands in the way of ${plr.ref}? A QA lead decides, and you are told. Until then it stays yours, and nothing you have written is lost.`,
      choices: wishes.map((value) => ({ title: wishWords[value], value })),
      ...shown(typed),
    },
  };
}

/**
 * The QA lead decides, whether or not somebody asked. When it is sent unasked, it has only a button that opens
 * the form.
 */
export function decideCard(
  plr: Plr,
  council: CouncilContext,
  { typed, opensForm = false }: { readonly typed?: TypedWish; readonly opensForm?: boolean } = {},
): CardContent {
  const asked = plr.change?.state === 'asked' ? plr.change : undefined;
  return {
    template: 'cycle/change-decide',
    summary: 'A manager asks for a change to a review',
    data: {
      ...address(plr),
      number: changeNumber(plr),
      title: asked === undefined ? `Change ${plr.ref}` : 'A manager asks for a change',
      facts: [
        ...factsOf(plr, council),
        ...(plr.qaCompletes === undefined
          ? []
          : [{ title: 'Completes it', value: personName(plr.qaCompletes.decidedBy, council) }]),
        ...(asked === undefined ? [] : [{ title: 'Asks', value: wishWords[asked.wish] }]),
      ],
      reasonGiven: asked?.reason ?? '',
      hasReason: asked !== undefined,
      opensForm,
      isForm: !opensForm,
      alertNote: hasOpenAlert(plr),
      choices: Object.entries(outcomeWords).map(([value, title]) => ({ title, value })),
      ...shown(typed ?? { choice: asked?.wish ?? '', reason: '' }),
    },
  };
}

/** How a change stands: for the manager who asked and for the QA lead who decided. */
export function changeCard(
  plr: Plr,
  change: ChangeOfPlan,
  council: CouncilContext,
  forManager: boolean,
): CardContent {
  const asked = change.state === 'asked' ? change : change.asked;
  return {
    template: 'cycle/change',
    summary:
      change.state === 'asked' ? 'Your request is with the QA Service' : 'A change to a review was decided',
    data: {
      ...address(plr),
      title: change.state === 'asked' ? 'Your request is with the QA Service' : decidedTitle(plr, change),
      next: nextOf(plr, change, forManager),
      facts: [
        ...factsOf(plr, council),
        ...(asked === undefined ? [] : [{ title: 'Asked', value: wishWords[asked.wish] }]),
        ...(change.state === 'decided' ? decidedFacts(change, council) : []),
      ],
      reasons: [
        ...(asked === undefined ? [] : [{ label: 'Why it was asked: ', text: asked.reason }]),
        ...(change.state === 'decided' ? [{ label: 'Why it was decided: ', text: change.because }] : []),
      ],
      goesOn: forManager && isOpen(plr),
    },
  };
}

function address({ cycleId, ref }: Plr) {
  return { cycle: cycleId, ref };
}

function shown({ choice, reason, choiceError = '', reasonError = '' }: TypedWish) {
  return {
    choice,
    reason,
    choiceError,
    reasonError,
    hasChoiceError: choiceError !== '',
    hasReasonError: reasonError !== '',
  };
}

function factsOf(plr: Plr, council: CouncilContext) {
  return [
    { title: 'Reference', value: plr.ref },
    { title: 'Manager', value: personName(plr.managerId, council) },
    { title: 'With', value: `${personName(plr.practitionerId, council)}, ${teamName(plr.teamId, council)}` },
    { title: 'Due', value: dateInWords(plr.dueOn) },
  ];
}

function decidedFacts({ outcome, decidedBy, decidedAt }: DecidedChange, council: CouncilContext) {
  return [
    { title: 'Decided', value: outcomeWords[outcome] },
    { title: 'By', value: personName(decidedBy, council) },
    { title: 'On', value: timeInWords(decidedAt, council.timeZone) },
  ];
}

function decidedTitle({ ref }: Plr, { outcome }: DecidedChange): string {
  switch (outcomes[outcome].does) {
    case 'exempt':
      return `${ref} is exempt`;
    case 'redrawn':
      return `Another case is drawn in place of ${ref}`;
    case 'withdrawn':
      return `${ref} is withdrawn`;
    case 'qa-completes':
      return `The QA Service completes ${ref}`;
    case 'nothing':
      return `${ref} stays as it is`;
  }
}

function nextOf(plr: Plr, change: ChangeOfPlan, forManager: boolean): string {
  if (change.state === 'asked')
    return 'You are told what is decided. You can go on with the review meanwhile.';
  const alert = hasOpenAlert(plr)
    ? ' The alert stays open: only a QA lead closes it, when the child is safe.'
    : '';
  const next = forManager ? nextForManager(plr, change) : nextForQaLead(plr, change);
  return `${next}${alert}`;
}

function hasOpenAlert({ alert }: Plr): boolean {
  return alert !== undefined && alert.state !== 'closed';
}

function nextForManager({ replacedBy }: Plr, { outcome }: DecidedChange): string {
  switch (outcomes[outcome].does) {
    case 'exempt':
    case 'withdrawn':
      return 'There is nothing left for you to do.';
    case 'redrawn':
      return `Your new review is ${replacedBy ?? 'on its way'}; it comes in a card of its own.`;
    case 'qa-completes':
      return 'There is nothing left for you to do. If you can do it after all, your own return counts.';
    case 'nothing':
      return 'Please go on with the review as it is.';
  }
}

function nextForQaLead({ replacedBy }: Plr, { outcome }: DecidedChange): string {
  switch (outcomes[outcome].does) {
    case 'exempt':
    case 'withdrawn':
    case 'nothing':
      return 'The manager is told.';
    case 'redrawn':
      return `The manager is told, and gets ${replacedBy ?? 'another case'}.`;
    case 'qa-completes':
      return 'The manager is told. The review comes to you in a card of its own.';
  }
}
