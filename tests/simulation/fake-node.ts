import { Peer, Relay, type Rooms } from '@trolley/realtime/relay';
import type { Clock, ListEvent, ListId, LogId, LogService, ServerMessage, Session } from '@trolley/shared/protocol';
import type { TransportEvent } from '@trolley/shared/sync';
import type { SeededRandom } from '@trolley/shared/testing';
import type { FakeBus } from './fake-bus.ts';
import { FakeLink } from './fake-link.ts';
import { toTransportEvent } from './to-transport-event.ts';

/** As realtime does it while Redis is away. */
const comparePauseMs = 2_000;

export interface FakeNodeParts {
  clock: Clock;
  random: SeededRandom;
  bus: FakeBus;
  log: LogService;
  /** The other nodes that are up. */
  others: () => readonly FakeNode[];
}

/** A realtime node: a relay, the connections that it has, and what joins it to the others. */
export class FakeNode {
  readonly relay: Relay;
  readonly #parts: FakeNodeParts;
  readonly #links = new Set<FakeLink>();
  readonly #rooms = new Map<ListId, Set<FakeLink>>();
  readonly #stopListening: () => void;
  #cancelCompare: () => void = () => undefined;
  #lastPeer = 0;

  constructor(parts: FakeNodeParts) {
    this.#parts = parts;
    const { log, clock, bus } = parts;
    this.relay = new Relay({ log, clock, rooms: this.#createRooms() });
    this.#stopListening = bus.onChange(() => {
      void this.#compare();
    });
    if (bus.isAway) void this.#compare();
  }

  /** The log that its clients were greeted with; null when there are none. */
  get knownLog(): LogId | null {
    return [...this.#links][0]?.log ?? null;
  }

  /** Somebody connects. Whoever was greeted with another log has to be greeted anew. */
  accept({ identity, log }: Session, deliver: (event: TransportEvent) => void): FakeLink {
    if (this.knownLog !== log) this.cutAll();
    this.#lastPeer += 1;
    const peer = new Peer({
      id: `peer-${this.#lastPeer}`,
      identity,
      send: (message) => {
        deliverTo(link, message);
      },
      cut: () => {
        link.cut('dismissed');
      },
    });
    const { clock, random } = this.#parts;
    const { relay } = this;
    const onEnd = () => {
      this.#forget(link);
    };
    const link = new FakeLink({ clock, random, relay, peer, log, deliver, onEnd });
    this.#links.add(link);
    return link;
  }

  /** Every connection is to come back and be greeted anew. */
  cutAll(): void {
    for (const link of [...this.#links]) link.cut('dismissed');
  }

  /** The end of the process: with a word to its clients, or by kill -9. */
  stop(isDrained: boolean): void {
    this.#stopListening();
    this.#cancelCompare();
    for (const link of [...this.#links]) link.cut(isDrained ? 'dismissed' : 'lost');
  }

  /** What the api announces comes over the bus. */
  hear(event: ListEvent): void {
    this.#parts.bus.carry(() => {
      this.relay.announce(event);
    });
  }

  /** To those in a room who are connected here. */
  broadcastHere(list: ListId, message: ServerMessage, except?: Peer): void {
    for (const link of this.#rooms.get(list) ?? []) if (link.peer !== except) deliverTo(link, message);
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
        this.broadcastHere(list, message, except);
        for (const other of this.#parts.others()) {
          this.#parts.bus.carry(() => {
            other.broadcastHere(list, message);
          });
        }
      },
    };
  }

  #forget(link: FakeLink): void {
    this.#links.delete(link);
    for (const room of this.#rooms.values()) room.delete(link);
    this.relay.disconnect(link.peer);
  }

  /** Once, and again and again while the bus is away. */
  async #compare(): Promise<void> {
    const { bus, clock, log } = this.#parts;
    this.#cancelCompare();
    if (bus.isAway) {
      this.#cancelCompare = clock.schedule(comparePauseMs, () => {
        void this.#compare();
      });
    }
    const believed = this.relay.openLists.heads;
    const seats = this.relay.openLists.seats;
    const [heads, roles] = await Promise.all([log.heads(believed.map(({ list }) => list)), log.roles(seats)]);
    for (const { list, head } of believed) {
      const actual = heads.get(list);
      if (actual !== undefined) this.relay.openLists.correctHead(list, head, actual);
    }
    for (const [index, seat] of seats.entries()) this.relay.openLists.correctRole(seat, roles[index] ?? null);
  }
}

function deliverTo(link: FakeLink, message: ServerMessage): void {
  const event = toTransportEvent(message);
  if (event !== null) link.deliver(event);
}
