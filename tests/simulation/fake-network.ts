import { Peer, Relay, type Rooms } from '@trolley/realtime/relay';
import {
  type Answer,
  type Clock,
  type Identity,
  type LogId,
  type Session,
  type ListId,
  type LogService,
  type PushRequest,
  type RosterEntry,
  type ServerMessage,
} from '@trolley/shared/protocol';
import type { CloseReason, Transport, TransportEvent } from '@trolley/shared/sync';
import type { SeededRandom } from '@trolley/shared/testing';
import { toTransportEvent } from './to-transport-event.ts';

interface Link {
  /** The log that its node greeted it with. */
  readonly log: LogId;
  readonly peer: Peer;
  readonly relay: Relay;
  readonly deliver: (event: TransportEvent) => void;
  /** Calls that wait for an answer. They fail with the connection. */
  readonly pending: Set<() => void>;
  /** When all that was sent so far has arrived. */
  sentUntilMs: number;
  isOpen: boolean;
  /** The client knows that it is not open any more. */
  isOver: boolean;
  /** Nothing goes through any more, and neither side knows. */
  isDead: boolean;
}

/** What a device is on the network. */
interface Endpoint {
  /** Who it is by its session; null when the server knows none. */
  authenticate: () => Promise<Session | null>;
  /** Whether its network works at the moment. */
  isReachable: () => boolean;
}

/** A transport, and what only a test can do to it. */
export interface FakeTransport extends Transport {
  /** The connection breaks; what is under way is lost, and both sides learn of it. */
  cut(): void;
  /** The connection goes dead and looks open, until the sides miss each other's pings. */
  silence(): void;
}

const maxDelayMs = 120;
/** As realtime sets up Socket.IO: a ping each 10 s, and 8 s to answer. */
const pingTimeoutMs = 18_000;

/**
 * Relays, sockets and the bus between them, in one process and on a fake clock. Every message takes a random time; broadcasts overtake each
 * other and the acks, as they do when they come through another node. A cut connection loses what is under way in both directions.
 */
export class FakeNetwork {
  readonly #clock: Clock;
  readonly #random: SeededRandom;
  readonly #log: LogService;
  readonly #links = new Set<Link>();
  readonly #rooms = new Map<ListId, Set<Link>>();
  /** Every push that has reached a relay, oldest first. */
  readonly pushes: { from: Identity; request: PushRequest }[] = [];
  #relay: Relay | null = null;
  #lastPeer = 0;

  constructor(parts: { clock: Clock; random: SeededRandom; log: LogService }) {
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#log = parts.log;
    this.startRelay();
  }

  /** The relay that takes connections; null while it is down. */
  get relay(): Relay | null {
    return this.#relay;
  }

  startRelay(): void {
    this.#relay = new Relay({ log: this.#log, rooms: this.#createRooms(), clock: this.#clock });
  }

  /** kill -9: no goodbye, every connection is cut. */
  killRelay(): void {
    this.#relay = null;
    for (const link of [...this.#links]) this.#cut(link);
  }

  createTransport(endpoint: Endpoint): FakeTransport {
    const listeners = new Set<(event: TransportEvent) => void>();
    const emit = (event: TransportEvent) => {
      for (const listener of [...listeners]) listener(event);
    };
    let link: Link | null = null;
    let attempt = 0;
    const call = <T>(timeoutMs: number, invoke: (link: Link) => Promise<Answer<T>>): Promise<Answer<T>> =>
      link === null ? Promise.reject(new Error('not connected')) : this.#call(link, timeoutMs, invoke);
    return {
      connect: () => {
        attempt += 1;
        const mine = attempt;
        const emitMine = (event: TransportEvent) => {
          if (mine === attempt) emit(event);
        };
        this.#later(() => {
          void this.#open(endpoint, emitMine).then((opened) => {
            if (typeof opened === 'string') emitMine({ kind: 'close', reason: opened });
            else if (mine !== attempt) this.#close(opened);
            else {
              link = opened;
              emitMine({ kind: 'open', serverNowMs: this.#clock.nowMs(), log: opened.log });
            }
          });
        });
      },
      disconnect: () => {
        attempt += 1;
        if (link !== null) this.#close(link);
        link = null;
      },
      cut: () => {
        if (link !== null) this.#cut(link);
      },
      silence: () => {
        if (link !== null) this.#silence(link);
      },
      pull: (request, timeoutMs) => call(timeoutMs, (open) => open.relay.pull(open.peer, request)),
      push: (request, timeoutMs) =>
        call(timeoutMs, (open) => {
          this.pushes.push({ from: open.peer.identity, request });
          return open.relay.push(open.peer, request);
        }),
      sendPresence: (message) => {
        this.#send(link, (open) => {
          open.relay.presence(open.peer, message);
        });
      },
      leave: (message) => {
        this.#send(link, (open) => {
          open.relay.leave(open.peer, message);
        });
      },
      listen(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
  }

  async #open(endpoint: Endpoint, deliver: (event: TransportEvent) => void): Promise<Link | CloseReason> {
    const relay = this.#relay;
    if (!endpoint.isReachable() || relay === null) return 'lost';
    const session = await endpoint.authenticate();
    if (session === null) return 'unauthenticated';
    this.#lastPeer += 1;
    const peer = new Peer({
      id: `peer-${this.#lastPeer}`,
      identity: session.identity,
      nowMs: this.#clock.nowMs(),
      send: (message) => {
        this.#deliver(link, message);
      },
    });
    const link: Link = {
      log: session.log,
      peer,
      relay,
      deliver,
      pending: new Set(),
      sentUntilMs: 0,
      isOpen: true,
      isOver: false,
      isDead: false,
    };
    this.#links.add(link);
    return link;
  }

  /** The client closes it. */
  #close(link: Link): void {
    this.#end(link);
    failPending(link);
  }

  /** It breaks: the client learns of it a little later. */
  #cut(link: Link): void {
    if (!link.isOpen) return;
    this.#end(link);
    this.#later(() => {
      failPending(link);
      link.deliver({ kind: 'close', reason: 'lost' });
    });
  }

  #end(link: Link): void {
    if (!link.isOpen) return;
    link.isOpen = false;
    this.#links.delete(link);
    for (const room of this.#rooms.values()) room.delete(link);
    link.relay.disconnect(link.peer);
  }

  #silence(link: Link): void {
    link.isDead = true;
    this.#clock.schedule(pingTimeoutMs, () => {
      this.#cut(link);
    });
  }

  #call<T>(link: Link, timeoutMs: number, invoke: (link: Link) => Promise<Answer<T>>): Promise<Answer<T>> {
    if (link.isOver) return Promise.reject(new Error('not connected'));
    const { promise, resolve, reject } = Promise.withResolvers<Answer<T>>();
    const fail = () => {
      reject(new Error('no answer'));
    };
    const cancelTimeout = this.#clock.schedule(timeoutMs, fail);
    link.pending.add(fail);
    link.sentUntilMs = this.#whenUp(link, () => {
      void invoke(link).then((answer) => {
        this.#whenUp(link, () => {
          resolve(answer);
        });
      });
    });
    return promise.finally(() => {
      cancelTimeout();
      link.pending.delete(fail);
    });
  }

  /** For what is not answered: it never overtakes a call that was sent before. */
  #send(link: Link | null, arrive: (link: Link) => void): void {
    if (link?.isOpen !== true) return;
    const atLeastMs = link.sentUntilMs - this.#clock.nowMs();
    link.sentUntilMs = this.#whenUp(
      link,
      () => {
        arrive(link);
      },
      atLeastMs,
    );
  }

  /** Calls back after a random time, if the connection still carries anything then. Returns when that is. */
  #whenUp(link: Link, callback: () => void, atLeastMs = 0): number {
    const delayMs = Math.max(atLeastMs, this.#random.integer(maxDelayMs));
    this.#clock.schedule(delayMs, () => {
      if (link.isOpen && !link.isDead) callback();
    });
    return this.#clock.nowMs() + delayMs;
  }

  #createRooms(): Rooms {
    return {
      join: (peer, list) => {
        const link = [...this.#links].find((open) => open.peer === peer);
        if (link !== undefined) this.#rooms.set(list, (this.#rooms.get(list) ?? new Set()).add(link));
      },
      leave: (peer, list) => {
        for (const link of this.#rooms.get(list) ?? []) if (link.peer === peer) this.#rooms.get(list)?.delete(link);
      },
      broadcast: (list, message, except) => {
        for (const link of this.#rooms.get(list) ?? []) if (link.peer !== except) this.#deliver(link, message);
      },
      present: (list) =>
        Promise.resolve(
          [...(this.#rooms.get(list) ?? [])].flatMap(({ peer }): RosterEntry[] => {
            const seat = peer.seats.get(list);
            const { memberId, name, color } = peer.identity;
            return seat === undefined ? [] : [{ memberId, name, color, clientId: seat.clientId }];
          }),
        ),
    };
  }

  #deliver(link: Link, message: ServerMessage): void {
    const incoming = toTransportEvent(message);
    if (incoming === null) return;
    this.#whenUp(link, () => {
      link.deliver(incoming);
    });
  }

  #later(callback: () => void): void {
    this.#clock.schedule(this.#random.integer(maxDelayMs), callback);
  }
}

function failPending(link: Link): void {
  link.isOver = true;
  for (const fail of [...link.pending]) fail();
}
