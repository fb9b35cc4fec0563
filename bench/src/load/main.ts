import * as v from 'valibot';
import { dialects, type DialectName } from './dialects/dialects.ts';
import { callSchema, type Answer, type Call } from './load-calls.ts';
import { LoadClient } from './load-client.ts';
import { percentile } from '../percentile.ts';
import { filledDocument, PreparedEdits } from './prepared-edits.ts';
import { runLoad } from './run-load.ts';
import type { Seat } from './seat.ts';

// The load in a process of its own: what it costs is not counted to any server. It does what it is asked over its channel.

const membersOfAList = 4;
const connectsInFlight = 10;

const edits = new PreparedEdits(membersOfAList);
let clients: LoadClient[] = [];
/** Those of them that came last. */
let newcomers: readonly LoadClient[] = [];

process.on('message', (message) => {
  perform(v.parse(callSchema, message)).then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.({ answer: 'failed', reason: String(error) } satisfies Answer),
  );
});
process.on('disconnect', () => process.exit(0));

async function perform(call: Call): Promise<Answer> {
  switch (call.call) {
    case 'connect':
      return connect(call.dialect, call.seats);
    case 'fill': {
      const document = filledDocument(call.itemCount);
      for (const client of newcomers) if (client.seat.member === 0) client.write(client.prepare(document));
      return { answer: 'done' };
    }
    case 'run':
      return { answer: 'report', report: await runLoad(clients, edits, call.shape, call) };
    case 'disconnect': {
      const leaving = clients;
      clients = [];
      newcomers = [];
      await Promise.all(leaving.map((client) => client.close()));
      return { answer: 'done' };
    }
  }
}

async function connect(dialect: DialectName, seats: readonly Seat[]): Promise<Answer> {
  const waiting = seats.values();
  const tookMs: number[] = [];
  const opened: LoadClient[] = [];
  const connectNext = async (): Promise<void> => {
    for (const seat of waiting) {
      const startedMs = performance.now();
      opened.push(await LoadClient.open(seat, dialects[dialect]));
      tookMs.push(performance.now() - startedMs);
    }
  };
  await Promise.all(Array.from({ length: connectsInFlight }, connectNext));
  clients.push(...opened);
  newcomers = opened;
  const bytes = opened.reduce((sum, client) => sum + client.bytes.in + client.bytes.out, 0);
  return {
    answer: 'connected',
    p50Ms: percentile(tookMs, 0.5),
    p99Ms: percentile(tookMs, 0.99),
    bytesPerClient: bytes / opened.length,
  };
}
