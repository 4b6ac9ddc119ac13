export interface StopReason {
  readonly say: string;
  readonly exitCode: number;
}

const everyMs = 500;
// One Ctrl-C can arrive twice, from the terminal and passed on by npm. Only one that comes later counts as the
// second.
const sameRequestMs = 1000;

/**
 * Settles when this process is asked to stop: Ctrl-C, SIGTERM, a closed terminal, or npm gone. A second
 * Ctrl-C calls `impatient`.
 *
 * npm is watched because a SIGTERM sent to it reaches the shell between npm and this process and often goes
 * no further: without it, stopping npm would leave everything running.
 */
export function untilAskedToStop(impatient: () => void): Promise<StopReason> {
  return new Promise((settle) => {
    let askedAt: number | undefined;
    const ask = () => {
      if (askedAt !== undefined) {
        if (performance.now() - askedAt > sameRequestMs) impatient();
        return;
      }
      askedAt = performance.now();
      settle({ say: '\nStopping everything. Ctrl-C again does not wait.', exitCode: 0 });
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
    if (process.env.npm_lifecycle_event !== 'start') return;
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      ask();
    }, everyMs);
    watch.unref();
  });
}
