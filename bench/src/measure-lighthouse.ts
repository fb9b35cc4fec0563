import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { freePort } from '@trolley/scripts/services/free-port';
import { ManagedProcess } from '@trolley/scripts/services/managed-process';
import { nodePath, run } from '@trolley/scripts/toolchain';
import { createTemporaryFolder } from '@trolley/tests/temporary-folder';
import * as v from 'valibot';
import { createFilledList, type BenchApp } from './bench-app.ts';
import { config } from './config.ts';
import { installFolder } from './install-folder.ts';
import type { Measurement } from './measurement.ts';

const itemCount = 40;
/** The best of them counts: how fast a page is also depends on what else the machine does. */
const runCount = 3;
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
type Scores = Readonly<Record<string, number>>;

const reportSchema = v.object({
  categories: v.record(v.string(), v.object({ score: v.number() })),
});

/** How much Lighthouse finds short of 100 in each category, on the screen of a list on a slow phone that has the list already. */
export async function measureLighthouse(app: BenchApp): Promise<Measurement[]> {
  const folder = await installFolder('lighthouse');
  using profile = createTemporaryFolder();
  const url = await visitList(app, profile.path);
  const reports: Scores[] = [];
  for (let index = 0; index < runCount; index += 1) reports.push(await runLighthouse(folder, profile.path, url));
  return categories.map((category) => ({
    name: `Lighthouse on a list, ${category}: short of 100 (best of ${String(runCount)})`,
    value: Math.min(...reports.map((scores) => 100 - (scores[category] ?? 0) * 100)),
    unit: '%',
    goal: 5,
  }));
}

/** Opens a list in a browser that then closes and leaves its profile. Answers with the list's address. */
async function visitList(app: BenchApp, profile: string): Promise<string> {
  const phone = await chromium.launchPersistentContext(profile, {
    ...(config.chromiumPath === null ? {} : { executablePath: config.chromiumPath }),
    args: config.isRoot ? ['--no-sandbox'] : [],
    baseURL: app.trolley.url,
  });
  const list = await createFilledList(phone, itemCount);
  const page = await phone.newPage();
  await page.goto(`/lists/${list}`);
  await page.getByRole('checkbox').first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  const url = page.url();
  await phone.close();
  return url;
}

/** One run, in a Chromium that nobody else steers. */
async function runLighthouse(folder: string, profile: string, url: string): Promise<Scores> {
  const port = await freePort();
  const browser = new ManagedProcess({
    name: 'Chromium',
    command: config.chromiumPath ?? chromium.executablePath(),
    args: [
      '--headless=new',
      '--no-first-run',
      `--remote-debugging-port=${String(port)}`,
      `--user-data-dir=${profile}`,
      ...(config.isRoot ? ['--no-sandbox'] : []),
      'about:blank',
    ],
    ready: { line: /DevTools listening on / },
    stopSignal: 'SIGTERM',
  });
  await browser.start();
  try {
    const output = join(profile, 'lighthouse.json');
    const { code, output: said } = await run(
      nodePath,
      [
        join(folder, 'node_modules/lighthouse/cli/index.js'),
        url,
        `--port=${String(port)}`,
        // The list is on the phone, and its session too.
        '--disable-storage-reset',
        `--only-categories=${categories.join(',')}`,
        '--output=json',
        `--output-path=${output}`,
        '--no-enable-error-reporting',
        '--quiet',
      ],
      { output: 'keep' },
    );
    if (code !== 0) throw new Error(`Lighthouse ended with ${String(code)}:\n${said}`);
    const report = v.parse(reportSchema, JSON.parse(readFileSync(output, 'utf8')));
    return Object.fromEntries(Object.entries(report.categories).map(([name, { score }]) => [name, score]));
  } finally {
    await browser.stop();
  }
}
