import type {
  Append,
  AppendOutcome,
  Credentials,
  Head,
  ListId,
  LogService,
  PullRequest,
  PullResult,
  Role,
  Seat,
  Session,
  UserId,
} from '@trolley/shared/protocol';

/** A log between whose calls and their effects a test can do something. */
export class PausedLog implements LogService {
  readonly #log: LogService;
  /** All that was asked of it, in order. */
  readonly asked: string[] = [];
  /** Called with the number of the pull, from 1, before and after it is read. */
  aroundPull: { before?: (count: number) => Promise<void> | void; after?: (count: number) => Promise<void> | void } =
    {};
  beforeAppend: () => Promise<void> | void = () => undefined;
  #pulls = 0;

  constructor(log: LogService) {
    this.#log = log;
  }

  authenticate(credentials: Credentials): Promise<Session | null> {
    return this.#log.authenticate(credentials);
  }

  async pull(userId: UserId, request: PullRequest): Promise<PullResult> {
    this.asked.push('pull');
    this.#pulls += 1;
    const count = this.#pulls;
    await this.aroundPull.before?.(count);
    const result = await this.#log.pull(userId, request);
    await this.aroundPull.after?.(count);
    return result;
  }

  async append(appends: readonly Append[]): Promise<AppendOutcome[]> {
    this.asked.push('append');
    await this.beforeAppend();
    return this.#log.append(appends);
  }

  roles(seats: readonly Seat[]): Promise<(Role | null)[]> {
    return this.#log.roles(seats);
  }

  heads(lists: readonly ListId[]): Promise<Map<ListId, Head>> {
    return this.#log.heads(lists);
  }
}
