import type { Cards } from '../cards/cards.js';
import type { Log } from '../log.js';
import type { CardContent } from '../practice/surface/feature.js';
import type { CouncilContext } from '../practice/council/council-context.js';
import { inPrivate } from '../practice/surface/help.js';
import { checkForChannel, identifiersIn } from '../practice/firewall/channel-gate.js';
import type { Organisation } from '../practice/council/organisation.js';
import type { FileAddress } from '../practice/surface/files.js';
import { textsIn } from '../practice/council/words.js';
import type { InboundAction, InboundSender } from '../teams/inbound.js';
import type { MadeFile, Reception } from '../teams/reception.js';

export interface GateOptions {
  readonly cards: Cards;
  readonly council: () => CouncilContext | undefined;
  readonly log: Log;
}

/** What a notification says when its own words would give too much away. */
const neutralSummary = 'A message about Practice Learning Reviews';

/**
 * What leaves as an answer (docs/domain.md, "Privacy"): outside a personal chat, and in any notification,
 * nothing that the identifier firewall finds. What delivery sends to channels passes the same firewall before
 * it is sent (`presenting.ts`).
 */
export class Gate implements Reception {
  private readonly inner: Reception;
  private readonly options: GateOptions;

  constructor(inner: Reception, options: GateOptions) {
    this.inner = inner;
    this.options = options;
  }

  async acted(action: InboundAction, sender: InboundSender): Promise<CardContent> {
    return this.passed(await this.inner.acted(action, sender), sender, () => textsIn(action.data));
  }

  async said(text: string, sender: InboundSender): Promise<CardContent> {
    return this.passed(await this.inner.said(text, sender), sender, () => [text]);
  }

  /** A file is made for a personal chat alone, where its reader may see it. */
  file(address: FileAddress, sender: InboundSender, through: string): Promise<MadeFile | undefined> {
    return this.inner.file(address, sender, through);
  }

  installed(sender: InboundSender): Promise<void> {
    return this.inner.installed(sender);
  }

  async welcome(sender: InboundSender): Promise<CardContent | undefined> {
    const welcome = await this.inner.welcome(sender);
    return welcome === undefined ? undefined : this.passed(welcome, sender);
  }

  removed(sender: InboundSender): Promise<void> {
    return this.inner.removed(sender);
  }

  serves(sender: InboundSender): boolean {
    return this.inner.serves(sender);
  }

  /** A person's own words may come back to them: a form that was refused keeps what they typed. */
  private passed(
    content: CardContent,
    sender: InboundSender,
    said: () => readonly string[] = () => [],
  ): CardContent {
    const { cards, council: current, log } = this.options;
    const council = current();
    if (council === undefined) return content;
    if (sender.in === 'personal') return quiet(content, council);
    const shown = { summary: content.summary, card: cards.render(content) };
    const found = checkForChannel(shown, council, content.excused);
    const own = found.length === 0 ? [] : said();
    const hits = found.filter(({ text }) => !own.some((one) => one.includes(text)));
    if (hits.length === 0) return content;
    log('answer held back', {
      template: content.template,
      kinds: [...new Set(hits.map(({ kind }) => kind))].join(' '),
    });
    return inPrivate();
  }
}

/** The card with a notification that says nothing about anyone. */
export function quiet(content: CardContent, council: CouncilContext): CardContent {
  return tells(content.summary, council) ? { ...content, summary: neutralSummary } : content;
}

const maxSummaries = 500;
/** Remembered for each roster and day: nearly all summaries are one of a few fixed sentences. */
const checked = new WeakMap<Organisation, Map<string, boolean>>();

function tells(summary: string, council: CouncilContext): boolean {
  const known = checked.get(council.organisation) ?? new Map<string, boolean>();
  checked.set(council.organisation, known);
  const name = `${council.today} ${summary}`;
  const before = known.get(name);
  if (before !== undefined) return before;
  const found = identifiersIn(summary, council).some(({ kind }) => kind !== 'small-count');
  if (known.size >= maxSummaries) known.clear();
  known.set(name, found);
  return found;
}
