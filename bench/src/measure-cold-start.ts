import { rowPaintedMs } from '@trolley/tests/row-painted-ms';
import { createFilledList, slowDown, type BenchApp } from './bench-app.ts';
import type { Measurement } from './measurement.ts';
import { percentile } from './percentile.ts';

const startCount = 7;
const itemCount = 60;

/** From the start of a navigation without a network until the list's rows are painted, on a slowed-down phone. */
export async function measureColdStart(app: BenchApp): Promise<Measurement[]> {
  const phone = await app.newPhone();
  const list = await createFilledList(phone, itemCount);
  const first = await phone.newPage();
  await first.goto(`/lists/${list}`);
  await first
    .getByRole('checkbox')
    .nth(itemCount - 1)
    .waitFor({ state: 'attached' });
  await first.evaluate(() => navigator.serviceWorker.ready);
  await first.reload();
  await first
    .getByRole('checkbox')
    .nth(itemCount - 1)
    .waitFor({ state: 'attached' });
  await first.close();
  await phone.setOffline(true);
  const starts: number[] = [];
  for (let run = 0; run < startCount; run += 1) {
    const page = await phone.newPage();
    await slowDown(page);
    await page.goto(`/lists/${list}`, { waitUntil: 'commit' });
    starts.push(await page.evaluate(rowPaintedMs));
    await page.close();
  }
  await phone.close();
  const name = `cold offline start to painted list, median of ${String(startCount)} (4× slower)`;
  return [{ name, value: percentile(starts, 0.5), unit: 'ms', goal: 1_000 }];
}
