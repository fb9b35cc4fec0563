import { afterEach, beforeEach, describe, it } from 'vitest';
import { JobHarness } from './job-harness.ts';
import { jobRules } from './job-rules.ts';

/** Proves what work in the background keeps to, on a database of its own for each rule. */
export function jobContract(name: string, createDatabase: () => string | null | Promise<string>): void {
  describe(name, { timeout: 30_000 }, () => {
    let harness: JobHarness;

    beforeEach(async () => {
      harness = await JobHarness.start(await createDatabase());
    }, 60_000);

    afterEach(async () => {
      await harness.dispose();
    });

    it.each(jobRules)('$title', async ({ prove }) => {
      await prove(harness);
    });
  });
}
