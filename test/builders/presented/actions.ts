import assert from 'node:assert/strict';
import { actionCard, type ShownAction } from '../../../src/practice/actions/cards.js';
import { nothingTyped, type Action } from '../../../src/practice/plr/action.js';
import { reopenAction, updateAction, verifyAction } from '../../../src/practice/actions/decide-action.js';
import { digestKey, digestPresenter } from '../../../src/practice/actions/digest.js';
import { actionLinesOf } from '../../../src/practice/actions/find-actions.js';
import { listCard } from '../../../src/practice/actions/handlers-list.js';
import { digestCounts } from '../../../src/practice/actions/jobs.js';
import { isRefusal, type Refusal } from '../../../src/practice/base/errors.js';
import type { CardContent } from '../../../src/practice/surface/feature.js';
import type { PersonId, PlrRef, ServiceId, TeamId } from '../../../src/practice/base/ids.js';
import type { Plr } from '../../../src/practice/plr/plr.js';
import { figuresOf } from '../../../src/practice/process/figures-of.js';
import { instant, localDate } from '../../../src/practice/base/time.js';
import { aTurn } from '../a-turn.js';
import { aPlrWith, councilAt, plannedAction } from '../planned-actions.js';
import type { Presented } from '../presented.js';

const council = councilAt('2022-04-25T10:00:00Z');
const [owner, reviewer] = ['ash-worker-first' as PersonId, 'assessment-reviewer' as PersonId];
const visit = plannedAction({
  what: 'Visit the child at home and see where they sleep',
  keepsChildSafe: true,
});
const plr = aPlrWith([
  visit,
  plannedAction({ what: 'Ask school for the attendance since January', dueOn: localDate('2022-04-22') }),
  plannedAction({
    what: 'Bring the plan to the next core group',
    owner: 'team-manager',
    dueOn: localDate('2022-05-20'),
  }),
]);

function allowed(result: Action | Refusal): Action {
  assert.ok(!isRefusal(result));
  return result;
}

const evidence = 'Case note of 20 April, and a photo of the room';
const difference = 'She has her own bed and sleeps through the night';
const done = allowed(
  updateAction(plr.actions[0]!, { to: 'done', evidence, difference }, owner, instant('2022-04-20T10:00:00Z')),
);
const verified = allowed(verifyAction(done, reviewer, council.now));
const again = { why: 'Please talk to her alone as well', dueOn: localDate('2022-05-06') };
const reopened = allowed(reopenAction(done, again, reviewer, council.now, council));
const started = allowed(
  updateAction(reopened, { to: 'in-progress', typed: nothingTyped }, owner, council.now),
);

function shownTo(viewer: PersonId, action: Action, shown: ShownAction = {}): CardContent {
  return actionCard(plr, action, council.organisation.people.get(viewer)!, council, shown);
}

const asked = { scope: 'mine', show: 'open', service: 'all', team: 'all', page: 0 } as const;
const withDone = { ...plr, actions: [done, ...plr.actions.slice(1)] };
const inCare = { teamId: 'cedar' as TeamId, serviceId: 'care' as ServiceId, ref: 'PLR-4RJ8WD' as PlrRef };
const elsewhere: Plr = {
  ...withDone,
  ...inCare,
  actions: withDone.actions.map((one) => ({ ...one, teamId: inCare.teamId })),
};

export const presentedActions: Presented = {
  'action/update': () =>
    shownTo(owner, started, {
      notice: 'Nothing was changed yet: some of it needs another look.',
      typed: { state: 'done', evidence: 'Case note of 25 April', difference: '', why: '' },
      errors: { difference: 'Say what difference it made for the child.' },
      back: asked,
    }),
  'action/check': () => shownTo('qa-lead' as PersonId, done),
  'action/read': () => shownTo(owner, verified),
  'action/list': () =>
    listCard(
      { ...asked, scope: 'all', show: 'every' },
      aTurn('qa-lead', council, { plrs: [withDone, elsewhere] }),
    ),
  'action/digest': () => {
    const counts = digestCounts(actionLinesOf(figuresOf(withDone, council.timeZone)), council);
    const digest = { teamId: 'ash' as TeamId, week: localDate('2022-04-25'), counts };
    const to = 'ash-manager' as PersonId;
    const message = {
      key: `digest.ash.2022-04-25.${to}`,
      to: { person: to },
      card: 'action-digest',
      reason: { week: digest.week },
    } as const;
    return digestPresenter.present(
      digest,
      { ...message, about: digestKey(digest), urgency: 'ordinary' },
      council,
    ) as CardContent;
  },
};
