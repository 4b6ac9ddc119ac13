import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { Fault } from '../practice/base/errors.js';
import type { StandardId } from '../practice/base/ids.js';
import type { Forms } from '../practice/council/council-context.js';
import type { Form } from '../practice/council/form.js';
import { fixedParts, riskSection } from '../practice/council/form.js';

const standardId = z.string().transform((text) => text as StandardId);
const identifier = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'is small letters, digits and hyphens');
const words = (maxLength: number) =>
  z.string().trim().min(1, 'is empty').max(maxLength, `is longer than ${maxLength} characters`);

const formFile = z
  .object({
    version: z.string().regex(/^\d{4}-\d{2}(\.\d+)?$/, 'is a year and month, such as 2022-05'),
    standards: z.array(z.object({ id: identifier.pipe(standardId), title: words(120) })).min(1),
    sections: z
      .array(
        z.object({
          id: identifier,
          title: words(80),
          help: words(160),
          standard: identifier.pipe(standardId),
          mayBeNotApplicable: z.boolean(),
        }),
      )
      .min(1)
      .max(20),
  })
  .check(({ value, issues }) => {
    const say = (message: string) => issues.push({ code: 'custom', message, input: value });
    const standards = new Set(value.standards.map(({ id }) => id));
    for (const { id, standard } of value.sections) {
      if (!standards.has(standard))
        say(`section "${id}" names the standard "${standard}", which is not in the list`);
    }
    for (const { id } of value.sections) {
      if (fixedParts.some((part) => part === id))
        say(`section "${id}" has the name of a part that every review has: choose another`);
    }
    for (const id of twice(value.sections)) say(`section "${id}" is there twice`);
    for (const id of twice(value.standards)) say(`standard "${id}" is there twice`);
    if (!value.sections.some(({ id }) => id === riskSection))
      say(`the section "${riskSection}" is missing: alerts and checks rest on it`);
  });

const formsFolder = new URL('../../cards/form/', import.meta.url);

/**
 * The review forms in `cards/form/`: every version that a PLR may have been answered on; the newest is in use.
 * @throws Fault `bad-form`, naming the file and everything that is wrong in it.
 */
export function readForms(folder: URL = formsFolder): Forms {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const forms = files
    .map((name) => readForm(name, readFileSync(new URL(name, folder), 'utf8')))
    .sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }));
  const current = forms.at(-1);
  if (current === undefined) throw new Fault('no-form', 'There is no review form in cards/form.');
  return { current, byVersion: new Map(forms.map((form) => [form.version, form])) };
}

function readForm(name: string, text: string): Form {
  const read = formFile.safeParse(parseJson(name, text));
  if (!read.success) {
    const reasons = read.error.issues.map(
      ({ path, message }) => `  - ${path.join('.') || 'the form'}: ${message}`,
    );
    throw new Fault('bad-form', `cards/form/${name} cannot be used:\n${reasons.join('\n')}`, { name });
  }
  if (`${read.data.version}.json` !== name) {
    throw new Fault(
      'bad-form',
      `cards/form/${name} says it is version ${read.data.version}: name the file after it.`,
      { name },
    );
  }
  return read.data;
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Fault(
      'bad-form',
      `cards/form/${name} is not JSON: ${error instanceof Error ? error.message : ''}`,
      { name },
      error,
    );
  }
}

function twice(all: readonly { readonly id: string }[]): string[] {
  const ids = all.map(({ id }) => id);
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
}
