import { mayEdit, type LogId, type PullResult, type WireError } from '../protocol/index.ts';
import type { BroughtBack } from './bring-back.ts';
import { encodeConfirmed } from './encode-confirmed.ts';
import type { Incoming } from './incoming.ts';
import type { ListSyncHost, ListSyncParts } from './list-sync-parts.ts';
import type { Outgoing } from './outgoing.ts';
import { answerTimeoutMs } from './push-outbox.ts';

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
  #isDisposed = false;

  constructor(parts: LogReaderParts, log: LogId | null) {
    this.#parts = parts;
    this.#log = log;
    this.#storedLog = log;
  }

  /** Whether what waits may go to the server. */
  get mayPush(): boolean {
    const { log } = this.#parts.incoming;
    return this.#lostLog === null && (log === null || log === this.#parts.connection.log);
  }

  /** Whether the document is of an epoch that the server may have lost. */
  get isEpochLost(): boolean {
    return this.#isEpochLost;
  }

  /** Reads what is missing. Never rejects. */
  async read(): Promise<void> {
    const { connection, incoming } = this.#parts;
    const { log } = connection;
    if (log === null) return;
    if (incoming.log === null) incoming.enterLog(log, incoming.cursor);
    else if (incoming.log !== log) this.#lose(this.#log ?? incoming.log, log);
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

  /** The document has become one of this log. */
  noteEntered(log: LogId, isStored: boolean): void {
    this.#log = log;
    this.#storedLog = isStored ? log : null;
    if (this.#lostLog !== null) this.#lostLog = log === this.#parts.connection.log ? null : log;
    this.#isEpochLost = this.#lostLog !== null;
    this.#hasOffered = false;
  }

  dispose(): void {
    this.#isDisposed = true;
  }

  #lose(lostLog: LogId, log: LogId): void {
    this.#lostLog ??= lostLog;
    this.#isEpochLost = true;
    this.#storedLog = null;
    // What the lost log has carried over is lost with it.
    this.#carried = [];
    this.#hasOffered = false;
    this.#parts.incoming.enterLog(log, 0);
  }

  async #bringBack(log: LogId): Promise<boolean> {
    const confirmed = await this.#confirmed(log);
    // Another tab may have seen to it.
    if (this.#lostLog === null) return true;
    const { epoch } = this.#parts.host.document;
    const outcome = confirmed === null ? null : await this.#give(confirmed);
    if (outcome === null) return false;
    const { incoming } = this.#parts;
    const { result, given } = outcome;
    this.#lostLog = null;
    if (result.epoch !== epoch || incoming.log !== log) return true;
    await incoming.takePull(result);
    if (given?.result.epoch === epoch) incoming.noteOwn(given.result, given.update, true);
    return true;
  }

  /** Gives the server what it may have lost of the document's epoch. Null when it could not, which has been seen to. */
  async #give(confirmed: Uint8Array): Promise<Extract<BroughtBack, { kind: 'done' }> | null> {
    const { connection, host, loadRecovery, onRefused } = this.#parts;
    const { epoch, clientId } = host.document;
    if (this.#lostLog === null) return null;
    const what = { lostLog: this.#lostLog, epoch, clientId, hasOwned: host.hasOwned, confirmed };
    const recovery = await loadRecovery().catch(() => null);
    const outcome: BroughtBack = (await recovery?.bringBack({ ...this.#parts, ...what })) ?? { kind: 'lost' };
    if (outcome.kind === 'lost') connection.drop();
    if (this.#isDisposed) return null;
    if (outcome.kind === 'refused') onRefused(outcome.error);
    if (outcome.kind !== 'done') return null;
    host.setAccess(outcome.result.role);
    return outcome;
  }

  /**
   * All that is confirmed: by the phone's storage, which alone can tell it from what waits; the document, where there is none. Null when the
   * server could not be given the document of an epoch that another tab has left: an edit that waits may build on it.
   */
  async #confirmed(log: LogId): Promise<Uint8Array | null> {
    const { host, incoming, list, outgoing, storage } = this.#parts;
    const copy = await storage.load(list).catch(() => null);
    if (copy !== null && copy.meta.epoch !== host.document.epoch) {
      if (outgoing.waiting > 0 && (await this.#give(host.document.encode())) === null) return null;
      host.enterCopy(copy);
    } else if (copy?.meta.log === log) {
      this.noteEntered(log, true);
    }
    const isWhole = copy !== null && incoming.isStored;
    return (isWhole ? encodeConfirmed(copy) : null) ?? host.document.encode();
  }

  async #pull(log: LogId): Promise<void> {
    const { connection, host, incoming, list, onRefused, transport } = this.#parts;
    const { epoch, clientId } = host.document;
    const { cursor } = incoming;
    // What is carried over while the answer is on its way may not be in it.
    const carried = this.#carried;
    const answer = await transport.pull({ list, epoch, cursor, clientId }, answerTimeoutMs).catch(() => null);
    // No answer at all means that the connection is open by name only.
    if (answer === null) connection.drop();
    if (answer === null || this.#isDisposed || host.document.epoch !== epoch) return;
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
    if (outgoing.waiting > carried.length && mayEdit(host.access) && !this.#hasOffered) {
      const { kind } = await outgoing.push();
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
    return entries.some(({ epoch, key }) => epoch !== host.document.epoch && !keys.includes(key));
  }
}

const isDone = () => true;
const isNotDone = () => false;
