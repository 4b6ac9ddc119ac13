import { Fault } from '../practice/base/errors.js';

/** A string property holds 32,768 UTF-16 units, an entity 1 MiB; Azurite lets both through, Azure does not. */
const maxColumnLength = 32_000;
const maxStateLength = 400_000;

/**
 * Divides a JSON text into columns `state0`, `state1`, … that each fit into a property. A surrogate pair is
 * never divided, because half of one does not survive UTF-8.
 * @throws Fault `state-too-large` past 400,000 characters.
 */
export function toColumns(json: string): Record<string, string> {
  if (json.length > maxStateLength) {
    throw new Fault('state-too-large', 'A document is larger than a row can hold.', {
      length: String(json.length),
    });
  }
  const columns: Record<string, string> = {};
  for (let from = 0, index = 0; from < json.length; index += 1) {
    const last = json.charCodeAt(from + maxColumnLength - 1);
    const length = last >= 0xd800 && last <= 0xdbff ? maxColumnLength - 1 : maxColumnLength;
    columns[`state${index}`] = json.slice(from, from + length);
    from += length;
  }
  return columns;
}

export function fromColumns(row: Readonly<Record<string, unknown>>): string {
  let json = '';
  for (let index = 0; typeof row[`state${index}`] === 'string'; index += 1)
    json += row[`state${index}`] as string;
  return json;
}
