import { returnedNews, sharedReview } from '../../../src/practice/sharing/cards.js';
import type { ReturnedReview } from '../../../src/practice/plr/review.js';
import { aContext } from '../a-context.js';
import { aReview } from '../a-plr.js';
import type { Presented } from '../presented.js';

const council = aContext();
const plr = aReview().returned().build();
const practitioner = council.organisation.people.get(plr.practitionerId)!;

export const presentedSharing: Presented = {
  'sharing/news': () => returnedNews(plr, practitioner, council),
  'sharing/review': () => sharedReview(plr, plr.review as ReturnedReview, practitioner, council),
};
