import type { Page } from '@playwright/test';
import { createFilledList, slowDown, type BenchApp } from './bench-app.ts';
import type { Measurement } from './measurement.ts';
import { percentile } from './percentile.ts';

const itemCount = 500;
const tapCount = 60;

/**
 * From the browser's own time of a tap on a checkbox until the frame that shows it has been painted, on a slowed-down phone. The finger is
 * put on bare coordinates: a locator would look for its element in the same slowed-down page, and its search would be measured too.
 */
export async function measureTap(app: BenchApp): Promise<Measurement[]> {
  const phone = await app.newPhone();
  const list = await createFilledList(phone, itemCount);
  const page = await phone.newPage();
  await page.goto(`/lists/${list}`);
  await page
    .getByRole('checkbox')
    .nth(itemCount - 1)
    .waitFor({ state: 'attached' });
  await slowDown(page);
  const tapsMs: number[] = [];
  for (let index = 0; index < tapCount; index += 1) tapsMs.push(await tap(page, index * 3));
  await phone.close();
  const name = (share: string) => `tap to paint, ${share} (${String(itemCount)} items, 4× slower)`;
  return [
    { name: name('p50'), value: percentile(tapsMs, 0.5), unit: 'ms', goal: null },
    { name: name('p95'), value: percentile(tapsMs, 0.95), unit: 'ms', goal: 50 },
  ];
}

/** Taps the checkbox at this place among all and answers after how many milliseconds the tick was on its way to the screen. */
async function tap(page: Page, index: number): Promise<number> {
  const { x, y } = await page.evaluate(bringIntoView, index);
  const painted = page.evaluate(nextPaintMs);
  await page.touchscreen.tap(x, y);
  return painted;
}

/** Runs in the page: scrolls to a checkbox, and answers where its middle is once the page is still. */
function bringIntoView(index: number): Promise<{ x: number; y: number }> {
  return new Promise((resolve, reject) => {
    const box = document.querySelectorAll('input[type=checkbox]')[index];
    if (box === undefined) {
      reject(new Error(`no checkbox ${String(index)}`));
      return;
    }
    box.scrollIntoView({ block: 'center' });
    requestAnimationFrame(() => {
      requestIdleCallback(() => {
        const { left, top, width, height } = box.getBoundingClientRect();
        resolve({ x: left + width / 2, y: top + height / 2 });
      });
    });
  });
}

/** Runs in the page: waits for a click, and answers after how many milliseconds its frame had been painted. */
function nextPaintMs(): Promise<number> {
  return new Promise((resolve) => {
    const onClick = (event: Event) => {
      requestAnimationFrame(() => {
        // The first task after a frame begins when that frame is on its way to the screen.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          resolve(performance.now() - event.timeStamp);
        };
        port2.postMessage(null);
      });
    };
    document.addEventListener('click', onClick, { capture: true, once: true });
  });
}
