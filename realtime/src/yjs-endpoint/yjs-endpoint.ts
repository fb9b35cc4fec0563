import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { refuseUpgrade } from '@trolley/shared/process';
import { limits, toWireError, type Clock, type ListId, type RandomBytes } from '@trolley/shared/protocol';
import { createSocketTransport } from '@trolley/shared/socket-transport';
import { WebSocketServer, type WebSocket } from 'ws';
import type { SlowClients } from '../node/slow-clients.ts';
import { RateTable } from '../relay/rate-table.ts';
import { endingOf } from './ending.ts';
import { ForeignConnection } from './foreign-connection.ts';
import { ForeignSocket } from './foreign-socket.ts';
import { loopbackUrl } from './loopback-url.ts';
import { readVisit, type Visit } from './read-visit.ts';

/** Above the largest document, so that one that is a little too large is answered with a code of ours. */
const maxFrameBytes = 2 * limits.maxSnapshotBytes;
/** For everybody together in one list. Decision 0013 has what a comparison costs. */
const comparisonRate = { perSecond: 5, burst: 50 };

interface EndpointParts {
  httpServer: Server;
  publicUrl: string | null;
  clock: Clock;
  randomBytes: RandomBytes;
  slowClients: SlowClients;
  maxConnections: number;
}

/** R19: `/yjs/:listId`, the y-websocket protocol for any Yjs client. Each connection is a client of our own node (decision 0013). */
export class YjsEndpoint {
  readonly #parts: EndpointParts;
  readonly #server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: maxFrameBytes });
  readonly #comparisons = new RateTable<ListId>(comparisonRate);
  readonly #connections = new Set<ForeignConnection>();
  #isClosed = false;
  #onEmpty: () => void = () => undefined;

  constructor(parts: EndpointParts) {
    this.#parts = parts;
  }

  /** Takes an upgrade, also of whoever is to be refused: a client that is told so in HTTP would come again and again. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.#isClosed) {
      refuseUpgrade(socket, 503);
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      try {
        this.#connect(webSocket, readVisit(request, this.#parts.publicUrl));
      } catch (error) {
        const refused = new ForeignSocket(webSocket, this.#parts.clock, idle);
        refused.end(endingOf(toWireError(error).code));
      }
    });
  }

  /** Tells all who are still connected to come again, elsewhere or later. Resolves when they are gone. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#onEmpty = () => {
      if (this.#connections.size === 0) resolve(undefined);
    };
    for (const connection of this.#connections) connection.refuse('unavailable');
    this.#onEmpty();
    await promise;
    for (const refused of this.#server.clients) refused.terminate();
  }

  #connect(socket: WebSocket, { list, headers }: Visit): void {
    const { clock, httpServer, maxConnections, randomBytes, slowClients } = this.#parts;
    const connection = new ForeignConnection({
      list,
      socket,
      transport: createSocketTransport({ url: loopbackUrl(httpServer), extraHeaders: headers }),
      clock,
      randomBytes,
      comparisons: this.#comparisons,
      onClose: () => {
        stopWatching();
        this.#connections.delete(connection);
        this.#onEmpty();
      },
    });
    const stopWatching = slowClients.watch(connection.socket);
    this.#connections.add(connection);
    if (this.#connections.size > maxConnections) connection.refuse('busy');
  }
}

const idle = { onMessage: () => undefined, onClose: () => undefined };
