import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { simulate } from './simulate.ts';

const share = z.object({ firstSeed: z.int(), lastSeed: z.int(), step: z.int() }).parse(workerData);

/** One worker's share of the histories. Each result is told as soon as it is there, and its course only where something is wrong with it. */
for (let seed = share.firstSeed; seed <= share.lastSeed; seed += share.step) {
  const result = await simulate(seed);
  parentPort?.postMessage(result.problems.length > 0 ? result : { ...result, outcome: '', trace: [] });
}
