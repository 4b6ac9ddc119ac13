import assert from 'node:assert/strict';
import { plrKind } from '../../src/practice/plr-kind.js';
import type { Plr } from '../../src/practice/plr.js';
import type { Inputs } from '../stand-ins/card-inputs.js';
import type { ShownCard } from '../stand-ins/chats.js';
import { recordsIn, textIn, type JsonRecord } from '../stand-ins/json-record.js';
import type { BotInTeams } from './bot-in-teams.js';

export interface Answered {
  /** The grade of every section. Default: good. */
  readonly sections?: string;
  /** Typed over the usual answers, by field id. */
  readonly instead?: Inputs;
}

export const sectionIds = [
  'voice',
  'assessment',
  'risk',
  'planning',
  'oversight',
  'multi-agency',
  'recording',
  'identity',
  'outcomes',
];

/** What a manager types, step by step, in the order of the form. */
export function usualAnswers({ sections = 'good', instead = {} }: Answered = {}): Inputs[] {
  const steps: Inputs[] = [
    ...sectionIds.map((id) => ({
      [`${id}.grade`]: sections,
      [`${id}.working-well`]: `What works in ${id}.`,
      [`${id}.to-improve`]: `What to do better in ${id}.`,
    })),
    { 'together.took-place': 'yes', 'together.on': '2022-04-01', 'together.part': 'Brought the chronology.' },
    { 'family.is': 'given', 'family.what': 'They feel heard.' },
    { 'concern.immediate': 'no' },
    { 'overall.grade': sections, 'overall.reason': 'Steady work.' },
    {
      'actions.1.what': 'Agree the contact plan.',
      'actions.1.owner': 'practitioner',
      'actions.1.due': '2022-04-22',
    },
  ];
  return steps.map((step) => {
    const changes = Object.entries(instead).filter(
      ([id]) => id in step || id.split('.')[0] === firstPart(step),
    );
    return { ...step, ...Object.fromEntries(changes) };
  });
}

const firstPart = (step: Inputs) => Object.keys(step)[0]?.split('.')[0];

/** One person with one card in their hand: each press replaces it with the card that answers. */
export class CardInHand {
  private readonly bot: BotInTeams;
  private readonly personId: string;
  now: ShownCard;

  constructor(bot: BotInTeams, personId: string, card: ShownCard) {
    this.bot = bot;
    this.personId = personId;
    this.now = card;
  }

  async press(title: string, inputs: Inputs = {}): Promise<this> {
    const answer = await this.bot.teams.press(this.bot.person(this.personId), this.now, title, inputs);
    assert.equal(answer.status, 200);
    if (answer.card === undefined) throw new Error(`No card came back: ${JSON.stringify(answer.body)}`);
    this.now = answer.card;
    return this;
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

export function assignmentOf(bot: BotInTeams, managerId: string): CardInHand {
  const { aadObjectId } = bot.person(managerId);
  const isAssignment = ({ summary }: ShownCard) =>
    summary?.includes('Practice Learning Review to do') === true;
  return new CardInHand(bot, managerId, bot.connector.latestCard(aadObjectId, isAssignment));
}

/** Starts the review and answers every step; ends at the summary, before the return. */
export async function fillIn(bot: BotInTeams, managerId: string, answered?: Answered): Promise<CardInHand> {
  const card = await assignmentOf(bot, managerId).press('Start the review');
  for (const inputs of usualAnswers(answered)) {
    await card.press('Next', inputs);
    if (card.text.includes('This tells the team now')) await card.press('Save and tell the team now');
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
