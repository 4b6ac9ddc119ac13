import type { DocumentKey } from '../practice/plr/ports.js';
import { compareText } from '../practice/base/text-order.js';
import { documentName } from './keys.js';

/** Changes of one document in this process wait for each other: made at once, all but one would be stale. */
export class KeyedMutex {
  /** The last change asked for of each document that is being changed. */
  private readonly lines = new Map<string, Promise<unknown>>();

  runExclusive<T>(key: DocumentKey, run: () => Promise<T>): Promise<T> {
    const name = documentName(key);
    const turn = (this.lines.get(name) ?? Promise.resolve()).then(run, run);
    const leave = () => {
      if (this.lines.get(name) === turn) this.lines.delete(name);
    };
    this.lines.set(name, turn);
    turn.then(leave, leave);
    return turn;
  }

  /** In the line of each; always asked for in the same order, so that no two wait for each other. */
  runExclusiveInAll<T>(keys: readonly DocumentKey[], run: () => Promise<T>): Promise<T> {
    const inOrder = [...keys].sort((a, b) => compareText(documentName(a), documentName(b)));
    return inOrder.reduceRight<() => Promise<T>>((inner, key) => () => this.runExclusive(key, inner), run)();
  }
}
