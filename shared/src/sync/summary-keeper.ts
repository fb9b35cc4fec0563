import type { ListDocument } from '../document/index.ts';
import type { Clock, ListId } from '../protocol/index.ts';
import type { Storage, StoredList } from './storage.ts';
import { summarize } from './summarize.ts';
import type { TabChannel } from './tab-channel.ts';

/** Long enough for a burst of changes, shorter than anybody needs to close the app after a tap. */
const summaryDelayMs = 50;

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

  /** Puts right what was stored: a page that went within a moment of a change took its summary along. */
  check(stored: StoredList): void {
    const now = { ...stored, ...summarize(this.#parts.document()) };
    if (JSON.stringify(now) !== JSON.stringify(stored)) this.noteChange();
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
    await storage.changeList(list, summarize(document())).catch(() => undefined);
    tabs.post({ kind: 'lists-changed' });
  }
}
