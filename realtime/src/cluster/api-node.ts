import type { CallAnswer, HopCallName } from '@trolley/shared/hop';
import type { Clock } from '@trolley/shared/protocol';
import { ApiLink } from './api-link.ts';

const healthTimeoutMs = 1_000;

interface NodeOptions {
  url: string;
  serviceToken: string;
  clock: Clock;
}

/** One api of several, as a relay reaches it: over one connection, which is made when it is first needed, and anew when it has ended. */
export class ApiNode {
  readonly #options: NodeOptions;
  readonly #links = new Set<ApiLink>();
  #link: ApiLink | null = null;

  constructor(options: NodeOptions) {
    this.#options = options;
  }

  get url(): string {
    return this.#options.url;
  }

  /** Makes a call of the hop. Rejects with `NodeFailure`, also when there is no answer within `timeoutMs`. */
  ask(name: HopCallName, frame: Uint8Array, timeoutMs: number): Promise<CallAnswer> {
    return this.#usableLink().call(name, frame, timeoutMs);
  }

  /** Whether it lives, and takes calls. */
  async isHealthy(): Promise<boolean> {
    const link = this.#usableLink();
    const cancel = this.#options.clock.schedule(healthTimeoutMs, () => {
      link.retire();
    });
    const isHealthy = await link.opened;
    cancel();
    return isHealthy;
  }

  /** From now on it is asked over a new connection. Calls that are under way keep theirs. */
  renew(): void {
    this.#link?.retire();
  }

  /** Ends all connections. */
  close(): void {
    for (const link of this.#links) link.end();
  }

  #usableLink(): ApiLink {
    if (this.#link?.isUsable === true) return this.#link;
    const link = new ApiLink({
      ...this.#options,
      onEnd: () => {
        this.#links.delete(link);
      },
    });
    this.#links.add(link);
    this.#link = link;
    return link;
  }
}
