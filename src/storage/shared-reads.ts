interface Reading {
  readonly current: Promise<unknown>;
  next: Promise<unknown> | undefined;
}

/**
 * Reads of the same rows that are asked for at once. What is asked for while one is under way waits for the next, which
 * all of them share: it begins after each of them asked, so that nobody misses what was saved before they did, here or
 * by another replica. However many ask, one read is under way and one waits.
 */
export class SharedReads {
  private readonly readings = new Map<string, Reading>();

  /** @param name what is read: the same name, the same read. */
  read<T>(name: string, read: () => Promise<T>): Promise<T> {
    const reading = this.readings.get(name);
    if (reading === undefined) return this.begin(name, read);
    reading.next ??= reading.current.then(
      () => this.begin(name, read),
      () => this.begin(name, read),
    );
    return reading.next as Promise<T>;
  }

  private begin<T>(name: string, read: () => Promise<T>): Promise<T> {
    const current = read();
    const reading: Reading = { current, next: undefined };
    this.readings.set(name, reading);
    const end = () => {
      if (reading.next === undefined) this.readings.delete(name);
    };
    current.then(end, end);
    return current;
  }
}
