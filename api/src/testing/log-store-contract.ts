import { afterAll, beforeAll, describe, it } from 'vitest';
import { batchRules } from './log-batch-rules.ts';
import { concurrencyRules } from './log-concurrency-rules.ts';
import type { StoreHarness } from './log-harness.ts';
import { historyRules } from './log-history-rules.ts';
import { restoredStoreRules } from './log-restored-store-rules.ts';
import { rolloverRules } from './log-rollover-rules.ts';
import { LogUnderTest } from './log-under-test.ts';
import { snapshotRules } from './log-snapshot-rules.ts';

/** One rule that the log keeps to on either database, told with the tables at hand. */
export interface StoreRule {
  title: string;
  prove: (log: LogUnderTest, store: StoreHarness) => Promise<void>;
}

/** Proves of the api's log what its tables must show, on the database that `start` gives. */
export function logStoreContract(name: string, start: () => Promise<StoreHarness>): void {
  describe(name, { timeout: 30_000 }, () => {
    let harness: StoreHarness;

    beforeAll(async () => {
      harness = await start();
    }, 60_000);

    afterAll(async () => {
      await harness.dispose();
    });

    it.each([
      ...batchRules,
      ...concurrencyRules,
      ...snapshotRules,
      ...rolloverRules,
      ...historyRules,
      ...restoredStoreRules,
    ])('$title', async ({ prove }) => {
      await prove(new LogUnderTest(harness), harness);
    });
  });
}
