import type { Message, Urgency } from '../practice/plr/ports.js';
import { toEpochMilliseconds, type Instant } from '../practice/base/time.js';
import type { Backoff, Outbox, QueuedMessage } from './outbox.js';

export interface WaitingLineOptions {
  readonly outbox: Outbox;
  readonly activePartitions: () => Promise<string[]>;
  /** The product's time, for messages that are not to be sent before their own. */
  readonly now: () => Instant;
  /** The real time, for backoff. */
  readonly realNow: () => Instant;
}

/** Rows read at once; a page of Azure Tables has at most 1,000. */
const pageSize = 500;
/** Messages claimed at once; Azure Tables takes 100 rows a transaction and a claim needs two. */
const claimSize = 50;
/** Claims are made again when fewer than this are at hand: at 40 a second, half a second ahead. */
const lowWater = 20;
/** After so many answers in a row an ordinary message gets a turn, so that none waits for ever. */
const answersInARow = 4;

/**
 * What waits to be sent, everywhere: read ahead in pages, each row once a pass; claimed in batches; handed
 * out by urgency. Alerts and answers that come during a long pass are looked for apart, by their key.
 */
export class WaitingLine {
  private readonly options: WaitingLineOptions;
  private readonly ready: Record<Urgency, QueuedMessage[]> = { alert: [], answer: [], ordinary: [] };
  /** Read and not yet claimed, most urgent first. */
  private ahead: QueuedMessage[] = [];
  /** Where each partition was read to; `end` when to its end. */
  private cursors: Map<string, { readonly after: string | undefined } | 'end'> | undefined;
  /** Claimed here and not yet ended: nobody else sends these, and this process sends each once. */
  private readonly inHand = new Set<string>();
  private answersSince = 0;
  private lookForUrgent = false;

  constructor(options: WaitingLineOptions) {
    this.options = options;
  }

  /** Starts again from the most urgent, everywhere. */
  async beginPass(): Promise<void> {
    const partitions = await this.options.activePartitions();
    this.cursors = new Map(partitions.map((partition) => [partition, { after: undefined }]));
    this.lookForUrgent = false;
  }

  /** Something may have been saved that goes before what was read ahead. */
  urgentMayWait(): void {
    this.lookForUrgent = true;
  }

  needsFill(): boolean {
    return (this.lookForUrgent && this.isMidPass()) || (this.readyCount() < lowWater && this.hasMore());
  }

  isEmpty(): boolean {
    return this.readyCount() === 0 && !this.hasMore();
  }

  /** Reads ahead and claims. @throws when storage does not answer; nothing is lost by it. */
  async fill(): Promise<void> {
    if (this.lookForUrgent && this.isMidPass()) await this.takeUrgent();
    if (this.readyCount() >= lowWater) return;
    await this.readAhead();
    await this.claim(this.ahead.splice(0, claimSize));
  }

  /** The next that `mayGo` lets go: alerts first, then answers, then the rest. */
  next(mayGo: (waiting: QueuedMessage) => boolean): QueuedMessage | undefined {
    const turns: Urgency[] =
      this.answersSince < answersInARow ? ['alert', 'answer', 'ordinary'] : ['alert', 'ordinary', 'answer'];
    for (const urgency of turns) {
      const index = this.ready[urgency].findIndex(mayGo);
      const [found] = index < 0 ? [] : this.ready[urgency].splice(index, 1);
      if (found === undefined) continue;
      if (urgency !== 'alert') this.answersSince = urgency === 'answer' ? this.answersSince + 1 : 0;
      return found;
    }
    return undefined;
  }

  *atHand(): Generator<QueuedMessage> {
    for (const urgency of ['alert', 'answer', 'ordinary'] as const) yield* this.ready[urgency];
  }

  /** Whether a later message redraws the same card: the earlier need not be sent. */
  hasLaterRedraw({ partition, savedAt, message }: QueuedMessage): boolean {
    const isLater = (other: QueuedMessage) =>
      other.partition === partition &&
      other.message.redraws === message.redraws &&
      (other.savedAt > savedAt || (other.savedAt === savedAt && other.message.key > message.key));
    return [...this.atHand()].some(isLater) || this.ahead.some(isLater);
  }

  /** It could not go yet: it keeps its claim, and its place before what came later. */
  takeBack(waiting: QueuedMessage): void {
    this.makeReady([waiting]);
  }

  /** It has ended, or was put back: this process has nothing more to do with it. */
  letGo(waiting: QueuedMessage): void {
    this.inHand.delete(messageName(waiting));
  }

  /** Drops what was not begun: another leads now and takes the claims over, or the next pass finds it again. */
  abandon(): void {
    for (const waiting of this.atHand()) this.letGo(waiting);
    this.ready.alert = [];
    this.ready.answer = [];
    this.ready.ordinary = [];
    this.ahead = [];
    this.cursors = undefined;
  }

  private readyCount(): number {
    return this.ready.alert.length + this.ready.answer.length + this.ready.ordinary.length;
  }

  private hasMore(): boolean {
    return this.ahead.length > 0 || [...(this.cursors?.values() ?? [])].some((cursor) => cursor !== 'end');
  }

  /** At the beginning of a pass the urgent come first by themselves. */
  private isMidPass(): boolean {
    const cursors = [...(this.cursors?.values() ?? [])];
    return cursors.some((cursor) => cursor === 'end' || cursor.after !== undefined);
  }

  private async takeUrgent(): Promise<void> {
    this.lookForUrgent = false;
    // One may have come back into the sweep since the pass began.
    for (const partition of await this.options.activePartitions())
      if (this.cursors?.has(partition) === false) this.cursors.set(partition, { after: undefined });
    const partitions = [...(this.cursors?.keys() ?? [])];
    const found = await Promise.all(
      partitions.map((partition) => this.options.outbox.urgent(partition, pageSize)),
    );
    const urgent = found.flat().filter((waiting) => this.mayBeTaken(waiting));
    this.ahead = this.ahead.filter(({ message }) => message.urgency === 'ordinary');
    const alerts = urgent.filter(({ message }) => message.urgency === 'alert').sort(byUrgency);
    for (let from = 0; from < alerts.length; from += claimSize)
      await this.claim(alerts.slice(from, from + claimSize));
    this.ahead.unshift(...urgent.filter(({ message }) => message.urgency === 'answer').sort(byUrgency));
    if (this.ready.answer.length < lowWater) await this.claim(this.takeAnswers());
  }

  private takeAnswers(): QueuedMessage[] {
    const firstOther = this.ahead.findIndex(({ message }) => message.urgency !== 'answer');
    const count = firstOther < 0 ? this.ahead.length : firstOther;
    return this.ahead.splice(0, Math.min(count, claimSize));
  }

  /** Afterwards each partition that has more has something read ahead, so that urgency holds across all of them. */
  private async readAhead(): Promise<void> {
    const cursors = this.cursors ?? new Map<string, 'end'>();
    const having = new Set(this.ahead.map(({ partition }) => partition));
    await Promise.all(
      [...cursors].map(async ([partition, cursor]) => {
        if (cursor === 'end' || having.has(partition)) return;
        const page = await this.options.outbox.waiting(partition, pageSize, cursor.after);
        const last = page.at(-1);
        cursors.set(partition, page.length < pageSize || last === undefined ? 'end' : { after: last.rowKey });
        this.ahead.push(...page.filter((waiting) => this.mayBeTaken(waiting)));
      }),
    );
    this.ahead.sort(byUrgency);
  }

  private mayBeTaken(waiting: QueuedMessage): boolean {
    const { held, claimed, message } = waiting;
    if (this.inHand.has(messageName(waiting))) return false;
    if (message.notBefore !== undefined && message.notBefore > this.options.now()) return false;
    // Only the leader sends: a claim that it does not hold itself was left by a leader that is gone.
    return claimed || held === undefined || isOver(held, this.options.realNow());
  }

  private async claim(messages: readonly QueuedMessage[]): Promise<void> {
    const free = messages.filter((waiting) => !this.inHand.has(messageName(waiting)));
    const partitions = [...new Set(free.map(({ partition }) => partition))];
    const claimed = await Promise.all(
      partitions.map((name) => this.options.outbox.claim(free.filter(({ partition }) => partition === name))),
    );
    for (const waiting of claimed.flat()) this.inHand.add(messageName(waiting));
    this.makeReady(claimed.flat());
  }

  private makeReady(messages: readonly QueuedMessage[]): void {
    for (const waiting of messages) this.ready[waiting.message.urgency].push(waiting);
    for (const queue of Object.values(this.ready)) queue.sort(byUrgency);
  }
}

/** Who gets it: one recipient's messages are sent one after another, in order. */
export function recipientName(to: Message['to']): string {
  if ('person' in to) return `person:${to.person}`;
  return to.channel === 'board' ? 'board' : `${to.channel}:${to.team}`;
}

/** What lies further ahead than it was meant to was written by another clock, or by this one before it was put right. */
function isOver({ until, forMs }: Backoff, now: Instant): boolean {
  const leftMs = toEpochMilliseconds(until) - toEpochMilliseconds(now);
  return leftMs <= 0 || leftMs > forMs;
}

/** Names its row among all partitions. */
export function messageName({ partition, rowKey }: QueuedMessage): string {
  return `${partition}/${rowKey}`;
}

/** Row keys begin with urgency and time, so they sort across partitions too. */
function byUrgency(a: QueuedMessage, b: QueuedMessage): number {
  return a.rowKey < b.rowKey ? -1 : a.rowKey > b.rowKey ? 1 : 0;
}
