import type { Clock, LogService } from '@trolley/shared/protocol';
import type { OpenLists } from '../relay/open-lists.ts';

/** Lists, or people in lists, that the log is asked about at once. */
const questionsAtOnce = 1_000;
/** While the others cannot be heard. With what it takes, an edit is at most 3 s late. */
const alarmedMs = 2_000;
/**
 * Pauses after an outage. First as long as it takes another node to find the way back after this one: what it has said until then nobody has
 * heard. Then once more, for one that takes longer.
 */
const settlingMs = [250, 1_750] as const;
/** While all seems well: finds what was lost without anybody having noticed. */
const calmMs = 30_000;

interface HeadCheckParts {
  log: Pick<LogService, 'heads' | 'roles'>;
  lists: Pick<OpenLists, 'heads' | 'seats' | 'correctHead' | 'correctRole'>;
  clock: Clock;
}

/**
 * R15: compares what this node takes for true of its open lists with the log: every two seconds while it cannot hear the other nodes, at once
 * when it can again, and from time to time. Begins as one that cannot.
 */
export class HeadCheck {
  readonly #parts: HeadCheckParts;
  #isAlarmed = true;
  /** Pauses that are still to come since the outage is over. */
  #settlingMs: readonly number[] = [];
  #isRunning = false;
  #isWanted = false;
  #isDisposed = false;
  #cancel: () => void = () => undefined;

  constructor(parts: HeadCheckParts) {
    this.#parts = parts;
    this.#wait();
  }

  /** The others cannot be heard. */
  alarm(): void {
    this.#isAlarmed = true;
    this.#settlingMs = [];
    this.compareNow();
  }

  /** They can be heard again. What falls between the comparison and the last node's return is found by more of them. */
  calm(): void {
    this.#isAlarmed = false;
    this.#settlingMs = settlingMs;
    this.compareNow();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#cancel();
  }

  #wait(): void {
    if (this.#isDisposed) return;
    const [nextMs = calmMs, ...later] = this.#settlingMs;
    this.#cancel = this.#parts.clock.schedule(this.#isAlarmed ? alarmedMs : nextMs, () => {
      this.#settlingMs = later;
      this.compareNow();
    });
  }

  /** Compares once, now. */
  compareNow(): void {
    this.#isWanted = true;
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#cancel();
    this.#isRunning = true;
    while (this.#isWanted && !this.#isDisposed) {
      this.#isWanted = false;
      // The api may be away too: the next comparison finds what this one would have.
      await this.#compare().catch(() => undefined);
    }
    this.#isRunning = false;
    this.#wait();
  }

  async #compare(): Promise<void> {
    const { log, lists } = this.#parts;
    for (const asked of chunksOf(lists.heads)) {
      const heads = await log.heads(asked.map(({ list }) => list));
      for (const { list, head } of asked) {
        const actual = heads.get(list);
        if (actual !== undefined) lists.correctHead(list, head, actual);
      }
    }
    for (const asked of chunksOf(lists.seats)) {
      const roles = await log.roles(asked.map(({ list, userId }) => ({ list, userId })));
      for (const [index, seat] of asked.entries()) {
        const role = roles[index];
        if (role !== undefined) lists.correctRole(seat, role);
      }
    }
  }
}

function chunksOf<T>(all: readonly T[]): T[][] {
  const count = Math.ceil(all.length / questionsAtOnce);
  return Array.from({ length: count }, (_, index) => all.slice(index * questionsAtOnce, (index + 1) * questionsAtOnce));
}
