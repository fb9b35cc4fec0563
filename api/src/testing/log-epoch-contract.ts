import { afterAll, beforeAll, describe, it } from 'vitest';
import { epochRules } from './log-epoch-rules.ts';
import type { EpochHarness } from './log-harness.ts';
import { lostEpochRules } from './log-lost-epoch-rules.ts';
import { pastRules } from './log-past-rules.ts';
import { restoreRules } from './log-restore-rules.ts';
import { LogUnderTest } from './log-under-test.ts';

/** One rule about epochs that every `LogService` keeps to. */
export interface EpochRule {
  title: string;
  prove: (log: LogUnderTest, harness: EpochHarness) => Promise<void>;
}

/** Proves of a `LogService` what epochs come to: the api's own on either database, and the one in memory that simulations use. */
export function logEpochContract(name: string, start: () => Promise<EpochHarness>): void {
  describe(name, { timeout: 30_000 }, () => {
    let harness: EpochHarness;

    beforeAll(async () => {
      harness = await start();
    }, 60_000);

    afterAll(async () => {
      await harness.dispose();
    });

    it.each([...epochRules, ...restoreRules, ...lostEpochRules, ...pastRules])('$title', async ({ prove }) => {
      await prove(new LogUnderTest(harness), harness);
    });
  });
}
