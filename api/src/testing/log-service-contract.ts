import { afterAll, beforeAll, describe, it } from 'vitest';
import type { LogHarness } from './log-harness.ts';
import { readingRules } from './log-reading-rules.ts';
import { LogUnderTest } from './log-under-test.ts';
import { writingRules } from './log-writing-rules.ts';

/** Proves of a `LogService` what every one keeps to: the api's own on either database, and the one in memory that simulations use. */
export function logServiceContract(name: string, start: () => Promise<LogHarness>): void {
  describe(name, { timeout: 30_000 }, () => {
    let harness: LogHarness;

    beforeAll(async () => {
      harness = await start();
    }, 60_000);

    afterAll(async () => {
      await harness.dispose();
    });

    it.each([...writingRules, ...readingRules])('$title', async ({ prove }) => {
      await prove(new LogUnderTest(harness));
    });
  });
}
