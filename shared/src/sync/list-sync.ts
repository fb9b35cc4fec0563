import { mayEdit, toWireError, type Answer, type PullResult, type WireError } from '../protocol/index.ts';
import { coalesce } from './coalesce.ts';
import { Incoming } from './incoming.ts';
import type { ListSyncHost, ListSyncParts, ListSyncStart } from './list-sync-parts.ts';
import { Outgoing } from './outgoing.ts';
import { answerTimeoutMs, type PushOutcome } from './push-outbox.ts';
import { RetrySchedule } from './retry-schedule.ts';

/** A tab pushes what it has stored within moments; what waits longer than this is nobody's. */
const otherTabPatienceMs = 3_000;

/** One list's calls to the server: what is missing is pulled, what waits is pushed, and what went wrong is tried again. */
export class ListSync {
  readonly outgoing: Outgoing;
  readonly incoming: Incoming;
  readonly #parts: ListSyncParts;
  readonly #host: ListSyncHost;
  #isRegistered: boolean;
  #isServerBehind = false;
  #isDisposed = false;
  readonly #retry: RetrySchedule;
  #cancelWatch: () => void = () => undefined;

  constructor(parts: ListSyncParts, host: ListSyncHost, start: ListSyncStart) {
    this.#parts = parts;
    this.#host = host;
    this.#retry = new RetrySchedule(parts, () => void this.run());
    this.#isRegistered = start.isRegistered;
    this.outgoing = this.#createOutgoing(start.waiting);
    this.incoming = this.#createIncoming(start.cursor);
    if (start.waiting > 0 || !start.isRegistered) parts.connection.want();
  }

  /** Pulls what is missing, pushes what waits. Also what a wake does: no answer in time means a dead connection, which is dropped. */
  readonly run = coalesce(async () => {
    if (this.#isDisposed || !this.#parts.connection.isConnected) return;
    this.#retry.cancel();
    if (!(await this.#register())) return;
    await this.#pull(this.incoming.cursor);
    if (this.#isServerBehind) await this.#healServer();
    await this.outgoing.refresh();
    await this.outgoing.push();
    if (!this.#retry.isDue) this.#retry.reset();
  });

  /** Another tab has stored something. It also pushes it, unless it is gone or frozen: then this one does. */
  async noteOtherTab(): Promise<void> {
    await this.outgoing.refresh();
    this.#cancelWatch();
    if (this.#isDisposed || this.outgoing.waiting === 0) return;
    this.#cancelWatch = this.#parts.clock.schedule(otherTabPatienceMs, () => void this.outgoing.push());
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#retry.dispose();
    this.#cancelWatch();
    this.incoming.dispose();
  }

  #createOutgoing(waiting: number): Outgoing {
    const { connection } = this.#parts;
    return new Outgoing(
      {
        ...this.#parts,
        isConnected: () => connection.isConnected && this.#isRegistered,
        role: () => this.#host.access,
        onPushed: (result, update, isStored) => {
          this.incoming.noteOwn(result, update, isStored);
        },
        onEnded: (outcome) => {
          this.#onPushEnded(outcome);
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
      },
      cursor,
    );
  }

  /** Tells the server of a list that was begun here. False when that has to wait. */
  async #register(): Promise<boolean> {
    if (this.#isRegistered) return true;
    const { account, connection, list, storage } = this.#parts;
    try {
      await account.register(list);
    } catch (error) {
      const wireError = toWireError(error);
      if (wireError.code === 'unauthenticated') connection.signInAgain();
      else this.#retry.failedWith(wireError);
      return false;
    }
    this.#isRegistered = true;
    if (!this.#isDisposed) await storage.saveList(list, { isRegistered: true }).catch(() => undefined);
    return true;
  }

  /** The answer's value, or null when there was none. No answer at all means that the connection is open by name only. */
  async #answered<T>(call: Promise<Answer<T>>): Promise<T | null> {
    const answer = await call.catch(() => null);
    if (answer === null) this.#parts.connection.drop();
    if (answer === null || this.#isDisposed) return null;
    if (answer.ok) return answer.value;
    this.#onRefused(answer.error);
    return null;
  }

  async #pull(cursor: number): Promise<boolean> {
    const { list, transport } = this.#parts;
    const { epoch, clientId } = this.#host.document;
    const result = await this.#answered(transport.pull({ list, epoch, cursor, clientId }, answerTimeoutMs));
    if (result === null) return false;
    this.#host.setAccess(result.role);
    if (result.epoch > epoch) await this.#changeEpoch(result);
    else if (result.head < cursor) this.#isServerBehind = true;
    else await this.incoming.takePull(result);
    return true;
  }

  /**
   * The store was restored from a backup and lacks what this phone has: take everything it has, then give it everything. The stored cursor
   * stays ahead of the log until that is done, so that it begins again should it be cut short.
   */
  async #healServer(): Promise<void> {
    const { list, storage, transport } = this.#parts;
    this.incoming.reset(0);
    if (!(await this.#pull(0))) return;
    if (mayEdit(this.#host.access)) {
      const { epoch } = this.#host.document;
      const update = this.#host.document.encode();
      const result = await this.#answered(transport.push({ list, epoch, update, isBulk: true }, answerTimeoutMs));
      if (result === null) return;
      this.incoming.noteOwn(result, update, true);
    }
    this.#isServerBehind = false;
    await storage.resetCursor(list, this.incoming.cursor).catch(() => undefined);
  }

  /** What waits goes to the old epoch first, where the api merges it and carries it over; then the copy starts over. */
  async #changeEpoch(result: PullResult): Promise<void> {
    if (this.outgoing.waiting === 0 || !mayEdit(this.#host.access)) {
      await this.#host.startEpoch(result).catch(() => {
        this.#retry.failed();
      });
      return;
    }
    const outcome = await this.outgoing.push();
    if (outcome.kind === 'empty') void this.run();
  }

  #onPushEnded(outcome: PushOutcome): void {
    switch (outcome.kind) {
      case 'empty':
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
    if (error.code === 'not-found') this.#host.setAccess(null);
    else if (error.code === 'forbidden') this.#host.setAccess('viewer');
    else this.#retry.failedWith(error);
  }
}
