import type { CardContent } from '../feature.js';
import type { House } from '../house.js';
import type { Plr } from '../plr.js';
import { cohortInWords, dateInWords, personName, teamName } from '../words.js';

/** What brings a manager their PLR: which, with whom, by when, and one button to start. */
export function assignmentCard(plr: Plr, house: House): CardContent {
  return {
    template: 'review/assignment',
    summary: 'You have a Practice Learning Review to do',
    data: {
      cycle: plr.cycleId,
      ref: plr.ref,
      intro: `Please review one child’s case together with ${personName(plr.practitionerId, house)}. It takes about an hour; you can stop and go on at any time.`,
      facts: [
        { title: 'Reference', value: plr.ref },
        { title: 'Case', value: plr.caseRef },
        { title: 'With', value: `${personName(plr.practitionerId, house)}, ${teamName(plr.teamId, house)}` },
        { title: 'Cohort', value: cohortInWords(plr.cohort) },
        { title: 'Due', value: dateInWords(plr.dueOn) },
      ],
    },
  };
}
