import type { Clock } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import type { ApiNode } from './api-node.ts';

/** Pauses before one that was left alone is asked whether it lives: many are back in a moment. */
const probePauses = { firstMs: 100, factor: 2, longestMs: 1_000 };

/** The apis, in turn. One that has failed is left alone until it says that it lives. */
export class ApiPool {
  readonly #nodes: readonly ApiNode[];
  readonly #clock: Clock;
  readonly #logger: Logger;
  /** Those that are left alone, each with how to stop asking it. */
  readonly #aside = new Map<ApiNode, () => void>();
  #next = 0;

  constructor(nodes: readonly ApiNode[], parts: { clock: Clock; logger: Logger }) {
    this.#nodes = nodes;
    this.#clock = parts.clock;
    this.#logger = parts.logger;
  }

  /** The one whose turn it is; null when none can be asked. */
  pick(): ApiNode | null {
    const asked = this.#nodes.filter((node) => !this.#aside.has(node));
    this.#next += 1;
    return asked[this.#next % asked.length] ?? null;
  }

  /** It has failed. */
  setAside(node: ApiNode, reason: Error): void {
    if (this.#aside.has(node)) return;
    this.#logger.warn({ err: reason, api: node.url }, 'an api does not answer and is left alone');
    // That the old connection stands would not tell that it lives.
    node.renew();
    this.#probeAfter(node, probePauses.firstMs);
  }

  /** Ends all connections. */
  close(): void {
    for (const stop of this.#aside.values()) stop();
    for (const node of this.#nodes) node.close();
  }

  #probeAfter(node: ApiNode, pauseMs: number): void {
    let isOver = false;
    const cancel = this.#clock.schedule(pauseMs, () => {
      void node.isHealthy().then((isHealthy) => {
        if (isOver) return;
        if (isHealthy) this.#takeBack(node);
        else this.#probeAfter(node, Math.min(pauseMs * probePauses.factor, probePauses.longestMs));
      });
    });
    this.#aside.set(node, () => {
      isOver = true;
      cancel();
    });
  }

  #takeBack(node: ApiNode): void {
    this.#aside.delete(node);
    this.#logger.info({ api: node.url }, 'an api answers again');
  }
}
