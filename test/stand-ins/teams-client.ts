import { actionsOf, inputsOf, pressOf, type Inputs, type WhichAction } from './card-inputs.js';
import type { ShownCard, ShownFile } from './chats.js';
import { isRecord, textIn, type JsonRecord } from './json-record.js';
import { CARD_TYPE } from './message-rules.js';
import type { UploadSession } from './one-drive.js';
import * as activities from './teams-activities.js';
import { withOverrides, type ExecutedAction, type Place } from './teams-activities.js';
import type { TeamsConnector } from './teams-connector.js';
import { personalConversationId, type Channel, type Person, type Team } from './teams-ids.js';

export interface TeamsClientOptions {
  /** The bot's `/api/messages`. */
  readonly botUrl: string;
  readonly connector: TeamsConnector;
  /** Default: the connector's. */
  readonly tenantId?: string;
  readonly now?: () => Date;
}

export interface BotAnswer {
  readonly status: number;
  /** The JSON the bot answered with, else its text. */
  readonly body: unknown;
}

/** A button's answer, and the card that took the place of the pressed one, if one did. */
export interface PressAnswer extends BotAnswer {
  readonly card: ShownCard | undefined;
}

export interface Saying {
  /** Default: the person's own chat with the bot. */
  readonly place?: Place;
  /** Laid over the activity, field by field; `undefined` takes a field away. */
  readonly overrides?: JsonRecord;
}

const TEAM_OWNER: Person = { aadObjectId: '0f0e0d0c-0000-4000-8000-000000000001', name: 'Team Owner' };

export type TeamsClient = ReturnType<typeof teamsClient>;

/** Teams' side towards the bot: what people do, posted as Teams posts it. */
export function teamsClient(options: TeamsClientOptions) {
  const { botUrl, connector, now = () => new Date() } = options;
  const context = { connector, tenantId: options.tenantId ?? connector.tenantId, now };

  async function post(body: unknown, headers: Record<string, string> = {}): Promise<BotAnswer> {
    const response = await fetch(botUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, body: readBody(await response.text()) };
  }

  const base = (person: Person, place?: Place) => {
    connector.chats.meet(person);
    if (!place) connector.personalConversation(person.aadObjectId);
    return activities.activityFrom(person, place, context);
  };
  const postWith = (activity: JsonRecord, saying: Saying) => post(withOverrides(activity, saying.overrides));

  /** A card in a channel is answered in its thread, any other in the person's own chat. */
  const placeOf = (replyTo: string | undefined, { place }: Saying) => {
    const conversation = replyTo === undefined ? undefined : connector.chats.message(replyTo)?.conversation;
    if (place || conversation?.kind !== 'channel') return place;
    return { conversationId: conversation.id };
  };

  /** A personal install, both activities; the bot may write to this person again. */
  async function install(person: Person, saying: Saying = {}): Promise<BotAnswer[]> {
    connector.letIn(person.aadObjectId);
    const added = activities.membersUpdate(base(person), 'membersAdded');
    const updated = activities.installationUpdate(base(person), 'add');
    return [await postWith(added, saying), await postWith(updated, saying)];
  }

  /** The person takes the app out: from now on every message to them is refused. */
  function uninstall(person: Person, saying: Saying = {}): Promise<BotAnswer> {
    connector.shutOut(person.aadObjectId, 'BotNotInConversationRoster');
    return postWith(activities.installationUpdate(base(person), 'remove'), saying);
  }

  /** Someone puts the app into a team, from one of its channels; both activities. */
  async function installInTeam(team: Team, channel: Channel, by = TEAM_OWNER, saying: Saying = {}) {
    for (const { id } of [team, ...team.channels]) connector.letIn(id);
    const teamBase = () => activities.inTeam(base(by, { conversationId: team.id }), team, channel);
    const added = activities.membersUpdate(teamBase(), 'membersAdded');
    const updated = activities.installationUpdate(teamBase(), 'add');
    return [await postWith(added, saying), await postWith(updated, saying)];
  }

  const says = (person: Person, text: string, saying: Saying = {}): Promise<BotAnswer> =>
    postWith(activities.message(base(person, saying.place), text), saying);

  function submits(
    person: Person,
    value: JsonRecord,
    replyTo?: string,
    saying: Saying = {},
  ): Promise<BotAnswer> {
    return postWith(activities.submit(base(person, placeOf(replyTo, saying)), value, replyTo), saying);
  }

  /** Action.Execute. In a personal chat the card in the answer takes the place of the pressed one. */
  async function presses(
    person: Person,
    { replyTo, ...action }: ExecutedAction & { readonly replyTo?: string },
    saying: Saying = {},
  ): Promise<PressAnswer> {
    const place = placeOf(replyTo, saying);
    const invoke = activities.actionExecute(base(person, place), action, replyTo);
    const answer = await postWith(invoke, saying);
    const card = cardIn(answer);
    if (card && replyTo !== undefined) connector.chats.replaceCard(replyTo, card);
    return { ...answer, card: card && shown(card, person, replyTo) };
  }

  const shown = (card: JsonRecord, { aadObjectId }: Person, activityId = ''): ShownCard => {
    const { conversation, updates = 0 } = connector.chats.message(activityId) ?? {};
    const { id: conversationId = personalConversationId(aadObjectId), to = aadObjectId } = conversation ?? {};
    return { activityId, conversationId, to, summary: undefined, card, updates };
  };

  /**
   * Fills in the card the person sees and presses one of its actions. A card that came unasked has buttons
   * alone: there the button of that name, or the one that opens it, brings the form, which is then filled in.
   */
  async function press(
    person: Person,
    shownCard: ShownCard,
    which: WhichAction,
    inputs: Inputs = {},
    saying: Saying = {},
  ): Promise<PressAnswer> {
    const form = await openForm(person, shownCard, which, inputs);
    // It may be too late for that form, or not theirs: the answer says so.
    if (form !== undefined && Object.keys(inputsOf(form.card?.card ?? {})).length === 0) return form;
    const { card, activityId } = form?.card ?? shownCard;
    const { type, ...action } = pressOf(card, which, inputs);
    if (type === 'Action.Execute') return presses(person, { ...action, replyTo: activityId }, saying);
    return { ...(await submits(person, action.data, activityId, saying)), card: undefined };
  }

  /** Undefined for a card that is filled in as it stands: it has inputs, or nothing is to be typed. */
  async function openForm(
    person: Person,
    { card, activityId }: ShownCard,
    which: WhichAction,
    inputs: Inputs,
  ) {
    if (Object.keys(inputs).length === 0 || Object.keys(inputsOf(card)).length > 0) return undefined;
    const isThere = typeof which !== 'string' || actionsOf(card).includes(which);
    const { verb, data } = pressOf(card, isThere ? which : opensIt, {});
    return presses(person, { verb, data, replyTo: activityId });
  }

  /** "Allow" on an offered file: Teams has opened the session in the person's OneDrive. */
  function accepts(
    person: Person,
    { activityId, content }: Pick<ShownFile, 'activityId' | 'content'>,
    session: UploadSession,
    saying: Saying = {},
  ): Promise<BotAnswer> {
    const { acceptContext } = content;
    const accept = activities.fileConsent(base(person), 'accept', acceptContext, activityId, session);
    return postWith(accept, saying);
  }

  function declines(person: Person, { activityId, content }: ShownFile): Promise<BotAnswer> {
    const { declineContext } = content;
    return post(activities.fileConsent(base(person), 'decline', declineContext, activityId));
  }

  return {
    botUrl,
    post,
    install,
    uninstall,
    installInTeam,
    says,
    submits,
    presses,
    press,
    accepts,
    declines,
  };
}

const opensIt = (action: JsonRecord) => textIn(action, 'verb')?.endsWith('.open') === true;

function readBody(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
}

/** The card of an `adaptiveCard/action` answer, where it holds one. */
function cardIn({ body }: BotAnswer): JsonRecord | undefined {
  return isRecord(body) && body['type'] === CARD_TYPE && isRecord(body['value']) ? body['value'] : undefined;
}
