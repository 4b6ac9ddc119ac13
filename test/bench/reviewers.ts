import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import type { Plr } from '../../src/practice/plr/plr.js';
import { usualTyping } from '../builders/a-plr.js';
import { aadObjectIdOf } from '../builders/small-council.js';
import { pressOf, type Inputs } from '../stand-ins/card-inputs.js';
import { recordIn, type JsonRecord } from '../stand-ins/json-record.js';
import { actionExecute, activityFrom } from '../stand-ins/teams-activities.js';
import type { TeamsConnector } from '../stand-ins/teams-connector.js';
import type { RunningBot } from './submit-world.js';

export const inFlight = 16;

/** What a manager types into one text: two sentences, or now and then a page. */
const sentence =
  'The child’s own words are in the record since March, and the plan was changed after what she said about contact; the visit notes show who talked to whom. ';
const steps = usualTyping('good').map(({ step, typed }, number) => ({ step, typed: longer(typed, number) }));
export const stepsOfReview = steps.length;

function longer(typed: Readonly<Record<string, string>>, number: number): Inputs {
  const sentences = number % 5 === 4 ? 16 : 3;
  return Object.fromEntries(
    Object.entries(typed).map(([id, text]) =>
      / /.test(text) && !id.startsWith('actions.') ? [id, text + sentence.repeat(sentences)] : [id, text],
    ),
  );
}

/** One bot as the reviewers reach it: connections are kept while it is measured. */
export interface Line {
  readonly bot: RunningBot;
  readonly connector: TeamsConnector;
  readonly agent: Agent;
}

export function lineTo(bot: RunningBot, connector: TeamsConnector): Line {
  return { bot, connector, agent: new Agent({ keepAlive: true, maxSockets: inFlight }) };
}

/** What each press of one review posts, in order; of which PLR is said when it is sent. */
export type Presses = readonly JsonRecord[];

/** Goes through a review of ours from card to card, as a person would. */
export async function pressesOf(plr: Plr, line: Line): Promise<Presses> {
  const presses: JsonRecord[] = [];
  let card = await begin(plr, line);
  for (const { typed } of steps) {
    const { data } = pressOf(card, 'Next', typed);
    presses.push(data);
    card = cardIn(await sent(line, bodyOf(plr, line, 'review.save', data)), line);
  }
  return presses;
}

/** Starts the review of one manager. @returns the first step's card. */
export async function begin(plr: Plr, line: Line): Promise<JsonRecord> {
  return cardIn(await sent(line, bodyOf(plr, line, 'review.open', {})), line);
}

/** One manager who will go through the whole form: every press is written out before the clock starts. */
export function reviewer(plr: Plr, presses: Presses, line: Line): readonly string[] {
  return presses.map((data) => bodyOf(plr, line, 'review.save', data));
}

export interface Reviewed {
  /** How long each answer took, in milliseconds. */
  readonly took: readonly number[];
  readonly answers: readonly Answer[];
}

export async function review(bodies: readonly string[], line: Line): Promise<Reviewed> {
  const took: number[] = [];
  const answers: Answer[] = [];
  for (const body of bodies) {
    const began = performance.now();
    answers.push(await sent(line, body));
    took.push(performance.now() - began);
  }
  return { took, answers };
}

/** @throws when an answer is no card, or one of ours is not the card that the next press is of. */
export function checked(answers: readonly Answer[], presses: Presses, line: Line): void {
  for (const [at, answer] of answers.entries()) {
    const card = cardIn(answer, line);
    const next = steps[at + 1];
    if (line.bot.name !== 'ours' || next === undefined) continue;
    const { data } = pressOf(card, 'Next', next.typed);
    assert.deepEqual(data, { ...presses[at + 1], cycle: data['cycle'], ref: data['ref'] });
  }
}

function bodyOf(plr: Plr, { connector }: Line, verb: string, data: JsonRecord): string {
  const person = { aadObjectId: aadObjectIdOf(plr.managerId), name: plr.managerId };
  const context = { connector, tenantId: connector.tenantId, now: () => new Date() };
  const which = { cycle: plr.cycleId, ref: plr.ref };
  const action = { verb, data: { ...data, ...which } };
  return JSON.stringify(actionExecute(activityFrom(person, undefined, context), action, '1'));
}

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

function cardIn({ status, body }: Answer, { bot }: Line): JsonRecord {
  const answer = JSON.parse(body.toString('utf8')) as JsonRecord;
  const card = recordIn(answer, 'value');
  if (status !== 200 || answer['statusCode'] !== 200 || card === undefined)
    throw new Error(`${bot.name} answered ${status}: ${body.toString('utf8')}`);
  return card;
}

function sent({ bot: { port }, agent }: Line, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const options = { host: '127.0.0.1', port, path: '/api/messages', method: 'POST', headers, agent };
    request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => void chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }));
    })
      .on('error', reject)
      .end(body);
  });
}
