import { Peer, Relay, type Rooms } from '@trolley/realtime/relay';
import {
  type Answer,
  type Clock,
  type Identity,
  type ListId,
  type LogService,
  type RosterEntry,
  type ServerMessage,
} from '@trolley/shared/protocol';
import type { Transport, TransportEvent } from '@trolley/shared/sync';
import type { SeededRandom } from '@trolley/shared/testing';

interface Link {
  peer: Peer;
  relay: Relay;
  deliver: (event: TransportEvent) => void;
  isOpen: boolean;
}

const maxDelayMs = 120;

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
  #relay: Relay | null = null;
  #lastPeer = 0;

  constructor(parts: { clock: Clock; random: SeededRandom; log: LogService }) {
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#log = parts.log;
    this.startRelay();
  }

  get hasRelay(): boolean {
    return this.#relay !== null;
  }

  startRelay(): void {
    this.#relay = new Relay({ log: this.#log, rooms: this.#createRooms(), clock: this.#clock });
  }

  /** kill -9: no goodbye, every connection is cut. */
  killRelay(): void {
    this.#relay = null;
    for (const link of [...this.#links]) this.#cut(link, true);
  }

  /** A device's connection. `isReachable` says whether its network works at the moment. */
  createTransport(identity: Identity, isReachable: () => boolean): Transport & { cut(): void } {
    const listeners = new Set<(event: TransportEvent) => void>();
    const emit = (event: TransportEvent) => {
      for (const listener of [...listeners]) listener(event);
    };
    let link: Link | null = null;
    let attempt = 0;
    const call = <T>(invoke: (link: Link) => Promise<Answer<T>>): Promise<Answer<T>> =>
      link === null ? Promise.reject(new Error('not connected')) : this.#call(link, invoke);
    return {
      connect: () => {
        attempt += 1;
        const mine = attempt;
        this.#later(() => {
          if (mine !== attempt) return;
          link = isReachable() && this.#relay !== null ? this.#open(identity, this.#relay, emit) : null;
          emit(link === null ? { kind: 'close', reason: 'lost' } : { kind: 'open', serverNowMs: this.#clock.nowMs() });
        });
      },
      disconnect: () => {
        attempt += 1;
        if (link !== null) this.#cut(link, false);
        link = null;
      },
      cut: () => {
        if (link !== null) this.#cut(link, true);
      },
      pull: (request) => call((open) => open.relay.pull(open.peer, request)),
      push: (request) => call((open) => open.relay.push(open.peer, request)),
      sendPresence: () => undefined,
      leave: (message) => {
        if (link?.isOpen === true) link.relay.leave(link.peer, message);
      },
      listen(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
  }

  #open(identity: Identity, relay: Relay, emit: (event: TransportEvent) => void): Link {
    this.#lastPeer += 1;
    const peer = new Peer({
      id: `peer-${String(this.#lastPeer)}`,
      identity,
      nowMs: this.#clock.nowMs(),
      send: (message) => {
        this.#deliver(link, message);
      },
    });
    const link: Link = { peer, relay, deliver: emit, isOpen: true };
    this.#links.add(link);
    return link;
  }

  #cut(link: Link, isTold: boolean): void {
    if (!link.isOpen) return;
    link.isOpen = false;
    this.#links.delete(link);
    for (const room of this.#rooms.values()) room.delete(link);
    link.relay.disconnect(link.peer);
    if (isTold)
      this.#later(() => {
        link.deliver({ kind: 'close', reason: 'lost' });
      });
  }

  #call<T>(link: Link, invoke: (link: Link) => Promise<Answer<T>>): Promise<Answer<T>> {
    return new Promise((resolve, reject) => {
      const failWhenCut = () => {
        if (link.isOpen) return false;
        reject(new Error('connection lost'));
        return true;
      };
      this.#later(() => {
        if (failWhenCut()) return;
        void invoke(link).then((answer) => {
          this.#later(() => {
            if (!failWhenCut()) resolve(answer);
          });
        });
      });
    });
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
    this.#later(() => {
      if (link.isOpen) link.deliver(incoming);
    });
  }

  #later(callback: () => void): void {
    this.#clock.schedule(this.#random.integer(maxDelayMs), callback);
  }
}

function toTransportEvent({ event, message }: ServerMessage): TransportEvent | null {
  switch (event) {
    case 'hello':
      return null;
    case 'update':
      return { kind: event, message };
    case 'head':
      return { kind: event, message };
    case 'presence':
      return { kind: event, message };
    case 'roster':
      return { kind: event, message };
    case 'access':
      return { kind: event, message };
  }
}
