import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Chats, type Message, type ShownCard, type ShownFile } from './chats.js';
import { act, readRequest, type ConnectorRequest, type Done } from './connector-routes.js';
import { textIn, recordIn, type JsonRecord } from './json-record.js';
import { brokenRules, fileAttachmentOf, MAX_MESSAGE_UTF16_BYTES } from './message-rules.js';
import { utf16Bytes, type Violation } from './message-rules.js';
import { RecordedCalls, type IncomingCall, type RecordedCall } from './recorded-calls.js';
import { Failures, refusal, throttled, type Answer, type FailAtRate } from './teams-failures.js';
import { failureOf, type FailNext, type Held, type ShutOut } from './teams-failures.js';
import { personalConversationId, type Person, type Team } from './teams-ids.js';
import { RateLimits, TEAMS_LIMITS, type Limits } from './teams-limits.js';

export interface TeamsConnectorOptions {
  readonly tenantId?: string;
  readonly bot?: { readonly id: string; readonly name: string };
  /** Who is known from the start; anyone else is met when first written to. */
  readonly people?: readonly Person[];
  /** The tenant's teams; with none named, every channel id is one. */
  readonly teams?: readonly Team[];
  /** `teams` for Teams' own; default none. */
  readonly limits?: 'teams' | Limits;
  /** Milliseconds, for `at` and the limits; default `performance.now`. */
  readonly now?: () => number;
  /** What an answer takes on its way back, once all is done; default nothing. */
  readonly onItsWay?: () => Promise<void>;
}

/** A stand-in for Teams' side of Bot Connector v3, on a port of its own on 127.0.0.1. */
export async function startTeamsConnector(options: TeamsConnectorOptions = {}): Promise<TeamsConnector> {
  const connector = new TeamsConnector(options);
  await connector.back();
  return connector;
}

export class TeamsConnector {
  readonly tenantId: string;
  readonly bot: { readonly id: string; readonly name: string };
  readonly chats: Chats;
  /** Messages Teams took (or refused) that would not come out as meant. A good run leaves it empty. */
  readonly violations: Violation[] = [];
  /** Requests the limits let through, and those they answered with 429. */
  readonly counts = { allowed: 0, throttled: 0 };
  readonly #calls = new RecordedCalls();
  readonly #failures = new Failures();
  readonly #shutOut = new Map<string, ShutOut>();
  readonly #limits: RateLimits | undefined;
  readonly #now: () => number;
  readonly #onItsWay: () => Promise<void>;
  #server: Server | undefined;
  #port = 0;

  constructor(options: TeamsConnectorOptions) {
    this.tenantId = options.tenantId ?? '5e0b7ad4-0000-4000-8000-00000000c0de';
    this.bot = options.bot ?? { id: '28:practice-learning-bot', name: 'Practice Learning Bot' };
    this.chats = new Chats(options.people ?? [], options.teams ?? []);
    const { limits } = options;
    this.#limits = limits && new RateLimits(limits === 'teams' ? TEAMS_LIMITS : limits);
    this.#now = options.now ?? (() => performance.now());
    this.#onItsWay = options.onItsWay ?? (() => Promise.resolve());
  }

  /** The service URL, with a region and a closing slash as Teams' own has. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}/uk/`;
  }

  /** Every call, in the order they were decided. */
  get recorded(): readonly RecordedCall[] {
    return this.#calls.all;
  }

  /** The cards of a person's chat as they now stand, oldest first. */
  cardsTo(aadObjectId: string): ShownCard[] {
    return this.chats.cards(aadObjectId);
  }

  /** The files offered to a person, or saved for them, as they now stand, oldest first. */
  filesTo(aadObjectId: string): ShownFile[] {
    return this.chats.files(aadObjectId);
  }

  /** The cards of a channel as they now stand, oldest first. */
  cardsIn(channelId: string): ShownCard[] {
    return this.chats.cards(channelId);
  }

  /** The lowest card of a chat or channel (that `where` accepts), after its updates. */
  latestCard(to: string, where: (card: ShownCard) => boolean = () => true): ShownCard {
    const card = this.chats.cards(to).findLast(where);
    if (!card) throw new Error(`No such card for ${to}. ${this.#calls.describe()}`);
    return card;
  }

  /** The messages of a person's chat or a channel, cards or not, as they now stand. */
  messagesTo(to: string): Message[] {
    return this.chats.messages(to);
  }

  /** The first call, past or to come, that matches; rejects after `withinMs` and says what came instead. */
  waitFor(
    predicate: (call: RecordedCall) => boolean,
    what: string,
    withinMs?: number,
  ): Promise<RecordedCall> {
    return this.#calls.waitFor(predicate, what, withinMs);
  }

  /** Resolves once `condition` holds; asked again after each call. */
  waitUntil(condition: () => boolean, what: string, withinMs?: number): Promise<void> {
    return this.#calls.waitUntil(condition, what, withinMs);
  }

  /** The next matching calls fail so. */
  failNext(how: FailNext): void {
    this.#failures.failNext(how);
  }

  /** From now on this share of calls fails; `undefined` ends it. */
  fail(atRate: FailAtRate | undefined): void {
    this.#failures.fail(atRate);
  }

  /** Matching calls take effect and are answered only when released. */
  hold(match?: (call: IncomingCall) => boolean): Held {
    return this.#failures.hold(match);
  }

  /** The bot may no longer write to this person or channel, until `letIn`. */
  shutOut(to: string, why: ShutOut): void {
    this.#shutOut.set(to, why);
  }

  letIn(to: string): void {
    this.#shutOut.delete(to);
  }

  /** The id of a person's chat, opened if it was not. */
  personalConversation(aadObjectId: string): string {
    return this.chats.openPersonal(aadObjectId).id;
  }

  /** Stops answering: connections are cut, new ones refused. */
  async away(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  /** Answers again, on the same port. */
  async back(): Promise<void> {
    if (this.#server) return;
    const server = createServer((request, response) => void this.#serve(request, response));
    // Longer than any client keeps a connection, so that none is cut as it is used again.
    server.keepAliveTimeout = 120_000;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  stop(): Promise<void> {
    return this.away();
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
    } catch {
      return; // The client went away while it was speaking.
    }
    const json = Buffer.concat(chunks).toString('utf8');
    const request = readRequest(incoming.method ?? '', incoming.url ?? '', json, this.chats);
    const outcome = this.#decide(request, json);
    const call = this.#record(request, outcome);
    await this.#failures.heldBack(call);
    await this.#onItsWay();
    if (outcome.isSilent === true) return;
    if (call.status === 'dropped') response.destroy();
    else reply(response, outcome.answer);
  }

  #decide(request: ConnectorRequest, json: string): Outcome {
    const retryAfterSeconds = this.#limits?.retryAfterSeconds(request, this.#now()) ?? 0;
    if (retryAfterSeconds > 0) {
      this.counts.throttled += 1;
      return refused(throttled(retryAfterSeconds));
    }
    this.counts.allowed += 1;
    this.#check(request);
    const failure = this.#failures.of(request) ?? this.#shutOutOf(request);
    if (failure && 'answer' in failure) return refused(failure.answer);
    if (failure !== undefined && failure.dropped !== 'after')
      return {
        answer: { status: 0 },
        happened: false,
        dropped: true,
        isSilent: failure.dropped === 'never',
      };
    if (utf16Bytes(json) > MAX_MESSAGE_UTF16_BYTES) {
      this.#violated(request, 'too-big');
      return refused(refusal(413, 'MessageSizeTooBig'));
    }
    const done = act(request, this.chats, this.tenantId);
    return { ...done, happened: done.answer.status < 400, dropped: failure !== undefined };
  }

  #shutOutOf({ to, operation }: ConnectorRequest) {
    const why = to === undefined || operation === 'read' ? undefined : this.#shutOut.get(to);
    return why && failureOf(why);
  }

  #check(request: ConnectorRequest): void {
    const { operation, activity, body } = request;
    if (operation === 'unknown') this.#violated(request, 'unknown-route');
    if (operation === 'create' && textIn(recordIn(body, 'bot'), 'id') === undefined) {
      this.#violated(request, 'create-without-bot');
    }
    if (fileAttachmentOf(activity) && request.conversation !== 'personal')
      this.#violated(request, 'file-outside-personal-chat');
    for (const rule of activity ? brokenRules(activity) : []) this.#violated(request, rule);
  }

  #violated({ path, to }: ConnectorRequest, rule: Violation['rule']): void {
    this.violations.push({ rule, path, to });
  }

  #record(request: ConnectorRequest, { answer, happened, dropped, message }: Outcome): RecordedCall {
    const { method, path, operation, conversation, conversationId, to, activity } = request;
    const call: RecordedCall = {
      method,
      path,
      operation,
      conversation,
      conversationId: message?.conversation.id ?? conversationId ?? (to && personalIfMade(request, happened)),
      to,
      activity,
      activityId: message?.activityId,
      at: this.#now(),
      status: dropped ? 'dropped' : answer.status,
      happened,
    };
    this.#calls.add(call);
    return call;
  }
}

interface Outcome extends Done {
  readonly happened: boolean;
  readonly dropped: boolean;
  /** The connection stays open, and nothing comes. */
  readonly isSilent?: boolean;
}

const refused = (answer: Answer): Outcome => ({ answer, happened: false, dropped: false });

const personalIfMade = ({ operation, conversation, to = '' }: ConnectorRequest, happened: boolean) =>
  happened && operation === 'create' && conversation === 'personal' ? personalConversationId(to) : undefined;

function reply(response: ServerResponse, { status, body, headers, raw }: Answer): void {
  const json =
    raw ?? (body === undefined ? '' : JSON.stringify(body satisfies JsonRecord | readonly JsonRecord[]));
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(json);
}
