import { setTimeout as pause } from 'node:timers/promises';
import { Deliveries, type DeliveryReport, type LoadShape } from './deliveries.ts';
import type { LoadClient } from './load-client.ts';
import type { PreparedEdits } from './prepared-edits.ts';

/** How one step is driven. */
export interface Pace {
  /** Edits a second, over all lists. */
  readonly rate: number;
  readonly seconds: number;
}

/** What a step did, as its clients saw it. */
export interface LoadReport extends DeliveryReport {
  /** From the first edit to the last. */
  readonly sendingMs: number;
  readonly stored: number;
  readonly refused: number;
  /** What the first edit that was refused was answered, as far as it can be read. */
  readonly firstRefusal: string | null;
  /** Cores that this process used meanwhile. */
  readonly generatorCores: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** An edit that has not come for so long after the one before it is not coming. */
const silenceMs = 1_500;
const drainPatienceMs = 10_000;

/** Sends edits at a steady pace, whatever the server does meanwhile, and waits until they have arrived or will not any more. */
export async function runLoad(
  clients: readonly LoadClient[],
  edits: PreparedEdits,
  shape: LoadShape,
  { rate, seconds }: Pace,
): Promise<LoadReport> {
  const count = Math.floor(rate * seconds);
  const deliveries = new Deliveries(shape, count);
  const answers = listen(clients, deliveries);
  const schedule = prepare(clients, edits.take(Math.ceil(count / shape.lists)), shape, count);
  const bytesBefore = sumBytes(clients);
  const cpuBefore = process.cpuUsage();
  const startedMs = performance.now();
  for (let number = 0; number < count;) {
    const nowMs = performance.now();
    const due = Math.min(count, Math.floor(((nowMs - startedMs) / 1_000) * rate) + 1);
    for (; number < due; number += 1) {
      const { client, frame } = schedule[number] ?? missing();
      deliveries.noteSent(number, performance.now());
      client.write(frame);
    }
    await pause(1);
  }
  const sendingMs = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(cpuBefore);
  await drain(deliveries);
  const bytes = sumBytes(clients);
  return {
    ...deliveries.report(),
    sendingMs,
    ...answers,
    generatorCores: (user + system) / 1_000 / sendingMs,
    bytesIn: bytes.in - bytesBefore.in,
    bytesOut: bytes.out - bytesBefore.out,
  };
}

type Answers = Pick<LoadReport, 'stored' | 'refused' | 'firstRefusal'>;

function listen(clients: readonly LoadClient[], deliveries: Deliveries): Answers {
  const answers = { stored: 0, refused: 0, firstRefusal: noRefusal() };
  for (const client of clients) {
    client.listener = {
      onArrival: (seat, markerNumber, nowMs) => {
        deliveries.noteArrival({ list: seat.listNumber, member: seat.member }, markerNumber, nowMs);
      },
      onStored: () => {
        answers.stored += 1;
      },
      onRefused: (answer) => {
        answers.refused += 1;
        answers.firstRefusal ??= answer.toString('latin1').replaceAll(/[^ -~]+/g, ' ');
      },
    };
  }
  return answers;
}

/** Frames in the order in which they will leave: list after list, and the members of a list in turn. */
function prepare(clients: readonly LoadClient[], edits: readonly Uint8Array[], shape: LoadShape, count: number) {
  const { lists, members } = shape;
  const bySeat = new Map(clients.map((client) => [client.seat.listNumber * members + client.seat.member, client]));
  return Array.from({ length: count }, (_, number) => {
    const editNumber = Math.floor(number / lists);
    const client = bySeat.get((number % lists) * members + (editNumber % members)) ?? missing();
    return { client, frame: client.prepare(edits[editNumber] ?? missing()) };
  });
}

async function drain(deliveries: Deliveries): Promise<void> {
  const endedMs = performance.now();
  for (;;) {
    const nowMs = performance.now();
    const isSilent = nowMs - Math.max(endedMs, deliveries.lastArrivalMs) > silenceMs;
    if (deliveries.isComplete || isSilent || nowMs - endedMs > drainPatienceMs) return;
    await pause(20);
  }
}

function sumBytes(clients: readonly LoadClient[]): { in: number; out: number } {
  const bytes = { in: 0, out: 0 };
  for (const client of clients) {
    bytes.in += client.bytes.in;
    bytes.out += client.bytes.out;
  }
  return bytes;
}

function noRefusal(): string | null {
  return null;
}

function missing(): never {
  throw new RangeError('the load does not fit its shape');
}
