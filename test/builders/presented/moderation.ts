import assert from 'node:assert/strict';
import type { CardContent } from '../../../src/practice/surface/feature.js';
import type { CycleId, PlrRef, ServiceId } from '../../../src/practice/base/ids.js';
import { calibrationCard } from '../../../src/practice/moderation/calibration-card.js';
import { previewCard } from '../../../src/practice/moderation/exercise-preview.js';
import { exerciseCard } from '../../../src/practice/moderation/exercise-card.js';
import { moderationCard, nameModeratorCard } from '../../../src/practice/moderation/moderation-cards.js';
import { moderationFeature } from '../../../src/practice/moderation/moderation-feature.js';
import { myModerations } from '../../../src/practice/moderation/moderations-command.js';
import { plrKey } from '../../../src/practice/plr/plr.js';
import { figuresOf } from '../../../src/practice/process/figures-of.js';
import { aHouse } from '../a-house.js';
import { aTurn } from '../a-turn.js';
import { disputedPlr, drawnPlr, exercise, gradedPlr, house, lead, moderator } from '../moderated.js';
import type { Presented } from '../presented.js';

function reminder(): CardContent {
  const plr = drawnPlr();
  const about = plrKey(plr.cycleId, plr.ref);
  const message = { key: 'k', to: { person: moderator.id }, card: 'moderation-soon', about } as const;
  const shown = moderationFeature((change) => change).presenters?.['moderation-soon']?.present(
    plr,
    { ...message, urgency: 'ordinary' },
    house,
  );
  assert.ok(shown !== undefined && !('superseded' in shown));
  return shown;
}

const cycles = [
  {
    id: '2022-04' as CycleId,
    figures: [gradedPlr(), gradedPlr()].map((plr) => figuresOf(plr, house.timeZone)),
  },
];
const services = ['assessment', 'care'] as ServiceId[];
const ofModerator = aTurn(moderator.id, aHouse({ at: '2022-04-19T09:00:00Z' }), {
  plrs: [drawnPlr(), { ...gradedPlr(), ref: 'PLR-4RJ8WD' as PlrRef }],
});

export const presentedModeration: Presented = {
  'moderation/blind-start': () => moderationCard(drawnPlr(), moderator, house),
  'moderation/blind-section': () => moderationCard(drawnPlr(), moderator, house, { page: 'risk' }),
  'moderation/blind-overall': () => moderationCard(drawnPlr(), moderator, house, { page: 'overall' }),
  'moderation/outcome': () => moderationCard(disputedPlr(), lead, house),
  'moderation/hand-on': () => nameModeratorCard(drawnPlr(), house),
  'moderation/reminder': reminder,
  'moderation/list': () => myModerations.answer(ofModerator, 'moderations'),
  'moderation/exercise-preview': () => previewCard(exercise.ref, exercise.content, Infinity),
  'moderation/exercise': () => exerciseCard(exercise, lead, house),
  'moderation/calibration': () => calibrationCard({ services, chosen: undefined, cycles }, house),
};
