import type { ListDocument } from '../document/index.ts';
import type { Clock, ListId, LogId, PullResult, RandomBytes, Role } from '../protocol/index.ts';
import type { Account } from './account.ts';
import type { Connection } from './connection.ts';
import type { LoadRecovery } from './load-recovery.ts';
import type { Locks } from './locks.ts';
import type { Storage, StoredCopy, UnstoredEdits } from './storage.ts';
import type { TabChannel } from './tab-channel.ts';
import type { Transport } from './transport.ts';

/** What the synchronisation of one list works with. */
export interface ListSyncParts {
  list: ListId;
  transport: Transport;
  storage: Storage;
  account: Account;
  connection: Connection;
  tabs: TabChannel;
  locks: Locks;
  loadRecovery: LoadRecovery;
  /** As `SyncClientParts.afterPaint`. */
  afterPaint?: () => Promise<void>;
  /** As `SyncClientParts.unstored`. */
  unstored?: UnstoredEdits;
  clock: Clock;
  randomBytes: RandomBytes;
}

/** What a list's synchronisation needs of the list that is open. */
export interface ListSyncHost {
  document: () => ListDocument;
  access: () => Role | null;
  /** Whether this person was ever the list's owner. */
  hasOwned: () => boolean;
  /** The server has said what this person may do; null: nothing any more. */
  setAccess: (role: Role | null) => void;
  /** Starts over from the answer of another epoch, and says whether the phone has stored that. If not, its next start begins with the old one. */
  startEpoch: (result: PullResult, log: LogId) => Promise<boolean>;
  /** Goes on from the stored copy, which another tab has brought elsewhere. */
  enterCopy: (copy: StoredCopy) => void;
  /** The number of edits that wait may have changed. */
  onWaitingChange: () => void;
}

/** Where a list stands when it is opened. */
export interface ListSyncStart {
  log: LogId | null;
  cursor: number;
  waiting: number;
  isRegistered: boolean;
}
