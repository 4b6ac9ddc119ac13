import type { CardContent } from '../practice/surface/feature.js';
import type { FileAddress, PersonalFile } from '../practice/surface/files.js';
import type { InboundAction, InboundSender } from './inbound.js';

export type MadeFile = Omit<PersonalFile, 'content'> & { readonly bytes: Buffer };

/** What the Teams room asks of the rest: a card for each thing that can come in. `src/front-desk.ts` answers. */
export interface Reception {
  acted(action: InboundAction, sender: InboundSender): Promise<CardContent>;
  said(text: string, sender: InboundSender): Promise<CardContent>;
  /**
   * The file as it is now, for the sender as they are now; undefined when there is none for them.
   *
   * @param through what they did, for the log.
   */
  file(address: FileAddress, sender: InboundSender, through: string): Promise<MadeFile | undefined>;
  /** The app was added here. */
  installed(sender: InboundSender): Promise<void>;
  /** What somebody is greeted with who has the app now; a channel is not greeted. */
  welcome(sender: InboundSender): Promise<CardContent | undefined>;
  removed(sender: InboundSender): Promise<void>;
  /** Whether the bot serves the sender's tenant. */
  serves(sender: InboundSender): boolean;
}
