import { plrBehaviour } from './practice/process/plr-behaviour.js';
import type { Plr } from './practice/plr/plr.js';
import type { DocumentKind } from './practice/plr/ports.js';
import type { Feature } from './practice/surface/feature.js';
import { actionFeature } from './practice/actions/feature.js';
import { alertFeature } from './practice/alerts/feature.js';
import { changeFeature } from './practice/cycles/changes/change-feature.js';
import { cycleFeature } from './practice/cycles/feature.js';
import { learningFeature } from './practice/learning/feature.js';
import { processFeature } from './practice/process/feature.js';
import { alertOfModeratedInadequate } from './practice/process/moderated-inadequate.js';
import { moderationFeature } from './practice/moderation/feature.js';
import { reportFeature } from './practice/reporting/feature.js';
import { reminderFeature } from './practice/cycles/feature-reminders.js';
import { recordsFeature } from './practice/records/feature.js';
import { reviewFeature } from './practice/reviews/feature.js';
import { sharingFeature } from './practice/sharing/feature.js';

/** Every feature, in the order in which help names what they do. */
export const features: readonly Feature[] = [
  cycleFeature,
  processFeature,
  reviewFeature,
  sharingFeature,
  changeFeature,
  reminderFeature,
  alertFeature,
  actionFeature,
  moderationFeature(alertOfModeratedInadequate),
  learningFeature,
  reportFeature,
  recordsFeature,
];

/** A PLR as it behaves with these features. @throws Fault `two-owners`. */
export function plrOf(registered: readonly Feature[]): DocumentKind<Plr, 'plr'> {
  return plrBehaviour(registered.flatMap(({ plrPart }) => plrPart ?? []));
}

/** Every kind of document, whole: a PLR with what each feature registers for it. @throws Fault `two-owners`. */
export function kindsOf(registered: readonly Feature[]): DocumentKind<unknown>[] {
  const kinds = registered.flatMap(({ kinds = [] }) => kinds);
  return [...kinds, plrOf(registered)];
}
