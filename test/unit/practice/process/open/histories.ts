import fc from 'fast-check';
import { plrOf, features } from '../../../../../src/features.js';
import {
  reopenAction,
  updateAction,
  verifyAction,
} from '../../../../../src/practice/actions/decide-action.js';
import { addActions } from '../../../../../src/practice/actions/decide-added-actions.js';
import { acknowledgeAlert } from '../../../../../src/practice/alerts/decide-acknowledgement.js';
import { closeAlert, reopenAlert, sendBack } from '../../../../../src/practice/alerts/decide-oversight.js';
import { raiseAlert } from '../../../../../src/practice/alerts/decide-raising.js';
import { recordGrip } from '../../../../../src/practice/alerts/decide-grip.js';
import { restateSafety } from '../../../../../src/practice/alerts/decide-restatement.js';
import { isRefusal, type Refusal } from '../../../../../src/practice/base/errors.js';
import type { PersonId, PlrRef } from '../../../../../src/practice/base/ids.js';
import { addDays, addHours } from '../../../../../src/practice/base/time.js';
import type { CouncilContext } from '../../../../../src/practice/council/council-context.js';
import type { Person } from '../../../../../src/practice/council/organisation.js';
import {
  changeNumber,
  askForChange,
  decideChange,
} from '../../../../../src/practice/cycles/changes/change.js';
import {
  answerByAgreeing,
  answerByDisputing,
  settleGrade,
} from '../../../../../src/practice/moderation/handlers-answer.js';
import { drawnAtReturn } from '../../../../../src/practice/moderation/decide-at-return.js';
import { giveBlind, saveBlind } from '../../../../../src/practice/moderation/handlers-grade.js';
import type { ModerationStep } from '../../../../../src/practice/moderation/step.js';
import type { Action } from '../../../../../src/practice/plr/action.js';
import { isOpen, type Plr } from '../../../../../src/practice/plr/plr.js';
import type { Change } from '../../../../../src/practice/plr/ports.js';
import type { DraftReview } from '../../../../../src/practice/plr/review.js';
import { aContext } from '../../../../builders/a-context.js';
import { aReview, sectionIds } from '../../../../builders/a-plr.js';
import { plannedAction } from '../../../../builders/planned-actions.js';
import { smallCouncil } from '../../../../builders/small-council.js';

export const plrKind = plrOf(features);
export const people = smallCouncil().people;
const personOf = (id: string) => people.find((one) => one.id === id)!;
export const lead = personOf('qa-lead');

interface Then {
  readonly plr: Plr;
  readonly council: CouncilContext;
  readonly actor: Person;
  /** For whatever can go one way or another. */
  readonly way: number;
}
type Decided = Plr | Change<Plr> | Refusal;
type Happening = (then: Then) => Decided;

const nothing = (plr: Plr): Decided => plr;
const safetyOf = (way: number) => ({
  safety: (['safe', 'made-safe', 'not-yet'] as const)[way % 3]!,
  details: 'Seen.',
});
const moderated =
  (step: (then: Then) => ModerationStep): Happening =>
  (then) =>
    then.plr.moderation === undefined ? then.plr : step(then)(then.plr, then.plr.moderation);
const onAction =
  (change: (action: Action, then: Then) => Action | Refusal): Happening =>
  (then) => {
    const { plr, way } = then;
    const action = plr.actions[way % Math.max(1, plr.actions.length)];
    const after = action && change(action, then);
    if (after === undefined || isRefusal(after)) return plr;
    return { ...plr, actions: plr.actions.map((one) => (one.id === after.id ? after : one)) };
  };

/** Everything that can happen to a PLR, by the decisions that the product makes; what is refused changes nothing. */
const steps: Readonly<Record<string, Happening>> = {
  'begin a concern': ({ plr, council, actor }) => {
    if (!isOpen(plr)) return plr;
    const { review } = aReview().draft().build();
    const unconfirmed = { by: actor.id, since: council.now, save: 1, reminded: [] };
    return { ...plr, review: { ...(review as DraftReview), unconfirmed } };
  },
  raise: ({ plr, council, way }) =>
    raiseAlert(plr, way % 2 === 0 ? 'inadequate' : 'immediate-concern', plr.managerId, council).plr,
  acknowledge: ({ plr, council, actor, way }) => acknowledgeAlert(plr, safetyOf(way), actor, council),
  restate: ({ plr, council, actor, way }) => restateSafety(plr, safetyOf(way), actor, council),
  grip: ({ plr, council, actor }) =>
    recordGrip(
      plr,
      { direction: 'See the child.', actions: [plannedAction({ keepsChildSafe: true })] },
      actor,
      council,
    ),
  'send back': ({ plr, council }) => sendBack(plr, { reason: 'More.' }, lead, council),
  close: ({ plr, council }) => closeAlert(plr, { reason: 'Seen and safe.' }, lead, council),
  reopen: ({ plr, council }) => reopenAlert(plr, { reason: 'Unsafe again.' }, lead, council),
  return: ({ plr, council, way }) => {
    if (!isOpen(plr)) return plr;
    const returned = { ...plr, review: aReview().returned().build().review };
    return way % 2 === 0 ? drawnAtReturn(returned, { why: 'inadequate' }, council).plr : returned;
  },
  'grade blind': ({ plr, council }) => {
    const by = plr.moderation?.state === 'drawn' ? personOf(plr.moderation.moderatorId) : lead;
    const grade = { grade: 'good', reason: 'As read.' } as const;
    const all: ModerationStep[] = [
      ...sectionIds.map((page) => saveBlind({ page, ...grade }, council)),
      giveBlind({ page: 'overall', ...grade }, by, council),
    ];
    return all.reduce((now, step) => {
      const after = now.moderation === undefined ? now : step(now, now.moderation);
      return isRefusal(after) ? now : 'state' in after ? after.state : after;
    }, plr);
  },
  agree: moderated(({ plr, council }) => answerByAgreeing('', personOf(plr.managerId), council)),
  dispute: moderated(({ plr, council }) =>
    answerByDisputing('It was dated.', personOf(plr.managerId), council),
  ),
  settle: moderated(({ council }) => settleGrade('good', 'As both say.', lead, council)),
  'plan an action': ({ plr, council, way }) =>
    addActions(
      plr,
      [
        plannedAction({
          owner: way % 2 === 0 ? 'practitioner' : 'team-manager',
          dueOn: addDays(council.today, way),
        }),
      ],
      council,
      'system',
      'review',
    ).plr,
  'do an action': onAction((action, { council, way }) =>
    updateAction(
      action,
      way % 3 === 0
        ? { to: 'cannot-be-done', why: 'Moved.' }
        : { to: 'done', evidence: 'Seen.', difference: 'Safer.' },
      action.ownerId,
      council.now,
    ),
  ),
  'verify an action': onAction((action, { council }) => verifyAction(action, lead.id, council.now)),
  'open an action again': onAction((action, { council, way }) =>
    reopenAction(
      action,
      { why: 'Not yet.', dueOn: addDays(council.today, way) },
      lead.id,
      council.now,
      council,
    ),
  ),
  ask: ({ plr, council }) => askForChange(plr, 'leave', 'Away.', plr.managerId, council),
  decide: ({ plr, council, way }) => {
    const outcome = (['none', 'qa', 'exempt', 'withdraw', 'leave'] as const)[way % 5]!;
    return decideChange(plr, { number: changeNumber(plr), outcome, because: 'So.', by: lead.id }, council);
  },
  attach: ({ plr, council }) =>
    plr.record?.state !== 'waiting'
      ? plr
      : {
          ...plr,
          record: {
            ...plr.record,
            state: 'attached',
            attachedAt: council.now,
            attachedBy: lead.id,
            purgeAt: council.now,
          },
        },
  'time passes': ({ plr }) => nothing(plr),
};

const anyStep = fc.record({
  is: fc.constantFrom(...Object.keys(steps)),
  of: fc.nat(2),
  by: fc.constantFrom(...people.map(({ id }) => id)),
  way: fc.nat(30),
  hours: fc.oneof(fc.nat(6), fc.nat(24 * 20)),
});

/** What usually follows on one another, as far as it gets; chance alone rarely takes anything to its end. */
const road = fc
  .record({
    along: fc.constantFrom(
      ['raise', 'acknowledge', 'grip', 'send back', 'grip', 'close'],
      ['return', 'grade blind', 'dispute', 'settle'],
      ['return', 'grade blind', 'agree'],
      ['plan an action', 'do an action', 'verify an action'],
    ),
    far: fc.integer({ min: 1, max: 6 }),
    of: fc.nat(2),
    ways: fc.array(fc.nat(30), { minLength: 6, maxLength: 6 }),
    hours: fc.nat(30),
  })
  .map(({ along, far, of, ways, hours }) =>
    along
      .slice(0, far)
      .map((is, at) => ({ is, of, by: personOf('birch-manager').id, way: ways[at] ?? 0, hours })),
  );
export const anyHistory = fc
  .array(fc.oneof(fc.array(anyStep, { maxLength: 8 }), road), { maxLength: 6 })
  .map((parts) => parts.flat());

export const refs = ['PLR-2222BB', 'PLR-3333CC', 'PLR-4444DD'] as PlrRef[];

export function lived(
  history: readonly { is: string; of: number; by: PersonId; way: number; hours: number }[],
) {
  const council = aContext();
  const plrs = refs.map((ref) =>
    aReview()
      .with({ ref, managerServiceId: 'assessment' as never })
      .build(),
  );
  let { now } = council;
  for (const { is, of, by, way, hours } of history) {
    now = addHours(now, hours);
    const then = aContext({ at: now });
    for (const at of plrs.keys())
      plrs[at] = after(plrs[at]!, (plr) => plrKind.whenDue?.(plr, then.now, then) ?? plr, 20);
    plrs[of] = after(plrs[of]!, (plr) => steps[is]!({ plr, council: then, actor: personOf(by), way }));
  }
  return { plrs, now };
}

function after(plr: Plr, decide: (plr: Plr) => Decided, times = 1): Plr {
  const decided = decide(plr);
  if (isRefusal(decided) || decided === plr) return plr;
  const next = 'state' in decided ? decided.state : decided;
  return times === 1 ? next : after(next, decide, times - 1);
}
