import { plrBehaviour } from './practice/process/plr-behaviour.js';
import type { Plr } from './practice/plr/plr.js';
import type { DocumentKind } from './practice/plr/ports.js';
import { refuseTwice, type Feature } from './practice/surface/feature.js';
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
import { statusFeature } from './practice/process/status/feature.js';
import { todayFeature } from './practice/process/today/feature.js';
import { reviewFeature } from './practice/reviews/feature.js';
import { sharingFeature } from './practice/sharing/feature.js';

/** Every feature, in the order in which help names what they do. */
export const features: readonly Feature[] = [
  todayFeature,
  statusFeature,
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
  for (const [what, namesIn] of Object.entries(owned)) refuseTwice(what, registered.flatMap(namesIn));
  const kinds = [...registered.flatMap(({ kinds = [] }) => kinds), plrOf(registered)];
  refuseTwice(
    'kind of document',
    kinds.map(({ kind }) => kind),
  );
  return kinds;
}

/** What one feature alone may answer for, besides a kind of document and a part of a PLR. */
const owned: Readonly<Record<string, (feature: Feature) => readonly string[]>> = {
  verb: ({ verbs = {} }) => Object.keys(verbs),
  card: ({ presenters = {} }) => Object.keys(presenters),
  command: ({ commands = [] }) => commands.flatMap(({ words }) => words),
  'stand-in': ({ standIns = [] }) => standIns.flatMap(({ words }) => words),
  job: ({ jobs = [] }) => jobs.map(({ name }) => name),
  'kind of file': ({ files = {} }) => Object.keys(files),
};
