import type { Activity, ConversationParameters } from 'botbuilder';

/** Who we are to Teams. */
export interface Self {
  readonly botId: string;
  readonly tenantId: string;
}

/** What is needed to open a conversation in our tenant, as this bot. */
export function opening(
  { botId, tenantId }: Self,
  parameters: Partial<ConversationParameters>,
): ConversationParameters {
  return {
    tenantId,
    bot: { id: `28:${botId}`, name: '' },
    ...parameters,
    channelData: { ...(parameters.channelData as object | undefined), tenant: { id: tenantId } },
  } as ConversationParameters;
}

/** A card as an activity of this bot in a conversation, as the SDK would send it in a turn. */
export function activityIn(
  { botId, tenantId }: Self,
  { serviceUrl, conversationId }: { readonly serviceUrl: string; readonly conversationId: string },
  card: Partial<Activity>,
): Activity {
  return {
    ...card,
    channelId: 'msteams',
    serviceUrl,
    from: { id: `28:${botId}`, name: '' },
    conversation: { id: conversationId, tenantId },
  } as Activity;
}
