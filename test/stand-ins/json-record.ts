/** A JSON object whose fields nobody has read yet. */
export type JsonRecord = Record<string, unknown>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function recordIn(from: JsonRecord | undefined, field: string): JsonRecord | undefined {
  const value = from?.[field];
  return isRecord(value) ? value : undefined;
}

export function textIn(from: JsonRecord | undefined, field: string): string | undefined {
  const value = from?.[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function recordsIn(from: JsonRecord | undefined, field: string): JsonRecord[] {
  const value = from?.[field];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
