import type { Activity, CloudAdapter, SendActivitiesHandler } from 'botbuilder';
import type { Cards } from '../cards/cards.js';
import type { Log } from '../log.js';
import { errorInLog } from '../practice/base/errors.js';
import type { CardContent } from '../practice/surface/feature.js';
import type { FileAddress } from '../practice/surface/files.js';
import { noticeCard, nothingHere } from '../practice/surface/help.js';
import { cardActivity } from './card-activity.js';
import { fileActivity, offerActivity, type Consent } from './file-consent.js';
import type { InboundSender } from './inbound.js';
import type { MadeFile, Reception } from './reception.js';
import { TurnContext } from './sdk.js';
import { upload } from './upload.js';

export interface FileDeskOptions {
  readonly adapter: CloudAdapter;
  readonly botId: string;
  readonly reception: Reception;
  readonly cards: Cards;
  /** Whether a child's affairs may go to this address at all. */
  readonly mayUpload: (url: string) => boolean;
  readonly log: Log;
}

type Accepted = Extract<Consent, { action: 'accept' }>;

const answersRemembered = 1_000;

/**
 * Files through Teams: a file is offered in the person's own chat, and put into their OneDrive when they
 * accept. All of it happens after the answer, since making a document takes longer than the answer to a button
 * may (docs/decisions/0008). If it is cut short, the offer or its button is still where it was.
 */
export class FileDesk {
  private readonly options: FileDeskOptions;
  private readonly running = new Set<Promise<void>>();
  /** Offers that were accepted here, so that two presses, or one that Teams sends twice, count as one. */
  private readonly accepted = new Set<string>();
  /** Files that are being made for an offer, so that a button pressed five times makes one. */
  private readonly offering = new Set<string>();

  constructor(options: FileDeskOptions) {
    this.options = options;
  }

  /** Offers the file, if it is there for this person. */
  offer(activity: Activity, address: FileAddress, sender: InboundSender): void {
    const wanted = `${sender.conversationId} ${address.kind} ${address.of}`;
    if (this.offering.has(wanted)) return;
    this.offering.add(wanted);
    const work = async (context: TurnContext) => {
      const file = await this.options.reception.file(address, sender, 'file.offer');
      if (file === undefined) await this.say(context, nothingHere());
      else if (sender.hasFiles) await context.sendActivity(offerActivity(file, address));
      else await this.say(context, noOneDrive(file));
    };
    this.afterTheAnswer(activity, work, () => this.offering.delete(wanted));
  }

  /** Does what the person answered; an offer that was accepted before is left alone. */
  answered(activity: Activity, consent: Consent, sender: InboundSender): void {
    if (consent.action === 'decline') {
      this.afterTheAnswer(activity, (context) => this.replaceOffer(context, activity, declined()));
      return;
    }
    const offer = `${sender.conversationId} ${activity.replyToId ?? consent.uploadInfo.uniqueId}`;
    if (this.accepted.has(offer)) return;
    this.remember(offer);
    let saved = false;
    const work = async (context: TurnContext) => {
      saved = await this.save(context, activity, consent, sender);
    };
    this.afterTheAnswer(activity, work, () => {
      if (!saved) this.accepted.delete(offer);
    });
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.running);
  }

  private async save(context: TurnContext, activity: Activity, accepted: Accepted, sender: InboundSender) {
    const { reception, mayUpload, log } = this.options;
    const { context: address, uploadInfo } = accepted;
    const file = await reception.file(address, sender, 'file.accept');
    if (file === undefined) {
      await this.replaceOffer(context, activity, nothingHere());
      return false;
    }
    if (!mayUpload(uploadInfo.uploadUrl) || !mayUpload(uploadInfo.contentUrl)) {
      log('upload refused', { kind: address.kind });
      await this.replaceOffer(context, activity, foreignPlace());
      return false;
    }
    const problem = await upload(uploadInfo.uploadUrl, file.bytes);
    log('file uploaded', { kind: address.kind, bytes: file.bytes.length, outcome: problem ?? 'saved' });
    if (problem !== undefined) {
      await this.replaceOffer(context, activity, notSaved(file, problem));
      await context.sendActivity(offerActivity(file, address));
      return false;
    }
    await this.replaceOffer(context, activity, saved(file));
    await context.sendActivity(fileActivity(uploadInfo));
    return true;
  }

  /** In a turn of its own, since that of the activity is over. `over` is called however it ends. */
  private afterTheAnswer(
    activity: Activity,
    work: (context: TurnContext) => Promise<void>,
    over: () => void = () => {},
  ): void {
    const { adapter, botId, log } = this.options;
    const running = adapter
      .continueConversationAsync(botId, TurnContext.getConversationReference(activity), (context) => {
        context.onSendActivities(asMessagesOfTheirOwn);
        return work(context);
      })
      .catch((error: unknown) => log('file failed', { error: errorInLog(error) }))
      .finally(() => {
        over();
        this.running.delete(running);
      });
    this.running.add(running);
  }

  /** Replaces the offer with its result; if the offer has gone, the result comes below. */
  private async replaceOffer(context: TurnContext, { replyToId }: Activity, content: CardContent) {
    if (replyToId === undefined) return this.say(context, content);
    try {
      await context.updateActivity({ ...cardActivity(content, this.options.cards), id: replyToId });
    } catch (error) {
      this.options.log('offer not replaced', { error: errorInLog(error) });
      await this.say(context, content);
    }
  }

  private async say(context: TurnContext, content: CardContent): Promise<void> {
    await context.sendActivity(cardActivity(content, this.options.cards));
  }

  private remember(offer: string): void {
    this.accepted.add(offer);
    const [oldest] = this.accepted;
    if (this.accepted.size > answersRemembered && oldest !== undefined) this.accepted.delete(oldest);
  }
}

/** An invoke is not a message to which one could reply. */
const asMessagesOfTheirOwn: SendActivitiesHandler = (_context, activities, next) => {
  for (const activity of activities) delete activity.replyToId;
  return next();
};

function declined(): CardContent {
  return noticeCard(
    'Not saved',
    'Nothing was put into your OneDrive. Press the same button again whenever you want the file. The operator can make it too.',
  );
}

function saved({ name }: MadeFile): CardContent {
  return noticeCard('Saved', `${name} is in your OneDrive.`);
}

function notSaved({ name }: MadeFile, problem: string): CardContent {
  return noticeCard('Not saved yet', `${name}: ${problem}. Nothing is lost: it is offered again below.`);
}

function foreignPlace(): CardContent {
  return noticeCard(
    'Not saved',
    'The place named for the file is not your organisation’s OneDrive, so nothing was sent there. Press the same button again; if it happens twice, tell the operator.',
  );
}

function noOneDrive({ name, command, bytes }: MadeFile): CardContent {
  const size = `${Math.max(1, Math.round(bytes.length / 1024))} KB`;
  return noticeCard(
    `${name} (${size})`,
    `In Teams it is offered here and put into your OneDrive. This page has none: make it with "npm run plr -- ${command}".`,
  );
}
