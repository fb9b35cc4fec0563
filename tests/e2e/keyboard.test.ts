import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';

async function expectFocusOn(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('checkbox', { name, exact: true })).toBeFocused();
}

test('W41 a list is kept by keyboard alone', async ({ newPhone }) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  const { keyboard } = page;
  await anna.begin();
  await expect(anna.addItem).toBeFocused();
  await anna.add('apples', 'milk', 'soap');
  await keyboard.press('Escape');
  await expectFocusOn(page, 'apples');
  await keyboard.press('j');
  await expectFocusOn(page, 'milk');
  await keyboard.press('ArrowDown');
  await expectFocusOn(page, 'soap');
  await keyboard.press('k');
  await expectFocusOn(page, 'milk');
  await keyboard.press('x');
  await expect(anna.checkbox('milk')).toBeChecked();
  await keyboard.press('Space');
  await expect(anna.checkbox('milk')).not.toBeChecked();
  await keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Note' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'Note' })).toBeHidden();
  await expect(anna.row('milk').locator(':focus')).toHaveCount(1);
  await keyboard.press('Delete');
  await expect(anna.checkbox('milk')).toHaveCount(0);
  await expect(anna.row('soap').locator(':focus')).toHaveCount(1);
  await keyboard.press('n');
  await expect(anna.addItem).toBeFocused();
  await expect(anna.addItem).toHaveValue('');
  await keyboard.type('mil');
  await expect(anna.suggestion('milk')).toBeVisible();
  await keyboard.press('ArrowUp');
  await expect(anna.suggestion('milk')).toBeFocused();
  await keyboard.press('Enter');
  await expect(anna.checkbox('milk')).toBeVisible();
  await keyboard.type('nj?x');
  await expect(anna.addItem).toHaveValue('nj?x');
});

test('W41 the keys are listed, and single ones can be switched off', async ({ newPhone }) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await anna.add('milk');
  await page.keyboard.press('Escape');
  await expectFocusOn(page, 'milk');
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(keys).toContainText('Next item, previous item');
  await page.keyboard.press('n');
  await expect(keys).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
  await expectFocusOn(page, 'milk');

  const address = page.url();
  await page.goto('/account');
  await page.getByRole('checkbox', { name: 'Single-key shortcuts' }).uncheck();
  await page.goto(address);
  await anna.checkbox('milk').focus();
  for (const key of ['?', 'x', 'n']) await page.keyboard.press(key);
  await expect(keys).toBeHidden();
  await expect(anna.checkbox('milk')).not.toBeChecked();
  await expectFocusOn(page, 'milk');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Note' })).toBeVisible();
});

test('W41 keys lead from list to list where the lists stand beside them', async ({ newPhone, viewport }) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await anna.add('charcoal');
  await anna.isSaved();
  await anna.begin();
  await anna.add('milk');
  await anna.isSaved();
  await page.keyboard.press('Escape');
  await expectFocusOn(page, 'milk');
  if ((viewport?.width ?? 0) >= 960) {
    await expect(page.getByRole('navigation').getByRole('listitem')).toHaveCount(2);
    await page.keyboard.press('Shift+J');
    await expect(anna.checkbox('charcoal')).toBeVisible();
  } else {
    await page.keyboard.press('Shift+J');
    await expect(anna.checkbox('milk')).toBeVisible();
  }
});
