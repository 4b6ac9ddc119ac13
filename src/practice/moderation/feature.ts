import { recipientOf } from '../plr/recipient.js';
import { mayIn } from '../council/access.js';
import {
  verbsOf,
  type CardContent,
  type Feature,
  type Presenter,
  type Superseded,
} from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Person } from '../council/organisation.js';
import type { Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import { dateInWords } from '../council/words.js';
import { calibrationCommand, showCalibration } from './handlers-calibration.js';
import type { CalibrationExercise } from './calibration-exercise.js';
import { exerciseCard } from './cards-exercise.js';
import { exerciseKind } from './exercise-record.js';
import { exerciseVerbs } from './handlers-exercise.js';
import { sendingVerbs } from './handlers-send-exercise.js';
import { moderate } from './jobs.js';
import { moderationCard, nobodyFreeCard } from './cards.js';
import { managerIsAway, whoseTurn } from './due.js';
import { myModerations } from './handlers-list.js';
import { moderationVerbs } from './handlers.js';
import { exercisePurgeKind, purgeExercises } from './jobs-exercises.js';
import { calibrationExercise } from './handlers-send-exercise.js';
import { moderationPart } from './part.js';
import type { AfterStep } from './step.js';

type Draws = (plr: Plr, viewer: Person, council: CouncilContext) => CardContent | undefined;

/** Every card here goes to a person, and is drawn for that person. */
function presenter(draw: Draws): Presenter<Plr> {
  return {
    kind: plrKind,
    present: (plr, message, council): CardContent | Superseded => {
      const viewer = recipientOf(message, council);
      const card = viewer === undefined ? undefined : draw(plr, viewer, council);
      return card ?? { superseded: 'it is not for this person any more' };
    },
  };
}

const whole: Draws = (plr, viewer, council) => moderationCard(plr, viewer, council, { opensForm: true });

/** A short card with a button that opens the moderation; it says only that there is something to do. */
function short(title: string, text: (dueOn: string) => string): Draws {
  return (plr, viewer, council) => {
    if (plr.moderation === undefined || moderationCard(plr, viewer, council) === undefined) return undefined;
    const { cycleId: cycle, ref } = plr;
    return {
      template: 'moderation/reminder',
      summary: title,
      data: {
        cycle,
        ref,
        title,
        text: `${ref}. ${text(dateInWords(plr.moderation.dueOn))}`,
        button: 'Open it',
      },
    };
  };
}

function turnOf(moderation: Plr['moderation'], council: CouncilContext) {
  return moderation === undefined ? undefined : whoseTurn(moderation, managerIsAway(moderation, council));
}

/** A reminder for whoever has the next step, and for the QA lead when it is overdue. */
function reminder(title: string, text: (dueOn: string) => string): Draws {
  const draw = short(title, text);
  return (plr, viewer, council) => {
    const turn = turnOf(plr.moderation, council);
    const theirs = turn !== undefined && 'person' in turn && turn.person === viewer.id;
    const oversees = turn !== undefined && mayIn(viewer, 'oversee moderations', plr, council);
    return theirs || oversees ? draw(plr, viewer, council) : undefined;
  };
}

const nobodyFree: Draws = (plr, _viewer, council) =>
  plr.moderation?.state === 'awaiting-moderator' ? nobodyFreeCard(plr, council) : undefined;

const exercise: Presenter<CalibrationExercise> = {
  kind: exerciseKind,
  present: (state, message, council) => {
    const viewer = recipientOf(message, council);
    const card = viewer === undefined ? undefined : exerciseCard(state, viewer, council);
    return card ?? { superseded: 'it is not for this person any more' };
  },
};

/** @param after what follows from a step elsewhere, in the same transaction. */
export const moderationFeature = (after: AfterStep): Feature => ({
  plrPart: moderationPart,
  verbs: verbsOf(moderationVerbs(after), exerciseVerbs, sendingVerbs, {
    'calibration.show': showCalibration,
  }),
  lists: ['moderations', 'calibration', 'calibration.show'],
  commands: [myModerations, calibrationExercise, calibrationCommand],
  kinds: [exerciseKind, exercisePurgeKind],
  presenters: {
    moderation: presenter(whole),
    moderated: presenter(whole),
    exercise,
    'moderation-nobody-free': presenter(nobodyFree),
    'moderation-soon': presenter(reminder('A moderation is due soon', (on) => `It is due on ${on}.`)),
    'moderation-today': presenter(reminder('A moderation is due today', (on) => `It is due today, ${on}.`)),
    'moderation-overdue': presenter(reminder('A moderation is overdue', (on) => `It was due on ${on}.`)),
    'moderation-feedback': presenter(
      short('Your moderator has written to you', () => 'There is feedback on your Practice Learning Review.'),
    ),
    'moderation-settled': presenter(
      short('A moderation was settled', () => 'The QA lead has settled the grade and said why.'),
    ),
  },
  jobs: [moderate, { name: 'purge calibration exercises', run: purgeExercises }],
});
