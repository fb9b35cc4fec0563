import type { Changes } from '#lib/journal/journal.ts';
import type { JournalKeeper, JournalParts } from '#lib/journal/journal-keeper.ts';
import { whenCalm } from './when-calm.ts';

/** What this phone sees become of items while their list is on show. What notes it is loaded then, out of the way of the first paint. */
export class SeenChanges {
  readonly #parts: JournalParts;
  #keeper: Promise<JournalKeeper> | null = null;

  constructor(parts: JournalParts) {
    this.#parts = parts;
  }

  /** Notes from now on what is seen. Where the code cannot be had, nothing is noted. */
  start(): void {
    whenCalm()
      .then(() => this.#keep())
      .catch(() => undefined);
  }

  /** All that this phone has noted of the list; none where it cannot be had. */
  async read(): Promise<Changes> {
    try {
      const keeper = await this.#keep();
      return await keeper.read();
    } catch {
      return new Map();
    }
  }

  dispose(): void {
    this.#keeper?.then(
      (keeper) => {
        keeper.dispose();
      },
      () => undefined,
    );
  }

  #keep(): Promise<JournalKeeper> {
    this.#keeper ??= this.#load();
    return this.#keeper;
  }

  async #load(): Promise<JournalKeeper> {
    const { openJournal } = await import('#lib/journal/journal-keeper.ts');
    return openJournal(this.#parts);
  }
}
