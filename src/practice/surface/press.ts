import type { z } from 'zod';
import { isRefusal, refuse, type Refusal } from '../base/errors.js';
import { typedTexts } from '../base/typed-text.js';
import { givenBack } from '../council/words.js';
import { arrivedIn, isPress, textsTyped } from '../forms/inputs.js';
import type { Address } from '../forms/read-press.js';
import { may, type Act } from '../plr/plr-access.js';
import { plrKey, type Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Change, DocumentKey, DocumentKind } from '../plr/ports.js';
import type { CardContent, Turn, Verb } from './feature.js';
import { noticeCard, nothingHere } from './help.js';

/** Undefined or false for what is not there and for what is not theirs, which nobody can tell apart. */
type OrNothing<Mine> = Mine | undefined | false;
type Drawn = CardContent | undefined | Promise<CardContent | undefined>;

interface AnyPress<Given> extends Omit<Verb, 'draw' | symbol> {
  /** What a card of ours sends with this button: an address and what was typed, never a permission. */
  readonly reads: z.ZodType<Given>;
}

/** A button about no one document: a list, or a form to begin something with. */
interface CouncilPress<Given, Mine> extends AnyPress<Given> {
  /** What there is for this person. */
  readonly mine: (given: Given, turn: Turn) => OrNothing<Mine>;
  readonly show: (mine: Mine, given: Given, turn: Turn) => Drawn;
}

interface DocumentPress<Given, State, Mine> extends AnyPress<Given> {
  readonly kind: DocumentKind<State>;
  readonly key: (given: Given) => DocumentKey | undefined;
  /** What this button is about in the document, if it is this person's. Pure. */
  readonly mine: (state: State, given: Given, turn: Turn) => OrNothing<Mine>;
}

interface ReadPress<Given, State, Mine> extends DocumentPress<Given, State, Mine> {
  readonly show: (mine: Mine, given: Given, turn: Turn) => Drawn;
}

interface ChangePress<
  Given,
  State,
  Mine,
  Outcome extends Change<State> | Refusal,
  Ready,
> extends DocumentPress<Given, State, Mine> {
  /** What the decision needs from elsewhere, read before it. */
  readonly prepare?: (given: Given, turn: Turn) => Promise<Ready>;
  /** Pure, and decided again when another save came first. What it says besides is for `show`. */
  readonly decide: (mine: Mine, given: Given, turn: Turn, ready?: Ready) => Outcome;
  /** The answer, of a change and of a refusal, from the document as it is by then. */
  readonly show: (mine: Mine, pressed: Pressed<Given, Mine, Outcome, Ready>, turn: Turn) => Drawn;
}

interface Pressed<Given, Mine, Outcome, Ready> {
  readonly given: Given;
  readonly before: Mine;
  readonly outcome: Outcome;
  readonly ready?: Ready | undefined;
}

export function councilPress<Given, Mine>(spec: CouncilPress<Given, Mine>): Verb {
  return press(spec, (given, turn) => {
    const mine = spec.mine(given, turn);
    return isThere(mine) ? spec.show(mine, given, turn) : undefined;
  });
}

export function readPress<Given, State, Mine>(spec: ReadPress<Given, State, Mine>): Verb {
  return press(spec, async (given, turn) => {
    const key = spec.key(given);
    const state = key && (await turn.documents.read(spec.kind, key));
    const mine = state !== undefined && spec.mine(state, given, turn);
    return isThere(mine) ? spec.show(mine, given, turn) : undefined;
  });
}

export function changePress<Given, State, Mine, Outcome extends Change<State> | Refusal, Ready>(
  spec: ChangePress<Given, State, Mine, Outcome, Ready>,
): Verb {
  const { kind, key, mine, prepare, decide, show } = spec;
  return press(spec, async (given, turn) => {
    const at = key(given);
    if (at === undefined) return undefined;
    const ready = await prepare?.(given, turn);
    const result = await turn.documents.change(kind, at, turn.actor.id, (state) => {
      const theirs = mine(state, given, turn);
      return isThere(theirs) ? decide(theirs, given, turn, ready) : notTheirs;
    });
    if (!('before' in result) || isNotTheirs(result.outcome)) return undefined;
    const before = mine(result.before, given, turn);
    const now = isRefusal(result) ? before : mine(result.after, given, turn);
    const { outcome } = result;
    const card =
      isThere(before) && isThere(now) ? show(now, { given, before, outcome, ready }, turn) : undefined;
    return (await card) ?? (isRefusal(result) ? undefined : saved);
  });
}

/**
 * The way of every press: its texts go through the door for texts, its inputs are checked for having arrived, what
 * the card sent is read, and the answer is drawn from what is this person's. When there is nothing of theirs, all
 * get the same answer, with what they typed.
 */
export async function answerPress(verb: Verb, data: unknown, turn: Turn): Promise<CardContent> {
  const { draw, screen, carries = [] } = verb;
  const typed = typedTexts(data);
  const arrived = screen !== undefined && isPress(typed) ? arrivedIn(typed, screen) : typed;
  if (screen !== undefined && arrived === undefined) {
    const again = await screen.again.draw(typed, turn);
    return again === undefined ? nothingHere() : { ...again, notice: nothingArrived };
  }
  const card = await draw(arrived, turn);
  return card ?? nothingHere(givenBack(textsTyped(arrived, screen ?? { inputs: carries }), longest));
}

export const nothingArrived =
  'Nothing arrived from the form, so nothing was changed. What was saved is still here: fill in the rest and press again. If it happens once more, use another device.';

/** More is no text that somebody meant to keep; the card cuts what does not fit in. */
const longest = 8_000;

/** The PLR that a card names, for those who may do this to it. */
export function plrFor(act: Act) {
  return {
    kind: plrKind,
    key: ({ cycle, ref }: Address) => plrKey(cycle, ref),
    mine: (plr: Plr, _given: unknown, { actor, council }: Turn) => may(actor, act, plr, council) && plr,
  };
}

function press<Given>(
  { reads, usedIn, screen, carries }: AnyPress<Given>,
  reach: (given: Given, turn: Turn) => Drawn,
): Verb {
  const draw: Verb['draw'] = async (data, turn) => {
    const read = reads.safeParse(data);
    return read.success ? reach(read.data, turn) : undefined;
  };
  return {
    draw,
    ...(usedIn === undefined ? {} : { usedIn }),
    ...(screen === undefined ? {} : { screen }),
    ...(carries === undefined ? {} : { carries }),
  } as Verb;
}

const notTheirs = refuse('not-theirs', 'It is not there, or not theirs.');

function isNotTheirs(outcome: unknown): outcome is typeof notTheirs {
  return outcome === notTheirs;
}

/** For somebody who has handed it on by this very press. */
const saved = noticeCard('Done', 'It is saved.');

function isThere<Mine>(mine: OrNothing<Mine>): mine is Mine {
  return mine !== undefined && mine !== false;
}
