import { createFilledList, slowDown, type BenchApp } from './bench-app.ts';
import type { Measurement } from './measurement.ts';
import { percentile } from './percentile.ts';

const itemCount = 500;
const tapCount = 60;

/** From the browser's own time of a tap on a checkbox until the frame that shows it has been painted, on a slowed-down phone. */
export async function measureTap(app: BenchApp): Promise<Measurement[]> {
  const phone = await app.newPhone();
  const list = await createFilledList(phone, itemCount);
  const page = await phone.newPage();
  await page.goto(`/lists/${list}`);
  const boxes = page.getByRole('checkbox');
  await boxes.nth(itemCount - 1).waitFor({ state: 'attached' });
  await slowDown(page);
  await page.evaluate(() => {
    const taps: number[] = [];
    Object.assign(window, { taps });
    document.addEventListener(
      'click',
      (event) => {
        if (!(event.target instanceof HTMLInputElement)) return;
        requestAnimationFrame(() => {
          // The first task after a frame begins when that frame is on its way to the screen.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => taps.push(performance.now() - event.timeStamp);
          port2.postMessage(null);
        });
      },
      { capture: true },
    );
  });
  for (let index = 0; index < tapCount; index += 1) {
    await boxes.nth(index * 3).scrollIntoViewIfNeeded();
    await boxes.nth(index * 3).click();
  }
  const taps = await page.evaluate(() =>
    'taps' in window && Array.isArray(window.taps) ? window.taps.map(Number) : [],
  );
  await phone.close();
  return [
    {
      name: `tap to paint, p50 (${String(itemCount)} items, 4× slower)`,
      value: percentile(taps, 0.5),
      unit: 'ms',
      goal: null,
    },
    {
      name: `tap to paint, p95 (${String(itemCount)} items, 4× slower)`,
      value: percentile(taps, 0.95),
      unit: 'ms',
      goal: 50,
    },
  ];
}
