import type { TableClient, TransactionAction } from './azure.js';
import { isDoubtful, submitRows } from './transaction.js';

type Etags = (string | undefined)[];

interface Share {
  readonly actions: readonly TransactionAction[];
  readonly saved: (etags: Etags) => void;
  readonly failed: (error: unknown) => void;
}

const maxRows = 100;

/**
 * What is saved in one partition in the same turn of the event loop goes as one transaction: when many answer
 * at once, they share one request. If it is refused, each goes again by itself, so that nobody's save
 * fails because of another's (docs/decisions/0010). When it may have been saved, each finds out for itself.
 */
export class SharedTransactions {
  private readonly table: TableClient;
  private readonly waiting = new Map<string, Share[]>();

  constructor(table: TableClient) {
    this.table = table;
  }

  /** As for `submitRows`: at least one row, all of one partition. */
  submit(actions: readonly TransactionAction[]): Promise<Etags> {
    const partition = actions[0]![1].partitionKey;
    return new Promise((saved, failed) => {
      const share = { actions, saved, failed };
      const shares = this.waiting.get(partition);
      if (shares !== undefined) return void shares.push(share);
      this.waiting.set(partition, [share]);
      setImmediate(() => this.send(partition));
    });
  }

  private send(partition: string): void {
    const shares = this.waiting.get(partition) ?? [];
    this.waiting.delete(partition);
    for (const some of thatFit(shares)) void this.sendTogether(some);
  }

  private async sendTogether(shares: readonly Share[]): Promise<void> {
    try {
      const etags = await submitRows(
        this.table,
        shares.flatMap(({ actions }) => actions),
      );
      let at = 0;
      for (const { actions, saved } of shares) saved(etags.slice(at, (at += actions.length)));
    } catch (error) {
      if (shares.length > 1 && !isDoubtful(error))
        for (const share of shares) void this.sendTogether([share]);
      else for (const { failed } of shares) failed(error);
    }
  }
}

function thatFit(shares: readonly Share[]): Share[][] {
  const groups: Share[][] = [];
  let rows = maxRows;
  for (const share of shares) {
    rows += share.actions.length;
    if (rows > maxRows) {
      groups.push([]);
      rows = share.actions.length;
    }
    groups.at(-1)!.push(share);
  }
  return groups;
}
