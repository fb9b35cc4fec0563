import type { Clock, Identity, ListEvent, LogId, LogService, PushRequest, Session } from '@trolley/shared/protocol';
import type { CloseReason, Transport, TransportEvent } from '@trolley/shared/sync';
import { type MemoryLog, type SeededRandom } from '@trolley/shared/testing';
import { FakeBus } from './fake-bus.ts';
import type { FakeLink } from './fake-link.ts';
import { FakeNode } from './fake-node.ts';
import { SameLog } from './same-log.ts';

const maxDelayMs = 120;

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

interface NetworkParts {
  clock: Clock;
  random: SeededRandom;
  store: MemoryLog;
  nodeCount?: number;
  /** Puts something between the nodes and the store. */
  wrapLog?: (log: LogService) => LogService;
}

/** Realtime nodes, the bus that joins them, and the sockets of the clients, in one process and on a fake clock. */
export class FakeNetwork {
  readonly bus: FakeBus;
  readonly #parts: NetworkParts;
  /** Null where one is down. */
  readonly #nodes: (FakeNode | null)[];
  /** Every push that has reached a relay, oldest first. */
  readonly pushes: { from: Identity; request: PushRequest }[] = [];

  constructor(parts: NetworkParts) {
    this.#parts = parts;
    this.bus = new FakeBus(parts);
    this.#nodes = Array.from({ length: parts.nodeCount ?? 1 }, () => null);
    for (const index of this.#nodes.keys()) this.start(index);
  }

  get isUp(): boolean {
    return this.#running.length > 0;
  }

  /** Whether clients were greeted with a log in whose place a restore has put another. */
  get isOutdated(): boolean {
    return this.#running.some(({ knownLog }) => knownLog !== null && knownLog !== this.#parts.store.id);
  }

  isRunning(index: number): boolean {
    return this.#nodes[index] !== null;
  }

  start(index = 0): void {
    if (this.#nodes[index] !== null) return;
    const { clock, random, store, wrapLog = (log: LogService) => log } = this.#parts;
    const node: FakeNode = new FakeNode({
      clock,
      random,
      bus: this.bus,
      others: () => this.#running.filter((other) => other !== node),
      log: wrapLog(
        new SameLog({
          log: store,
          currentId: (): LogId => store.id,
          knownId: () => node.knownLog,
          onOther: () => {
            node.cutAll();
          },
        }),
      ),
    });
    this.#nodes[index] = node;
  }

  /** `isDrained`: it ends in good order. Otherwise kill -9: no goodbye, every connection is cut. */
  stop(index = 0, isDrained = false): void {
    const node = this.#nodes[index];
    this.#nodes[index] = null;
    node?.stop(isDrained);
  }

  /** What the api tells all nodes. */
  announce(event: ListEvent): void {
    for (const node of this.#running) node.hear(event);
  }

  createTransport(endpoint: Endpoint): FakeTransport {
    const listeners = new Set<(event: TransportEvent) => void>();
    const emit = (event: TransportEvent) => {
      for (const listener of [...listeners]) listener(event);
    };
    let link: FakeLink | null = null;
    let attempt = 0;
    const current = () => link ?? notConnected;
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
            else if (mine !== attempt) opened.close();
            else {
              link = opened;
              emitMine({ kind: 'open', serverNowMs: this.#parts.clock.nowMs(), log: opened.log });
            }
          });
        });
      },
      disconnect: () => {
        attempt += 1;
        link?.close();
        link = null;
      },
      cut: () => link?.cut(),
      silence: () => link?.silence(),
      pull: (request, timeoutMs) => current().call(timeoutMs, (relay, peer) => relay.pull(peer, request)),
      push: (request, timeoutMs) =>
        current().call(timeoutMs, (relay, peer) => {
          this.pushes.push({ from: peer.identity, request });
          return relay.push(peer, request);
        }),
      sendPresence: (message) => {
        current().send((relay, peer) => {
          relay.presence(peer, message);
        });
      },
      leave: (message) => {
        current().send((relay, peer) => {
          relay.leave(peer, message);
        });
      },
      listen(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
  }

  get #running(): FakeNode[] {
    return this.#nodes.filter((node) => node !== null);
  }

  async #open(endpoint: Endpoint, deliver: (event: TransportEvent) => void): Promise<FakeLink | CloseReason> {
    const running = this.#running;
    if (!endpoint.isReachable() || running.length === 0) return 'lost';
    const node = this.#parts.random.pick(running);
    const session = await endpoint.authenticate();
    if (session === null) return 'unauthenticated';
    return this.#running.includes(node) ? node.accept(session, deliver) : 'lost';
  }

  #later(callback: () => void): void {
    const { clock, random } = this.#parts;
    clock.schedule(random.integer(maxDelayMs), callback);
  }
}

/** Before there is a connection. */
const notConnected: Pick<FakeLink, 'call' | 'send'> = {
  call: () => Promise.reject(new Error('not connected')),
  send: () => undefined,
};
