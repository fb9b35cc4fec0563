import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';

/** Opens the menu, takes a step back or forth, and closes it again. */
async function take(page: Page, step: 'Undo' | 'Redo', told: string): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  const menu = page.getByRole('dialog', { name: 'This list' });
  await menu.getByRole('button', { name: step }).click();
  await expect(menu).toContainText(told);
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
}

test('W51 the last taps can be undone and redone after a reload, also without a network', async ({ newPhone }) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await anna.add('milk', 'bread', 'eggs');
  await anna.tick('bread');
  await anna.isSaved();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeEnabled();
  await page.keyboard.press('Escape');
  await page.context().setOffline(true);
  await page.reload();
  await expect(anna.rows).toHaveCount(3);
  await take(page, 'Undo', 'Undone: bread');
  await expect(anna.checkbox('bread')).not.toBeChecked();
  await take(page, 'Undo', 'Undone: eggs');
  await expect(anna.rows).toHaveCount(2);
  await page.reload();
  await expect(anna.rows).toHaveCount(2);
  await take(page, 'Redo', 'Redone: eggs');
  await expect(anna.rows).toHaveCount(3);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Redo' })).toBeEnabled();
});

test('W51 the keyboard undoes and redoes, but not while somebody types, and never what others did', async ({
  newPhone,
}) => {
  const anna = new ListPage(await newPhone());
  await anna.begin();
  await anna.add('milk', 'bread');
  await anna.isSaved();
  const ben = new ListPage(await newPhone());
  await ben.join(await anna.invite(), 'Ben');
  await ben.add('jam');
  await expect(anna.checkbox('jam')).toBeVisible();

  await anna.addItem.fill('egg');
  await anna.page.keyboard.press('Control+z');
  await expect(anna.rows).toHaveCount(3);
  await anna.addItem.fill('');
  await anna.page.keyboard.press('Control+z');
  await expect(anna.checkbox('bread')).toHaveCount(0);
  await anna.page.keyboard.press('Control+Shift+z');
  await expect(anna.checkbox('bread')).toBeVisible();
  for (const rows of [2, 1]) {
    await anna.page.keyboard.press('Control+z');
    await expect(anna.rows).toHaveCount(rows);
  }
  await expect(anna.checkbox('jam')).toBeVisible();
  await anna.page.keyboard.press('Control+y');
  await expect(anna.checkbox('milk')).toBeVisible();
  await expect(ben.checkbox('milk')).toBeVisible();
});
