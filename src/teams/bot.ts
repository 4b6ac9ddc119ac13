import type { Activity, CloudAdapter, TurnContext } from 'botbuilder';
import type { Cards } from '../cards/cards.js';
import { failed, type Log } from '../log.js';
import { errorInLog } from '../practice/base/errors.js';
import type { CardContent } from '../practice/surface/feature.js';
import { cardActivity } from './card-activity.js';
import { consentOf, fileAskedFor } from './file-consent.js';
import type { FileDesk } from './file-desk.js';
import { actionOf, sayVerb, senderOf, type InboundSender } from './inbound.js';
import type { Reception } from './reception.js';
import { Application, INVOKE_RESPONSE_KEY } from './sdk.js';
import { attemptFrom } from './teams-answers.js';

/** Answers one turn. */
export type Bot = (context: TurnContext) => Promise<void>;

/**
 * Routes activities with teams-ai's Application. Its own card responses and TurnState are not used
 * (docs/decisions/0003): every answer is sent here, and no state of ours is kept in a turn.
 */
export function createBot(
  adapter: CloudAdapter,
  reception: Reception,
  cards: Cards,
  files: FileDesk,
  log: Log,
): Bot {
  // `front-desk.ts` removes the bot's own name before the words, because the SDK fails on mentions that it
  // cannot read.
  const app = new Application({ startTypingTimer: false, removeRecipientMention: false });

  app.addRoute(isCardAction, (context) => answerInvoke(context, reception, cards, files), true);
  app.addRoute(isFileConsent, (context) => answerConsent(context, reception, files), true);
  app.addRoute(isAnyInvoke, (context) => sendInvokeResponse(context, 501, { code: 'NotImplemented' }), true);
  app.addRoute(isSubmit, (context) => answerSubmit(context, reception, cards, files, log));
  app.activity('message', (context) => answerWords(context, reception, cards));
  app.addRoute(isInstall, (context) => answerInstall(context, reception, cards));
  app.addRoute(isRemoval, async (context) => {
    const sender = trusted(context, reception);
    if (sender !== undefined) await reception.removed(sender);
  });

  adapter.onTurnError = (context, error) => apologise(context, error, log);
  return async (context) => void (await app.run(context));
}

const isCardAction = ({ activity }: TurnContext) =>
  Promise.resolve(activity.type === 'invoke' && activity.name === 'adaptiveCard/action');
const isFileConsent = ({ activity }: TurnContext) =>
  Promise.resolve(activity.type === 'invoke' && activity.name === 'fileConsent/invoke');
const isAnyInvoke = ({ activity }: TurnContext) => Promise.resolve(activity.type === 'invoke');
const isSubmit = ({ activity }: TurnContext) =>
  Promise.resolve(
    activity.type === 'message' && typeof activity.value === 'object' && activity.value !== null,
  );
const isInstall = ({ activity }: TurnContext) =>
  Promise.resolve(
    activity.type === 'installationUpdate' ? !isTakenOut(activity) : botIn(activity, 'membersAdded'),
  );
const isRemoval = ({ activity }: TurnContext) =>
  Promise.resolve(
    activity.type === 'installationUpdate'
      ? isTakenOut(activity) && !isUpdate(activity)
      : botIn(activity, 'membersRemoved'),
  );

/** Teams reports an update as a removal and an install, although the app is there all the time. */
const isUpdate = ({ action }: Activity) => action?.endsWith('-upgrade') === true;
const isTakenOut = ({ action }: Activity) => action?.startsWith('remove') === true;

function botIn(activity: Activity, list: 'membersAdded' | 'membersRemoved'): boolean {
  return (
    activity.type === 'conversationUpdate' &&
    (activity[list] ?? []).some(({ id }) => id === activity.recipient?.id)
  );
}

/** Bot Framework authenticates the channel, not the tenant: that is checked here. */
function trusted(context: TurnContext, reception: Reception): InboundSender | undefined {
  const sender = senderOf(context.activity);
  return reception.serves(sender) ? sender : undefined;
}

async function answerInvoke(
  context: TurnContext,
  reception: Reception,
  cards: Cards,
  files: FileDesk,
): Promise<void> {
  const sender = trusted(context, reception);
  const action = actionOf(context.activity);
  if (sender === undefined)
    return sendInvokeResponse(
      context,
      403,
      error(403, 'Forbidden', 'This bot does not serve your organisation.'),
    );
  if (action === undefined)
    return sendInvokeResponse(context, 400, error(400, 'BadRequest', 'The card action cannot be read.'));
  const wanted = fileAskedFor(action);
  if (wanted !== undefined) {
    files.offer(context.activity, wanted, sender);
    // The card stays as it is, and what was asked for comes below it.
    return saidInPassing(context, 'The file is being made. It comes below in a moment.');
  }
  const content = await reception.acted(action, sender);
  if (content.inPassing !== undefined) return saidInPassing(context, content.inPassing);
  await sendInvokeResponse(context, 200, {
    statusCode: 200,
    type: 'application/vnd.microsoft.card.adaptive',
    value: cards.render(content),
  });
}

/** The card that was pressed stays as it is. */
function saidInPassing(context: TurnContext, value: string): Promise<void> {
  return sendInvokeResponse(context, 200, {
    statusCode: 200,
    type: 'application/vnd.microsoft.activity.message',
    value,
  });
}

/** Answered at once, because making a document takes longer than Teams waits. */
async function answerConsent(context: TurnContext, reception: Reception, files: FileDesk): Promise<void> {
  const sender = trusted(context, reception);
  const consent = consentOf(context.activity);
  if (sender === undefined) return sendInvokeResponse(context, 403, { code: 'Forbidden' });
  if (consent === undefined) return sendInvokeResponse(context, 400, { code: 'BadRequest' });
  files.answered(context.activity, consent, sender);
  await sendInvokeResponse(context, 200, {});
}

/** Action.Submit is handled in the same way; its answer replaces the card from which it came. */
async function answerSubmit(
  context: TurnContext,
  reception: Reception,
  cards: Cards,
  files: FileDesk,
  log: Log,
): Promise<void> {
  const sender = trusted(context, reception);
  const action = actionOf(context.activity);
  if (sender === undefined) return;
  if (action === undefined) return sendCard(context, await reception.said('', sender), cards);
  const wanted = fileAskedFor(action);
  if (wanted !== undefined) return files.offer(context.activity, wanted, sender);
  const content = await reception.acted(action, sender);
  const cardId = context.activity.replyToId;
  // The words of a button are answered below it, as if they had been typed: its own card stays.
  if (cardId === undefined || action.verb === sayVerb || content.inPassing !== undefined)
    return sendCard(context, content, cards);
  try {
    await context.updateActivity({ ...cardActivity(content, cards), id: cardId });
  } catch (error) {
    // What the button asked for is done. If the card has gone, or Teams refuses to replace it, the answer comes
    // below.
    log('card not replaced', { error: errorInLog(error) });
    await sendCard(context, content, cards);
  }
}

async function answerWords(context: TurnContext, reception: Reception, cards: Cards): Promise<void> {
  const sender = trusted(context, reception);
  if (sender !== undefined)
    await sendCard(context, await reception.said(context.activity.text ?? '', sender), cards);
}

async function answerInstall(context: TurnContext, reception: Reception, cards: Cards): Promise<void> {
  const sender = trusted(context, reception);
  if (sender === undefined) return;
  await reception.installed(sender);
  // Teams sends an installationUpdate and a conversationUpdate for one install: one welcome is enough.
  if (context.activity.type !== 'installationUpdate' || isUpdate(context.activity)) return;
  const welcome = await reception.welcome(sender);
  if (welcome !== undefined) await sendCard(context, welcome, cards);
}

async function sendCard(context: TurnContext, content: CardContent, cards: Cards): Promise<void> {
  await context.sendActivity(cardActivity(content, cards));
}

/** Put where the adapter looks for it after the turn, because an activity would be copied on the way. */
function sendInvokeResponse(context: TurnContext, status: number, body: unknown): Promise<void> {
  context.turnState.set(INVOKE_RESPONSE_KEY, { value: { status, body } });
  return Promise.resolve();
}

function error(statusCode: number, code: string, message: string) {
  return { statusCode, type: 'application/vnd.microsoft.error', value: { code, message } };
}

const mayNotBeSaved =
  'Something is not working at our end. What you just did may not have been saved. What you typed is still in the card: try again in a few minutes, and the card will show what is there.';
/** Words change nothing: there is nothing that could be in doubt. */
const nothingDone = 'Ask again in a few minutes. Something is not working at our end. Nothing was changed.';

/** Something broke, before or after a save: the person is told what to do, and the log gets the rest. */
async function apologise(context: TurnContext, broken: Error, log: Log): Promise<void> {
  log(failed.turn, {
    type: context.activity.type,
    name: context.activity.name ?? '',
    error: errorInLog(broken),
  });
  const isWords = context.activity.type === 'message' && !(await isSubmit(context));
  const message = isWords ? nothingDone : mayNotBeSaved;
  if (context.activity.type === 'invoke') {
    // Teams keeps the card and what was typed when an invoke answers with an error.
    await sendInvokeResponse(context, 200, error(500, 'InternalServerError', message));
    return;
  }
  // Teams asked for a longer wait than anybody has for an answer.
  if ('throttledMs' in attemptFrom(broken)) return;
  await context
    .sendActivity(message)
    .catch((unsent: Error) => log('apology not sent', { error: errorInLog(unsent) }));
}
