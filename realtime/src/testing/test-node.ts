import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ListEvent, ListEvents, Role } from '@trolley/shared/protocol';
import { systemClock } from '@trolley/shared/protocol';
import { MemoryLog } from '@trolley/shared/testing';
import { pino } from 'pino';
import type { RedisLink } from '../cluster/redis-link.ts';
import { createRealtime, type Realtime } from '../create-realtime.ts';
import { person, testList } from './family.ts';
import { PausedLog } from './paused-log.ts';

/** The origin whose pages may connect. */
export const homeOrigin = 'http://trolley.test';

/** A realtime node on a free port of this machine, with a log in memory. */
export interface TestNode extends AsyncDisposable {
  readonly url: string;
  readonly memory: MemoryLog;
  readonly log: PausedLog;
  readonly realtime: Realtime;
  /** What the node has written into its log of the kind that somebody should look at. */
  readonly warnings: string[];
  /** Says something as the api does. */
  announce(event: ListEvent): void;
  /** Takes whoever sends no header at all for this person. */
  admitUnnamed(letter: string): void;
}

export interface TestNodeOptions {
  /** A log that other nodes use too; its own otherwise. */
  memory?: MemoryLog;
  redis?: RedisLink;
  isLogShared?: boolean;
  maxConnections?: number;
  rateFactor?: number;
  drainMs?: number;
}

/** A node whose log knows the owner of the test list, and these people in these roles. */
export async function startTestNode(roles: Record<string, Role>, options: TestNodeOptions = {}): Promise<TestNode> {
  const { memory = new MemoryLog(), redis = null, isLogShared = false } = options;
  const { maxConnections = 1_000, rateFactor = 1, drainMs = 0 } = options;
  const log = new PausedLog(memory);
  memory.create(testList, person('owner').userId);
  for (const [letter, role] of Object.entries(roles)) {
    memory.setRole(testList, person(letter).userId, role);
    memory.addIdentity(`Bearer ${letter}`, person(letter));
  }
  const httpServer = createServer();
  const warnings: string[] = [];
  const announced = new Listeners();
  const realtime = createRealtime({
    httpServer,
    log,
    events: announced,
    clock: systemClock,
    randomBytes: (byteLength) => new Uint8Array(randomBytes(byteLength)),
    logger: pino({ level: 'warn' }, { write: (line) => warnings.push(line) }),
    publicUrl: homeOrigin,
    isLogShared,
    redis,
    maxConnections,
    rateFactor,
    drainMs,
  });
  httpServer.listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  const address = httpServer.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    memory,
    log,
    realtime,
    warnings,
    announce(event) {
      announced.tell(event);
    },
    admitUnnamed(letter) {
      memory.addIdentity('', person(letter));
    },
    [Symbol.asyncDispose]: () => realtime.close(),
  };
}

class Listeners implements ListEvents {
  readonly #listeners = new Set<(event: ListEvent) => void>();

  subscribe(listener: (event: ListEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(event: ListEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
