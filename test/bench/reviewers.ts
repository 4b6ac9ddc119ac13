import { Agent, request } from 'node:http';
import type { Plr } from '../../src/practice/plr.js';
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

/** One manager with a review to go through. */
export interface Reviewer {
  readonly plr: Plr;
  /** The card in hand: ours are to be filled in, a bare bot's is not. */
  readonly card: JsonRecord | undefined;
}

/** Starts the review: the first step's card is in hand. */
export async function begun(plr: Plr, line: Line): Promise<Reviewer> {
  if (line.bot.name !== 'ours') return { plr, card: undefined };
  const data = { cycle: plr.cycleId, ref: plr.ref };
  return { plr, card: await post(plr, line, 'review.open', data) };
}

/** Goes through the whole form, a step after the other. How long each answer took, in milliseconds. */
export async function review({ plr, card: first }: Reviewer, line: Line): Promise<number[]> {
  const took: number[] = [];
  let card = first;
  for (const [at, { step, typed }] of steps.entries()) {
    const data = card === undefined ? pressed(plr, step, at, typed) : pressOf(card, 'Next', typed).data;
    const began = performance.now();
    const next = await post(plr, line, 'review.save', data);
    took.push(performance.now() - began);
    if (card !== undefined) card = next;
  }
  return took;
}

/** What our card's button would post, for a bot that has no such card. */
function pressed(plr: Plr, step: string, saves: number, typed: Inputs): JsonRecord {
  const before = Object.keys(typed).map(() => 0);
  const shown = before.length;
  const address = { cycle: plr.cycleId, ref: plr.ref, step, saves, shown, before };
  return { ...address, checking: false, twice: [], then: 'next', ...typed };
}

async function post(plr: Plr, line: Line, verb: string, data: JsonRecord): Promise<JsonRecord> {
  const { bot, connector } = line;
  const person = { aadObjectId: aadObjectIdOf(plr.managerId), name: plr.managerId };
  const context = { connector, tenantId: connector.tenantId, now: () => new Date() };
  const activity = actionExecute(activityFrom(person, undefined, context), { verb, data }, '1');
  const { status, body } = await sent(line, JSON.stringify(activity));
  const answer = JSON.parse(body) as JsonRecord;
  const card = recordIn(answer, 'value');
  if (status !== 200 || answer['statusCode'] !== 200 || card === undefined)
    throw new Error(`${bot.name} answered ${status}: ${body}`);
  return card;
}

function sent({ bot: { port }, agent }: Line, body: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const options = { host: '127.0.0.1', port, path: '/api/messages', method: 'POST', headers, agent };
    request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => void chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      );
    })
      .on('error', reject)
      .end(body);
  });
}
