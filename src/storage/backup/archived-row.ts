import { z } from 'zod';

const typed = z.object({ type: z.string(), value: z.union([z.string(), z.number()]) });
const column = z.union([z.string(), z.number(), z.boolean(), typed]);
const line = z.object({ rowKey: z.string(), columns: z.record(z.string(), column) });

/** A row as a backup has it: text, booleans and numbers as in JSON, every other type by its name. */
export type ArchivedRow = z.infer<typeof line>;
type Column = z.infer<typeof column>;

/** Properties that storage itself adds to each row. */
const itsOwn = new Set(['partitionKey', 'rowKey', 'etag', 'timestamp']);

/** @param row read with `disableTypeConversion`, so that no type is lost on the way. */
export function toArchived(row: Readonly<Record<string, unknown>>): ArchivedRow {
  const columns: Record<string, Column> = {};
  for (const [name, value] of Object.entries(row))
    if (!itsOwn.has(name) && !name.startsWith('odata.')) columns[name] = toColumn(value);
  return { rowKey: String(row['rowKey']), columns };
}

function toColumn(value: unknown): Column {
  const { type, value: raw } = typed
    .extend({ value: z.union([z.string(), z.number(), z.boolean()]) })
    .parse(value);
  switch (type) {
    case 'String':
      return String(raw);
    case 'Boolean':
      return raw === true || raw === 'true';
    case 'Int32':
      return Number(raw);
    case 'Double':
      return { type, value: Number.isFinite(Number(raw)) ? Number(raw) : String(raw) };
    default:
      return { type, value: String(raw) };
  }
}

/** @param text one line of a backup. @throws when it is not what `toArchived` makes. */
export function readArchived(text: string): ArchivedRow {
  return line.parse(JSON.parse(text));
}

/** The row as the table client writes it. */
export function toEntity(partitionKey: string, { rowKey, columns }: ArchivedRow) {
  return { partitionKey, rowKey, ...columns };
}
