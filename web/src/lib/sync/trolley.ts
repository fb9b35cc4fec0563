import { resolve } from '$app/paths';
import { systemClock, type RandomBytes } from '@trolley/shared/protocol';
import {
  IndexedDbStorage,
  createSocketTransport,
  createTabChannel,
  createWebLocks,
  keepUnstored,
  listenForWakes,
  SyncClient,
  unstoredKey,
  type Locks,
  type Storage,
  type UnstoredEdits,
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
  readonly locks: Locks;
}

/** Held while a tab takes the lists of somebody who signs out off the phone. */
export const leavingLock = 'trolley:leave';

const loadRecovery = () => import('@trolley/shared/recovery');
const loadStandIns = () => import('@trolley/shared/stand-ins');

let trolley: Promise<Trolley> | null = null;

/** The one sync client of this tab, with the browser's parts. Made when it is first asked for, never on a server. */
export function useTrolley(): Promise<Trolley> {
  trolley ??= startTrolley();
  return trolley;
}

async function startTrolley(): Promise<Trolley> {
  const randomBytes: RandomBytes = (byteLength) => crypto.getRandomValues(new Uint8Array(byteLength));
  // Web Locks need a secure context, which a page over plain http on the home network is not.
  const locks = 'locks' in navigator ? createWebLocks(navigator.locks) : (await loadStandIns()).createTabLocks();
  const notes = localStorageOrNull();
  const storage = await openStorage(notes);
  const afterPaint = new AfterPaint();
  const unstored: UnstoredEdits = new Map();
  const onSignedOutElsewhere = async () => {
    await client.dispose();
    await locks.run(leavingLock, () => Promise.resolve());
    location.assign(resolve('/'));
  };
  const account = new BrowserAccount({
    storage: notes,
    locks,
    randomBytes,
    onSignedOutElsewhere: () => void onSignedOutElsewhere(),
  });
  const client = new SyncClient({
    transport: createSocketTransport({ url: location.origin }),
    storage,
    account,
    tabs: createTabChannel('trolley'),
    locks,
    loadRecovery,
    afterPaint: () =>
      new Promise((resolve) => {
        afterPaint.run(resolve);
      }),
    unstored,
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
  // After what waits for a frame, which is done in the same event.
  window.addEventListener('pagehide', () => {
    keepUnstored(notes, unstored);
  });
  void client.start();
  return { client, account, storage, afterPaint, locks };
}

/** The phone's disk; where the browser refuses it, such as in a private window, what lasts as long as the tab. */
async function openStorage(notes: globalThis.Storage | null): Promise<Storage> {
  try {
    const storage = await IndexedDbStorage.open();
    await takeWrittenDown(storage, notes).catch(() => undefined);
    return storage;
  } catch {
    const { MemoryStorage } = await loadStandIns();
    return new MemoryStorage();
  }
}

/** Edits of a page that went before it had stored them are there from the first look. What fails waits for the next start. */
async function takeWrittenDown(storage: Storage, notes: globalThis.Storage | null): Promise<void> {
  if (!notes?.getItem(unstoredKey)) return;
  const { takeUnstored } = await loadRecovery();
  await takeUnstored(storage, notes);
}

/** Throws nowhere: a browser may refuse even to be asked. */
function localStorageOrNull(): globalThis.Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
