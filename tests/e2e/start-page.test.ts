import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';

declare global {
  interface Window {
    /** Where the button "New list" was in the frames so far. */
    places?: Set<string>;
  }
}

test('W5 the start page stands still while it comes to life: "New list" may be under a finger', async ({
  newPhone,
}) => {
  const page = await newPhone();
  await page.addInitScript(watchButton);
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready);
  expect(await places(page)).toHaveLength(1);
  await new ListPage(page).begin();
  await page.goto('/');
  await expect(page.getByRole('link', { name: /Groceries/ })).toBeVisible();
  await expect(page.getByRole('status')).toHaveText(/^Saved/);
  expect(await places(page)).toHaveLength(1);
});

async function places(page: Page): Promise<string[]> {
  return page.evaluate(() => [...(window.places ?? [])]);
}

/** Runs in the page, before anything of its own. */
function watchButton(): void {
  const seen = new Set<string>();
  window.places = seen;
  const look = () => {
    const button = document.querySelector('form[action="/new"] button');
    if (button !== null) {
      const { left, top, width } = button.getBoundingClientRect();
      seen.add(`${String(left)}, ${String(top)}, ${String(width)} wide`);
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
