import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import { startTrolley, type Trolley } from '../src/start-trolley.ts';
import { createTemporaryFolder } from '../src/temporary-folder.ts';

interface TestFixtures {
  /**
   * A new phone: an empty page in a browser that knows nothing yet, with the server as its base address. An error that a page does
   * not handle fails the test.
   */
  newPhone: (options?: BrowserContextOptions) => Promise<Page>;
}

interface WorkerFixtures {
  /** The server that the phones of this worker share. A test that stops its server starts one of its own with `startTrolley`. */
  trolley: Trolley;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  trolley: [
    async ({}, use) => {
      using folder = createTemporaryFolder();
      const trolley = await startTrolley({ dataDir: folder.path });
      await use(trolley);
      await trolley.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],

  newPhone: async ({ browser, trolley }, use) => {
    const contexts: BrowserContext[] = [];
    const errors: Error[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ baseURL: trolley.url, ...options });
      contexts.push(context);
      context.on('weberror', (webError) => errors.push(webError.error()));
      return context.newPage();
    });
    for (const context of contexts) await context.close();
    expect(errors).toEqual([]);
  },
});

export { expect } from '@playwright/test';
