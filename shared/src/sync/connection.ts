import { TrolleyError, type Clock, type LogId, type RandomBytes } from '../protocol/index.ts';
import type { Account } from './account.ts';
import { nextConnectionState, type ConnectionEvent, type ConnectionState } from './connection-state.ts';
import { Listeners } from '../runtime/listeners.ts';
import { ReconnectPace } from './reconnect-pace.ts';
import type { CloseReason, Transport, TransportEvent } from './transport.ts';

interface ConnectionParts {
  transport: Transport;
  account: Account;
  clock: Clock;
  randomBytes: RandomBytes;
}

/** Keeps one transport connected while it is wanted. All decisions are in `connection-state.ts`; here is what they set in motion. */
export class Connection {
  readonly #parts: ConnectionParts;
  readonly #changes = new Listeners<ConnectionState>();
  readonly #pace: ReconnectPace;
  readonly #stopListening: () => void;
  #state: ConnectionState = 'idle';
  #serverOffsetMs = 0;
  #log: LogId | null = null;
  #hasFailed = false;
  /** Counts the times the account was asked: an answer to an earlier time says nothing any more. */
  #signIns = 0;
  #cancelWait: () => void = () => undefined;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#pace = new ReconnectPace(parts);
    this.#stopListening = parts.transport.listen((event) => {
      this.#onTransport(event);
    });
  }

  get isConnected(): boolean {
    return this.#state === 'connected';
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** True when trying has failed since the last success, or cannot begin: what a person would call offline. */
  get isOffline(): boolean {
    return this.#state === 'blocked' || this.#state === 'waiting' || (this.#hasFailed && !this.isConnected);
  }

  /** Now, by the server's clock as of the last connection. */
  get serverNowMs(): number {
    return this.#parts.clock.nowMs() + this.#serverOffsetMs;
  }

  /** The log that the last connection was greeted with; null before the first. */
  get log(): LogId | null {
    return this.#log;
  }

  /** Called after each change of state. Returns how to stop. */
  onChange(callback: (state: ConnectionState) => void): () => void {
    return this.#changes.add(callback);
  }

  /** There is something to sync. */
  want(): void {
    this.#step('wanted');
  }

  /** The page is looked at again, or the browser says that the network is back. */
  wake(): void {
    this.#pace.reset();
    this.#step('wake');
  }

  /** The browser says that there is no network. */
  loseNetwork(): void {
    this.#step('network-lost');
  }

  /** Ends a connection that is open by name only: it did not answer in time. */
  drop(): void {
    if (this.#state !== 'connected') return;
    this.#parts.transport.disconnect();
    this.#step('lost');
  }

  /** The server knows the session behind this connection no more: asks for a new one. */
  signInAgain(): void {
    this.#parts.account.forgetSession();
    this.drop();
  }

  /** There is nothing to sync any more, or it is another's: ends the connection without a try to come back. */
  stop(): void {
    this.#step('stopped');
  }

  dispose(): void {
    this.stop();
    this.#stopListening();
    this.#changes.clear();
  }

  #onTransport(event: TransportEvent): void {
    switch (event.kind) {
      case 'open':
        this.#serverOffsetMs = event.serverNowMs - this.#parts.clock.nowMs();
        this.#log = event.log;
        this.#step('opened');
        break;
      case 'close':
        if (event.reason === 'unauthenticated') this.#parts.account.forgetSession();
        this.#pace.notBefore(event.retryAfterMs);
        this.#step(this.#judge(event.reason));
        break;
      case 'update':
      case 'head':
      case 'presence':
      case 'roster':
      case 'access':
        break;
    }
  }

  /** A node that dismisses whoever has just come is in trouble: that is no reason to hurry. */
  #judge(reason: CloseReason): ConnectionEvent {
    if (reason === 'lost') return 'lost';
    if (reason !== 'dismissed') return 'refused';
    return this.#pace.wasHealthy ? 'dismissed' : 'lost';
  }

  #step(event: ConnectionEvent): void {
    const from = this.#state;
    const to = nextConnectionState(from, event);
    if (to === from) return;
    this.#state = to;
    this.#leave(from, to);
    this.#enter(to);
    this.#changes.emit(to);
  }

  #leave(from: ConnectionState, to: ConnectionState): void {
    this.#cancelWait();
    const heldTransport = from === 'connecting' || from === 'connected';
    if (heldTransport && (to === 'blocked' || to === 'idle')) this.#parts.transport.disconnect();
    if (from === 'connected' && this.#pace.wasHealthy) this.#pace.reset();
  }

  #enter(state: ConnectionState): void {
    switch (state) {
      case 'signing-in':
        this.#signIn();
        break;
      case 'connecting':
        this.#parts.transport.connect();
        break;
      case 'connected':
        this.#hasFailed = false;
        this.#pace.noteOpened();
        break;
      case 'waiting':
        this.#hasFailed = true;
        this.#wait();
        break;
      case 'blocked':
        this.#hasFailed = true;
        break;
      case 'idle':
        this.#hasFailed = false;
        this.#pace.reset();
        break;
    }
  }

  #signIn(): void {
    this.#signIns += 1;
    const mine = this.#signIns;
    this.#parts.account.ensureSession().then(
      () => {
        if (mine === this.#signIns) this.#step('signed-in');
      },
      (error: unknown) => {
        if (mine !== this.#signIns) return;
        this.#pace.notBefore(error instanceof TrolleyError ? error.retryAfterMs : undefined);
        this.#step('sign-in-failed');
      },
    );
  }

  #wait(): void {
    this.#cancelWait = this.#parts.clock.schedule(this.#pace.nextDelayMs(), () => {
      this.#step('timer');
    });
  }
}
