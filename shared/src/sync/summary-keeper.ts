import type { ListDocument } from '../document/index.ts';
import type { Clock, ListId } from '../protocol/index.ts';
import type { Storage } from './storage.ts';
import { summarize } from './summarize.ts';
import type { TabChannel } from './tab-channel.ts';

const summaryDelayMs = 300;

interface SummaryParts {
  list: ListId;
  storage: Storage;
  tabs: TabChannel;
  clock: Clock;
  document: () => ListDocument;
}

/** Keeps what the overview shows of an open list in step with it, a moment after each burst of changes. */
export class SummaryKeeper {
  readonly #parts: SummaryParts;
  #cancel: (() => void) | null = null;

  constructor(parts: SummaryParts) {
    this.#parts = parts;
  }

  noteChange(): void {
    this.#cancel ??= this.#parts.clock.schedule(summaryDelayMs, () => void this.flush());
  }

  /** Stores what is due at once. Never rejects. */
  async flush(): Promise<void> {
    if (this.#cancel === null) return;
    this.#cancel();
    this.#cancel = null;
    const { list, storage, tabs, document } = this.#parts;
    await storage.saveList(list, summarize(document())).catch(() => undefined);
    tabs.post({ kind: 'lists-changed' });
  }
}
