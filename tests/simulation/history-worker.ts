import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { simulate } from './simulate.ts';

const share = z.object({ firstSeed: z.int(), lastSeed: z.int(), step: z.int() }).parse(workerData);

/** One worker's share of the histories. Each result is told as soon as it is there. */
for (let seed = share.firstSeed; seed <= share.lastSeed; seed += share.step)
  parentPort?.postMessage(await simulate(seed));
