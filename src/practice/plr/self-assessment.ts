import { refuse, type Refusal } from '../base/errors.js';
import type { House } from '../council/house.js';
import type { PlrRef } from '../base/ids.js';
import { isOpen, type Plr } from './plr.js';
import type { Change } from './ports.js';
import type { Instant } from '../base/time.js';
import { tooLongInWords } from '../council/words.js';
import { longText } from '../forms/form-steps.js';

/**
 * What the practitioner says of their own practice, before the conversation (docs/domain.md, 11). Only they
 * write it.
 */
export interface SelfAssessment {
  readonly text: string;
  readonly savedAt: Instant;
  /** Raised with every save of it, and carried by the practitioner's card. */
  readonly saves: number;
}

/** The message that brings the practitioner their own card; it has another key once the case has moved. */
export function selfAssessmentKey(ref: PlrRef, reroutes = 0): string {
  return reroutes === 0 ? `self-assessment.${ref}` : `self-assessment.${ref}.${reroutes}`;
}

/** Separate from the manager's draft and its `saves`, because the two may write at the same time. */
export function saveSelfAssessment(
  plr: Plr,
  text: string,
  seenSaves: number,
  { now }: House,
): Change<Plr> | Refusal<'too-late' | 'too-long' | 'saved-elsewhere' | 'saved-already'> {
  const { selfAssessment } = plr;
  if (!isOpen(plr)) return refuse('too-late', 'The review is closed, so this could not be saved any more.');
  const saves = selfAssessment?.saves ?? 0;
  if (text === (selfAssessment?.text ?? '')) return refuse('saved-already', 'Saved.');
  if (saves > seenSaves)
    return refuse(
      'saved-elsewhere',
      'You saved another text from another card or device after this card was drawn. Nothing is lost, both are here: make one of them, then press “Save my self-assessment”.',
    );
  if (text.length > longText) return refuse('too-long', tooLongInWords(text, longText));
  const state = { ...plr, selfAssessment: { text, savedAt: now, saves: saves + 1 } };
  return { state, did: 'saved the self-assessment', messages: [] };
}
