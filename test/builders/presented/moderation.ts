import assert from 'node:assert/strict';
import type { CardContent } from '../../../src/practice/surface/feature.js';
import type { CycleId, PlrRef, ServiceId } from '../../../src/practice/base/ids.js';
import { calibrationCard } from '../../../src/practice/moderation/cards-calibration.js';
import { previewCard } from '../../../src/practice/moderation/cards-exercise-preview.js';
import { exerciseCard } from '../../../src/practice/moderation/cards-exercise.js';
import { moderationCard, nameModeratorCard } from '../../../src/practice/moderation/cards.js';
import { moderationFeature } from '../../../src/practice/moderation/feature.js';
import { myModerations } from '../../../src/practice/moderation/handlers-list.js';
import { plrKey } from '../../../src/practice/plr/plr.js';
import { figuresOf } from '../../../src/practice/process/figures-of.js';
import { aContext } from '../a-context.js';
import { aTurn } from '../a-turn.js';
import { disputedPlr, drawnPlr, exercise, gradedPlr, council, lead, moderator } from '../moderated.js';
import type { Presented } from '../presented.js';

function reminder(): CardContent {
  const plr = drawnPlr();
  const about = plrKey(plr.cycleId, plr.ref);
  const message = { key: 'k', to: { person: moderator.id }, card: 'moderation-soon', about } as const;
  const shown = moderationFeature((change) => change).presenters?.['moderation-soon']?.present(
    plr,
    { ...message, urgency: 'ordinary' },
    council,
  );
  assert.ok(shown !== undefined && !('superseded' in shown));
  return shown;
}

const cycles = [
  {
    id: '2022-04' as CycleId,
    figures: [gradedPlr(), gradedPlr()].map((plr) => figuresOf(plr, council.timeZone)),
  },
];
const services = ['assessment', 'care'] as ServiceId[];
const ofModerator = aTurn(moderator.id, aContext({ at: '2022-04-19T09:00:00Z' }), {
  plrs: [drawnPlr(), { ...gradedPlr(), ref: 'PLR-4RJ8WD' as PlrRef }],
});

export const presentedModeration: Presented = {
  'moderation/blind-start': () => moderationCard(drawnPlr(), moderator, council),
  'moderation/blind-section': () => moderationCard(drawnPlr(), moderator, council, { page: 'risk' }),
  'moderation/blind-overall': () => moderationCard(drawnPlr(), moderator, council, { page: 'overall' }),
  'moderation/outcome': () => moderationCard(disputedPlr(), lead, council),
  'moderation/hand-on': () => nameModeratorCard(drawnPlr(), council),
  'moderation/reminder': reminder,
  'moderation/list': () => myModerations.answer(ofModerator, 'moderations'),
  'moderation/exercise-preview': () => previewCard(exercise.ref, exercise.content, Infinity),
  'moderation/exercise': () => exerciseCard(exercise, lead, council),
  'moderation/calibration': () => calibrationCard({ services, chosen: undefined, cycles }, council),
};
