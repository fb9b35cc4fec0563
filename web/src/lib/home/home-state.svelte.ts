import type { ListSyncState, StoredList } from '@trolley/shared/sync';
import { loadTrolley } from '#lib/sync/load-trolley.ts';
import type { Trolley } from '#lib/sync/trolley.ts';
import { rememberVisitor } from './returning-visitor.ts';

/** A list as the overview shows it. */
export interface ListSummary extends StoredList {
  /** Own edits that are not on the server's disk. */
  readonly waiting: number;
}

/** The lists on this phone, the last opened first. */
export class HomeState {
  /** Null until the phone has been asked. */
  lists: readonly ListSummary[] | null = $state.raw(null);
  #isOffline = $state.raw(false);
  #isHeld = false;
  /** Null until the code that syncs has arrived. */
  trolley: Trolley | null = $state.raw(null);

  /** What the chip says of all lists together. */
  get sync(): ListSyncState {
    const waiting = (this.lists ?? []).reduce((sum, list) => sum + list.waiting, 0);
    if (this.#isOffline) return { kind: 'offline', waiting };
    return waiting === 0 ? { kind: 'saved' } : { kind: 'saving', waiting };
  }

  /** True when somebody with a password has to sign in again before anything is sent. */
  get mustSignIn(): boolean {
    return this.trolley?.account.mustSignIn ?? false;
  }

  /** Keeps what is shown as it is while the screen is about to go. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    if (!isHeld) void this.#read();
  }

  /** Reads the lists and follows their changes. Returns how to stop. */
  start(): () => void {
    const stops: (() => void)[] = [];
    let isStopped = false;
    const begin = async () => {
      const trolley = await loadTrolley();
      if (isStopped) return;
      this.trolley = trolley;
      stops.push(
        trolley.client.onLists(() => void this.#read()),
        trolley.client.onStatus(() => void this.#read()),
      );
      await this.#read();
    };
    void begin();
    return () => {
      isStopped = true;
      for (const stop of stops) stop();
    };
  }

  async #read(): Promise<void> {
    if (this.trolley === null) return;
    const { client, storage } = this.trolley;
    this.#isOffline = client.status === 'offline';
    const lists = await client.lists();
    const summaries = await Promise.all(
      lists.map(async (list) => ({ ...list, waiting: await storage.countOutbox(list.list) })),
    );
    if (this.#isHeld) return;
    this.lists = summaries.sort((a, b) => b.openedAtMs - a.openedAtMs);
    rememberVisitor(lists.length > 0);
  }
}
