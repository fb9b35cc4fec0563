import { defineConfig } from '@playwright/test';
import { config } from './src/config.ts';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.test.ts',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: true,
  // A test that passes only the second time has found something.
  retries: 0,
  workers: 2,
  timeout: 60_000,
  globalTimeout: 30 * 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    // A trace of each test, kept or not, adds two fifths to its time (22 tests: 86 s without, 121 s with). `--trace on` records one.
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(config.chromiumPath === null ? {} : { executablePath: config.chromiumPath }),
      args: config.isRoot ? ['--no-sandbox'] : [],
    },
  },
  projects: [
    {
      name: 'phone',
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
    },
    { name: 'desktop', use: { viewport: { width: 1280, height: 800 } } },
  ],
});
