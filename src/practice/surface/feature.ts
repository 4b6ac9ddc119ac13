import type { PersonalFile } from './files.js';
import { Fault } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Excused } from '../firewall/channel-gate.js';
import type { ScreenInputs } from '../forms/inputs.js';
import type { Person } from '../council/organisation.js';
import type { PlrPart } from '../plr/plr-kind.js';
import type { CardName } from '../plr/message-reasons.js';
import type { TemplateName, VerbName } from '../plr/names.js';
import type { DocumentKind, Message, MessageFacts, MessageOf, Services } from '../plr/ports.js';

/** A card to show: which template, with what data, and the words that may be shown outside the app (nobody's data). */
export interface CardContent {
  readonly template: TemplateName;
  readonly data: object;
  /** A plain sentence above everything else on the card. */
  readonly notice?: string;
  /** Shown in notifications: never a name, a case, a grade. */
  readonly summary: string;
  /** Nothing in it was typed or looked up, so the gate before channels has nothing to check. */
  readonly fixedWords?: true;
  /** For a channel: what the identifier firewall finds and somebody has answered for. */
  readonly excused?: readonly Excused[];
  /** As the answer to a button it takes no card's place: these words are said, and the card stays as it is. */
  readonly inPassing?: string;
}

/** One person's turn: who they are (from the authenticated activity), and what the feature may use. */
export interface Turn extends Services {
  readonly actor: Person;
  readonly council: CouncilContext;
}

/** A screen with inputs: which they are, and the screen itself. */
export interface Screen extends ScreenInputs {
  /** The screen as it is saved: the answer to a press whose inputs did not arrive. */
  readonly again: Verb;
}

/** Where something is said or pressed: `unknown` for what Teams does not say plainly. */
export type Place = 'personal' | 'channel' | 'group' | 'unknown';

declare const pressed: unique symbol;

/** A button's verb. Only `press.ts` makes one, so that no button goes past it (docs/decisions/0021). */
export interface Verb {
  readonly [pressed]: true;
  /**
   * `data` is what the card sent: unknown until a schema has read it, and never an identity. Undefined when there is
   * nothing of it for this person. Presses go through `answerPress`.
   */
  readonly draw: (data: unknown, turn: Turn) => Promise<CardContent | undefined>;
  /** Where it may be used. Unless it says so: in a person's own chat with the bot, and nowhere else. */
  readonly usedIn?: readonly Place[];
  /** For a button that reads what was typed. */
  readonly screen?: Screen;
  /** For a button that leads elsewhere and takes along what was typed: the inputs of its card. */
  readonly carries?: readonly string[];
}

/** Both as `Verb` and `Command` have it. */
export function mayBeUsedIn(place: Place, { usedIn = ['personal'] }: Pick<Verb, 'usedIn'>): boolean {
  return usedIn.includes(place);
}

export type Verbs = { readonly [Name in VerbName]?: Verb };

/** The verbs of a feature's several files. @throws Fault `two-owners`. */
export function verbsOf(...sets: readonly Verbs[]): Verbs {
  refuseTwice(
    'verb',
    sets.flatMap((set) => Object.keys(set)),
  );
  return Object.assign({}, ...sets) as Verbs;
}

/** Of two owners of one name, the later would win, and nothing would say so. @throws Fault `two-owners`. */
export function refuseTwice(what: string, names: readonly string[]): void {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined)
    throw new Fault('two-owners', `There are two owners of a ${what}.`, { name: twice });
}

/**
 * Makes the file with this key for the person of the turn, from the state as it is now; undefined both for what
 * is not there and for what is not theirs. It is called when a file is offered, and again when it is accepted.
 */
export type FileMaker = (key: string, turn: Turn) => Promise<PersonalFile | undefined>;

/** Something a person can say to the bot. */
export interface Command {
  /** What they say, in lower case; the first is the one that help shows. */
  readonly words: readonly string[];
  /** Words that are enough wherever they stand in what is said, when nothing else was meant. */
  readonly within?: readonly string[];
  /** One line for the help card: what it does. */
  readonly does: string;
  readonly for: (actor: Person, council: CouncilContext) => boolean;
  /** Where it may be said, as of `Verb`. */
  readonly usedIn?: readonly Place[];
  readonly answer: (turn: Turn, said: string) => Promise<CardContent>;
}

/** The message is no longer true (answered, replaced, withdrawn): nothing is sent, and the ledger says why. */
export interface Superseded {
  readonly superseded: string;
}

/** Makes the card of a message from the document as it is when the message is sent. */
export interface Presenter<State, Shown extends MessageFacts = Message> {
  readonly kind: DocumentKind<State>;
  present(state: State, message: Shown, council: CouncilContext): CardContent | Superseded;
  /** Whether it is tried until it arrives, as things are now. Default: an alert is, and nothing else. */
  mustArrive?(state: State): boolean;
}

/** What a scheduled job may use. */
export interface Tick extends Services {
  readonly council: CouncilContext;
}

/** Something that happens by itself and is not tied to one document. It must do nothing the second time. */
export interface Job {
  readonly name: string;
  readonly run: (tick: Tick) => Promise<void>;
}

/** Everything that a feature offers. `src/features.ts` lists the features, and nothing else wires them. */
export interface Feature {
  readonly verbs?: Verbs;
  readonly commands?: readonly Command[];
  /** They answer a word for those whom its owner does not answer, and help does not name them. */
  readonly standIns?: readonly Command[];
  /** What a person's welcome begins with: one feature has it. */
  readonly welcome?: (turn: Turn) => Promise<CardContent>;
  /** Verbs, and first words of commands, that only list: what is put off when too many ask at once. */
  readonly lists?: readonly string[];
  readonly presenters?: { readonly [Card in CardName]?: Presenter<unknown, MessageOf<Card>> };
  readonly kinds?: readonly DocumentKind<unknown>[];
  /** What this feature adds to a PLR over time. */
  readonly plrPart?: PlrPart;
  readonly jobs?: readonly Job[];
  /** By the kind that a file's address names. */
  readonly files?: Readonly<Record<string, FileMaker>>;
}
