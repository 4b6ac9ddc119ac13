import { sha256 } from '../audit/chain.js';
import {
  isUndelivered,
  type DocumentKey,
  type DocumentKind,
  type Documents,
  type LostMessage,
  type OpenDocument,
  type OpenRows,
  type Standing,
} from '../practice/plr/ports.js';
import type { TableClient } from './azure.js';
import { held } from './document-rows.js';
import { openOf, openRow } from './document-save.js';
import { decoded, rowKeys } from './keys.js';
import { ledgerRowOf, lostMessageOf, lostRowOf, type Row } from './outbox-rows.js';
import type { PartitionRegistry } from './partition-registry.js';
import { fromColumns } from './state-columns.js';
import { isMissing, entitiesOf } from './table.js';

export interface StandingRowsOptions {
  readonly table: TableClient;
  readonly registry: PartitionRegistry;
  readonly documents: Documents;
  /** Every kind of document, whole. */
  readonly kinds: readonly DocumentKind<unknown>[];
}

/** What is open, from the rows that are saved in the transactions of what they stand for (docs/decisions/0017). */
export class StandingRows implements Standing {
  private readonly options: StandingRowsOptions;
  private readonly kinds: ReadonlyMap<string, DocumentKind<unknown>>;

  constructor(options: StandingRowsOptions) {
    this.options = options;
    this.kinds = new Map(options.kinds.map((kind) => [kind.kind, kind]));
  }

  async read(): Promise<OpenRows> {
    const { registry } = this.options;
    const [active, toMend] = [await registry.active(), await registry.toMend()];
    const found = await Promise.all([
      ...active.filter((one) => !toMend.includes(one)).map((partition) => this.kept(partition)),
      ...toMend.map((partition) => this.derived(partition)),
    ]);
    return {
      documents: found.flatMap(({ documents }) => documents),
      lost: found.flatMap(({ lost }) => lost),
    };
  }

  toMend(): Promise<string[]> {
    return this.options.registry.toMend();
  }

  async mend(partition: string): Promise<void> {
    const { table, registry } = this.options;
    const isAnew = (await registry.toMend()).includes(partition);
    const kept = new Map<string, string>();
    for await (const row of entitiesOf(table, partition, rowKeys.openDocuments()))
      kept.set(String(row['rowKey']), sha256(fromColumns(row)));
    const select = isAnew ? {} : { select: ['RowKey', 'open'] };
    for await (const row of entitiesOf(table, partition, rowKeys.allDocuments(), select)) {
      const key = documentKeyOf(partition, row);
      const hash = kept.get(rowKeys.openDocument(key)) ?? '';
      const said = row['open'];
      if (isAnew || said !== hash) await this.mendDocument(key, said, hash);
    }
    if (isAnew) await this.mendMessages(partition);
    else await this.dropFound(partition);
    if (isAnew) await registry.mended(partition);
  }

  /** By its rows: what is open of its documents, and what reached nobody. */
  private async kept(partition: string): Promise<OpenRows> {
    const [documents, lost]: [OpenDocument[], LostMessage[]] = [[], []];
    for await (const row of entitiesOf(this.options.table, partition, rowKeys.allOpen())) {
      if (String(row['rowKey']).startsWith(rowKeys.openDocuments()))
        documents.push({
          key: { partition, kind: String(row['kind']), id: String(row['id']) },
          open: JSON.parse(fromColumns(row)),
        });
      else lost.push(...[lostMessageOf(partition, row) ?? []].flat());
    }
    return { documents, lost };
  }

  /** By its documents and ledger: for rows that were made by an older rule, or not at all. */
  private async derived(partition: string): Promise<OpenRows> {
    const { table } = this.options;
    const [documents, lost]: [OpenDocument[], LostMessage[]] = [[], []];
    for await (const row of entitiesOf(table, partition, rowKeys.allDocuments())) {
      const key = documentKeyOf(partition, row);
      const kind = this.kinds.get(key.kind);
      const open = kind?.open?.(held(kind, row).state);
      if (open !== undefined) documents.push({ key, open });
    }
    for await (const row of this.failed(partition))
      lost.push(...[lostMessageOf(partition, row) ?? []].flat());
    return { documents, lost };
  }

  /**
   * @param said the hash that the document has of its row; '' for none, undefined where nobody has said.
   * @param hash of the row that is there; '' for none.
   */
  private async mendDocument(key: DocumentKey, said: unknown, hash: string): Promise<void> {
    const { table, documents } = this.options;
    const kind = this.kinds.get(key.kind);
    if (kind?.open === undefined) return;
    const state = await documents.read(kind, key);
    if (state === undefined) return;
    const { hash: right, json } = openOf(kind, state);
    const row = json === undefined ? undefined : openRow(key, json);
    if (right !== hash && row === undefined) await this.drop(key.partition, rowKeys.openDocument(key));
    if (right !== hash && row !== undefined) await table.upsertEntity(row, 'Replace');
    if (right === said) return;
    await documents.change(kind, key, 'system', (now) => ({
      state: now,
      did: 'worked out again what is open',
      messages: [],
    }));
  }

  private async mendMessages(partition: string): Promise<void> {
    for await (const row of this.failed(partition)) {
      const { state, reason, at, refused = false } = ledgerRowOf(partition, row);
      await this.options.table.upsertEntity(lostRowOf(row, { state, reason, at, refused }), 'Replace');
    }
  }

  /** Rows of messages that were sent again: they count no more, and are not kept for ever. */
  private async dropFound(partition: string): Promise<void> {
    for await (const row of entitiesOf(this.options.table, partition, rowKeys.openMessages()))
      if (!isUndelivered(ledgerRowOf(partition, row))) await this.drop(partition, String(row['rowKey']));
  }

  private failed(partition: string): AsyncIterable<Row> {
    const where = `(state eq 'undeliverable' or state eq 'setAside' or refused eq true)`;
    return entitiesOf(this.options.table, partition, rowKeys.allMessages(), { where });
  }

  private async drop(partition: string, rowKey: string): Promise<void> {
    try {
      await this.options.table.deleteEntity(partition, rowKey);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
}

function documentKeyOf(partition: string, row: Row): DocumentKey {
  const [, kind = '', ...id] = decoded(String(row['rowKey'])).split('~');
  return { partition, kind, id: id.join('~') };
}
