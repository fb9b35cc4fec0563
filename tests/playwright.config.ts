import { defineConfig } from '@playwright/test';
import { config } from './src/config.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const desktop = { viewport: { width: 1280, height: 800 } };
const timed = /@timed/;

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.test.ts',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: true,
  // A test that passes only the second time has found something.
  retries: 0,
  // On two cores a third makes each test slower and the whole no faster (580 s with two, 607 s with three).
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
    { name: 'phone', grepInvert: timed, use: phone },
    { name: 'desktop', grepInvert: timed, use: desktop },
    // What is to be done within a time has the machine to itself, after everything else.
    { name: 'phone-timed', grep: timed, workers: 1, dependencies: ['phone', 'desktop'], use: phone },
    { name: 'desktop-timed', grep: timed, workers: 1, dependencies: ['phone-timed'], use: desktop },
  ],
});
