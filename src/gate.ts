import type { Cards } from './cards/cards.js';
import type { CardContent } from './practice/feature.js';
import type { House } from './practice/house.js';
import { noticeCard } from './practice/help.js';
import { checkForChannel, identifiersIn } from './practice/learning/channel-gate.js';
import type { FileAddress } from './practice/files.js';
import type { InboundAction, Sender } from './teams/inbound.js';
import type { MadeFile, Reception } from './teams/reception.js';

export interface GateOptions {
  readonly cards: Cards;
  readonly house: () => House | undefined;
  readonly log: (event: string, ids: Record<string, string | number>) => void;
}

/** What a notification says when its own words would tell too much. */
const neutralSummary = 'A message about Practice Learning Reviews';

/**
 * What leaves as an answer (domain.md, "Privacy"): outside a personal chat nothing that the identifier firewall
 * finds, and in a notification never. What delivery sends to channels passes the same firewall before it is
 * sent (`app.ts`).
 */
export class Gate implements Reception {
  private readonly inner: Reception;
  private readonly options: GateOptions;

  constructor(inner: Reception, options: GateOptions) {
    this.inner = inner;
    this.options = options;
  }

  async acted(action: InboundAction, sender: Sender): Promise<CardContent> {
    return this.passed(await this.inner.acted(action, sender), sender, textsIn(action.data));
  }

  async said(text: string, sender: Sender): Promise<CardContent> {
    return this.passed(await this.inner.said(text, sender), sender, [text]);
  }

  /** A file is made for a personal chat alone, where its reader may see it. */
  file(address: FileAddress, sender: Sender, through: string): Promise<MadeFile | undefined> {
    return this.inner.file(address, sender, through);
  }

  async installed(sender: Sender): Promise<CardContent | undefined> {
    const welcome = await this.inner.installed(sender);
    return welcome === undefined ? undefined : this.passed(welcome, sender);
  }

  removed(sender: Sender): Promise<void> {
    return this.inner.removed(sender);
  }

  serves(sender: Sender): boolean {
    return this.inner.serves(sender);
  }

  /** What the person has just said themselves may come back to them: a form that was refused keeps it. */
  private passed(content: CardContent, sender: Sender, said: readonly string[] = []): CardContent {
    const { cards, house: current, log } = this.options;
    const house = current();
    if (house === undefined) return content;
    if (sender.in === 'personal') return quiet(content, house);
    const shown = { summary: content.summary, card: cards.render(content) };
    const found = checkForChannel(shown, house, content.excused);
    const hits = found.filter(({ text }) => !said.some((own) => own.includes(text)));
    if (hits.length === 0) return content;
    log('answer held back', {
      template: content.template,
      kinds: [...new Set(hits.map(({ kind }) => kind))].join(' '),
    });
    return noticeCard(
      'Let’s talk in private',
      'Open a chat with me: what concerns a child or a colleague does not belong in a channel.',
    );
  }
}

/** The card with a notification that says nothing about anyone. */
export function quiet(content: CardContent, house: House): CardContent {
  const tells = identifiersIn(content.summary, house).some(({ kind }) => kind !== 'small-count');
  return tells ? { ...content, summary: neutralSummary } : content;
}

function textsIn(part: unknown): string[] {
  if (typeof part === 'string') return [part];
  if (typeof part !== 'object' || part === null) return [];
  return Object.values(part).flatMap(textsIn);
}
