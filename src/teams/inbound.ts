import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { AadObjectId } from '../practice/base/ids.js';
import type { Place } from '../practice/surface/feature.js';

/** Where an activity comes from: all of it from the authenticated activity, none of it from card data. */
export interface InboundSender {
  readonly aadObjectId: AadObjectId | undefined;
  readonly tenantId: string;
  readonly serviceUrl: string;
  readonly conversationId: string;
  readonly in: Place;
  /** The channel's own id, without the thread; undefined outside channels. */
  readonly channelId: string | undefined;
  /**
   * An Agents Playground page that was just opened: it has no history, so a card sent before is not there.
   * Each opening tells of an install; Teams itself tells of one once, and keeps what was sent.
   */
  readonly startsEmpty: boolean;
  /** People in Teams have a OneDrive to put a file into; an Agents Playground has none. */
  readonly hasFiles: boolean;
}

const words = z.string().max(100_000).nullish();
/** An address of Teams: printable and short, since it becomes a key and part of a URL. */
const address = z.string().regex(/^[\x21-\x7e]{1,1000}$/);
const party = z.looseObject({
  id: address,
  name: words,
  aadObjectId: z
    .string()
    .max(64)
    .regex(/^[\w-]*$/)
    .nullish(),
});
const tenantId = z.string().max(64);
const channelData = z.looseObject({
  tenant: z.looseObject({ id: tenantId }).nullish(),
  channel: z.looseObject({ id: address }).nullish(),
});
/** What Bot Framework needs in every activity, or it fails half-way through a turn; and what Teams says of the sender. */
const shape = z.looseObject({
  type: z.string().min(1).max(64),
  id: address.nullish(),
  channelId: z.string().min(1).max(64),
  serviceUrl: address,
  from: party,
  recipient: party,
  conversation: z.looseObject({
    id: address,
    name: words,
    conversationType: z.string().max(64).nullish(),
    tenantId: tenantId.nullish(),
    isGroup: z.boolean().nullish(),
  }),
  replyToId: address.nullish(),
  name: z.string().max(200).nullish(),
  action: z.string().max(64).nullish(),
  text: words,
  summary: words,
  locale: z.string().max(64).nullish(),
  timestamp: z.string().max(64).nullish(),
  localTimestamp: z.string().max(64).nullish(),
  expiration: z.string().max(64).nullish(),
  attachments: z.array(z.looseObject({})).max(100).nullish(),
  membersAdded: z
    .array(z.looseObject({ id: address }))
    .max(1000)
    .nullish(),
  membersRemoved: z
    .array(z.looseObject({ id: address }))
    .max(1000)
    .nullish(),
  channelData: channelData.nullish(),
});

/** An activity as it came in; undefined for anything else. Who sent it is not proved by that. */
export function readActivity(body: unknown): Activity | undefined {
  return shape.safeParse(body).success ? (body as Activity) : undefined;
}

/** @param activity read by `readActivity`. */
export function senderOf(activity: Activity): InboundSender {
  const { from, conversation, serviceUrl } = activity;
  const { tenant, channel } = (activity.channelData ?? {}) as z.infer<typeof channelData>;
  const place = placeOf(activity);
  return {
    aadObjectId: from.aadObjectId?.toLowerCase() as AadObjectId | undefined,
    tenantId: theTenant(tenant?.id, conversation.tenantId ?? undefined),
    serviceUrl,
    conversationId: conversation.id,
    in: place,
    startsEmpty: activity.type === 'installationUpdate' && isPlayground(serviceUrl),
    hasFiles: !isPlayground(serviceUrl),
    channelId: place === 'channel' ? (channel?.id ?? conversation.id.split(';')[0]) : undefined,
  };
}

/** What Teams' ids of channels, threads and group chats begin with. */
const ofSeveral = '19:';

/**
 * A person's own chat, or a channel, is only what says so and looks so: what is written there is for them alone, and
 * its id becomes their address. Types have been seen missing, in capitals, and beside the id of another place.
 */
function placeOf({ conversation, channelData: data }: Activity): Place {
  const { id, conversationType, isGroup } = conversation as z.infer<typeof shape>['conversation'];
  const { channel } = (data ?? {}) as z.infer<typeof channelData>;
  const looksShared = id.startsWith(ofSeveral);
  const says = conversationType?.toLowerCase();
  if (says === 'personal') return looksShared || isGroup === true ? 'unknown' : 'personal';
  if (says === 'channel')
    return looksShared && (channel?.id ?? id).startsWith(ofSeveral) ? 'channel' : 'unknown';
  return says === 'groupchat' ? 'group' : 'unknown';
}

/** Teams names the tenant in two places; where they differ, neither is believed. */
function theTenant(ofChannel: string | undefined, ofConversation: string | undefined): string {
  if (ofChannel !== undefined && ofConversation !== undefined && ofChannel !== ofConversation)
    return 'two tenants';
  return ofChannel ?? ofConversation ?? '';
}

function isPlayground(serviceUrl: string): boolean {
  return /^http:\/\/(localhost|127\.0\.0\.1):\d+\/_connector\/?$/.test(serviceUrl);
}

/** A card's button, whichever way it was pressed. */
export interface InboundAction {
  readonly verb: string;
  readonly data: unknown;
}

/** A button that acts like typing: its data carries the words as `text`. */
export const sayVerb = 'say';

const execute = z.object({
  action: z.object({ type: z.literal('Action.Execute'), verb: z.string(), data: z.unknown() }),
});
const submit = z.looseObject({ verb: z.string() });

/** Reads `adaptiveCard/action` (Action.Execute) and a message with `value` (Action.Submit) alike. */
export function actionOf(activity: Activity): InboundAction | undefined {
  const value: unknown = activity.value;
  if (activity.type === 'invoke') {
    const read = execute.safeParse(value);
    return read.success ? { verb: read.data.action.verb, data: read.data.action.data ?? {} } : undefined;
  }
  const read = submit.safeParse(value);
  return read.success ? { verb: read.data.verb, data: read.data } : undefined;
}
