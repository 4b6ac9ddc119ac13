import { isRefusal, refuse, type Refusal } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import type { Instant } from '../base/time.js';
import { tooLongInWords } from '../council/words.js';
import {
  briefParts,
  briefPartShape,
  briefFacts,
  type Brief,
  type BriefPart,
  type BriefText,
  type DraftedBrief,
  type HeldBackBrief,
} from './brief.js';
import { identifiersIn, type Excused, type GateHit } from '../firewall/channel-gate.js';

/** Characters in the reason for holding a brief back. */
export const excuseLimit = 300;

export type BriefRefusal = Refusal<'not-open' | 'out-of-date' | 'mistakes' | 'hits'> & {
  readonly mistakes?: Partial<Record<BriefPart | 'reason', string>>;
};

/** A draft can be edited, approved or held back; a brief that was approved or held back cannot. */
export function onTheDesk(brief: Brief): DraftedBrief | BriefRefusal {
  if (brief.state === 'drafted') return brief;
  return refuse(
    'not-open',
    brief.state === 'approved'
      ? 'This brief was approved already. Nothing was changed.'
      : 'This brief was held back. Take it up again first.',
  );
}

export function editBrief(brief: Brief, text: BriefText, saves: number): DraftedBrief | BriefRefusal {
  const draft = onTheDesk(brief);
  if (isRefusal(draft)) return draft;
  if (saves !== draft.saves) {
    return refuse(
      'out-of-date',
      'The brief was changed since you opened this card. Nothing of yours was saved: compare, then save again.',
    );
  }
  const mistakes = mistakesIn(text);
  if (Object.keys(mistakes).length > 0)
    return {
      ...refuse('mistakes', 'Nothing was saved yet. Mend what is marked, then save again.'),
      mistakes,
    };
  return { ...draft, text, saves: draft.saves + 1 };
}

function mistakesIn(text: BriefText): Partial<Record<BriefPart, string>> {
  const mistakes: Partial<Record<BriefPart, string>> = {};
  for (const part of briefParts) {
    const { limit } = briefPartShape[part];
    if (text[part].trim() === '') mistakes[part] = 'Write something here: no part of the brief may be empty.';
    else if (text[part].length > limit)
      mistakes[part] = `${tooLongInWords(text[part], limit)} The brief is one page.`;
  }
  return mistakes;
}

/** A hit in the brief, and the part it stands in. */
export interface BriefHit extends GateHit {
  readonly part: BriefPart;
}

/** What the identifier firewall finds in the draft that nobody has answered for. */
export function hitsIn(text: BriefText, council: CouncilContext, excused: readonly Excused[]): BriefHit[] {
  return briefParts.flatMap((part) =>
    identifiersIn(text[part], council, excused).map((hit) => ({ ...hit, part })),
  );
}

export function excuseHits(
  brief: DraftedBrief,
  excuses: readonly (Excused & { readonly why: string })[],
  by: PersonId,
  at: Instant,
): DraftedBrief {
  const answered = excuses.map((one) => ({ ...one, by, at }));
  return { ...brief, excused: [...brief.excused, ...answered] };
}

export function holdBackBrief(
  brief: Brief,
  reason: string,
  by: PersonId,
  now: Instant,
): HeldBackBrief | BriefRefusal {
  const draft = onTheDesk(brief);
  if (isRefusal(draft)) return draft;
  const words = reason.trim();
  if (words === '' || words.length > excuseLimit) {
    const say = words === '' ? 'Say why it is held back.' : tooLongInWords(words, excuseLimit);
    return { ...refuse('mistakes', 'Nothing was changed yet.'), mistakes: { reason: say } };
  }
  return {
    ...briefFacts(draft),
    state: 'held-back',
    reason: words,
    heldBackBy: by,
    heldBackAt: now,
  };
}

/** It was held back too soon: it becomes a draft again, as it was. */
export function takeUpBrief(brief: Brief): DraftedBrief | BriefRefusal {
  if (brief.state !== 'held-back')
    return refuse('not-open', 'This brief is not held back. Nothing was changed.');
  return { ...briefFacts(brief), state: 'drafted' };
}
