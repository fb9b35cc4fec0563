import type { ListDocument } from '../document/index.ts';
import type { Clock, ListId, PullResult, RandomBytes, Role } from '../protocol/index.ts';
import type { Account } from './account.ts';
import type { Connection } from './connection.ts';
import type { Locks } from './locks.ts';
import type { Storage } from './storage.ts';
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
  clock: Clock;
  randomBytes: RandomBytes;
}

/** What a list's synchronisation needs of the list that is open. */
export interface ListSyncHost {
  readonly document: ListDocument;
  readonly access: Role | null;
  /** The server has said what this person may do; null: nothing any more. */
  setAccess(role: Role | null): void;
  /** The api has begun a new epoch, and nothing of the old one waits: start over from this. */
  startEpoch(result: PullResult): Promise<void>;
  /** The number of edits that wait may have changed. */
  onWaitingChange(): void;
}

/** Where a list stands when it is opened. */
export interface ListSyncStart {
  cursor: number;
  waiting: number;
  isRegistered: boolean;
}
