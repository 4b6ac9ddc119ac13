import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { AadObjectId } from '../practice/ids.js';

/** Where an activity comes from: all of it from the authenticated activity, none of it from card data. */
export interface Sender {
  readonly aadObjectId: AadObjectId | undefined;
  readonly tenantId: string;
  readonly serviceUrl: string;
  readonly botId: string;
  readonly conversationId: string;
  readonly in: 'personal' | 'channel' | 'group';
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

const shape = z.object({
  serviceUrl: z.string().min(1),
  from: z.object({ id: z.string(), aadObjectId: z.string().toLowerCase().optional() }),
  recipient: z.object({ id: z.string() }),
  conversation: z.object({
    id: z.string().min(1),
    tenantId: z.string().optional(),
    conversationType: z.string().optional(),
  }),
  channelData: z
    .object({
      tenant: z.object({ id: z.string() }).optional(),
      channel: z.object({ id: z.string() }).optional(),
    })
    .nullish(),
});

/** Undefined when the activity lacks what Teams always sends. */
export function senderOf(activity: Activity): Sender | undefined {
  const read = shape.safeParse(activity);
  if (!read.success) return undefined;
  const { from, recipient, conversation, channelData, serviceUrl } = read.data;
  const kind = conversation.conversationType ?? 'personal';
  const thread = conversation.id.split(';')[0];
  return {
    aadObjectId: from.aadObjectId as AadObjectId | undefined,
    tenantId: theTenant(channelData?.tenant?.id, conversation.tenantId),
    serviceUrl,
    botId: recipient.id,
    conversationId: conversation.id,
    in: kind === 'channel' ? 'channel' : kind === 'groupChat' ? 'group' : 'personal',
    startsEmpty: activity.type === 'installationUpdate' && isPlayground(serviceUrl),
    hasFiles: !isPlayground(serviceUrl),
    channelId: kind === 'channel' ? (channelData?.channel?.id ?? thread) : undefined,
  };
}

/** Teams names the tenant in two places; where they differ, it is nobody's. */
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
