import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  answerMessages,
  callMessages,
  encodeRefusal,
  hopLimits,
  hopPath,
  linkPrefixBytes,
  type HopCallName,
  type LinkMessage,
} from '@trolley/shared/hop';
import { refuseUpgrade } from '@trolley/shared/process';
import type { Clock, LogService, WireError } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import { WebSocketServer, type WebSocket } from 'ws';
import { maxInFlight } from '../http/limit-in-flight.ts';
import { createAnswerCall } from './answer-call.ts';

interface HopParts {
  log: LogService;
  /** What relays know and nobody else does. */
  serviceToken: string;
  clock: Clock;
  logger: Logger;
}

const busy: WireError = { code: 'busy', message: 'Too many calls are under way.', retryAfterMs: 1_000 };
/** How long a relay is waited for when we end: it has its answers, and only its good-bye is missing. */
const patienceMs = 10_000;
const goingAway = 1001;
const notUnderstood = 1007;

/** The log for relays of other processes: each has one connection, and asks over it as much at once as it likes (decision 0024). */
export class HopEndpoint {
  readonly #parts: HopParts;
  readonly #answerCall: ReturnType<typeof createAnswerCall>;
  readonly #authorization: Buffer;
  readonly #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: linkPrefixBytes + hopLimits.maxRequestBytes,
  });
  #inFlight = 0;
  #isGoing = false;
  #onIdle: () => void = () => undefined;

  constructor(parts: HopParts) {
    this.#parts = parts;
    this.#answerCall = createAnswerCall(parts);
    this.#authorization = digest(`Bearer ${parts.serviceToken}`);
  }

  /** Whether a request asks for this endpoint. */
  takes(request: IncomingMessage): boolean {
    return request.url === hopPath;
  }

  /** Takes an upgrade. A stranger is answered with no code: a relay whose token is wrong must never tell a phone that its session has ended. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), this.#authorization)) {
      refuseUpgrade(socket, 401);
    } else if (this.#isGoing) {
      refuseUpgrade(socket, 503);
    } else {
      this.#server.handleUpgrade(request, socket, head, (link) => {
        this.#serve(link);
      });
    }
  }

  /** Takes no more calls, and resolves when those that have begun are answered and the relays are gone. */
  async close(): Promise<void> {
    this.#isGoing = true;
    const { promise: idle, resolve } = Promise.withResolvers<undefined>();
    this.#onIdle = () => {
      if (this.#inFlight === 0) resolve(undefined);
    };
    this.#onIdle();
    const cancelPatience = this.#parts.clock.schedule(patienceMs, () => {
      resolve(undefined);
      for (const link of this.#server.clients) link.terminate();
    });
    await idle;
    await Promise.all([...this.#server.clients].map(sayGoodBye));
    cancelPatience();
  }

  #serve(link: WebSocket): void {
    link.on('error', (error) => {
      this.#parts.logger.warn({ err: error }, 'a connection of a relay broke off');
    });
    link.on('message', (data, isBinary) => {
      const call = isBinary && data instanceof Uint8Array ? read(data) : null;
      if (call === null) link.close(notUnderstood);
      else void this.#answer(link, call);
    });
  }

  async #answer(link: WebSocket, { id, kind: name, frame }: LinkMessage<HopCallName>): Promise<void> {
    if (this.#isGoing) {
      link.send(answerMessages.encode({ id, kind: 'going', frame: new Uint8Array() }));
    } else if (this.#inFlight >= maxInFlight) {
      link.send(answerMessages.encode({ id, kind: 'refusal', frame: encodeRefusal(busy) }));
    } else {
      this.#inFlight += 1;
      link.send(answerMessages.encode({ id, ...(await this.#answerCall(name, frame)) }));
      // Not before it is sent: whoever waits for the last one closes the connection.
      this.#inFlight -= 1;
      this.#onIdle();
    }
  }
}

function read(message: Uint8Array): LinkMessage<HopCallName> | null {
  try {
    return callMessages.decode(message);
  } catch {
    return null;
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

async function sayGoodBye(link: WebSocket): Promise<void> {
  const closed = once(link, 'close');
  link.close(goingAway);
  await closed;
}
