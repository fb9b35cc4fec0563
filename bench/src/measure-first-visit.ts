import { gzipSync } from 'node:zlib';
import type { BenchApp } from './bench-app.ts';
import type { Measurement } from './measurement.ts';

/** All JavaScript that a first visit loads, from the first screen to a new list with an item, gzipped. */
export async function measureFirstVisit(app: BenchApp): Promise<Measurement[]> {
  const phone = await app.newPhone();
  const page = await phone.newPage();
  const sizes = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    const isScript = response.request().resourceType() === 'script';
    // What the service worker fetches for later is not waited for by anybody.
    if (!isScript || response.fromServiceWorker() || response.request().serviceWorker() !== null) return;
    sizes.set(
      response.url(),
      response.body().then((body) => gzipSync(body).byteLength),
    );
  });
  await page.goto('/');
  await page.getByRole('button', { name: 'New list' }).click();
  await page.getByRole('textbox', { name: 'Add item' }).fill('milk');
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox', { name: 'milk' }).waitFor();
  await page
    .getByRole('status')
    .filter({ hasText: /^Saved/ })
    .waitFor();
  // What is fetched beside it and after it, such as the code of the catalogue, counts too.
  await page.waitForLoadState('networkidle');
  const byteLengths = await Promise.all(sizes.values());
  await phone.close();
  const total = byteLengths.reduce((sum, size) => sum + size, 0);
  const name = `gzipped JavaScript of the first visit (${String(sizes.size)} files)`;
  return [{ name, value: total / 1000, unit: 'kB', goal: 100 }];
}
