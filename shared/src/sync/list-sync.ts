import type { ListDocument } from '../document/index.ts';
import { mayEdit, type Clock, type ListId, type PullResult, type Role, type WireError } from '../protocol/index.ts';
import type { Account } from './account.ts';
import { coalesce } from './coalesce.ts';
import type { Connection } from './connection.ts';
import { Incoming } from './incoming.ts';
import type { Locks } from './locks.ts';
import { Outgoing } from './outgoing.ts';
import { answerTimeoutMs } from './push-outbox.ts';
import type { Storage } from './storage.ts';
import type { TabChannel } from './tab-channel.ts';
import type { Transport } from './transport.ts';

const retryDelayMs = 1_000;

export interface ListSyncParts {
  list: ListId;
  transport: Transport;
  storage: Storage;
  account: Account;
  connection: Connection;
  tabs: TabChannel;
  locks: Locks;
  clock: Clock;
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

/** One list's calls to the server: what is missing is pulled, what waits is pushed, and what went wrong is tried again. */
export class ListSync {
  readonly outgoing: Outgoing;
  readonly incoming: Incoming;
  readonly #parts: ListSyncParts;
  readonly #host: ListSyncHost;
  #isRegistered: boolean;
  #isDisposed = false;
  #cancelRetry: () => void = () => undefined;

  constructor(parts: ListSyncParts, host: ListSyncHost, start: ListSyncStart) {
    this.#parts = parts;
    this.#host = host;
    this.#isRegistered = start.isRegistered;
    this.outgoing = this.#createOutgoing(start.waiting);
    this.incoming = this.#createIncoming(start.cursor);
    if (start.waiting > 0 || !start.isRegistered) parts.connection.want();
  }

  /** Pulls what is missing, pushes what waits. Also what a wake does: no answer in time means a dead connection, which is dropped. */
  readonly run = coalesce(async () => {
    if (this.#isDisposed || !this.#parts.connection.isConnected) return;
    try {
      await this.#register();
      await this.#pull(this.incoming.cursor);
    } catch {
      this.#parts.connection.drop();
      return;
    }
    await this.#push();
  });

  dispose(): void {
    this.#isDisposed = true;
    this.#cancelRetry();
    this.incoming.dispose();
  }

  #createOutgoing(waiting: number): Outgoing {
    const { connection } = this.#parts;
    return new Outgoing(
      {
        ...this.#parts,
        isConnected: () => connection.isConnected && this.#isRegistered,
        role: () => this.#host.access,
        onPushed: (result) => {
          this.incoming.noteOwn(result);
        },
        onRefused: (error) => {
          this.#onRefused(error);
        },
        onWaitingChange: () => {
          this.#host.onWaitingChange();
        },
      },
      waiting,
    );
  }

  #createIncoming(cursor: number): Incoming {
    return new Incoming(
      {
        ...this.#parts,
        document: () => this.#host.document,
        onMissing: () => void this.run(),
        onUnnumbered: (update) => {
          if (mayEdit(this.#host.access)) void this.outgoing.add(this.#host.document.epoch, update);
        },
        // The document has the update and the cursor of the store stays behind, so the next start asks for it again.
        onStorageError: () => undefined,
      },
      cursor,
    );
  }

  async #register(): Promise<void> {
    if (this.#isRegistered) return;
    await this.#parts.account.register(this.#parts.list);
    await this.#parts.storage.saveList(this.#parts.list, { isRegistered: true });
    this.#isRegistered = true;
  }

  async #pull(cursor: number): Promise<void> {
    const { list, transport } = this.#parts;
    const { epoch, clientId } = this.#host.document;
    const answer = await transport.pull({ list, epoch, cursor, clientId }, answerTimeoutMs);
    if (this.#isDisposed) return;
    if (!answer.ok) {
      this.#onRefused(answer.error);
      return;
    }
    this.#host.setAccess(answer.value.role);
    if (answer.value.epoch > epoch) await this.#changeEpoch(answer.value);
    else if (answer.value.head < cursor) await this.#healServer();
    else await this.incoming.takePull(answer.value);
  }

  /** The store was restored from a backup and lacks what this phone has: take everything it has, then give it everything. */
  async #healServer(): Promise<void> {
    const { list, storage, transport } = this.#parts;
    this.incoming.reset(0);
    await storage.resetCursor(list, 0);
    await this.#pull(0);
    if (!mayEdit(this.#host.access)) return;
    const { document } = this.#host;
    const request = { list, epoch: document.epoch, update: document.encode(), isWhole: true };
    const answer = await transport.push(request, answerTimeoutMs);
    if (answer.ok) this.incoming.noteOwn(answer.value);
    else this.#retryLater(answer.error.retryAfterMs);
  }

  /** What waits goes to the old epoch first, where the api merges it and carries it over; then the copy starts over. */
  async #changeEpoch(result: PullResult): Promise<void> {
    if (this.outgoing.waiting === 0) {
      await this.#host.startEpoch(result);
      return;
    }
    const outcome = await this.outgoing.push();
    if (outcome.kind === 'empty') void this.run();
    else this.#retryLater(undefined);
  }

  async #push(): Promise<void> {
    const outcome = await this.outgoing.push();
    switch (outcome.kind) {
      case 'retry':
        this.#retryLater(outcome.afterMs);
        break;
      case 'lost':
        this.#parts.connection.drop();
        break;
      case 'empty':
      case 'refused':
        break;
    }
  }

  #onRefused(error: WireError): void {
    if (error.code === 'not-found') this.#host.setAccess(null);
    else if (error.code === 'forbidden') this.#host.setAccess('viewer');
    else this.#retryLater(error.retryAfterMs);
  }

  #retryLater(afterMs: number | undefined): void {
    this.#cancelRetry();
    this.#cancelRetry = this.#parts.clock.schedule(afterMs ?? retryDelayMs, () => void this.run());
  }
}
