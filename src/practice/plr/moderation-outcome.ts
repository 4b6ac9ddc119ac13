import { refuse, type Refusal } from '../base/errors.js';
import type { PersonId } from '../base/ids.js';
import { grades, type Grade } from './grade.js';
import type { Instant } from '../base/time.js';
import { isBlank, type SectionGrade } from './blind-grades.js';
import {
  type AwaitingModeration,
  type DrawnModeration,
  type Feedback,
  type Moderation,
  feedbackLimit,
} from './moderation.js';

/** Every moderation whose grades may be seen side by side. */
export type ShownModeration = Exclude<Moderation, AwaitingModeration | DrawnModeration>;

export function isShown(moderation: Moderation): moderation is ShownModeration {
  return moderation.state !== 'awaiting-moderator' && moderation.state !== 'drawn';
}

/** A grade never travels without saying which of the three it is. */
export interface StandingGrade {
  readonly grade: Grade;
  readonly which: 'original' | 'moderated' | 'settled';
}

/** The grade that stands now: the manager's own, until they agree to the moderated one or it is settled. */
export function finalGrade(original: Grade, moderation: Moderation | undefined): StandingGrade {
  if (moderation?.state === 'settled') return { grade: moderation.settled.grade, which: 'settled' };
  if (moderation?.state === 'agreed') return { grade: moderation.moderated.overall, which: 'moderated' };
  return { grade: original, which: 'original' };
}

/** All grades that moderation has given, for the figures of the PLR. */
export function gradesGiven(moderation: Moderation): { moderated?: Grade; settled?: Grade } {
  if (!isShown(moderation)) return {};
  return {
    moderated: moderation.moderated.overall,
    ...(moderation.state === 'settled' ? { settled: moderation.settled.grade } : {}),
  };
}

/**
 * True when the moderator or the QA lead gave Inadequate where the manager had not: it sets off an alert
 * (docs/domain.md, 4.3) as an original Inadequate would. A better grade never withdraws an alert.
 */
export function isNewlyInadequate(moderation: Moderation): boolean {
  if (!isShown(moderation) || moderation.original.overall === 'inadequate') return false;
  return Object.values(gradesGiven(moderation)).includes('inadequate');
}

export interface GradeBeside {
  /** `overall`, or the section's id. */
  readonly section: string;
  readonly original: SectionGrade;
  readonly moderated: SectionGrade;
  readonly differs: boolean;
  /** The difference in words, so that colour is never its only sign. */
  readonly inWords: string;
}

/** Both grades side by side, overall first. */
export function sideBySide(moderation: ShownModeration): GradeBeside[] {
  const { original, moderated } = moderation;
  const second = new Map(moderated.sections.map(({ section, grade }) => [section, grade]));
  return [
    beside('overall', original.overall, moderated.overall),
    ...original.sections.map(({ section, grade }) =>
      beside(section, grade, second.get(section) ?? 'not-applicable'),
    ),
  ];
}

function beside(section: string, original: SectionGrade, moderated: SectionGrade): GradeBeside {
  const differs = original !== moderated;
  return { section, original, moderated, differs, inWords: differenceInWords(original, moderated) };
}

function differenceInWords(original: SectionGrade, moderated: SectionGrade): string {
  if (original === moderated) return 'Both the same';
  if (moderated === 'not-applicable') return 'not applicable in moderation';
  if (original === 'not-applicable') return `graded in moderation only`;
  const steps = grades.indexOf(moderated) - grades.indexOf(original);
  const size = ['no', 'one grade', 'two grades', 'three grades'][Math.abs(steps)] ?? '';
  return `moderated ${size} ${steps > 0 ? 'lower' : 'higher'}`;
}

/** What did not come is undefined, and stays as it was saved. */
export interface FeedbackTyped {
  readonly confirmed?: string | undefined;
  readonly nextTime?: string | undefined;
}

/**
 * The moderator's note to the manager, once the blind grading is done. Writing it again replaces it, since it
 * is advice and not a grade.
 */
export function giveFeedback(
  moderation: Moderation,
  by: PersonId,
  texts: FeedbackTyped,
  now: Instant,
): ShownModeration | Refusal<'not-yours' | 'not-yet-graded' | 'incomplete' | 'too-long'> {
  if (moderation.state === 'awaiting-moderator' || by !== moderation.moderatorId) {
    return refuse('not-yours', 'Only the moderator of this PLR can write this note.');
  }
  if (!isShown(moderation)) {
    return refuse('not-yet-graded', 'Grade this PLR first. You can write to the manager after that.');
  }
  const { confirmed = moderation.feedback?.confirmed, nextTime = moderation.feedback?.nextTime } = texts;
  const feedback: Feedback = {
    confirmed: (confirmed ?? '').trim(),
    nextTime: (nextTime ?? '').trim(),
    at: now,
  };
  if (isBlank(feedback.confirmed) || isBlank(feedback.nextTime)) {
    return refuse('incomplete', 'Write what was confirmed and what to look at next time.');
  }
  if (Math.max(feedback.confirmed.length, feedback.nextTime.length) > feedbackLimit) {
    return refuse('too-long', `Keep each note to ${feedbackLimit} characters. Nothing you wrote is lost.`);
  }
  return { ...moderation, feedback };
}

/** The one line on the manager's next assignment card. */
export function nextAssignmentLine({ nextTime }: Feedback): string {
  return `From your last moderation, to look at this time: ${nextTime.replace(/\s+/g, ' ')}`;
}
