import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { SimulationResult } from './simulate.ts';

const resultSchema: z.ZodType<SimulationResult> = z.object({
  seed: z.int(),
  problems: z.array(z.string()),
  editCount: z.int(),
  forgivenCount: z.int(),
  rolloverCount: z.int(),
  restoreCount: z.int(),
  cameBackCount: z.int(),
  outcome: z.string(),
  trace: z.array(z.string()),
});

/** Runs the histories of `count` seeds on all cores. Rejects when one of them throws. */
export async function runHistories(firstSeed: number, count: number): Promise<SimulationResult[]> {
  const step = Math.min(count, availableParallelism());
  const lastSeed = firstSeed + count - 1;
  const shares = Array.from({ length: step }, (_, index) => runShare({ firstSeed: firstSeed + index, lastSeed, step }));
  return (await Promise.all(shares)).flat().toSorted((a, b) => a.seed - b.seed);
}

async function runShare(share: { firstSeed: number; lastSeed: number; step: number }): Promise<SimulationResult[]> {
  const worker = new Worker(new URL('history-worker.ts', import.meta.url), { workerData: share, execArgv: [] });
  const results: SimulationResult[] = [];
  worker.on('message', (result) => results.push(resultSchema.parse(result)));
  // Rejects with what the worker has thrown.
  await once(worker, 'exit');
  return results;
}
