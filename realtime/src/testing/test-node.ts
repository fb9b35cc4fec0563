import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ListEvent, ListEvents, Role } from '@trolley/shared/protocol';
import { systemClock } from '@trolley/shared/protocol';
import { MemoryLog } from '@trolley/shared/testing';
import { pino } from 'pino';
import { createRealtime } from '../create-realtime.ts';
import { person, testList } from './family.ts';
import { PausedLog } from './paused-log.ts';

/** The origin whose pages may connect. */
export const homeOrigin = 'http://trolley.test';

/** A realtime node on a free port of this machine, with a log in memory. */
export interface TestNode extends AsyncDisposable {
  readonly url: string;
  readonly memory: MemoryLog;
  readonly log: PausedLog;
  /** What the node has written into its log of the kind that somebody should look at. */
  readonly warnings: string[];
  /** Says something as the api does. */
  announce(event: ListEvent): void;
  /** Takes whoever sends no header at all for this person. */
  admitUnnamed(letter: string): void;
  /** The header by which somebody is known. */
  headersOf(letter: string): Record<string, string>;
}

export async function startTestNode(roles: Record<string, Role>): Promise<TestNode> {
  const memory = new MemoryLog();
  const log = new PausedLog(memory);
  memory.create(testList, person('owner').userId);
  for (const [letter, role] of Object.entries(roles)) {
    memory.setRole(testList, person(letter).userId, role);
    memory.addIdentity(`Bearer ${letter}`, person(letter));
  }
  const httpServer = createServer();
  const warnings: string[] = [];
  const listeners = new Set<(event: ListEvent) => void>();
  const events: ListEvents = {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const realtime = createRealtime({
    httpServer,
    log,
    events,
    clock: systemClock,
    logger: pino({ level: 'warn' }, { write: (line) => warnings.push(line) }),
    isAllowedOrigin: (origin) => origin === undefined || origin === homeOrigin,
  });
  httpServer.listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  const address = httpServer.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    memory,
    log,
    warnings,
    announce(event) {
      for (const listener of [...listeners]) listener(event);
    },
    admitUnnamed(letter) {
      memory.addIdentity('', person(letter));
    },
    headersOf: (letter) => ({ authorization: `Bearer ${letter}` }),
    [Symbol.asyncDispose]: () => realtime.close(),
  };
}
