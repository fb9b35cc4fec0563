import {
  TrolleyError,
  type Append,
  type AppendOutcome,
  type LogId,
  type LogService,
  type PullRequest,
  type PullResult,
  type UserId,
} from '@trolley/shared/protocol';

interface SameLogParts {
  log: LogService;
  /** The name of the log as it is now. */
  currentId: () => LogId;
  /** The name of the log as this node knows it. */
  knownId: () => LogId | null;
  onOther: () => void;
}

/** A log as a node reaches it: once it is another than the one that its clients were greeted with, nothing of theirs gets there. */
export class SameLog implements LogService {
  readonly #parts: SameLogParts;
  authenticate: LogService['authenticate'];
  heads: LogService['heads'];
  roles: LogService['roles'];

  constructor(parts: SameLogParts) {
    const { log } = parts;
    this.#parts = parts;
    this.authenticate = log.authenticate.bind(log);
    this.heads = log.heads.bind(log);
    this.roles = log.roles.bind(log);
  }

  pull(userId: UserId, request: PullRequest): Promise<PullResult> {
    return this.#check() ?? this.#parts.log.pull(userId, request);
  }

  append(appends: readonly Append[]): Promise<AppendOutcome[]> {
    return this.#check() ?? this.#parts.log.append(appends);
  }

  #check(): Promise<never> | null {
    const known = this.#parts.knownId();
    if (known === null || known === this.#parts.currentId()) return null;
    this.#parts.onOther();
    return Promise.reject(new TrolleyError('unavailable', 'That is another log.'));
  }
}
