import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';

declare global {
  interface Window {
    /** What the live region has said since a test listens. */
    said?: string[];
  }
}

/** Everything that the polite live region of a page has said, in order. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said: string[] = [];
    window.said = said;
    const region = document.querySelector('.visually-hidden[aria-live=polite]');
    if (region === null) throw new Error('no live region');
    new MutationObserver(() => said.push(region.textContent.trim())).observe(region, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  return () => page.evaluate(() => window.said ?? []);
}

test('W42 what is done here is said, in one live region', async ({ newPhone }) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  const heard = await listen(page);
  await anna.add('milk');
  await expect.poll(heard).toEqual(['“milk” is on the list']);
  // What follows quickly may be said in one go.
  const all = async () => (await heard()).join(' ');
  await anna.add('bread');
  await anna.tick('milk');
  await expect.poll(all).toMatch(/“bread” is on the list “milk” is in the trolley. 1 to buy.$/);
  await anna.checkbox('milk').uncheck();
  await expect.poll(all).toMatch(/“milk” is to buy again$/);
  await anna.openDetails('bread');
  await page.getByRole('button', { name: 'Remove' }).click();
  await expect.poll(all).toMatch(/“bread” removed Undo$/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(all).toMatch(/“bread” is on the list$/);
  await expect(page.locator('[aria-live=polite]:not(.visually-hidden, [role=status])')).toHaveCount(0);
});

test('W42 what others do is said by name, and not one by one', async ({ newPhone }) => {
  const anna = new ListPage(await newPhone());
  await anna.begin();
  await anna.isSaved();
  const ben = new ListPage(await newPhone());
  await ben.join(await anna.invite(), 'Ben');
  await expect(anna.hereNow).toHaveCount(2);
  const heard = await listen(anna.page);
  await ben.add('milk', 'bread', 'soap');
  await expect.poll(heard).toEqual(['Ben: 3 items added']);
  await ben.tick('milk');
  await expect.poll(heard).toEqual(['Ben: 3 items added', 'Ben put “milk” into the trolley']);
});

test('W42 the focus stays in the list when its row goes', async ({ newPhone }) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await anna.add('apples', 'milk', 'soap');
  await anna.isSaved();
  const ben = new ListPage(await newPhone());
  await ben.join(await anna.invite(), 'Ben');
  await expect(ben.checkbox('apples')).toBeVisible();

  await anna.checkbox('apples').focus();
  await page.keyboard.press('Space');
  await expect(anna.row('apples').locator('xpath=ancestor::section').getByRole('heading')).toContainText(
    'In the trolley',
  );
  await expect(anna.checkbox('milk')).toBeFocused();

  await ben.openDetails('milk');
  await ben.page.getByRole('button', { name: 'Remove' }).click();
  await expect(anna.checkbox('milk')).toHaveCount(0);
  await expect(anna.checkbox('soap')).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Note' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove' }).focus();
  await page.keyboard.press('Enter');
  await expect(anna.checkbox('soap')).toHaveCount(0);
  await expect(anna.row('apples').locator(':focus')).toHaveCount(1);

  await anna.row('apples').getByRole('checkbox').focus();
  await ben.page.getByRole('button', { name: 'Clear ticked' }).click();
  await expect(anna.row('apples')).toHaveCount(0);
  await expect(page.getByRole('main')).toBeFocused();
});

test('W42 the focus goes with its row into another aisle', async ({ newPhone }) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await anna.add('milk', 'soap');
  await anna.isSaved();
  const ben = new ListPage(await newPhone());
  await ben.join(await anna.invite(), 'Ben');
  await expect(anna.section('Dairy & eggs').getByRole('checkbox', { name: 'milk' })).toBeVisible();

  await anna.checkbox('milk').focus();
  await ben.openDetails('milk');
  await ben.page.getByRole('combobox', { name: 'Category' }).selectOption({ label: 'Frozen' });
  await expect(anna.section('Frozen').getByRole('checkbox', { name: 'milk' })).toBeFocused();
});
