import { toWireError, type Clock, type ListId, type RandomBytes } from '../protocol/index.ts';
import type { Account, AccountList } from './account.ts';
import { coalesce } from './coalesce.ts';
import type { Connection } from './connection.ts';
import type { LoadRecovery } from './load-recovery.ts';
import type { Locks } from './locks.ts';
import { RetrySchedule, slowRetryMs } from './retry-schedule.ts';
import type { Storage } from './storage.ts';
import type { Transport } from './transport.ts';

interface ClosedListsParts {
  transport: Transport;
  storage: Storage;
  account: Account;
  connection: Connection;
  locks: Locks;
  loadRecovery: LoadRecovery;
  clock: Clock;
  randomBytes: RandomBytes;
  /** Open lists see to themselves. */
  isOpen: (list: ListId) => boolean;
  /** The lists on this phone may have changed. */
  onChange: () => void;
}

/** The lists that are not open: their edits reach the server too, and the account's lists reach this phone, to be there without a network. */
export class ClosedLists {
  readonly #parts: ClosedListsParts;
  readonly #retry: RetrySchedule;

  constructor(parts: ClosedListsParts) {
    this.#parts = parts;
    this.#retry = new RetrySchedule(parts, () => void this.push());
  }

  /** All that is to do when a connection has come about. Never rejects. */
  readonly sync = coalesce(async () => {
    await this.push();
    await this.#fetchAll();
  });

  /**
   * Pushes what waits, and brings back what the server has lost. Never rejects; what fails is tried again while there is a connection, one
   * list apart from the other.
   */
  readonly push = coalesce(async () => {
    this.#retry.cancel();
    for (const list of await this.#dueLists().catch(() => [])) {
      if (!this.#parts.connection.isConnected) return;
      if (!this.#parts.isOpen(list)) await this.#syncList(list);
    }
    if (!this.#retry.isDue) this.#retry.reset();
  });

  dispose(): void {
    this.#retry.dispose();
  }

  async #dueLists(): Promise<ListId[]> {
    const { connection, storage } = this.#parts;
    const stored = await storage.lists();
    const lost = stored.filter(({ log, role }) => log !== null && log !== connection.log && role !== null);
    return [...new Set([...(await storage.waitingLists()), ...lost.map(({ list }) => list)])];
  }

  async #syncList(list: ListId): Promise<void> {
    const { connection, loadRecovery, locks } = this.#parts;
    const { log } = connection;
    if (log === null) return;
    try {
      const parts = { ...this.#parts, list, log };
      const { syncClosedList } = await loadRecovery();
      const outcome = await locks.run(`trolley:push:${list}`, () => syncClosedList(parts));
      if (outcome.kind === 'retry') this.#retry.failed(outcome.afterMs);
      if (outcome.kind === 'disputed') this.#retry.failed(slowRetryMs);
      if (outcome.kind === 'lost') connection.drop();
    } catch (error) {
      const wireError = toWireError(error);
      if (wireError.code === 'unauthenticated') connection.signInAgain();
      else this.#retry.failedWith(wireError);
    }
  }

  async #fetchAll(): Promise<void> {
    const { account, storage, onChange } = this.#parts;
    try {
      const roles = new Map((await storage.lists()).map(({ list, role }) => [list, role]));
      for (const member of await account.lists()) await this.#fetch(member, roles.get(member.list));
    } catch {
      // The account or the phone's storage did not answer; the next connection begins here again.
    }
    onChange();
  }

  /** `knownRole` is undefined for a list that is not on this phone. One that cannot be had keeps no other back. */
  async #fetch({ list, role }: AccountList, knownRole: AccountList['role'] | null | undefined): Promise<void> {
    const { connection, isOpen, loadRecovery, storage } = this.#parts;
    const { log } = connection;
    if (log === null || isOpen(list) || knownRole === role) return;
    if (knownRole === undefined) {
      const fetching = loadRecovery().then(({ fetchList }) => fetchList({ ...this.#parts, list, log }));
      await fetching.catch(() => undefined);
    } else await storage.changeList(list, { role });
    // Whoever is let in again may have something that the server has lost.
    if (knownRole === null) await this.#syncList(list);
  }
}
