import { within } from './within.js';

/** Whatever hangs: who asks the bot to stop waits for ten seconds at most. What was saved is not lost by it. */
const stopMs = 9_500;
/** For the telemetry that was not sent yet. */
const restMs = 1_000;

/** The process ends when it is told to: in order if it can, and in time. */
export function endOnSignal(
  stop: () => Promise<void>,
  { sendRest, late }: { readonly sendRest?: (() => Promise<void>) | undefined; readonly late: () => void },
): void {
  const stopInOrder = async () => {
    await stop();
    await within(restMs, sendRest?.());
  };
  const end = () => {
    setTimeout(() => {
      late();
      process.exit(1);
    }, stopMs);
    stopInOrder().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}
