import type { CouncilContext } from '../council/council-context.js';
import type { Plr } from '../plr/plr.js';
import { dateAt, dayUntil } from '../base/time.js';
import { dateInWords } from '../council/words.js';
import type { EndedReview, ReturnedReview } from '../plr/review.js';

/** `PLR-7K3M2Q was exempted on 5 April 2022.` */
export function overInWords(
  { ref }: Plr,
  review: ReturnedReview | EndedReview,
  council: CouncilContext,
): string {
  const at = review.state === 'returned' ? review.returnedAt : review.at;
  const on = dateInWords(dateAt(at, council.timeZone));
  if (review.state === 'not-returned')
    return `${ref} was not returned: its cycle closed on ${dateInWords(dayUntil(at, council.timeZone))}.`;
  const words = {
    returned: 'returned',
    exempt: 'exempted',
    redrawn: 'drawn again',
    withdrawn: 'withdrawn',
  } as const;
  return `${ref} was ${words[review.state]} on ${on}.`;
}
