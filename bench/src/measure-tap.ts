import { setTimeout } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { createFilledList, slowDown, type BenchApp } from './bench-app.ts';
import type { Measurement } from './measurement.ts';
import { percentile } from './percentile.ts';

const itemCount = 500;
const tapCount = 60;
/** A hand that is quick: three taps a second. Without a pause each tap would also wait for all that the page does after the one before. */
const pauseMs = 300;

/**
 * From the browser's own time of a tap on a checkbox until the frame that shows it has been painted, on a slowed-down phone. This page never
 * sees a locator of Playwright: with the first one it listens to every touch in a way that makes the browser wait for the page's answer, and
 * then each tap is some 10 ms slower than under a finger.
 */
export async function measureTap(app: BenchApp): Promise<Measurement[]> {
  const phone = await app.newPhone();
  const list = await createFilledList(phone, itemCount);
  const page = await phone.newPage();
  await page.goto(`/lists/${list}`);
  await page.evaluate(rowsShown, itemCount);
  await page.evaluate(watchTaps);
  await slowDown(page);
  for (let index = 0; index < tapCount; index += 1) await tap(page, index * 3, index + 1);
  const tapsMs = await page.evaluate(() => performance.getEntriesByName('tap').map(({ duration }) => duration));
  await phone.close();
  const name = (share: string) => `tap to paint, ${share} (${String(itemCount)} items, 4× slower)`;
  return [
    { name: name('p50'), value: percentile(tapsMs, 0.5), unit: 'ms', goal: null },
    { name: name('p95'), value: percentile(tapsMs, 0.95), unit: 'ms', goal: 50 },
  ];
}

/** Taps the checkbox at this place among all, as fast as a hand moves, and waits until that many taps have been painted. */
async function tap(page: Page, index: number, tapsUntilNow: number): Promise<void> {
  const { x, y } = await page.evaluate(bringIntoView, index);
  await setTimeout(pauseMs);
  await page.touchscreen.tap(x, y);
  await page.evaluate(tapsPainted, tapsUntilNow);
}

/** Runs in the page: waits until it has that many checkboxes. */
function rowsShown(count: number): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.querySelectorAll('input[type=checkbox]').length >= count) resolve();
      else requestAnimationFrame(look);
    };
    look();
  });
}

/** Runs in the page: from now on, each click on a checkbox leaves a measure `tap` that ends when the frame in which its row looks ticked has been painted. */
function watchTaps(): void {
  document.addEventListener(
    'click',
    ({ timeStamp, target }) => {
      if (!(target instanceof HTMLInputElement)) return;
      const name = target.closest('li')?.querySelector('button');
      const nextFrame = () => {
        requestAnimationFrame(() => {
          const isShown = name && getComputedStyle(name).textDecorationLine === 'line-through';
          if (!target.checked || !isShown) {
            nextFrame();
            return;
          }
          // The first task after a frame begins when that frame is on its way to the screen.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            performance.measure('tap', { start: timeStamp, end: performance.now() });
          };
          port2.postMessage(null);
        });
      };
      nextFrame();
    },
    { capture: true },
  );
}

/** Runs in the page: waits until that many taps have been painted. */
function tapsPainted(count: number): Promise<void> {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver(look);
    observer.observe({ type: 'measure' });
    look();

    function look(): void {
      if (performance.getEntriesByName('tap').length < count) return;
      observer.disconnect();
      resolve();
    }
  });
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
