import { channelOf, isChannelId, teamsUserId, type Person } from './teams-ids.js';
import type { Chats, Conversation, Message } from './chats.js';
import { isRecord, recordIn, recordsIn, textIn, type JsonRecord } from './json-record.js';
import { isSplit } from './message-rules.js';
import type { IncomingCall, Operation } from './recorded-calls.js';
import { refusal, type Answer } from './teams-failures.js';

/** A call with what its route says of it. */
export interface ConnectorRequest extends IncomingCall {
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly body: JsonRecord | undefined;
  /** `{activityId}` of the path: the message updated, deleted or replied to. */
  readonly targetId: string | undefined;
}

/** What Teams did, and the message it made or changed. */
export interface Done {
  readonly answer: Answer;
  readonly message?: Message;
}

export function readRequest(method: string, url: string, json: string, chats: Chats): ConnectorRequest {
  const [rawPath = '', rawQuery = ''] = url.split('?', 2);
  const segments = rawPath
    .slice(rawPath.indexOf('/v3/') + 4)
    .split('/')
    .map(decodeURIComponent);
  const body = parsed(json);
  const operation = operationOf(method, segments);
  const creates = operation === 'create';
  const conversationId = segments[0] === 'conversations' ? segments[1] : undefined;
  const to = creates ? recipient(body, chats) : conversationId && ownerOf(conversationId, chats);
  return {
    method,
    path: `/v3/${segments.join('/')}`,
    operation,
    conversation: to === undefined ? 'unknown' : isChannelId(to) ? 'channel' : 'personal',
    conversationId,
    to,
    activity: creates ? recordIn(body, 'activity') : body,
    segments,
    query: new URLSearchParams(rawQuery),
    body,
    targetId: segments[2] === 'activities' ? segments[3] : undefined,
  };
}

function parsed(json: string): JsonRecord | undefined {
  try {
    const body: unknown = json === '' ? undefined : JSON.parse(json);
    return isRecord(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function operationOf(method: string, [root, id, part, target, rest]: readonly string[]): Operation {
  if (method === 'GET' && (root === 'conversations' || root === 'teams') && id) return 'read';
  if (root !== 'conversations' || rest !== undefined) return 'unknown';
  if (method === 'POST' && id === undefined) return 'create';
  if (part !== 'activities') return 'unknown';
  if (method === 'POST') return target === undefined ? 'send' : 'reply';
  if (target !== undefined && method === 'PUT') return 'update';
  return target !== undefined && method === 'DELETE' ? 'delete' : 'unknown';
}

function recipient(body: JsonRecord | undefined, chats: Chats): string | undefined {
  const channelId = textIn(recordIn(recordIn(body, 'channelData'), 'channel'), 'id');
  if (channelId !== undefined) return isChannelId(channelId) ? channelId : undefined;
  const member = textIn(recordsIn(body, 'members')[0], 'id');
  return member === undefined ? undefined : chats.aadObjectId(member);
}

const ownerOf = (conversationId: string, chats: Chats) =>
  isChannelId(conversationId) ? channelOf(conversationId) : chats.conversation(conversationId)?.to;

const badArgument = (message: string): Done => ({ answer: refusal(400, 'BadArgument', message) });
const notFound = (code: string): Done => ({ answer: refusal(404, code) });

/** Does as asked, as Teams would when nothing is wrong with it. */
export function act(request: ConnectorRequest, chats: Chats, tenantId: string): Done {
  switch (request.operation) {
    case 'create':
      return create(request, chats, tenantId);
    case 'send':
    case 'reply':
      return send(request, chats);
    case 'update':
    case 'delete':
      return change(request, chats);
    case 'read':
      return { answer: read(request, chats, tenantId) };
    case 'unknown':
      return notFound('NotFound');
  }
}

function create(
  { body, to, conversation, activity }: ConnectorRequest,
  chats: Chats,
  tenantId: string,
): Done {
  const tenant = textIn(body, 'tenantId') ?? textIn(recordIn(recordIn(body, 'channelData'), 'tenant'), 'id');
  if (to === undefined) return badArgument('Unknown or missing members[0].id or channelData.channel.id');
  if (conversation === 'channel') {
    if (!activity) return badArgument('A thread needs an activity to start it');
    return chats.knowsChannel(to)
      ? created(chats.post({ id: to, kind: 'channel', to }, activity))
      : notFound('ConversationNotFound');
  }
  if (tenant !== tenantId) return badArgument('tenantId is missing, or not the tenant of this bot');
  const personal = chats.openPersonal(to);
  if (activity) return created(chats.post(personal, activity));
  return { answer: { status: 201, body: { id: personal.id } } };
}

function created(message: Message): Done {
  const { activityId, conversation } = message;
  return { answer: { status: 201, body: { id: conversation.id, activityId } }, message };
}

function send({ conversationId = '', activity }: ConnectorRequest, chats: Chats): Done {
  const conversation = chats.conversation(conversationId);
  if (!conversation) return notFound('ConversationNotFound');
  if (!activity || textIn(activity, 'type') === undefined) return badArgument('The activity has no type');
  if (activity['type'] === 'typing') return { answer: { status: 201, body: {} } };
  const message = chats.post(conversation, activity);
  return { answer: { status: 201, body: isSplit(activity) ? {} : { id: message.activityId } }, message };
}

function change(
  { operation, conversationId = '', targetId = '', activity }: ConnectorRequest,
  chats: Chats,
): Done {
  const conversation = chats.conversation(conversationId);
  if (!conversation) return notFound('ConversationNotFound');
  const message = chats.message(targetId);
  if (!message || message.deleted || !isThere(message, conversation)) {
    return notFound('ActivityNotFoundInConversation');
  }
  if (operation === 'delete') {
    message.deleted = true;
    return { answer: { status: 200 }, message };
  }
  if (!activity) return badArgument('The activity is missing');
  message.activity = activity;
  message.updates += 1;
  return { answer: { status: 200, body: { id: targetId } }, message };
}

/** A message of a thread is found by the thread and by its channel alone. */
const isThere = (message: Message, conversation: Conversation) =>
  message.conversation.id === conversation.id || message.conversation.to === conversation.id;

function read({ segments, query, targetId }: ConnectorRequest, chats: Chats, tenantId: string): Answer {
  const [root, id = '', part, memberId] = segments;
  if (root === 'teams') return readTeam(chats, id, part);
  const conversation = chats.conversation(id);
  if (!conversation) return refusal(404, 'ConversationNotFound');
  const members = membersOf(chats, conversation).map((person) => account(person, tenantId));
  if (part === 'pagedmembers') return page(members, query);
  if (part === 'activities' && targetId !== undefined && segments[4] === 'members') {
    return { status: 200, body: members };
  }
  if (part !== 'members') return refusal(404, 'NotFound');
  if (memberId === undefined) return { status: 200, body: members };
  const member = members.find((m) => m.aadObjectId === memberId || m.id === memberId);
  return member ? { status: 200, body: member } : refusal(404, 'MemberNotFoundInConversation');
}

function membersOf(chats: Chats, { kind, to }: Conversation): Person[] {
  if (kind === 'channel') return [...(chats.teamOf(to)?.members ?? chats.people.values())];
  const person = chats.people.get(to);
  return person ? [person] : [];
}

function account({ aadObjectId, name }: Person, tenantId: string) {
  const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@example.org`;
  return {
    id: teamsUserId(aadObjectId),
    name,
    aadObjectId,
    objectId: aadObjectId,
    givenName: name.split(' ')[0],
    surname: name.split(' ').at(-1),
    email,
    userPrincipalName: email,
    tenantId,
    userRole: 'user',
  };
}

function page(members: readonly JsonRecord[], query: URLSearchParams): Answer {
  const start = Number(query.get('continuationToken') ?? 0);
  const end = start + Math.min(500, Number(query.get('pageSize') ?? 200));
  const more = end < members.length ? { continuationToken: String(end) } : {};
  return { status: 200, body: { ...more, members: members.slice(start, end) } };
}

function readTeam(chats: Chats, id: string, part: string | undefined): Answer {
  const team = chats.teams.find((t) => t.id === id);
  if (!team) return refusal(404, 'ConversationNotFound');
  // General is the team itself, and has no name of its own.
  if (part === 'conversations')
    return { status: 200, body: { conversations: [{ id: team.id }, ...team.channels] } };
  const { aadGroupId, name, channels, members } = team;
  const memberCount = members?.length ?? chats.people.size;
  return { status: 200, body: { id, name, aadGroupId, channelCount: channels.length + 1, memberCount } };
}
