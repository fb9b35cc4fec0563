import type { LogService } from '@trolley/shared/protocol';
import type { MemoryLog, SeededRandom } from '@trolley/shared/testing';
import { checkHistory } from './check-history.ts';
import { History } from './history.ts';
import { takeStep } from './take-step.ts';

const stepCount = 60;

/** What a history came to. Empty `problems` means: everything that was made is in the log, nothing that was removed is
 * (but for what `cameBackCount` counts), and all see the same. */
export interface SimulationResult {
  seed: number;
  problems: string[];
  /** Edits that were made, and those of them that a tab took with it into its death. */
  editCount: number;
  forgivenCount: number;
  /** Epochs that ended, and restores from a backup. */
  rolloverCount: number;
  restoreCount: number;
  /** Items that are again as they were earlier, as they may be where a restore has lost an epoch (`MadeEdits.noteLostEpoch`). */
  cameBackCount: number;
  /** What the log says in the end. */
  outcome: string;
  /** The steps of this history, to read when there are problems. */
  trace: string[];
}

export interface SimulationOptions {
  /** Puts something between the nodes and the log: a test plants its faults here, to see that they are found. */
  wrapLog?: (log: LogService, random: SeededRandom) => LogService;
  /** The same for the store. */
  createStore?: (options: ConstructorParameters<typeof MemoryLog>[0]) => MemoryLog;
}

/**
 * One history: four devices do random things to one list while the network drops, delays and reorders, nodes, the bus between them and the store crash,
 * epochs end, backups are restored, and tabs are killed and reopened. Then everything heals, and the outcome is checked. The same seed gives
 * the same history.
 */
export async function simulate(seed: number, options: SimulationOptions = {}): Promise<SimulationResult> {
  const history = new History(seed, options);
  try {
    await history.begin();
    for (let step = 0; step < stepCount; step += 1) await takeStep(history);
    await history.heal();
    return { seed, ...(await checkHistory(history)), ...history.counts, trace: history.trace };
  } finally {
    history.end();
  }
}
