import type { CouncilContext } from '../council/council-context.js';
import { buildFirewall, checkText } from '../firewall/identifier-firewall.js';
import type { Plr } from '../plr/plr.js';
import { cohortInWords } from '../council/words.js';
import { actionsForModerator, evidenceOf, type BlindText } from './cards-blind.js';
import { blindFormOf, type BlindSection } from './blind-plr.js';

/** A returned PLR to grade without knowing whose it is: no case, no people, no grade. Plain JSON. */
export interface AnonymousPlr {
  readonly cohort: string;
  readonly sections: readonly BlindSection[];
  readonly texts: readonly BlindText[];
  readonly actions: readonly string[];
}

/** @param plr returned. What the firewall finds is masked; the QA lead reads it before it is sent (send-exercise.ts). */
export function anonymousPlr(plr: Plr, council: CouncilContext): AnonymousPlr {
  const masked = anonymise(council);
  const answers = plr.review.state === 'returned' ? plr.review.answers : undefined;
  if (answers === undefined) return { cohort: '', sections: [], texts: [], actions: [] };
  const { together, family, concern, actions } = answers;
  return {
    cohort: cohortInWords(plr.cohort),
    sections: blindFormOf(plr, council).sections.map(({ id, title, help, mayBeNotApplicable }) => ({
      id,
      title,
      help,
      mayBeNotApplicable,
      workingWell: masked(answers.sections[id]?.workingWell ?? ''),
      needsToImprove: masked(answers.sections[id]?.needsToImprove ?? ''),
    })),
    texts: evidenceOf({ selfAssessment: plr.selfAssessment?.text, together, family, concern }).map(
      ({ heading, text }) => ({
        heading,
        text: masked(text),
      }),
    ),
    actions: actionsForModerator({ actions }).map(masked),
  };
}

/** Quotations and small counts matter in channels only: here they are the evidence. */
const notIdentity: readonly string[] = ['quotation', 'small-count'];

/** Masks everything that tells who somebody is. The roster is prepared once for all the texts. */
function anonymise({ organisation, today }: CouncilContext): (text: string) => string {
  const firewall = buildFirewall(organisation, { today });
  return (text) =>
    checkText(firewall, text)
      .filter(({ kind }) => !notIdentity.includes(kind))
      .reduceRight((rest, { start, end }) => `${rest.slice(0, start)}[removed]${rest.slice(end)}`, text);
}
