import type { CouncilContext } from '../council/council-context.js';
import type { Plr } from '../plr/plr.js';
import { dateAt } from '../base/time.js';
import { dateInWords } from '../council/words.js';
import type { ClosedReview, ReturnedReview } from '../plr/review.js';

/** `PLR-7K3M2Q was exempted on 5 April 2022.` */
export function overInWords(
  { ref }: Plr,
  review: ReturnedReview | ClosedReview,
  council: CouncilContext,
): string {
  const words = {
    returned: 'returned',
    exempt: 'exempted',
    redrawn: 'drawn again',
    withdrawn: 'withdrawn',
  } as const;
  const at = review.state === 'returned' ? review.returnedAt : review.at;
  return `${ref} was ${words[review.state]} on ${dateInWords(dateAt(at, council.timeZone))}.`;
}
