import type { CaseRef, CycleId, PersonId, PlrRef, ServiceId, TeamId } from '../../src/practice/base/ids.js';
import type { Plr } from '../../src/practice/plr/plr.js';
import { findingsOf } from '../../src/practice/plr/answers.js';
import { formOf } from '../../src/practice/forms/draft.js';
import type { Grade } from '../../src/practice/plr/grade.js';
import { readAnswers } from '../../src/practice/reviews/read-answers.js';
import type { ClosedReview, DraftReview } from '../../src/practice/plr/review.js';
import { instant, localDate } from '../../src/practice/base/time.js';
import { aContext } from './a-context.js';

/** What people typed, by field id (`risk.grade`). */
export type Typing = Readonly<Record<string, string>>;

export const sectionIds = [
  'voice',
  'assessment',
  'risk',
  'planning',
  'oversight',
  'multi-agency',
  'recording',
  'identity',
  'outcomes',
] as const;

/** Every field filled in so that the review can be returned, by its step: what a manager types, in order. */
export function usualTyping(grade: Grade = 'good'): readonly { step: string; typed: Typing }[] {
  return [
    ...sectionIds.map((id) => ({
      step: id,
      typed: {
        [`${id}.grade`]: grade,
        [`${id}.working-well`]: `What works in ${id}.`,
        [`${id}.to-improve`]: `What to do better in ${id}.`,
      },
    })),
    {
      step: 'together',
      typed: {
        'together.took-place': 'yes',
        'together.on': '2022-04-01',
        'together.part': 'Brought the chronology.',
      },
    },
    { step: 'family', typed: { 'family.is': 'given', 'family.what': 'They feel heard.' } },
    { step: 'concern', typed: { 'concern.immediate': 'no' } },
    { step: 'overall', typed: { 'overall.grade': grade, 'overall.reason': 'Steady work.' } },
    {
      step: 'actions',
      typed: {
        'actions.1.what': 'Agree the contact plan.',
        'actions.1.owner': 'practitioner',
        'actions.1.due': '2022-04-22',
      },
    },
  ];
}

/**
 * A PLR of the small council by its state, with fixed dates: Ash Manager reviews a case of Birch Worker First.
 * `aReview().returned().gradedInadequate().build()`; assigned when nothing is said.
 */
export function aReview(): PlrBuilder {
  return new PlrBuilder({}, {}, 'assigned');
}

type Stage = 'assigned' | 'draft' | 'returned';

export class PlrBuilder {
  private readonly facts: Partial<Plr>;
  private readonly typed: Typing;
  private readonly stage: Stage;

  constructor(facts: Partial<Plr>, typed: Typing, stage: Stage) {
    this.facts = facts;
    this.typed = typed;
    this.stage = stage;
  }

  /** Begun, with nothing answered but what is said of it besides. */
  draft(): PlrBuilder {
    return new PlrBuilder(this.facts, this.typed, 'draft');
  }

  /** Begun, with every answer there: it can be returned. */
  complete(): PlrBuilder {
    return new PlrBuilder(this.facts, { ...allTyping('good'), ...this.typed }, 'draft');
  }

  returned(): PlrBuilder {
    return new PlrBuilder(this.facts, { ...allTyping('good'), ...this.typed }, 'returned');
  }

  /** Typed over whatever is there: `.typing({ 'risk.grade': 'good' })`; the empty text takes an answer away. */
  typing(typing: Typing): PlrBuilder {
    return new PlrBuilder(this.facts, { ...this.typed, ...typing }, this.stage);
  }

  /** The overall grade. */
  graded(grade: Grade): PlrBuilder {
    return this.typing({ 'overall.grade': grade });
  }

  gradedInadequate(): PlrBuilder {
    return this.graded('inadequate');
  }

  withImmediateConcern(what = 'Nobody has seen the child for three weeks.'): PlrBuilder {
    return this.typing({ 'concern.immediate': 'yes', 'concern.what': what });
  }

  exempt(why: ClosedReview['why'] = 'leave'): PlrBuilder {
    return this.with({
      review: {
        state: 'exempt',
        why,
        reason: 'Away until May.',
        approvedBy: 'qa-lead' as PersonId,
        at: instant('2022-04-05T09:00:00Z'),
      },
    });
  }

  /** Its cycle closed at the end of May, whatever had been typed by then. */
  notReturned(): PlrBuilder {
    const { review } = this.build();
    return this.with({
      review: {
        state: 'not-returned',
        at: instant('2022-05-31T23:00:00Z'),
        ...(review.state === 'draft' ? { draft: review } : {}),
      },
    });
  }

  /** Other facts than the usual: `.with({ ref, managerId })`. */
  with(facts: Partial<Plr>): PlrBuilder {
    return new PlrBuilder({ ...this.facts, ...facts }, this.typed, this.stage);
  }

  build(): Plr {
    return {
      ref: 'PLR-7K3M2Q' as PlrRef,
      cycleId: '2022-04' as CycleId,
      kind: 'monthly',
      managerId: 'ash-manager' as PersonId,
      practitionerId: 'birch-worker-first' as PersonId,
      teamId: 'birch' as TeamId,
      serviceId: 'assessment' as ServiceId,
      caseRef: 'CS-1100' as CaseRef,
      cohort: 'child-protection',
      issuedAt: instant('2022-04-01T08:00:00Z'),
      dueOn: localDate('2022-04-29'),
      draw,
      actions: [],
      review: this.review(),
      ...this.facts,
    };
  }

  private review(): Plr['review'] {
    if (this.stage === 'assigned') return { state: 'assigned' };
    const draft = this.draftReview();
    if (this.stage === 'draft') return draft;
    const council = aContext();
    const answers = readAnswers(draft, council);
    return {
      state: 'returned',
      formVersion: draft.formVersion,
      answers,
      startedAt: draft.startedAt,
      returnedAt: council.now,
      returnedBy: this.facts.managerId ?? ('ash-manager' as PersonId),
      completedBy: 'service',
      findings: findingsOf(answers, formOf(draft, council)),
    };
  }

  private draftReview(): DraftReview {
    const typed = Object.entries(this.typed).map(([field, text]) => [field, { text, save: 1 }]);
    return {
      state: 'draft',
      formVersion: '2022-05',
      typed: Object.fromEntries(typed) as DraftReview['typed'],
      at: 'voice',
      startedAt: instant('2022-04-06T09:00:00Z'),
      savedAt: instant('2022-04-06T09:30:00Z'),
      saves: 1,
    };
  }
}

function allTyping(grade: Grade): Typing {
  return Object.assign({}, ...usualTyping(grade).map(({ typed }) => typed)) as Typing;
}

const draw: Plr['draw'] = {
  way: 'at-random',
  place: 1,
  perPractitioner: 1,
  seed: 'a-seed',
  on: localDate('2022-04-01'),
  rosterVersion: 1,
  open: 24,
  reviewedRecently: 0,
  practitionerAway: 0,
  ownTeam: 6,
  ownPractice: 0,
  neverThereTogether: 0,
  drawnInThisCycle: 0,
  left: 18,
  memoryMonths: 12,
};
