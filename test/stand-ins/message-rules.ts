import { isRecord, recordsIn, textIn, type JsonRecord } from './json-record.js';

/** Teams' limit for one message: about 100 KB of UTF-16. */
export const MAX_MESSAGE_UTF16_BYTES = 100 * 1024;

/** Teams' own attachments of the file consent flow: they work in a personal chat and nowhere else. */
export const FILE_TYPES = {
  'application/vnd.microsoft.teams.card.file.consent': 'offered',
  'application/vnd.microsoft.teams.card.file.info': 'saved',
} as const;

export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

/** A message Teams would take, and that would not come out as meant. */
export type Violation = {
  readonly rule:
    | 'too-big'
    | 'text-and-attachment'
    | 'more-than-one-attachment'
    | 'card-without-summary'
    | 'create-without-bot'
    | 'file-outside-personal-chat'
    | 'unknown-route';
  readonly path: string;
  readonly to: string | undefined;
};

export const utf16Bytes = (json: string) => json.length * 2;

export function cardOf(activity: JsonRecord | undefined): JsonRecord | undefined {
  const content = recordsIn(activity, 'attachments').find((a) => a['contentType'] === CARD_TYPE)?.['content'];
  return isRecord(content) ? content : undefined;
}

export function fileAttachmentOf(activity: JsonRecord | undefined): JsonRecord | undefined {
  return recordsIn(activity, 'attachments').find((a) => (textIn(a, 'contentType') ?? '') in FILE_TYPES);
}

/** Text and an attachment become two messages, and the answer then carries no id. */
export const isSplit = (activity: JsonRecord) =>
  textIn(activity, 'text') !== undefined && recordsIn(activity, 'attachments').length > 0;

export function brokenRules(activity: JsonRecord): Violation['rule'][] {
  const rules: Violation['rule'][] = [];
  if (isSplit(activity)) rules.push('text-and-attachment');
  if (recordsIn(activity, 'attachments').length > 1) rules.push('more-than-one-attachment');
  // Without one, the notification reads "sent a card".
  if (cardOf(activity) && textIn(activity, 'summary') === undefined) rules.push('card-without-summary');
  return rules;
}
