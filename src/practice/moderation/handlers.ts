import { z } from 'zod';
import { may, type Act } from '../plr/plr-access.js';
import { isRefusal, refuse, type Refusal } from '../base/errors.js';
import type { CardContent, Screen, Turn, Verb, Verbs } from '../surface/feature.js';
import { changePress, plrFor, readPress } from '../surface/press.js';
import type { PersonId } from '../base/ids.js';
import { plrKey, type Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import { grades } from '../plr/grade.js';
import { addressPress, type Address } from '../forms/read-press.js';
import { pageBeside } from './cards-blind.js';
import { blindFormOf } from './blind-plr.js';
import { giveBlind, saveBlind } from './handlers-grade.js';
import { answerByAgreeing, answerByDisputing, settleGrade, writeFeedback } from './handlers-answer.js';
import { handOnStep, nameStep } from './handlers-hand-on.js';
import { askHandOnCard, moderationCard, seesModeration, type Asked } from './cards.js';
import type { ModerationStep, AfterStep } from './step.js';
import { blindInputs, blindPage, textInput } from './read-blind-page.js';

const address = addressPress.shape;
/** Undefined when it did not come. */
const ifTyped = z.string().optional().catch(undefined);
const shapes = {
  address: z.object(address),
  page: z.object({ ...address, page: textInput }),
  blind: z.object({ ...address, ...blindPage }),
  why: z.object({ ...address, why: textInput }),
  settle: z.object({
    ...address,
    settleGrade: z.enum(grades).optional().catch(undefined),
    settleReason: textInput,
  }),
  feedback: z.object({ ...address, confirmed: ifTyped, nextTime: ifTyped }),
  handOn: z.object({ ...address, reason: textInput, to: textInput.transform((id) => id as PersonId) }),
};

/** A moderation, for whoever sees anything of it. */
const aModeration = {
  kind: plrKind,
  key: ({ cycle, ref }: Address) => plrKey(cycle, ref),
  mine: (plr: Plr, _given: unknown, { actor, council }: Turn) => seesModeration(plr, actor, council) && plr,
};

const openIt = readPress({
  ...aModeration,
  reads: shapes.address,
  show: (plr, _given, { actor, council }) => moderationCard(plr, actor, council),
});
const turnTo = readPress({
  ...aModeration,
  reads: shapes.page,
  show: (plr, { page }, { actor, council }) => moderationCard(plr, actor, council, { page }),
});
const askHandOn = readPress({
  ...plrFor('ask to hand moderation on'),
  reads: shapes.address,
  show: (plr) => askHandOnCard(plr),
});

const blindScreen: Screen = { inputs: blindInputs, again: turnTo };

export const moderationVerbs = (after: AfterStep): Verbs => ({
  'moderation.open': openIt,
  'moderation.page': turnTo,
  'moderation.ask-hand-on': askHandOn,
  'moderation.save': stepPress(after, 'moderate blind', {
    reads: shapes.blind,
    screen: blindScreen,
    decide: (given, { council }) => saveBlind(given, council),
    next: (given, plr, turn) => ({ page: pageAfter(given, plr, turn) }),
    keep: ({ page, grade, reason }) => ({ page, typed: { grade, reason } }),
  }),
  'moderation.give': stepPress(after, 'moderate blind', {
    reads: shapes.blind,
    screen: blindScreen,
    decide: (given, { actor, council }) => giveBlind(given, actor, council),
    keep: ({ grade, reason }) => ({ page: 'overall', typed: { grade, reason } }),
  }),
  'moderation.agree': stepPress(after, 'answer moderation', {
    reads: shapes.why,
    screen: { inputs: ['why'], again: openIt, mayBeBare: true },
    decide: ({ why }, { actor, council }) => answerByAgreeing(why, actor, council),
    keep: ({ why }) => ({ typed: { why } }),
  }),
  'moderation.dispute': stepPress(after, 'answer moderation', {
    reads: shapes.why,
    screen: { inputs: ['why'], again: openIt },
    decide: ({ why }, { actor, council }) => answerByDisputing(why, actor, council),
    keep: ({ why }) => ({ typed: { why } }),
  }),
  'moderation.settle': stepPress(after, 'settle moderation', {
    reads: shapes.settle,
    screen: { inputs: ['settleGrade', 'settleReason'], again: openIt },
    decide: ({ settleGrade: grade, settleReason }, { actor, council }) =>
      settleGrade(grade, settleReason, actor, council),
    keep: ({ settleGrade: grade, settleReason }) => ({ typed: { settleGrade: grade, settleReason } }),
  }),
  'moderation.feedback': stepPress(after, 'write moderation feedback', {
    reads: shapes.feedback,
    screen: { inputs: ['confirmed', 'nextTime'], again: openIt },
    decide: (given, { actor, council }) => writeFeedback(given, actor, council),
    keep: ({ confirmed, nextTime }) => ({ typed: { confirmed, nextTime } }),
    done: 'Your feedback is saved, and the manager sees it on their card.',
  }),
  'moderation.hand-on': stepPress(after, 'ask to hand moderation on', {
    reads: shapes.handOn,
    screen: { inputs: ['reason'], again: askHandOn },
    decide: ({ reason }, { actor, council }) => handOnStep(reason, actor, council),
    refused: ({ reason }, plr, say) => askHandOnCard(plr, { say, typed: { reason } }),
  }),
  'moderation.name': stepPress(after, 'name moderator', {
    reads: shapes.handOn,
    screen: { inputs: ['to', 'reason'], again: openIt },
    decide: ({ to, reason }, { actor, council }) => nameStep(to, reason, actor, council),
    keep: ({ to, reason }) => ({ typed: { to, reason } }),
    done: 'It was passed on.',
  }),
});

interface StepOptions<Given> {
  readonly reads: z.ZodType<Given>;
  readonly screen: Screen;
  readonly decide: (given: Given, turn: Turn) => ModerationStep;
  /** The page that comes next. */
  readonly next?: (given: Given, plr: Plr, turn: Turn) => Asked;
  /** What the card shows again when the press was refused. */
  readonly keep?: (given: Given) => {
    readonly page?: string;
    readonly typed?: Readonly<Record<string, string | undefined>>;
  };
  /** A separate card for a refusal, as long as the person may still do this. */
  readonly refused?: (given: Given, plr: Plr, say: string) => CardContent;
  readonly done?: string;
}

/**
 * One step, answered with the card of the PLR as it now stands. A refusal shows what was typed too, and what to
 * do; somebody who sees the moderation and may not take the step is told that it is with someone else.
 */
function stepPress<Given extends Address>(after: AfterStep, act: Act, options: StepOptions<Given>): Verb {
  const { reads, screen, decide, next, done } = options;
  return changePress({
    ...aModeration,
    reads,
    screen,
    decide: (plr, given, turn) => {
      const { actor, council } = turn;
      if (plr.moderation === undefined || !may(actor, act, plr, council)) return notYours;
      const change = decide(given, turn)(plr, plr.moderation);
      return isRefusal(change) ? change : after(change, actor, council);
    },
    show: (plr, { given, before, outcome }, turn) => {
      const { actor, council } = turn;
      if (isRefusal(outcome)) return refusedCard(plr, given, outcome, act, options, turn);
      const say = flagsOf(plr) > flagsOf(before) ? teamIsTold : done;
      const note = say === undefined ? {} : { note: { say } };
      // Its cards are redrawn now, so a form in the answer would be lost with what is typed in it.
      return moderationCard(plr, actor, council, { ...note, ...next?.(given, plr, turn), opensForm: true });
    },
  });
}

function refusedCard<Given>(
  plr: Plr,
  given: Given,
  { say }: Refusal,
  act: Act,
  { refused, keep }: Pick<StepOptions<Given>, 'refused' | 'keep'>,
  { actor, council }: Turn,
): CardContent | undefined {
  const stillTheirs = may(actor, act, plr, council);
  if (stillTheirs && refused !== undefined) return refused(given, plr, say);
  const { page, typed } = stillTheirs ? (keep?.(given) ?? {}) : {};
  const note = { say, ...(typed === undefined ? {} : { typed }) };
  return moderationCard(plr, actor, council, { ...(page === undefined ? {} : { page }), note } as Asked);
}

const teamIsTold =
  'Saved. An overall grade of Inadequate raises an alert: the team is told now, with your reason.';

function flagsOf(plr: Plr): number {
  return plr.alert?.reasons.length ?? 0;
}

function pageAfter({ page, go }: { page: string; go: 'next' | 'back' }, plr: Plr, { council }: Turn): string {
  return pageBeside(blindFormOf(plr, council).sections, page, go === 'next' ? 1 : -1);
}

const notYours = refuse(
  'not-yours',
  'This has been answered, or is with someone else. The card now shows how it stands.',
);
