const width = 30;

export interface ProgressBar {
  /** @param total left out while it is not known. */
  show(what: string, done: number, total?: number): void;
  /** Clears the line, so that what follows starts on a clean one. */
  end(): void;
}

/** Says on stderr how far long work has got; silent when stderr is not a terminal. */
export function progressBar(
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr,
): ProgressBar {
  if (!stream.isTTY) return { show: () => {}, end: () => {} };
  return {
    show: (what, done, total) => void stream.write(`\r\u001b[K${line(what, done, total)}`),
    end: () => void stream.write('\r\u001b[K'),
  };
}

function line(what: string, done: number, total: number | undefined): string {
  const count = done.toLocaleString('en-GB');
  if (total === undefined || total === 0) return `${what}: ${count}`;
  const filled = Math.round((width * Math.min(done, total)) / total);
  const bar = `${'#'.repeat(filled)}${'.'.repeat(width - filled)}`;
  return `${what} [${bar}] ${count} of ${total.toLocaleString('en-GB')}`;
}
