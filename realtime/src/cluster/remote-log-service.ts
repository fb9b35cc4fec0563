import {
  decodeRefusal,
  hopCalls,
  hopLimits,
  type CallAnswer,
  type HopCall,
  type HopCallName,
} from '@trolley/shared/hop';
import {
  TrolleyError,
  type Append,
  type AppendOutcome,
  type Clock,
  type Credentials,
  type Head,
  type ListId,
  type LogService,
  type PullRequest,
  type PullResult,
  type Role,
  type Seat,
  type Session,
  type UserId,
} from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import { ApiNode } from './api-node.ts';
import { ApiPool } from './api-pool.ts';
import { NodeFailure } from './node-failure.ts';

/** Twice this is less than a phone waits for its answer. */
const answerTimeoutMs = 3_000;
const maxInFlight = 512;
const busyRetryAfterMs = 1_000;

/**
 * The log of an api in another process. A call that an api fails, or does not answer in time, is made once more of another: P10 makes a
 * repeat harmless. Above `maxInFlight` calls the answer is `busy`.
 */
export class RemoteLogService implements LogService {
  readonly #pool: ApiPool;
  #inFlight = 0;

  constructor(options: { urls: readonly string[]; serviceToken: string; clock: Clock; logger: Logger }) {
    const nodes = options.urls.map((url) => new ApiNode({ ...options, url }));
    this.#pool = new ApiPool(nodes, options);
  }

  authenticate(credentials: Credentials): Promise<Session | null> {
    return this.#call('authenticate', hopCalls.authenticate, credentials);
  }

  pull(userId: UserId, request: PullRequest): Promise<PullResult> {
    return this.#call('pull', hopCalls.pull, { userId, request });
  }

  append(appends: readonly Append[]): Promise<AppendOutcome[]> {
    return this.#call('append', hopCalls.append, appends);
  }

  heads(lists: readonly ListId[]): Promise<Map<ListId, Head>> {
    return this.#call('heads', hopCalls.heads, lists);
  }

  roles(seats: readonly Seat[]): Promise<(Role | null)[]> {
    return this.#call('roles', hopCalls.roles, seats);
  }

  /** Ends all connections. Calls that are under way fail. */
  close(): void {
    this.#pool.close();
  }

  async #call<Request, Answer>(name: HopCallName, call: HopCall<Request, Answer>, request: Request): Promise<Answer> {
    if (this.#inFlight >= maxInFlight) {
      throw new TrolleyError('busy', 'Too many calls are under way.', { retryAfterMs: busyRetryAfterMs });
    }
    const frame = call.request.encode(request);
    if (frame.byteLength > hopLimits.maxRequestBytes)
      throw new TrolleyError('too-large', 'No api reads so much at once.');
    this.#inFlight += 1;
    try {
      return await this.#callTwice(name, call, frame);
    } finally {
      this.#inFlight -= 1;
    }
  }

  async #callTwice<Request, Answer>(
    name: HopCallName,
    call: HopCall<Request, Answer>,
    frame: Uint8Array,
  ): Promise<Answer> {
    const first = await this.#attempt(name, call, frame);
    if (!(first instanceof NodeFailure)) return first.answer;
    const second = await this.#attempt(name, call, frame);
    if (!(second instanceof NodeFailure)) return second.answer;
    throw new TrolleyError('unavailable', 'No api answers.', { cause: second });
  }

  /** One try. What the api refuses is thrown; that it could not be asked is answered. */
  async #attempt<Request, Answer>(
    name: HopCallName,
    call: HopCall<Request, Answer>,
    frame: Uint8Array,
  ): Promise<{ answer: Answer } | NodeFailure> {
    const node = this.#pool.pick();
    if (node === null) return new NodeFailure('All apis are left alone.');
    try {
      return { answer: read(call, await node.ask(name, frame, answerTimeoutMs)) };
    } catch (error) {
      if (!(error instanceof NodeFailure)) throw error;
      if (!error.isStale) this.#pool.setAside(node, error);
      return error;
    }
  }
}

/** Throws the api's refusal, or `NodeFailure` for what no api of ours would say. */
function read<Request, Answer>(call: HopCall<Request, Answer>, { kind, frame }: CallAnswer): Answer {
  if (kind === 'answer') {
    try {
      return call.answer.decode(frame);
    } catch (error) {
      throw new NodeFailure('The answer does not fit.', { cause: error });
    }
  }
  const refusal = decodeRefusal(frame);
  if (refusal === null) throw new NodeFailure('The refusal does not fit.');
  const { code, message, retryAfterMs } = refusal;
  throw new TrolleyError(code, message, retryAfterMs === undefined ? {} : { retryAfterMs });
}
