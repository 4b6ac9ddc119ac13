import { recipientOf } from '../plr/recipient.js';
import { mayIn } from '../council/access.js';
import type { CardContent, Feature, Presenter, Superseded } from '../surface/feature.js';
import type { House } from '../council/house.js';
import type { Person } from '../council/organisation.js';
import type { Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import { dateInWords } from '../council/words.js';
import { calibrationCommand, showCalibration } from './calibration-command.js';
import type { CalibrationExercise } from './calibration-exercise.js';
import { exerciseCard } from './exercise-card.js';
import { exerciseKind } from './exercise-record.js';
import { exerciseVerbs } from './exercise-verbs.js';
import { moderate } from './moderation-jobs.js';
import { moderationCard, nobodyFreeCard } from './moderation-cards.js';
import { managerIsAway, whoseTurn } from './moderation-due.js';
import { myModerations } from './moderations-command.js';
import { moderationVerbs } from './moderation-verbs.js';
import { exercisePurgeKind, purgeExercises } from './purge-exercises.js';
import { calibrationExercise } from './send-exercise.js';
import { moderationPart } from './moderation-part.js';
import type { AfterStep } from './moderation-step.js';

type Draws = (plr: Plr, viewer: Person, house: House) => CardContent | undefined;

/** Every card here goes to a person, and is drawn for that person. */
function presenter(draw: Draws): Presenter<Plr> {
  return {
    kind: plrKind,
    present: (plr, message, house): CardContent | Superseded => {
      const viewer = recipientOf(message, house);
      const card = viewer === undefined ? undefined : draw(plr, viewer, house);
      return card ?? { superseded: 'it is not for this person any more' };
    },
  };
}

const whole: Draws = (plr, viewer, house) => moderationCard(plr, viewer, house, { opensForm: true });

/** A short card with a button that opens the moderation; it says only that there is something to do. */
function short(title: string, text: (dueOn: string) => string): Draws {
  return (plr, viewer, house) => {
    if (plr.moderation === undefined || moderationCard(plr, viewer, house) === undefined) return undefined;
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

function turnOf(moderation: Plr['moderation'], house: House) {
  return moderation === undefined ? undefined : whoseTurn(moderation, managerIsAway(moderation, house));
}

/** A reminder for whoever has the next step, and for the QA lead when it is overdue. */
function reminder(title: string, text: (dueOn: string) => string): Draws {
  const draw = short(title, text);
  return (plr, viewer, house) => {
    const turn = turnOf(plr.moderation, house);
    const theirs = turn !== undefined && 'person' in turn && turn.person === viewer.id;
    const oversees = turn !== undefined && mayIn(viewer, 'oversee moderations', plr, house);
    return theirs || oversees ? draw(plr, viewer, house) : undefined;
  };
}

const nobodyFree: Draws = (plr, _viewer, house) =>
  plr.moderation?.state === 'awaiting-moderator' ? nobodyFreeCard(plr, house) : undefined;

const exercise: Presenter<CalibrationExercise> = {
  kind: exerciseKind,
  present: (state, message, house) => {
    const viewer = recipientOf(message, house);
    const card = viewer === undefined ? undefined : exerciseCard(state, viewer, house);
    return card ?? { superseded: 'it is not for this person any more' };
  },
};

/** @param after what follows from a step elsewhere, in the same transaction. */
export const moderationFeature = (after: AfterStep): Feature => ({
  plrPart: moderationPart,
  verbs: { ...moderationVerbs(after), ...exerciseVerbs, 'calibration.show': showCalibration },
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
