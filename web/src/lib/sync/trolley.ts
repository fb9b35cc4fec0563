import { systemClock, type RandomBytes } from '@trolley/shared/protocol';
import {
  IndexedDbStorage,
  createSocketTransport,
  createTabChannel,
  createTabLocks,
  createWebLocks,
  listenForWakes,
  SyncClient,
  type Storage,
} from '@trolley/shared/sync';
import { BrowserAccount } from '#lib/account/browser-account.svelte.ts';
import { AfterPaint } from './after-paint.ts';

/** What every screen of this tab shares. */
export interface Trolley {
  readonly client: SyncClient;
  readonly account: BrowserAccount;
  /** The phone's memory behind the client. */
  readonly storage: Storage;
  readonly afterPaint: AfterPaint;
}

let trolley: Promise<Trolley> | null = null;

/** The one sync client of this tab, with the browser's parts. Made when it is first asked for, never on a server. */
export function useTrolley(): Promise<Trolley> {
  trolley ??= startTrolley();
  return trolley;
}

async function startTrolley(): Promise<Trolley> {
  const randomBytes: RandomBytes = (byteLength) => crypto.getRandomValues(new Uint8Array(byteLength));
  // Web Locks need a secure context, which a page over plain http on the home network is not.
  const locks = 'locks' in navigator ? createWebLocks(navigator.locks) : createTabLocks();
  const storage = await openStorage();
  const afterPaint = new AfterPaint();
  const account = new BrowserAccount({ storage: localStorageOrNull(), locks, randomBytes });
  const client = new SyncClient({
    transport: createSocketTransport({ url: location.origin }),
    storage,
    account,
    tabs: createTabChannel('trolley'),
    locks,
    loadRecovery: () => import('@trolley/shared/recovery'),
    afterPaint: () =>
      new Promise((resolve) => {
        afterPaint.run(resolve);
      }),
    clock: systemClock,
    randomBytes,
  });
  listenForWakes({
    onWake: () => {
      client.wake();
    },
    onNetworkLost: () => {
      client.loseNetwork();
    },
  });
  void client.start();
  return { client, account, storage, afterPaint };
}

/** The phone's disk; where the browser refuses it, such as in a private window, what lasts as long as the tab. */
async function openStorage(): Promise<Storage> {
  try {
    return await IndexedDbStorage.open();
  } catch {
    const { MemoryStorage } = await import('@trolley/shared/memory-storage');
    return new MemoryStorage();
  }
}

/** Throws nowhere: a browser may refuse even to be asked. */
function localStorageOrNull(): globalThis.Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
