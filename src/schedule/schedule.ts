import { failed, type Log } from '../log.js';
import type { Feature, Job } from '../practice/surface/feature.js';
import type { CouncilContext } from '../practice/council/council-context.js';
import { errorInLog, isRefusal, refuse } from '../practice/base/errors.js';
import type { DocumentKey, DocumentKind, Services } from '../practice/plr/ports.js';
import type { Instant } from '../practice/base/time.js';

/** A document of which something is due. */
export interface Due {
  readonly at: Instant;
  readonly key: DocumentKey;
}

export interface DueRows {
  /** What is due in a partition at `now`, oldest first. */
  due(partition: string, now: Instant): Promise<Due[]>;
}

export interface ScheduleOptions {
  readonly services: Services;
  readonly dueRows: DueRows;
  readonly features: readonly Feature[];
  /** Every kind of document, whole. */
  readonly kinds: readonly DocumentKind<unknown>[];
  readonly council: () => Promise<CouncilContext | undefined>;
  readonly log: Log;
}

/**
 * Lets time pass. Each tick asks what is due now, for documents (by their due rows) and for jobs. What it
 * causes has keys named after the fact, so that ticks on two replicas, or twice, do it once.
 */
export class Schedule {
  private readonly options: ScheduleOptions;
  private readonly kinds: ReadonlyMap<string, DocumentKind<unknown>>;
  private readonly jobs: readonly Job[];

  constructor(options: ScheduleOptions) {
    this.options = options;
    this.kinds = new Map(options.kinds.map((kind) => [kind.kind, kind]));
    this.jobs = options.features.flatMap(({ jobs = [] }) => jobs);
  }

  /** One failing job or document does not hold up the others; it is logged and asked again at the next tick. */
  async tick(): Promise<void> {
    const { services, council: makeCouncil } = this.options;
    const council = await makeCouncil();
    if (council === undefined) return;
    for (const job of this.jobs) {
      await this.guarded(job.name, async () => {
        await job.run({ council, ...services });
        return true;
      });
    }
    for (const partition of await services.partitions.active()) await this.settleDue(partition, council);
  }

  private async settleDue(partition: string, council: CouncilContext): Promise<void> {
    // A step may be followed at once by another (two rungs missed while the bot was away), so this goes on
    // until nothing is due.
    for (let round = 0; round < 50; round += 1) {
      const due = await this.options.dueRows.due(partition, council.now);
      if (due.length === 0) return;
      let moved = 0;
      for (const { key } of due) {
        if (await this.guarded(`${key.kind} ${key.id}`, () => this.doWhatIsDue(key, council))) moved += 1;
      }
      if (moved === 0) return;
    }
  }

  private async doWhatIsDue(key: DocumentKey, council: CouncilContext): Promise<boolean> {
    const kind = this.kinds.get(key.kind);
    if (kind === undefined) return false;
    const result = await this.options.services.documents.change(kind, key, 'system', (state) => {
      return kind.whenDue?.(state, council.now, council) ?? refuse('nothing-due', 'Another tick did it.');
    });
    return !isRefusal(result);
  }

  private async guarded(name: string, run: () => Promise<boolean>): Promise<boolean> {
    try {
      return await run();
    } catch (error) {
      this.options.log(failed.scheduledWork, { name, error: errorInLog(error) });
      return false;
    }
  }
}
