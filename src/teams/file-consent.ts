import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { FileAddress } from '../practice/surface/files.js';
import type { InboundAction } from './inbound.js';
import type { MadeFile } from './reception.js';

/** The button that asks for a file; its data says where the file is found. */
export const offerVerb = 'file.offer';

const address = z.object({ kind: z.string().max(40), of: z.string().max(200) });

const uploadInfo = z.object({
  name: z.string(),
  uploadUrl: z.string(),
  contentUrl: z.string(),
  uniqueId: z.string(),
  fileType: z.string(),
});
export type UploadInfo = z.infer<typeof uploadInfo>;

const consent = z.discriminatedUnion('action', [
  z.object({ action: z.literal('accept'), context: address, uploadInfo }),
  z.object({ action: z.literal('decline') }),
]);
export type Consent = z.infer<typeof consent>;

/** The file that a button asks for; undefined for any other button. */
export function fileAskedFor({ verb, data }: InboundAction): FileAddress | undefined {
  return verb === offerVerb ? address.safeParse(data).data : undefined;
}

/** The answer to an offer; undefined when it cannot be read. */
export function consentOf(activity: Activity): Consent | undefined {
  return consent.safeParse(activity.value).data;
}

/** Asks to put a file into the person's OneDrive. The size is an estimate: the file is made anew when it is accepted. */
export function offerActivity(file: MadeFile, { kind, of }: FileAddress): Partial<Activity> {
  return {
    type: 'message',
    summary: 'A file for you',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.teams.card.file.consent',
        name: file.name,
        content: {
          description: file.description,
          sizeInBytes: file.bytes.length,
          acceptContext: { kind, of },
          declineContext: {},
        },
      },
    ],
  };
}

/** The file as it lies in the person's OneDrive: to open, or to send on. */
export function fileActivity({ name, contentUrl, uniqueId, fileType }: UploadInfo): Partial<Activity> {
  return {
    type: 'message',
    summary: 'Your file is saved',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.teams.card.file.info',
        contentUrl,
        name,
        content: { uniqueId, fileType },
      },
    ],
  };
}
