import { sha256, type LogHead } from '../audit/chain.js';
import { Fault } from '../practice/base/errors.js';
import type { DocumentKey, DocumentKind } from '../practice/plr/ports.js';
import type { Instant } from '../practice/base/time.js';
import type { TableClient } from './azure.js';
import { actedOnHash } from './columns.js';
import { isPossible, isPossiblePartition, rowKeys } from './keys.js';
import { fromColumns } from './state-columns.js';
import { isMissing, entitiesOf } from './table.js';

/** A document as read from its row, with what the next save needs to know. */
export interface StoredDocument<State> {
  readonly state: State;
  readonly etag: string;
  readonly head: LogHead;
  /** The hash of the state as the row has it. */
  readonly stateHash: string;
  /** The hash of the rest of the row that is acted on. */
  readonly actedOnHash: string;
  readonly dueAt: Instant | undefined;
  /** Hash of its row of what is open; '' when nothing is, undefined when it was saved without saying. */
  readonly open: string | undefined;
}

/** Reads documents from their rows. */
export class DocumentRows {
  private readonly table: TableClient;

  constructor(table: TableClient) {
    this.table = table;
  }

  async load<State>(kind: DocumentKind<State>, key: DocumentKey): Promise<StoredDocument<State> | undefined> {
    if (!isPossible(key)) return undefined;
    try {
      return held(kind, await this.table.getEntity(key.partition, rowKeys.document(key)));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async list<State>(kind: DocumentKind<State>, partition: string): Promise<State[]> {
    const states: State[] = [];
    for await (const row of this.rows(partition, rowKeys.documents(kind.kind)))
      states.push(held(kind, row).state);
    return states;
  }

  async listFigures<Figures>(kind: DocumentKind<unknown>, partition: string): Promise<Figures[]> {
    const figures: Figures[] = [];
    for await (const row of this.rows(partition, rowKeys.documents(kind.kind), ['figures'])) {
      if (typeof row['figures'] === 'string') figures.push(JSON.parse(row['figures']) as Figures);
    }
    return figures;
  }

  /** Whether the document's log has this link: what was saved with it was saved, whatever came after. */
  async hasLink(key: DocumentKey, now: LogHead, { sequence, hash }: LogHead): Promise<boolean> {
    if (now.sequence <= sequence) return now.hash === hash;
    const link = await this.table.getEntity(key.partition, rowKeys.log(key, sequence));
    return link['hash'] === hash;
  }

  async exists(partition: string, rowKey: string): Promise<boolean> {
    try {
      await this.table.getEntity(partition, rowKey, { queryOptions: { select: ['RowKey'] } });
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  private rows(partition: string, prefix: string, select?: string[]) {
    if (!isPossiblePartition(partition)) return [];
    return entitiesOf(this.table, partition, prefix, select === undefined ? {} : { select });
  }
}

/** A document from its row. @throws Fault `bad-row`, `unknown-schema`. */
export function held<State>(kind: DocumentKind<State>, row: Record<string, unknown>): StoredDocument<State> {
  const { etag, schemaVersion, logSequence, logHash, dueAt, open } = row;
  if (
    typeof etag !== 'string' ||
    typeof schemaVersion !== 'number' ||
    typeof logSequence !== 'number' ||
    typeof logHash !== 'string'
  ) {
    throw new Fault('bad-row', 'A document row lacks a column.', {
      kind: kind.kind,
      row: String(row['rowKey']),
    });
  }
  const text = fromColumns(row);
  const json: unknown = JSON.parse(text);
  const state = schemaVersion === kind.schemaVersion ? (json as State) : upgraded(kind, json, schemaVersion);
  return {
    state,
    etag,
    head: { sequence: logSequence, hash: logHash },
    stateHash: sha256(text),
    actedOnHash: actedOnHash(row),
    dueAt: typeof dueAt === 'string' && dueAt !== '' ? (dueAt as Instant) : undefined,
    open: typeof open === 'string' ? open : undefined,
  };
}

function upgraded<State>(kind: DocumentKind<State>, json: unknown, from: number): State {
  if (kind.upgrade === undefined || from > kind.schemaVersion) {
    throw new Fault(
      'unknown-schema',
      'A row was written by a version of the product that this one does not know.',
      {
        kind: kind.kind,
        schemaVersion: String(from),
      },
    );
  }
  return kind.upgrade(json, from);
}
