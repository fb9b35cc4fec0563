import { mayEdit, type LogId, type PullResult, type WireError } from '../protocol/index.ts';
import type { Incoming } from './incoming.ts';
import type { ListSyncHost, ListSyncParts } from './list-sync-parts.ts';
import type { Outgoing } from './outgoing.ts';
import { answerTimeoutMs } from './push-outbox.ts';
import { isHeardElsewhere, type OutboxEntry } from './storage.ts';

interface LogReaderParts extends ListSyncParts {
  host: ListSyncHost;
  incoming: Incoming;
  outgoing: Outgoing;
  /** Reads again, at once. */
  again: () => void;
  onRefused: (error: WireError) => void;
}

/** Follows a list's log: into its next epoch, and into the log that has taken the place of a lost one. */
export class LogReader {
  readonly #parts: LogReaderParts;
  /** The log that the document is one of. */
  #log: LogId | null;
  /** The log that this phone's stored copy is known to be one of; null when that is to be stored. */
  #storedLog: LogId | null;
  /** What the server must be given back from: until then nothing is pushed, which would come into the log before what it builds on. */
  #lostLog: LogId | null = null;
  /** The document's epoch is one of a log that was lost, so that the server's may have any number. */
  #isEpochLost = false;
  /** What waits was offered to the epoch that is over, and not all of it was taken. */
  #hasOffered = false;
  /** Entries of the outbox that the server has carried over. */
  #carried: readonly number[] = [];
  /** The epoch that the server is in while the document is not. */
  #nextEpoch: number | null = null;
  /** Something may wait that was never offered to this log, or that it has lost. */
  #hasUnoffered = false;
  #isDisposed = false;

  constructor(parts: LogReaderParts, log: LogId | null) {
    this.#parts = parts;
    this.#log = log;
    this.#storedLog = log;
  }

  /** Whether nobody waits for what it reads any more. */
  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** What the server must be given back from; null when it has all. */
  get lostLog(): LogId | null {
    return this.#lostLog;
  }

  /** Whether what waits may go to the server. */
  get mayPush(): boolean {
    const { log } = this.#parts.incoming;
    return this.#lostLog === null && (log === null || log === this.#parts.connection.log);
  }

  /** Whether each edit is to be sent by itself, so that the server can tell what it has of it already. */
  get isOneByOne(): boolean {
    return this.#hasUnoffered || this.#isEpochLost || this.#nextEpoch !== null;
  }

  /** Reads what is missing. Never rejects. */
  async read(): Promise<void> {
    const { connection, incoming } = this.#parts;
    const { log } = connection;
    if (log === null) return;
    if (incoming.log === null) {
      this.#hasUnoffered = true;
      incoming.enterLog(log, incoming.cursor);
    } else if (incoming.log !== log) this.#lose(this.#log ?? incoming.log, log);
    if (this.#lostLog === null || (await this.#bringBack(log))) await this.#pull(log);
  }

  /** These have become part of an epoch that this phone may not have yet. */
  noteCarried(keys: readonly number[]): void {
    this.#carried = [...this.#carried, ...keys];
    this.#parts.again();
  }

  isCarried(key: number): boolean {
    return this.#carried.includes(key);
  }

  /** All that waited has been offered to the log. */
  noteOffered(): void {
    this.#hasUnoffered = false;
  }

  /** As in `pushOutbox`. */
  isOutdated(entry: OutboxEntry): boolean {
    const { connection, host } = this.#parts;
    return isHeardElsewhere(entry, connection.log) && entry.epoch !== (this.#nextEpoch ?? host.document().epoch);
  }

  /** The document has become one of this log. */
  noteEntered(log: LogId, isStored: boolean): void {
    this.#log = log;
    this.#storedLog = isStored ? log : null;
    if (this.#lostLog !== null) this.#lostLog = log === this.#parts.connection.log ? null : log;
    this.#isEpochLost = this.#lostLog !== null;
    this.#hasOffered = false;
  }

  /** The server has what it may have lost of the document's epoch. */
  noteBroughtBack(): void {
    this.#lostLog = null;
  }

  dispose(): void {
    this.#isDisposed = true;
  }

  #lose(lostLog: LogId, log: LogId): void {
    this.#lostLog ??= lostLog;
    this.#isEpochLost = true;
    this.#hasUnoffered = true;
    this.#storedLog = null;
    // What the lost log has carried over is lost with it.
    this.#carried = [];
    this.#hasOffered = false;
    this.#parts.incoming.enterLog(log, 0);
  }

  async #bringBack(log: LogId): Promise<boolean> {
    const { connection, loadRecovery } = this.#parts;
    const recovery = await loadRecovery().catch(() => null);
    if (recovery === null) connection.drop();
    return (await recovery?.bringOpenBack({ ...this.#parts, log, reader: this })) === true;
  }

  async #pull(log: LogId): Promise<void> {
    const { connection, host, incoming, list, onRefused, transport } = this.#parts;
    const { epoch, clientId } = host.document();
    const { cursor } = incoming;
    // What is carried over while the answer is on its way may not be in it.
    const carried = this.#carried;
    const answer = await transport.pull({ list, epoch, cursor, clientId }, answerTimeoutMs).catch(() => null);
    // No answer at all means that the connection is open by name only.
    if (answer === null) connection.drop();
    if (answer === null || this.#isDisposed || host.document().epoch !== epoch) return;
    if (answer.ok) await this.#takeAnswer(answer.value, { log, epoch, cursor, carried });
    else onRefused(answer.error);
  }

  async #takeAnswer(
    result: PullResult,
    { log, epoch, cursor, carried }: { log: LogId; epoch: number; cursor: number; carried: readonly number[] },
  ): Promise<void> {
    this.#parts.host.setAccess(result.role);
    if (result.epoch > epoch || (result.epoch < epoch && this.#isEpochLost)) {
      await this.#changeEpoch(result, log, carried);
    } else if (result.epoch < epoch || result.head < cursor) {
      // A store that has lost some of its log without being given another name, by a failover say.
      this.#lose(log, log);
      this.#parts.again();
    } else {
      await this.#takeMore(result, log, carried);
    }
  }

  async #takeMore(result: PullResult, log: LogId, carried: readonly number[]): Promise<void> {
    const { incoming, list, storage } = this.#parts;
    await incoming.takePull(result);
    this.#log = log;
    this.#isEpochLost = false;
    if (!incoming.isStored) return;
    if (this.#storedLog !== log) {
      const place = { log, epoch: result.epoch, cursor: result.head };
      const isStored = await storage.enterLog(list, place).then(isDone, isNotDone);
      if (isStored) this.#storedLog = log;
    }
    await this.#confirm(carried);
  }

  /** What waits goes to the old epoch first, where the api merges it and carries it over; then the copy starts over. */
  async #changeEpoch(result: PullResult, log: LogId, carried: readonly number[]): Promise<void> {
    const { again, host, outgoing } = this.#parts;
    if (outgoing.waiting > carried.length && mayEdit(host.access()) && !this.#hasOffered) {
      this.#nextEpoch = result.epoch;
      const { kind } = await outgoing.push();
      this.#nextEpoch = null;
      // What was made meanwhile is offered as well: once the phone has let go of the epoch, nobody may have what it builds on.
      this.#hasOffered = kind === 'disputed';
      if (kind === 'empty' || kind === 'disputed') again();
      return;
    }
    if (await host.startEpoch(result, log)) await this.#confirm(carried);
  }

  async #confirm(keys: readonly number[]): Promise<void> {
    const { list, outgoing, storage } = this.#parts;
    if (keys.length === 0 || (await this.#isBuiltOn(keys))) return;
    this.#carried = this.#carried.filter((key) => !keys.includes(key));
    await storage.confirm(list, keys).catch(() => undefined);
    await outgoing.refresh();
  }

  /**
   * Whether something of an older epoch waits that is not among these. It may build on them, and a server that is restored from a backup needs
   * them again to take it: so they leave the outbox together.
   */
  async #isBuiltOn(keys: readonly number[]): Promise<boolean> {
    const { host, list, storage } = this.#parts;
    const entries = await storage.outbox(list, Number.MAX_SAFE_INTEGER).catch(() => []);
    return entries.some(({ epoch, key }) => epoch !== host.document().epoch && !keys.includes(key));
  }
}

const isDone = () => true;
const isNotDone = () => false;
