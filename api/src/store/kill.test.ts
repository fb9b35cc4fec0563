import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SeededRandom } from '@trolley/shared/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { startLogHarness } from '../testing/log-harness.ts';
import { temporaryDataDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts';

const rounds = 4;
const ackSchema = z.object({ list: z.string(), seq: z.int(), update: z.string() });
type Ack = z.infer<typeof ackSchema>;

let directory: TemporaryDirectory;

beforeAll(async () => {
  directory = await temporaryDataDirectory();
}, 60_000);

afterAll(() => {
  directory.remove();
});

/** Runs a process that appends without a pause, kills it with -9 once it has acknowledged so many, and returns all that it acknowledged. */
async function writeAndKill(acksBeforeKill: number): Promise<Ack[]> {
  const script = fileURLToPath(new URL('../testing/append-until-killed.ts', import.meta.url));
  const child = spawn(process.execPath, [script, directory.path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const acks: Ack[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acks.push(ackSchema.parse(JSON.parse(line)));
    if (acks.length === acksBeforeKill) child.kill('SIGKILL');
  }
  await closed;
  expect(child.signalCode).toBe('SIGKILL');
  return acks;
}

it('S1 loses no acknowledged update when the process is killed with -9 while it writes', async () => {
  const seed = 20_261_121;
  const random = new SeededRandom(seed);
  const acks: Ack[] = [];
  for (let round = 0; round < rounds; round += 1) acks.push(...(await writeAndKill(20 + random.integer(300))));
  const harness = await startLogHarness(null, directory.path);
  try {
    const rows = await harness.database.sql<{ list_id: string; seq: number; bytes: Uint8Array }[]>`
      select list_id, seq, bytes from updates order by list_id, seq`;
    const stored = new Map(rows.map((row) => [`${row.list_id} ${row.seq}`, Buffer.from(row.bytes).toString('base64')]));
    const lost = acks.filter(({ list, seq, update }) => stored.get(`${list} ${seq}`) !== update);
    expect(lost, `seed ${seed}`).toEqual([]);
    expect(acks.length).toBeGreaterThan(rounds * 20);
    expectNoGaps(rows);
  } finally {
    await harness.dispose();
  }
}, 120_000);

function expectNoGaps(rows: readonly { list_id: string; seq: number }[]): void {
  for (const seqs of Map.groupBy(rows, ({ list_id }) => list_id).values()) {
    expect(seqs.map(({ seq }) => seq)).toEqual(seqs.map((_, index) => index + 1));
  }
}
