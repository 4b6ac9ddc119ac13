import { raiseAlert } from '../alerts/decide-raising.js';
import type { AfterStep } from '../moderation/step.js';
import { isNewlyInadequate } from '../plr/moderation-outcome.js';

/** A moderated or settled grade of Inadequate, where the manager's was another, raises the alert (docs/domain.md, 4.3); once. */
export const alertOfModeratedInadequate: AfterStep = (change, by, council) => {
  const { moderation } = change.state;
  if (moderation === undefined || !isNewlyInadequate(moderation)) return change;
  const alerted = raiseAlert(change.state, 'inadequate', by.id, council);
  return { ...change, state: alerted.plr, messages: [...alerted.messages, ...change.messages] };
};
