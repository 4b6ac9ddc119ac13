import { z } from 'zod';
import { auditedDocuments, type Watched } from '../audit/audited-documents.js';
import { conversationKey, type Conversations } from '../delivery/conversations.js';
import { busyCard, ListsInHand } from './lists-in-hand.js';
import { refsIn } from '../practice/plr/plr-ref.js';
import {
  mayBeUsedIn,
  type CardContent,
  type Command,
  type Feature,
  type FileMaker,
  type Turn,
  type Verb,
} from '../practice/surface/feature.js';
import type { FileAddress, FileContent } from '../practice/surface/files.js';
import type { CouncilContext } from '../practice/council/council-context.js';
import type { CalibrationExercise } from '../practice/moderation/calibration-exercise.js';
import { exerciseKey, exerciseKind } from '../practice/moderation/exercise-record.js';
import { isActive, type Person } from '../practice/council/organisation.js';
import { plrKey, type Plr } from '../practice/plr/plr.js';
import { plrKind } from '../practice/plr/plr-kind.js';
import type { Documents, ReadLog, Services } from '../practice/plr/ports.js';
import { helpCard, inPrivate, noticeCard } from '../practice/surface/help.js';
import { answerPress } from '../practice/surface/press.js';
import { sayVerb, type InboundAction, type InboundSender } from '../teams/inbound.js';
import type { MadeFile, Reception } from '../teams/reception.js';

export interface FrontDeskOptions {
  readonly features: readonly Feature[];
  /** A file's bytes, made from its content. */
  readonly makeFile: (content: FileContent) => Promise<Buffer>;
  readonly services: Services & { readonly documents: Documents & ReadLog };
  readonly conversations: Conversations;
  /** The council as it is now; undefined before the first import. */
  readonly council: () => CouncilContext | undefined;
  readonly tenantId: string;
  /** Whether we may answer to this service address at all. */
  readonly mayReach: (serviceUrl: string) => boolean;
  /** Told of everybody who does anything. */
  readonly heard: (aadObjectId: string) => void;
  /** Sends what waits for a person or channel that can now be reached; with `again`, also what they had before. */
  readonly reachable: (key: string, again: boolean) => Promise<void>;
}

const tooLong = 4_000;

/** The kinds in which people write about a case. An exercise holds a copy of a review. */
const watched: Watched = {
  kinds: [
    { kind: plrKind, keyOf: ({ cycleId, ref }: Plr) => plrKey(cycleId, ref) },
    { kind: exerciseKind, keyOf: ({ ref }: CalibrationExercise) => exerciseKey(ref) },
  ],
  refsIn,
};

/** Finds out who is speaking and which feature answers, and turns away whoever is not in the roster. */
export class FrontDesk implements Reception {
  private readonly options: FrontDeskOptions;
  private readonly verbs: ReadonlyMap<string, Verb>;
  private readonly commands: readonly Command[];
  private readonly standIns: readonly Command[];
  private readonly files: ReadonlyMap<string, FileMaker>;
  private readonly lists: ListsInHand;

  constructor(options: FrontDeskOptions) {
    this.options = options;
    this.verbs = new Map(options.features.flatMap(({ verbs = {} }) => Object.entries(verbs)));
    this.commands = options.features.flatMap(({ commands = [] }) => commands);
    this.standIns = options.features.flatMap(({ standIns = [] }) => standIns);
    this.files = new Map(options.features.flatMap(({ files = {} }) => Object.entries(files)));
    this.lists = new ListsInHand(options.features);
  }

  /** With no tenant configured (local mode, loopback only) every tenant is served. */
  serves(sender: InboundSender): boolean {
    const { tenantId, mayReach } = this.options;
    return (tenantId === '' || sender.tenantId === tenantId) && mayReach(sender.serviceUrl);
  }

  async acted(action: InboundAction, sender: InboundSender): Promise<CardContent> {
    const turn = this.turnOf(sender);
    if (turn === undefined) return this.stranger();
    if (action.verb === sayVerb) return this.said(wordsIn(action.data), sender);
    const verb = this.verbs.get(action.verb);
    if (verb === undefined) {
      return noticeCard(
        'This button is not in use any more',
        'Say "my reviews" to get a fresh card. Nothing was changed.',
      );
    }
    if (!mayBeUsedIn(sender.in, verb)) return inPrivate();
    return this.lists.answer(action.verb, () =>
      this.seen(turn, action.verb, (watched) => answerPress(verb, action.data, watched)),
    );
  }

  async said(text: string, sender: InboundSender): Promise<CardContent> {
    const turn = this.turnOf(sender);
    if (turn === undefined) return this.stranger();
    const said = plain(text);
    const commands = this.commandsFor(turn);
    const command = commandIn(commands, said) ?? commandIn(this.standIns, said);
    if (!mayBeUsedIn(sender.in, command ?? {})) return inPrivate();
    if (command === undefined) return helpCard(commands, this.whyHelp(said));
    const name = command.words[0] ?? 'words';
    return this.lists.answer(name, () => this.seen(turn, name, (watched) => command.answer(watched, said)));
  }

  async file(
    { kind, of }: FileAddress,
    sender: InboundSender,
    through: string,
  ): Promise<MadeFile | undefined> {
    const turn = this.turnOf(sender);
    const maker = this.files.get(kind);
    if (turn === undefined || maker === undefined || sender.in !== 'personal') return undefined;
    const file = await this.seen(turn, through, (watched) => maker(of, watched));
    if (file === undefined) return undefined;
    const { content, ...named } = file;
    return { ...named, bytes: await this.options.makeFile(content) };
  }

  async installed(sender: InboundSender): Promise<void> {
    const key = keyOf(sender);
    if (key === undefined) return;
    const { conversations, reachable } = this.options;
    const owes = await conversations.installed(key, {
      serviceUrl: sender.serviceUrl,
      conversationId:
        sender.in === 'channel' ? (sender.channelId ?? sender.conversationId) : sender.conversationId,
      blockedBecause: '',
    });
    // Teams never says that a channel was closed: what it refused waits for the team's next install.
    if (owes || sender.startsEmpty || sender.in === 'channel') await reachable(key, sender.startsEmpty);
    if (owes) await conversations.settled(key);
  }

  /** What waits for them comes with it, unless too many are welcomed at once. */
  async welcome(sender: InboundSender): Promise<CardContent | undefined> {
    if (sender.in !== 'personal') return undefined;
    const turn = this.turnOf(sender);
    if (turn === undefined) return this.stranger();
    const help = helpCard(this.commandsFor(turn), 'welcome');
    const { welcome } = this.options.features.find((feature) => feature.welcome !== undefined) ?? {};
    if (welcome === undefined) return help;
    const card = await this.lists.answer('welcome', () => this.seen(turn, 'welcome', welcome));
    return card === busyCard ? help : card;
  }

  async removed(sender: InboundSender): Promise<void> {
    const key = keyOf(sender);
    if (key === undefined) return;
    const known = await this.options.conversations.find(key);
    if (known !== undefined)
      await this.options.conversations.remember(key, { ...known, blockedBecause: 'the app was removed' });
  }

  /** Whatever is shown is put on the log first. */
  private async seen<T extends object | undefined>(
    turn: Turn,
    through: string,
    answer: (turn: Turn) => Promise<T>,
  ): Promise<T> {
    const { documents, note } = auditedDocuments(this.options.services.documents, turn.actor.id, watched);
    const content = await answer({ ...turn, documents });
    await note(through, content);
    return content;
  }

  private whyHelp(said: string) {
    if (said === '' || said === 'help') return 'help';
    return commandIn(this.commands, said) === undefined ? 'not-understood' : 'not-theirs';
  }

  private commandsFor(turn: Turn) {
    return this.commands.filter((command) => command.for(turn.actor, turn.council));
  }

  /** The person comes from the authenticated activity and today's roster, and from nowhere else. */
  private turnOf(sender: InboundSender): Turn | undefined {
    const council = this.options.council();
    if (council === undefined || sender.aadObjectId === undefined) return undefined;
    const actor: Person | undefined = council.organisation.personOf(sender.aadObjectId);
    if (actor === undefined || !isActive(actor, council.today)) return undefined;
    this.options.heard(actor.aadObjectId);
    return { actor, council, ...this.options.services };
  }

  private stranger(): CardContent {
    return noticeCard(
      'I do not know you yet',
      'You are not on the list of staff that the Quality Assurance Service gave me. Ask them to add you, then say "help".',
    );
  }
}

/** What was said word for word wins over what it only begins with, and that over words that stand anywhere in it. */
function commandIn(commands: readonly Command[], said: string): Command | undefined {
  const exact = commands.find(({ words }) => words.includes(said));
  const begun = commands.find(({ words }) => words.some((word) => said.startsWith(`${word} `)));
  const within = ({ within: words = [] }: Command) => words.some((word) => ` ${said} `.includes(` ${word} `));
  return exact ?? begun ?? commands.find(within);
}

/** The words that a button of the help card says for whoever presses it. */
function wordsIn(data: unknown): string {
  return z.object({ text: z.string() }).safeParse(data).data?.text ?? '';
}

function keyOf(sender: InboundSender): string | undefined {
  if (sender.in === 'channel' && sender.channelId !== undefined)
    return conversationKey.channel(sender.channelId);
  if (sender.in === 'personal' && sender.aadObjectId !== undefined)
    return conversationKey.person(sender.aadObjectId);
  return undefined;
}

function plain(text: string): string {
  const words = z.string().catch('').parse(text).slice(0, tooLong);
  return words
    .toLowerCase()
    .replace(/<at\b[^<]*<\/at>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/[^\p{L}\p{N}\s-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
