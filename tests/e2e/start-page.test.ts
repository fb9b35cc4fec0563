import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';

test('W5 the start page stands still while it comes to life: "New list" may be under a finger', async ({
  newPhone,
}) => {
  const page = await newPhone();
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready);
  expect(await shiftOf(page)).toBe(0);
  await new ListPage(page).begin();
  await page.goto('/');
  await expect(page.getByRole('link', { name: /Groceries/ })).toBeVisible();
  // The chip may say something else meanwhile, and be wider then; a button that moves by a line of text counts for more.
  expect(await shiftOf(page)).toBeLessThan(0.002);
});

/** How far things have moved that nobody has touched, as the browser adds it up. */
async function shiftOf(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let shift = 0;
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntriesByType('layout-shift')) {
            if ('value' in entry && typeof entry.value === 'number') shift += entry.value;
          }
          if (list.getEntriesByName('asked').length > 0) resolve(shift);
        });
        observer.observe({ type: 'layout-shift', buffered: true });
        observer.observe({ type: 'mark', buffered: true });
        performance.mark('asked');
      }),
  );
}
