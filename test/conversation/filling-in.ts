import assert from 'node:assert/strict';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import type { Plr } from '../../src/practice/plr/plr.js';
import type { Grade } from '../../src/practice/plr/grade.js';
import { usualTyping, type Typing } from '../builders/a-plr.js';
import { actionsOf, inputsOf, pressOf, type Inputs } from '../stand-ins/card-inputs.js';
import type { ShownCard } from '../stand-ins/chats.js';
import { recordsIn, textIn, type JsonRecord } from '../stand-ins/json-record.js';
import type { BotInTeams } from './bot-in-teams.js';

export interface Answered {
  /** The grade of every section and overall. Default: good. */
  readonly grade?: Grade;
  /** Typed over the usual answers, by field id. */
  readonly instead?: Typing;
}

/** What a manager types, step by step, in the order of the form. */
export function usualAnswers({ grade = 'good', instead = {} }: Answered = {}): Inputs[] {
  return usualTyping(grade).map(({ step, typed }) => {
    const changes = Object.entries(instead).filter(([id]) => id.startsWith(`${step}.`));
    return { ...typed, ...Object.fromEntries(changes) };
  });
}

/** A press on a card, as it is posted. */
export interface Posted {
  readonly verb: string | undefined;
  readonly data: JsonRecord;
}

type InTeams = Pick<BotInTeams, 'person' | 'teams'>;

/** One person with one card in their hand: each press replaces it with the card that answers. */
export class CardInHand {
  private readonly bot: InTeams;
  private readonly personId: string;
  now: ShownCard;

  constructor(bot: InTeams, personId: string, card: ShownCard) {
    this.bot = bot;
    this.personId = personId;
    this.now = card;
  }

  /** Every press so far, as Teams posted it. */
  readonly posted: Posted[] = [];

  async press(title: string, inputs: Inputs = {}): Promise<this> {
    const { verb, data } = pressOf(this.now.card, title, inputs);
    return this.post({ verb, data });
  }

  /** A press as it was posted before, or as nobody's card would post it. */
  async post(press: Posted): Promise<this> {
    this.posted.push(press);
    const person = this.bot.person(this.personId);
    const answer = await this.bot.teams.presses(person, { ...press, replyTo: this.now.activityId });
    assert.equal(answer.status, 200);
    if (answer.card === undefined) throw new Error(`No card came back: ${JSON.stringify(answer.body)}`);
    this.now = answer.card;
    return this;
  }

  /** The same card on another device. */
  onAnotherDevice(): CardInHand {
    return new CardInHand(this.bot, this.personId, this.now);
  }

  get inputs(): Inputs {
    return inputsOf(this.now.card);
  }

  get buttons(): string[] {
    return actionsOf(this.now.card);
  }

  /** All that the card says, a line each. */
  get text(): string {
    return textsOf(this.now.card).join('\n');
  }
}

function textsOf(part: JsonRecord): string[] {
  const inlines = recordsIn(part, 'inlines').map((inline) => textIn(inline, 'text') ?? '');
  const facts = recordsIn(part, 'facts').map((fact) => `${textIn(fact, 'title')}: ${textIn(fact, 'value')}`);
  const own = [textIn(part, 'text'), inlines.length > 0 ? inlines.join('') : undefined, ...facts];
  const inner = [...recordsIn(part, 'body'), ...recordsIn(part, 'items')].flatMap(textsOf);
  return [...own.filter((text) => text !== undefined), ...inner];
}

export function assignmentOf(bot: InTeams & Pick<BotInTeams, 'connector'>, managerId: string): CardInHand {
  const { aadObjectId } = bot.person(managerId);
  const isAssignment = ({ summary }: ShownCard) =>
    summary?.includes('Practice Learning Review to do') === true;
  return new CardInHand(bot, managerId, bot.connector.latestCard(aadObjectId, isAssignment));
}

/** The card that answers what someone says. */
export async function cardSaid(bot: BotInTeams, personId: string, words: string): Promise<CardInHand> {
  const person = bot.person(personId);
  await bot.teams.says(person, words);
  return new CardInHand(bot, personId, bot.connector.latestCard(person.aadObjectId));
}

/** Starts the review and answers every step; ends at the summary, before the return. */
export async function fillIn(bot: BotInTeams, managerId: string, answered?: Answered): Promise<CardInHand> {
  const card = assignmentOf(bot, managerId);
  const { verb, data } = pressOf(card.now.card, (action) => action['verb'] === 'review.open');
  await card.post({ verb, data });
  for (const inputs of usualAnswers(answered)) {
    await card.press('Next', inputs);
    if (card.text.includes('Saving it tells the team at once'))
      await card.press('Save and tell the team now');
  }
  return card;
}

/** A whole review, returned. */
export async function returnReview(
  bot: BotInTeams,
  managerId: string,
  answered?: Answered,
): Promise<CardInHand> {
  const card = await fillIn(bot, managerId, answered);
  return card.press('Return this PLR');
}

export async function plrOf(bot: BotInTeams, managerId: string): Promise<Plr> {
  const plrs = await bot.app.foundation.services.documents.list<Plr>(plrKind, '2022-04');
  const plr = plrs.find((one) => one.managerId === managerId);
  if (plr === undefined) throw new Error(`${managerId} has no PLR`);
  return plr;
}
