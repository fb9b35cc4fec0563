import { randomBytes as nodeRandomBytes } from 'node:crypto';
import type { Author } from '@trolley/shared/document';
import { systemClock, type ListId, type RandomBytes } from '@trolley/shared/protocol';
import * as recovery from '@trolley/shared/recovery';
import {
  createSocketTransport,
  createTabLocks,
  MemoryStorage,
  SyncClient,
  type OpenList,
  type TabChannel,
} from '@trolley/shared/sync';
import { HttpAccount } from './http-account.ts';

const randomBytes: RandomBytes = (byteLength) => new Uint8Array(nodeRandomBytes(byteLength));

/** The app's own sync client without its screen: real sockets to a real server, and a memory instead of IndexedDB. */
export class NodePhone implements AsyncDisposable {
  readonly account: HttpAccount;
  readonly client: SyncClient;

  private constructor(account: HttpAccount, socketUrl: string) {
    this.account = account;
    this.client = new SyncClient({
      transport: createSocketTransport({ url: socketUrl, extraHeaders: { authorization: `Bearer ${account.token}` } }),
      storage: new MemoryStorage(),
      account,
      tabs: onlyTab,
      locks: createTabLocks(),
      loadRecovery: () => Promise.resolve(recovery),
      clock: systemClock,
      randomBytes,
    });
  }

  /**
   * A guest of their own, who is connected when there is something to sync. `socketUrl` names one node where there are several, `address` a
   * household.
   */
  static async create(url: string, options: { socketUrl?: string; address?: string } = {}): Promise<NodePhone> {
    return new NodePhone(await HttpAccount.createGuest(url, options.address), options.socketUrl ?? url);
  }

  author(): Author {
    return { memberId: this.account.memberId, nowMs: this.client.nowMs };
  }

  /** Joins a list by an invite of its owner, and opens it. */
  async join(list: ListId, owner: HttpAccount): Promise<OpenList> {
    await this.account.accept(await owner.invite(list));
    return this.client.open(list);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.dispose();
  }
}

const onlyTab: TabChannel = { post: () => undefined, listen: () => () => undefined, close: () => undefined };

/** Resolves when every list says that all its edits are saved. Rejects after `timeoutMs`. */
export async function untilSaved(lists: readonly OpenList[], timeoutMs: number): Promise<void> {
  const patience = AbortSignal.timeout(timeoutMs);
  for (const list of lists) await untilOneSaved(list, patience);
}

function untilOneSaved(list: OpenList, patience: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      stop();
      patience.removeEventListener('abort', giveUp);
      settle();
    };
    const look = () => {
      if (list.state.kind === 'saved') finish(resolve);
    };
    const giveUp = () => {
      finish(() => {
        reject(new Error(`still ${JSON.stringify(list.state)} at ${String(list.cursor)}`));
      });
    };
    const stop = list.on(look);
    patience.addEventListener('abort', giveUp);
    look();
  });
}
