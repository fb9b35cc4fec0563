import { mayEdit, toWireError, type LogId, type WireError } from '../protocol/index.ts';
import { coalesce } from './coalesce.ts';
import { Incoming } from './incoming.ts';
import type { ListSyncHost, ListSyncParts, ListSyncStart } from './list-sync-parts.ts';
import { LogReader } from './log-reader.ts';
import { Outgoing } from './outgoing.ts';
import type { PushOutcome } from './push-outbox.ts';
import { RetrySchedule, slowRetryMs } from './retry-schedule.ts';

/** A tab pushes what it has stored within moments; what waits longer than this is nobody's. */
const otherTabPatienceMs = 3_000;

/** One list's calls to the server: what is missing is pulled, what waits is pushed, and what went wrong is tried again. */
export class ListSync {
  readonly outgoing: Outgoing;
  readonly incoming: Incoming;
  readonly #parts: ListSyncParts;
  readonly #host: ListSyncHost;
  readonly #reader: LogReader;
  #isRegistered: boolean;
  #isDisposed = false;
  readonly #retry: RetrySchedule;
  #cancelWatch: () => void = () => undefined;

  constructor(parts: ListSyncParts, host: ListSyncHost, start: ListSyncStart) {
    this.#parts = parts;
    this.#host = host;
    this.#retry = new RetrySchedule(parts, () => void this.run());
    this.#isRegistered = start.isRegistered;
    this.outgoing = this.#createOutgoing(start.waiting);
    this.incoming = this.#createIncoming(start);
    this.#reader = this.#createReader(start);
    if (start.waiting > 0 || !start.isRegistered) parts.connection.want();
  }

  /** Pulls what is missing, pushes what waits; without a connection, follows the phone. Also what a wake does: no answer in time means a dead connection, which is dropped. */
  readonly run = coalesce(async () => {
    if (this.#isDisposed) return;
    if (!this.#parts.connection.isConnected) return this.followPhone();
    this.#retry.cancel();
    if (!(await this.#register())) return;
    await this.#reader.read();
    await this.outgoing.refresh();
    await this.outgoing.push();
    if (!this.#retry.isDue) this.#retry.reset();
  });

  /**
   * Another tab has stored something. It also pushes it, unless it is gone or frozen: then this one does. What that builds on, this one hears of the
   * server, or finds on the phone.
   */
  async noteOtherTab(): Promise<void> {
    await this.outgoing.refresh();
    if (!this.#parts.connection.isConnected) await this.followPhone();
    this.#cancelWatch();
    if (this.#isDisposed || this.outgoing.waiting === 0) return;
    this.#cancelWatch = this.#parts.clock.schedule(otherTabPatienceMs, () => void this.outgoing.push());
  }

  /** Another tab has brought the phone's copy further than this one has. Never rejects. */
  readonly followPhone = coalesce(async () => {
    const parts = { ...this.#parts, host: this.#host, incoming: this.incoming };
    await parts
      .loadRecovery()
      .then(({ followPhone }) => followPhone(parts))
      .catch(() => undefined);
  });

  /** The document is another now, in this log, of which it has everything up to `cursor`. */
  enter(log: LogId | null, cursor: number, isStored: boolean): void {
    if (log === null) return;
    this.incoming.enterEpoch(log, cursor);
    this.#reader.noteEntered(log, isStored);
    void this.run();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#retry.dispose();
    this.#cancelWatch();
    this.#reader.dispose();
    this.incoming.dispose();
  }

  #createOutgoing(waiting: number): Outgoing {
    const { connection } = this.#parts;
    return new Outgoing(
      {
        ...this.#parts,
        isConnected: () => connection.isConnected && this.#isRegistered && this.#reader.mayPush,
        role: this.#host.access,
        isOneByOne: () => this.#reader.isOneByOne,
        onPushed: (result, update, isStored) => {
          this.incoming.noteOwn(result, update, isStored);
        },
        onCarried: (keys) => {
          this.#reader.noteCarried(keys);
        },
        isCarried: (key) => this.#reader.isCarried(key),
        isOutdated: (entry) => this.#reader.isOutdated(entry),
        giveBase: async (epoch) => (await this.#parts.loadRecovery()).giveLeftEpoch(this.#parts, epoch),
        onEnded: (outcome) => {
          this.#onPushEnded(outcome);
        },
        onWaitingChange: this.#host.onWaitingChange,
      },
      waiting,
    );
  }

  #createIncoming(start: ListSyncStart): Incoming {
    return new Incoming(
      {
        ...this.#parts,
        document: this.#host.document,
        onMissing: () => void this.run(),
        onUnnumbered: (update) => {
          const { log } = this.incoming;
          if (log === null || !mayEdit(this.#host.access())) return;
          void this.outgoing.add({ epoch: this.#host.document().epoch, update, heardIn: log });
        },
      },
      start,
    );
  }

  #createReader(start: ListSyncStart): LogReader {
    const { incoming, outgoing } = this;
    return new LogReader(
      {
        ...this.#parts,
        incoming,
        outgoing,
        host: this.#host,
        again: () => void this.run(),
        onRefused: (error) => {
          this.#onRefused(error);
        },
      },
      start.log,
    );
  }

  /** Tells the server of a list that was begun here. False when that has to wait. */
  async #register(): Promise<boolean> {
    if (this.#isRegistered) return true;
    const { account, connection, list, storage } = this.#parts;
    const { log } = connection;
    try {
      await account.register(list);
    } catch (error) {
      this.#onRefused(toWireError(error));
      return false;
    }
    this.#isRegistered = true;
    // Without the name of the log, a phone that knows nothing yet would not notice that the list was lost in a restore.
    if (log !== null) this.incoming.enterLog(log, 0);
    if (!this.#isDisposed) await storage.changeList(list, { isRegistered: true, log }).catch(() => undefined);
    return true;
  }

  #onPushEnded(outcome: PushOutcome): void {
    switch (outcome.kind) {
      case 'empty':
        if (this.outgoing.waiting === 0) this.#reader.noteOffered();
        break;
      case 'disputed':
        this.#retry.failed(slowRetryMs);
        break;
      case 'retry':
        this.#retry.failed(outcome.afterMs);
        break;
      case 'lost':
        this.#parts.connection.drop();
        break;
      case 'refused':
        this.#onRefused(outcome.error);
        break;
    }
  }

  #onRefused(error: WireError): void {
    if (this.#isDisposed) return;
    if (error.code === 'unauthenticated') this.#parts.connection.signInAgain();
    else if (error.code === 'not-found') this.#host.setAccess(null);
    else if (error.code === 'forbidden') this.#host.setAccess('viewer');
    else this.#retry.failedWith(error);
  }
}
