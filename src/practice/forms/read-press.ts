import { z } from 'zod';
import type { CycleId, PlrRef } from '../base/ids.js';
import { dangers } from './dangers.js';
import { longText, type Field, type Step } from './form-steps.js';
import { notAnswered, type Press } from './inputs.js';

export const cycleIdShape = z
  .string()
  .max(100)
  .regex(/^\d{4}-\d{2}[a-z0-9-]*$/)
  .transform((text) => text as CycleId);

/** Where a card says its PLR is: an address, never an identity or a permission. */
const address = {
  cycle: cycleIdShape,
  ref: z
    .string()
    .regex(/^PLR-[0-9A-Z]{1,12}$/)
    .transform((text) => text as PlrRef),
};
const saves = z.number().int().min(0).max(1_000_000);
const stepId = z.string().max(80).catch('');

export const addressPress = z.looseObject(address);
export const goPress = z.looseObject({ ...address, goTo: stepId, checking: z.boolean().catch(false) });
export const waitingPress = z.looseObject({ ...address, seen: z.number().int().catch(-1) });
export const returnPress = z.looseObject({ ...address, saves });
export const selfAssessmentPress = z.looseObject({
  ...address,
  saves,
  text: z.string().transform(textIn).optional().catch(undefined),
});
export const savePress = z.looseObject({
  ...address,
  saves,
  step: stepId,
  then: z.enum(['next', 'back', 'later', 'go', 'stay', 'check', 'confirmed', 'no-concern', 'danger']),
  /** Fields that the card showed: a field that it did not show was not emptied. */
  shown: z.number().int().min(0).max(100),
  before: z.array(z.number()).max(100).catch([]),
  checking: z.boolean().catch(false),
  twice: z.array(z.string().max(120)).max(100).catch([]),
  confirmed: z.literal(true).optional(),
  goTo: stepId,
  onTo: stepId,
});

export type Address = Pick<z.infer<typeof addressPress>, 'cycle' | 'ref'>;
export type SavePress = z.infer<typeof savePress>;

/** What the card's fields say, by field id: one that did not come is not among them, and stays as it was saved. */
function typedIn(press: SavePress, step: Step): ReadonlyMap<string, string> {
  return new Map(fieldsOn(press, step).flatMap((field) => typedField(field, press[field.id])));
}

function typedField({ id, kind }: Field, typed: unknown): [string, string][] {
  if (typeof typed !== 'string') return [];
  return [[id, kind === 'choice' && typed === notAnswered ? '' : textIn(typed)]];
}

/** The fields of the step that the card showed. */
export function fieldsOn({ shown }: SavePress, { fields }: Step): readonly Field[] {
  return fields.slice(0, shown);
}

/** The inputs of a press on a step: the id of each names its step. */
export function inputsOfStep(press: Press): readonly string[] {
  if (press['then'] === 'confirmed') return [];
  return ['goTo', ...Object.keys(press).filter((id) => id.includes('.'))];
}

/**
 * The same, with the answer that the button itself gives: that it is taken back, or “Save and tell the team now”, which
 * stands beside an answer that tells the team. That answer is not lost with the inputs.
 */
export function answersOf(press: SavePress, step: Step): ReadonlyMap<string, string> {
  const typed = typedIn(press, step);
  const shown = dangers.filter((danger) => fieldsOn(press, step).some(({ id }) => id === danger.field));
  if (press.then === 'confirmed')
    return new Map([...shown.map(({ field, answer }) => [field, answer] as const), ...typed]);
  const [danger] = shown;
  return press.then === 'no-concern' && danger !== undefined
    ? new Map([...typed, [danger.field, danger.takenBackAs]])
    : typed;
}

/** Whether the press told the team by its button alone: what was typed beside it did not come. */
export function isButtonAlone(press: SavePress, step: Step): boolean {
  return press.then === 'confirmed' && typedIn(press, step).size === 0;
}

/** By field id: `fingerprint` of what the card had. */
export function beforeIn(press: SavePress, step: Step): ReadonlyMap<string, number> {
  return new Map(fieldsOn(press, step).map(({ id }, at) => [id, press.before[at] ?? -1]));
}

/** For the fields that were shown twice: which of the two is kept. */
export function keptIn(press: SavePress, step: Step): ReadonlyMap<string, 'mine' | 'saved'> {
  const kept = new Map<string, 'mine' | 'saved'>();
  for (const { id } of step.fields) {
    const choice = press[`keep:${id}`];
    if (choice === 'mine' || choice === 'saved') kept.set(id, choice);
  }
  return kept;
}

/** More than this is no text that somebody meant to save. */
function textIn(typed: string): string {
  return typed.slice(0, 20 * longText);
}
