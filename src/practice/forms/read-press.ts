import { z } from 'zod';
import type { CycleId, PlrRef } from '../base/ids.js';
import { dangers } from './dangers.js';
import { longText, type Step } from './form-steps.js';

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
  text: z.unknown().transform(textIn),
});
export const savePress = z.looseObject({
  ...address,
  saves,
  step: stepId,
  then: z.enum(['next', 'back', 'later', 'go', 'stay', 'check', 'confirmed', 'no-concern']),
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

/** What the card's fields say, by field id: Teams leaves an empty one out. */
function typedIn(press: SavePress, step: Step): ReadonlyMap<string, string> {
  return new Map(step.fields.slice(0, press.shown).map(({ id }) => [id, textIn(press[id])]));
}

/** The same, with the answer that taking it back gives. */
export function answersOf(press: SavePress, step: Step): ReadonlyMap<string, string> {
  const typed = typedIn(press, step);
  const danger = dangers.find(({ field }) => typed.has(field));
  return press.then === 'no-concern' && danger !== undefined
    ? new Map([...typed, [danger.field, danger.takenBackAs]])
    : typed;
}

/** By field id: `fingerprint` of what the card had. */
export function beforeIn(press: SavePress, step: Step): ReadonlyMap<string, number> {
  return new Map(step.fields.slice(0, press.shown).map(({ id }, at) => [id, press.before[at] ?? -1]));
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

/** What nearly every text is made of: Latin letters and their marks. This check costs a tenth of the one below. */
const plain = /^[\n\t\x20-\x7e\xa0-\xac\xae-\u024f\u2010-\u2027]*$/;

/** Without what no document can hold (control characters, halves of characters), and with one kind of line ending. */
function textIn(typed: unknown): string {
  if (typeof typed !== 'string') return '';
  const text = typed.slice(0, 20 * longText);
  if (plain.test(text)) return text;
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .replace(/[^\P{C}\n\t\u200d]/gu, '');
}
