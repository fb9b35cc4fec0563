import type { TabChannel, TabMessage } from '../sync/tab-channel.ts';

/** Tabs of one browser, in one process: what one posts, all others hear at once. */
export class TabsInOneProcess {
  readonly #listeners = new Set<{ tab: TabChannel; listener: (message: TabMessage) => void }>();
  /** All that was said, in order. */
  readonly said: TabMessage[] = [];

  open(): TabChannel {
    const tab: TabChannel = {
      post: (message) => {
        this.said.push(message);
        for (const entry of [...this.#listeners]) if (entry.tab !== tab) entry.listener(message);
      },
      listen: (listener) => {
        const entry = { tab, listener };
        this.#listeners.add(entry);
        return () => this.#listeners.delete(entry);
      },
      close: () => undefined,
    };
    return tab;
  }
}
