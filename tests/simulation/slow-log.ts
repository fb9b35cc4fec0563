import type {
  Append,
  AppendOutcome,
  Clock,
  LogService,
  PullRequest,
  PullResult,
  UserId,
} from '@trolley/shared/protocol';
import type { SeededRandom } from '@trolley/shared/testing';

/** A log that takes its time to be reached and to answer, so that other things happen in between. */
export class SlowLog implements LogService {
  readonly #log: LogService;
  readonly #wait: () => Promise<void>;
  authenticate: LogService['authenticate'];
  heads: LogService['heads'];
  roles: LogService['roles'];

  constructor(log: LogService, clock: Clock, random: SeededRandom) {
    this.#log = log;
    this.#wait = () =>
      new Promise((resolve) => {
        clock.schedule(random.integer(15), resolve);
      });
    this.authenticate = log.authenticate.bind(log);
    this.heads = log.heads.bind(log);
    this.roles = log.roles.bind(log);
  }

  pull(userId: UserId, request: PullRequest): Promise<PullResult> {
    return this.#slowly(() => this.#log.pull(userId, request));
  }

  append(appends: readonly Append[]): Promise<AppendOutcome[]> {
    return this.#slowly(() => this.#log.append(appends));
  }

  async #slowly<T>(call: () => Promise<T>): Promise<T> {
    await this.#wait();
    try {
      return await call();
    } finally {
      await this.#wait();
    }
  }
}
