import { setTimeout } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { createFilledList, slowDown, type BenchApp } from './bench-app.ts';
import type { Measurement } from './measurement.ts';

declare global {
  interface Window {
    /** Lengths of the long tasks that were noted and not taken yet. */
    tasksMs?: number[];
  }
}

/** As long as a list can be, with room for what is added. */
const itemCount = 1_990;
/** The best of them counts: on a machine that also does other things, a task is as long as it takes and as long as it waits. */
const runCount = 3;
/** Ticked rows stay for 4 s and then sink. */
const untilSunkMs = 5_500;

/** Longest task of the page while somebody adds to, ticks on and scrolls through a list of 2,000, on a slowed-down phone. */
export async function measureLongList(app: BenchApp): Promise<Measurement[]> {
  const runs: Record<string, number>[] = [];
  for (let run = 0; run < runCount; run += 1) runs.push(await measureRun(app));
  return Object.keys(runs[0] ?? {}).map((what) => ({
    name: `longest task, ${what} (2,000 items, 4× slower, best of ${String(runCount)})`,
    value: Math.min(...runs.map((longest) => longest[what] ?? Number.POSITIVE_INFINITY)),
    unit: 'ms',
    goal: 50,
  }));
}

async function measureRun(app: BenchApp): Promise<Record<string, number>> {
  const phone = await app.newPhone();
  const list = await createFilledList(phone, itemCount);
  const page = await phone.newPage();
  await page.goto(`/lists/${list}`);
  await page.evaluate(rowsShown, itemCount);
  await page.evaluate(watchTasks);
  await slowDown(page);
  const longest = {
    adding: await longestTask(page, () => addSome(page)),
    ticking: await longestTask(page, () => tickSome(page)),
    scrolling: await longestTask(page, () => page.evaluate(scrollThrough)),
  };
  await phone.close();
  return longest;
}

/** Length of the longest task while something is done, in milliseconds; 0 when the browser noted none, which it does from 50 ms on. */
async function longestTask(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(takeTasks);
  await act();
  const tasksMs = await page.evaluate(takeTasks);
  return Math.max(0, ...tasksMs);
}

async function addSome(page: Page): Promise<void> {
  const { x, y } = await page.evaluate(middleOf, '.dock form input');
  await page.touchscreen.tap(x, y);
  for (const line of ['2 l milk', 'ginger', 'thing 12', '500 g flour']) {
    await page.keyboard.type(line, { delay: 120 });
    await page.keyboard.press('Enter');
    await setTimeout(600);
  }
}

async function tickSome(page: Page): Promise<void> {
  await page.evaluate(() => {
    scrollTo(0, 0);
  });
  for (const row of [2, 3, 5]) {
    const { x, y } = await page.evaluate(middleOf, `main section:first-of-type li:nth-child(${String(row)}) input`);
    await page.touchscreen.tap(x, y);
    await setTimeout(300);
  }
  await setTimeout(untilSunkMs);
}

/** Runs in the page: from now on, every long task is noted. */
function watchTasks(): void {
  const tasksMs: number[] = [];
  window.tasksMs = tasksMs;
  new PerformanceObserver((entries) => {
    for (const { duration } of entries.getEntries()) tasksMs.push(duration);
  }).observe({ type: 'longtask' });
}

/** Runs in the page: lengths of the long tasks since the last time, once the page has nothing to do. */
function takeTasks(): Promise<number[]> {
  return new Promise((resolve) => {
    requestIdleCallback(() => {
      // The observer hears of a task after it has ended.
      window.setTimeout(() => {
        resolve(window.tasksMs?.splice(0) ?? []);
      }, 200);
    });
  });
}

/** Runs in the page: scrolls from its top to its end, two screens at a time. */
function scrollThrough(): Promise<void> {
  return new Promise((resolve) => {
    scrollTo(0, 0);
    const step = () => {
      const before = scrollY;
      scrollBy(0, innerHeight * 2);
      if (scrollY > before) requestAnimationFrame(step);
      else resolve();
    };
    requestAnimationFrame(step);
  });
}

/** Runs in the page: where the middle of an element is. */
function middleOf(selector: string): { x: number; y: number } {
  const element = document.querySelector(selector);
  if (element === null) throw new Error(`nothing is ${selector}`);
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
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
