import type { Change, Message } from '../plr/ports.js';
import type { CouncilContext } from '../council/council-context.js';
import { type Plr, isOpen, plrKey } from '../plr/plr.js';
import { type Refusal, refuse } from '../base/errors.js';
import { longText } from '../forms/form-steps.js';
import { tooLongInWords } from '../council/words.js';

/** Separate from the manager's draft and its `saves`, because the two may write at the same time. */
export function saveSelfAssessment(
  plr: Plr,
  text: string,
  seenSaves: number,
  { now }: CouncilContext,
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
  return { state, did: 'saved the self-assessment', messages: saves === 0 ? [written(plr)] : [] };
}

/** The manager hears of the first words: they talk about them in the conversation. */
function written({ cycleId, ref, managerId, reroutes = 0 }: Plr): Message {
  return {
    key: `self-assessment-written.${ref}.${reroutes}`,
    to: { person: managerId },
    card: 'self-assessment-written',
    about: plrKey(cycleId, ref),
    urgency: 'ordinary',
  };
}
