import { metrics, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Messenger } from '../delivery/messenger.js';
import type { Queue } from '../delivery/queue.js';
import type { Counted } from '../delivery/sender.js';
import type { Log } from '../log.js';
import { errorInLog } from '../practice/base/errors.js';

export interface TelemetryOptions {
  readonly log: Log;
  readonly lookAtQueue: () => Promise<Queue>;
  /** Of the open alerts that have reached nobody who must act; 0 when there is none. */
  readonly longestUnheardMs: () => Promise<number>;
  /** Default a minute: `infra/modules/alerts.bicep` expects the line that is written each time. */
  readonly everyMs?: number;
}

const name = 'practice-learning-bot';
const linesBetweenTotals = 60;

/**
 * What the product reports about itself: OpenTelemetry metrics and traces, which go nowhere unless an exporter
 * is configured, and a few lines in the log. Numbers and ids only, never people's words.
 */
export class Telemetry {
  private readonly options: Required<TelemetryOptions>;
  private readonly totals: Record<Counted, number> = {
    sent: 0,
    throttled: 0,
    undeliverable: 0,
    superseded: 0,
    setAside: 0,
  };
  private queue: Queue = { depth: 0, oldestAlertMs: 0 };
  private unheardMs = 0;
  private readonly counter = metrics
    .getMeter(name)
    .createCounter('plr.messages', { description: 'by outcome' });
  private readonly latency = metrics
    .getMeter(name)
    .createHistogram('plr.activity.duration', { unit: 'ms', description: 'from activity to answer' });
  private timer: NodeJS.Timeout | undefined;
  private lines = 0;
  private saidTotals = '';

  constructor(options: TelemetryOptions) {
    this.options = { everyMs: 60_000, ...options };
    const meter = metrics.getMeter(name);
    meter.createObservableGauge('plr.queue.depth').addCallback((of) => of.observe(this.queue.depth));
    meter
      .createObservableGauge('plr.queue.oldest_alert', { unit: 'ms' })
      .addCallback((of) => of.observe(this.queue.oldestAlertMs));
    meter
      .createObservableGauge('plr.alert.unheard', {
        unit: 's',
        description: 'for which an open alert has reached nobody who must act',
      })
      .addCallback((of) => of.observe(Math.round(this.unheardMs / 1_000)));
  }

  start(): void {
    this.timer = setInterval(() => void this.say(), this.options.everyMs);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  count(what: Counted): void {
    this.totals[what] += 1;
    this.counter.add(1, { outcome: what });
  }

  /** Runs `work` as a span; how long an activity took is measured too. */
  async traced<T>(what: string, ids: Record<string, string>, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    return trace.getTracer(name).startActiveSpan(what, { attributes: ids }, async (span) => {
      try {
        return await work();
      } catch (error) {
        span.setStatus({
          code: SpanStatusCode.ERROR,
          message: errorInLog(error),
        });
        throw error;
      } finally {
        span.end();
        if (what === 'activity') this.latency.record(performance.now() - began);
      }
    });
  }

  /** The same messenger, with a span for each card. */
  tracing(messenger: Messenger): Messenger {
    return {
      send: (to, content, permit) =>
        this.traced('send', { template: content.template }, () => messenger.send(to, content, permit)),
      redraw: (where, content, permit) =>
        this.traced('redraw', { template: content.template }, () => messenger.redraw(where, content, permit)),
    };
  }

  /** Each time, how long alerts have waited; the totals once an hour, and when something went wrong. */
  private async say(): Promise<void> {
    await Promise.all([this.sayUnheard(), this.sayQueue()]);
  }

  private async sayUnheard(): Promise<void> {
    const { longestUnheardMs, everyMs, log } = this.options;
    try {
      this.unheardMs = await longestUnheardMs();
    } catch {
      if (this.unheardMs === 0) return;
      this.unheardMs += everyMs;
    }
    log('unheard-alert', { ageMs: Math.round(this.unheardMs) });
  }

  private async sayQueue(): Promise<void> {
    try {
      this.queue = await this.options.lookAtQueue();
    } catch {
      // Storage is away. An alert that was waiting is still waiting, and older by the time that has passed.
      // When none was known to wait, nothing is reported, and silence sets off an alarm of its own.
      if (this.queue.oldestAlertMs === 0) return;
      this.queue = { ...this.queue, oldestAlertMs: this.queue.oldestAlertMs + this.options.everyMs };
    }
    this.options.log('oldest-alert-message', { ageMs: Math.round(this.queue.oldestAlertMs) });
    const { throttled, undeliverable, setAside } = this.totals;
    const troubles = `${throttled} ${undeliverable} ${setAside}`;
    if (this.lines % linesBetweenTotals === 0 || troubles !== this.saidTotals)
      this.options.log('delivery-totals', { ...this.totals, depth: this.queue.depth });
    this.saidTotals = troubles;
    this.lines += 1;
  }
}

/**
 * Sends metrics and traces to Azure Monitor. Loaded only when configured, so that a start without it costs
 * nothing. Call it before anything is measured; the function that it returns sends what is left.
 */
export async function exportToAzureMonitor(connectionString: string): Promise<() => Promise<void>> {
  const [{ AzureMonitorMetricExporter, AzureMonitorTraceExporter }, sdkMetrics, sdkTrace, resources] =
    await Promise.all([
      import('@azure/monitor-opentelemetry-exporter'),
      import('@opentelemetry/sdk-metrics'),
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/resources'),
    ]);
  const resource = resources.resourceFromAttributes({ 'service.name': name });
  const reader = new sdkMetrics.PeriodicExportingMetricReader({
    exporter: new AzureMonitorMetricExporter({ connectionString }),
    exportIntervalMillis: 60_000,
  });
  const meters = new sdkMetrics.MeterProvider({ resource, readers: [reader] });
  const traces = new sdkTrace.NodeTracerProvider({
    resource,
    spanProcessors: [new sdkTrace.BatchSpanProcessor(new AzureMonitorTraceExporter({ connectionString }))],
  });
  metrics.setGlobalMeterProvider(meters);
  traces.register();
  return async () => {
    await Promise.allSettled([meters.shutdown(), traces.shutdown()]);
  };
}
