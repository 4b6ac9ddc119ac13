import { z } from 'zod';
import { may, type Act } from '../plr/plr-access.js';
import { isRefusal, refuse } from '../base/errors.js';
import type { ActionHandler, CardContent, Turn, Verbs } from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
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
import { askHandOnCard, moderationCard, type Asked } from './cards.js';
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

const openIt: ActionHandler = (data, turn) => show(shapes.address, data, turn, () => ({}));
const turnTo: ActionHandler = (data, turn) => show(shapes.page, data, turn, ({ page }) => ({ page }));
const askHandOn: ActionHandler = async (data, turn) => {
  const read = shapes.address.safeParse(data);
  const plr = read.success ? await plrAt(read.data, turn) : undefined;
  return plr !== undefined && may(turn.actor, 'ask to hand moderation on', plr, turn.council)
    ? askHandOnCard(plr)
    : nothingHere();
};

const savePage =
  (after: AfterStep): ActionHandler =>
  (data, turn) =>
    step(after, shapes.blind, data, turn, 'moderate blind', {
      decide: (given) => saveBlind(given, turn.council),
      next: (given, plr) => ({ page: pageAfter(given, plr, turn) }),
      keep: ({ page, grade, reason }) => ({ page, typed: { grade, reason } }),
    });

const giveGrades =
  (after: AfterStep): ActionHandler =>
  (data, turn) =>
    step(after, shapes.blind, data, turn, 'moderate blind', {
      decide: (given) => giveBlind(given, turn.actor, turn.council),
      keep: ({ grade, reason }) => ({ page: 'overall', typed: { grade, reason } }),
    });

const agree =
  (after: AfterStep): ActionHandler =>
  (data, turn) =>
    step(after, shapes.why, data, turn, 'answer moderation', {
      decide: ({ why }) => answerByAgreeing(why, turn.actor, turn.council),
      keep: ({ why }) => ({ typed: { why } }),
    });

const dispute =
  (after: AfterStep): ActionHandler =>
  (data, turn) =>
    step(after, shapes.why, data, turn, 'answer moderation', {
      decide: ({ why }) => answerByDisputing(why, turn.actor, turn.council),
      keep: ({ why }) => ({ typed: { why } }),
    });

const settle =
  (after: AfterStep): ActionHandler =>
  (data, turn) =>
    step(after, shapes.settle, data, turn, 'settle moderation', {
      decide: ({ settleGrade: grade, settleReason }) =>
        settleGrade(grade, settleReason, turn.actor, turn.council),
      keep: ({ settleGrade: grade, settleReason }) => ({ typed: { settleGrade: grade, settleReason } }),
    });

const writeToManager =
  (after: AfterStep): ActionHandler =>
  (data, turn) =>
    step(after, shapes.feedback, data, turn, 'write moderation feedback', {
      decide: (given) => writeFeedback(given, turn.actor, turn.council),
      keep: ({ confirmed, nextTime }) => ({ typed: { confirmed, nextTime } }),
      done: 'Your feedback is saved, and the manager sees it on their card.',
    });

const handOn =
  (after: AfterStep): ActionHandler =>
  (data, turn) =>
    step(after, shapes.handOn, data, turn, 'ask to hand moderation on', {
      decide: ({ reason }) => handOnStep(reason, turn.actor, turn.council),
      refused: ({ reason }, plr, say) => askHandOnCard(plr, { say, typed: { reason } }),
    });

const name =
  (after: AfterStep): ActionHandler =>
  (data, turn) =>
    step(after, shapes.handOn, data, turn, 'name moderator', {
      decide: ({ to, reason }) => nameStep(to, reason, turn.actor, turn.council),
      keep: ({ to, reason }) => ({ typed: { to, reason } }),
      done: 'It was passed on.',
    });

export const moderationVerbs = (after: AfterStep): Verbs => ({
  'moderation.open': openIt,
  'moderation.page': turnTo,
  'moderation.ask-hand-on': askHandOn,
  'moderation.save': { answer: savePage(after), screen: { inputs: blindInputs, again: turnTo } },
  'moderation.give': { answer: giveGrades(after), screen: { inputs: blindInputs, again: turnTo } },
  'moderation.agree': { answer: agree(after), screen: { inputs: ['why'], again: openIt, mayBeBare: true } },
  'moderation.dispute': { answer: dispute(after), screen: { inputs: ['why'], again: openIt } },
  'moderation.settle': {
    answer: settle(after),
    screen: { inputs: ['settleGrade', 'settleReason'], again: openIt },
  },
  'moderation.feedback': {
    answer: writeToManager(after),
    screen: { inputs: ['confirmed', 'nextTime'], again: openIt },
  },
  'moderation.hand-on': { answer: handOn(after), screen: { inputs: ['reason'], again: askHandOn } },
  'moderation.name': { answer: name(after), screen: { inputs: ['to', 'reason'], again: openIt } },
});

interface StepOptions<Given> {
  readonly decide: (given: Given) => ModerationStep;
  /** The page that comes next. */
  readonly next?: (given: Given, plr: Plr) => Asked;
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
 * One press: decided and saved on the PLR, and answered with its card as it now stands. A refusal shows the
 * card as it now stands, what was typed, and what to do. Somebody who has no part in it gets the same answer as
 * for a PLR that does not exist.
 */
async function step<Given extends Address>(
  after: AfterStep,
  shape: z.ZodType<Given>,
  data: unknown,
  turn: Turn,
  act: Act,
  options: StepOptions<Given>,
): Promise<CardContent> {
  const read = shape.safeParse(data);
  if (!read.success) return nothingHere();
  const given = read.data;
  const { actor, council, documents } = turn;
  let seen: Plr | undefined;
  const result = await documents.change(plrKind, plrKey(given.cycle, given.ref), actor.id, (plr) => {
    seen = plr;
    if (plr.moderation === undefined || !may(actor, act, plr, council)) return notYours;
    const change = options.decide(given)(plr, plr.moderation);
    return isRefusal(change) ? change : after(change, actor, council);
  });
  if (!isRefusal(result)) {
    const asked = options.next?.(given, result) ?? {};
    const say = flagsOf(result) > flagsOf(seen) ? teamIsTold : options.done;
    const note = say === undefined ? {} : { note: { say } };
    // Its cards are redrawn now, so a form in the answer would be lost with what is typed in it.
    return (
      moderationCard(result, actor, council, { ...note, ...asked, opensForm: true }) ??
      noticeCard('Done', 'It is saved.')
    );
  }
  if (seen === undefined) return nothingHere();
  const stillTheirs = may(actor, act, seen, council);
  if (stillTheirs && options.refused !== undefined) return options.refused(given, seen, result.say);
  const { page, typed } = stillTheirs ? (options.keep?.(given) ?? {}) : {};
  const note = { say: result.say, ...(typed === undefined ? {} : { typed }) };
  const asked = { ...(page === undefined ? {} : { page }), note } as Asked;
  return moderationCard(seen, actor, council, asked) ?? nothingHere();
}

const teamIsTold =
  'Saved. An overall grade of Inadequate raises an alert: the team is told now, with your reason.';

function flagsOf(plr: Plr | undefined): number {
  return plr?.alert?.reasons.length ?? 0;
}

async function show<Given extends Address>(
  shape: z.ZodType<Given>,
  data: unknown,
  turn: Turn,
  asked: (given: Given) => Asked,
): Promise<CardContent> {
  const read = shape.safeParse(data);
  const plr = read.success ? await plrAt(read.data, turn) : undefined;
  if (!read.success || plr === undefined) return nothingHere();
  return moderationCard(plr, turn.actor, turn.council, asked(read.data)) ?? nothingHere();
}

function plrAt({ cycle, ref }: Address, { documents }: Turn): Promise<Plr | undefined> {
  return documents.read(plrKind, plrKey(cycle, ref));
}

function pageAfter({ page, go }: { page: string; go: 'next' | 'back' }, plr: Plr, { council }: Turn): string {
  return pageBeside(blindFormOf(plr, council).sections, page, go === 'next' ? 1 : -1);
}

const notYours = refuse(
  'not-yours',
  'This has been answered, or is with someone else. The card now shows how it stands.',
);

function nothingHere(): CardContent {
  return noticeCard(
    'There is nothing here for you',
    'There is nothing under that reference for you. Say "moderations" to see what is yours.',
  );
}
