import type {
  Answer,
  ErrorCode,
  PresenceMessage,
  PullRequest,
  PullResult,
  PushRequest,
  PushResult,
} from '../protocol/index.ts';
import type { Transport, TransportEvent } from '../sync/transport.ts';

type PushAnswer = Answer<PushResult> | Error;
type PullAnswer = Answer<PullResult> | Error;

/** An answer that says no. */
export function refusal(
  code: ErrorCode,
  retryAfterMs?: number,
): { ok: false; error: { code: ErrorCode; message: string } } {
  return { ok: false, error: { code, message: code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) } };
}

/** A transport whose server is the test: it writes down what is sent and answers as it is told. An `Error` stands for no answer. */
export class ScriptedTransport implements Transport {
  readonly pushes: PushRequest[] = [];
  readonly pulls: PullRequest[] = [];
  readonly presences: PresenceMessage[] = [];
  readonly connects: string[] = [];
  readonly #listeners = new Set<(event: TransportEvent) => void>();
  #seq = 0;

  /** By default each push gets the next number. */
  onPush: (request: PushRequest) => PushAnswer | Promise<PushAnswer> = ({ epoch }) => this.accept(epoch);
  /** By default there is nothing new. */
  onPull: (request: PullRequest) => PullAnswer | Promise<PullAnswer> = ({ epoch, cursor }) => ({
    ok: true,
    value: { role: 'editor', epoch, head: Math.max(cursor, this.#seq), updates: [] },
  });

  accept(epoch = 0): Answer<PushResult> {
    this.#seq += 1;
    return { ok: true, value: { epoch, seq: this.#seq } };
  }

  emit(event: TransportEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  connect(): void {
    this.connects.push('connect');
  }

  disconnect(): void {
    this.connects.push('disconnect');
  }

  async pull(request: PullRequest): Promise<Answer<PullResult>> {
    this.pulls.push(request);
    return orThrow(await this.onPull(request));
  }

  async push(request: PushRequest): Promise<Answer<PushResult>> {
    this.pushes.push(request);
    return orThrow(await this.onPush(request));
  }

  sendPresence(message: PresenceMessage): void {
    this.presences.push(message);
  }

  leave(): void {
    // Nobody is there to miss anybody.
  }

  listen(listener: (event: TransportEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function orThrow<T>(answer: T | Error): T {
  if (answer instanceof Error) throw answer;
  return answer;
}
