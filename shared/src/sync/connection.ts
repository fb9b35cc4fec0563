import { TrolleyError, type Clock, type RandomBytes } from '../protocol/index.ts';
import type { Account } from './account.ts';
import { backoffMs } from './backoff.ts';
import { nextConnectionState, type ConnectionEvent, type ConnectionState } from './connection-state.ts';
import { Listeners } from '../runtime/listeners.ts';
import type { Transport, TransportEvent } from './transport.ts';

/** A connection that has lived this long was a good one: the next loss starts its backoff from the beginning. */
const healthyAfterMs = 5_000;

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
  readonly #stopListening: () => void;
  #state: ConnectionState = 'idle';
  #attempt = 0;
  #openedAtMs = 0;
  #serverOffsetMs = 0;
  #hasFailed = false;
  /** Counts the times the account was asked: an answer to an earlier time says nothing any more. */
  #signIns = 0;
  /** The account has asked to be left alone until then. */
  #notBeforeMs = 0;
  #cancelWait: () => void = () => undefined;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
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
    this.#attempt = 0;
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
        this.#step('opened');
        break;
      case 'close':
        if (event.reason === 'unauthenticated') this.#parts.account.forgetSession();
        this.#step(event.reason === 'lost' ? 'lost' : 'refused');
        break;
      case 'update':
      case 'head':
      case 'presence':
      case 'roster':
      case 'access':
        break;
    }
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
    if (from === 'connected' && this.#parts.clock.nowMs() - this.#openedAtMs >= healthyAfterMs) this.#attempt = 0;
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
        this.#openedAtMs = this.#parts.clock.nowMs();
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
        this.#attempt = 0;
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
        const retryAfterMs = error instanceof TrolleyError ? error.retryAfterMs : undefined;
        this.#notBeforeMs = this.#parts.clock.nowMs() + (retryAfterMs ?? 0);
        this.#step('sign-in-failed');
      },
    );
  }

  #wait(): void {
    const atLeastMs = this.#notBeforeMs - this.#parts.clock.nowMs();
    const random = (this.#parts.randomBytes(1)[0] ?? 0) / 256;
    const delayMs = Math.max(atLeastMs, backoffMs(this.#attempt, random));
    this.#attempt += 1;
    this.#cancelWait = this.#parts.clock.schedule(delayMs, () => {
      this.#step('timer');
    });
  }
}
