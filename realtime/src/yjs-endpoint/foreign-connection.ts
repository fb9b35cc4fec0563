import { encodeAwarenessMessage, readSyncMessage, type SyncMessage } from '@trolley/shared/foreign';
import {
  toWireError,
  TrolleyError,
  type Clock,
  type ErrorCode,
  type ListId,
  type RandomBytes,
} from '@trolley/shared/protocol';
import type { Transport, TransportEvent } from '@trolley/shared/transport';
import type { WebSocket } from 'ws';
import type { RateTable } from '../relay/rate-table.ts';
import { endingOf, otherEpoch, type Ending } from './ending.ts';
import { ForeignDocument } from './foreign-document.ts';
import { ForeignPresence } from './foreign-presence.ts';
import { ForeignSocket } from './foreign-socket.ts';
import { PatientCalls } from './patient-calls.ts';

interface ConnectionParts {
  list: ListId;
  socket: WebSocket;
  /** To this very node, in the name of whoever is connected. */
  transport: Transport;
  clock: Clock;
  randomBytes: RandomBytes;
  comparisons: RateTable<ListId>;
  onClose: () => void;
}

/** A Yjs client speaks first, and at once. */
const greetingPatienceMs = 10_000;

/** A client of the y-websocket protocol, for which this is a client of the relay: what one side says is said to the other in its own words. */
export class ForeignConnection {
  readonly socket: ForeignSocket;
  readonly #parts: ConnectionParts;
  readonly #calls: PatientCalls;
  readonly #document: ForeignDocument;
  readonly #presence: ForeignPresence;
  readonly #cancelGreeting: () => void;

  constructor(parts: ConnectionParts) {
    const { clock, list, randomBytes, socket, transport } = parts;
    this.#parts = parts;
    this.#calls = new PatientCalls(parts);
    this.socket = new ForeignSocket(socket, clock, {
      onMessage: (frame) => {
        this.#take(frame);
      },
      onClose: () => void this.#leave(),
    });
    this.#presence = new ForeignPresence({
      tell: (awareness) => {
        this.socket.send(encodeAwarenessMessage(awareness));
      },
      send: (awareness) => {
        transport.sendPresence({ list, awareness });
      },
      onClientId: (clientId) => {
        this.#document.speakAs(clientId);
      },
    });
    this.#document = new ForeignDocument({
      ...parts,
      calls: this.#calls,
      clientId: new DataView(Uint8Array.from(randomBytes(4)).buffer).getUint32(0),
      send: (frame) => {
        this.socket.send(frame);
      },
      onSeated: () => {
        this.#presence.repeat();
      },
      onFullnessChange: (isFull) => {
        this.socket.setPaused(isFull);
      },
      onOtherEpoch: () => {
        this.#end(otherEpoch);
      },
      onFailure: (error) => {
        this.refuse(toWireError(error).code);
      },
    });
    this.#cancelGreeting = clock.schedule(greetingPatienceMs, () => {
      if (!this.#document.hasBegun) this.refuse('bad-request');
    });
    transport.listen((event) => {
      this.#hear(event);
    });
    transport.connect();
  }

  /** Ends the connection as this error demands. */
  refuse(code: ErrorCode): void {
    this.#end(endingOf(code));
  }

  #end(ending: Ending): void {
    this.#stop();
    this.socket.end(ending);
  }

  /** A frame of the client. */
  #take(frame: Uint8Array | null): void {
    try {
      const message = frame === null ? null : readSyncMessage(frame);
      if (message === null) throw new TrolleyError('bad-request', 'No message of the protocol.');
      this.#obey(message);
    } catch (error) {
      this.refuse(toWireError(error).code);
    }
  }

  #obey({ kind, bytes }: SyncMessage): void {
    switch (kind) {
      case 'state':
        this.#document.compare(bytes);
        break;
      case 'missing':
      case 'update':
        this.#document.takeEdit(kind, bytes);
        break;
      case 'awareness':
        if (!this.#presence.take(bytes)) throw new TrolleyError('bad-request', 'No awareness.');
        break;
      case 'query-awareness':
        // The others say it by themselves to whoever comes.
        break;
    }
  }

  /** Something that the relay says. */
  #hear(event: TransportEvent): void {
    switch (event.kind) {
      case 'open':
        this.socket.setPaused(false);
        break;
      case 'close':
        this.refuse(event.reason === 'unauthenticated' ? 'unauthenticated' : 'unavailable');
        break;
      case 'update':
        this.#document.takeUpdate(event.message);
        break;
      case 'head':
        this.#document.takeHead(event.message);
        break;
      case 'presence':
        this.#presence.hear(event.message.awareness);
        break;
      case 'roster':
        this.#presence.takeRoster(event.message.present);
        break;
      case 'access':
        if (event.message.role === null) this.refuse('forbidden');
        break;
    }
  }

  /** Says nothing to the relay any more, and hears nothing. */
  #stop(): void {
    this.#cancelGreeting();
    this.#parts.transport.disconnect();
    this.#calls.dispose();
    this.#document.dispose();
  }

  /** The client has gone. What it has edited just before goes into the log. */
  async #leave(): Promise<void> {
    await this.#document.whenIdle();
    this.#stop();
    this.#parts.onClose();
  }
}
