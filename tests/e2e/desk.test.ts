import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';

test('W40 on a desk the lists stand beside the list; a phone loads nothing of it', async ({ newPhone, viewport }) => {
  const isDesk = (viewport?.width ?? 0) >= 960;
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await anna.add('charcoal');
  await anna.isSaved();
  await anna.begin();
  await anna.add('milk', 'bread');
  await anna.isSaved();
  const beside = page.getByRole('navigation', { name: 'Your lists' });
  if (!isDesk) {
    await page.waitForLoadState('networkidle');
    await expect(beside).toHaveCount(0);
    return;
  }
  await expect(beside.getByRole('listitem')).toHaveCount(2);
  const current = beside.locator('[aria-current=page]');
  await expect(current).toContainText('2 to buy');
  await anna.tick('milk');
  await expect(current).toContainText('1 to buy');
  await beside.getByRole('link', { name: /Groceries/ }).click();
  await expect(anna.checkbox('charcoal')).toBeVisible();
  await expect(anna.checkbox('bread')).toHaveCount(0);
  await expect(current).toContainText('Groceries');
  await page.goBack();
  await expect(anna.checkbox('bread')).toBeVisible();
});

test('W40 on a desk the details stand beside the list, which stays in use', async ({ newPhone, viewport }) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await anna.add('milk', 'bread', 'soap');
  await anna.openDetails('milk');
  const details = page.getByRole('dialog');
  if ((viewport?.width ?? 0) < 960) {
    await expect(page.locator('dialog:modal')).toHaveCount(1);
    return;
  }
  await expect(page.locator('dialog:modal')).toHaveCount(0);
  const note = page.getByRole('textbox', { name: 'Note' });
  await note.fill('oat');
  await anna.row('bread').getByText('bread').click();
  await expect(details.getByRole('heading', { name: 'bread' })).toBeVisible();
  await expect(note).toHaveValue('');
  await expect(anna.row('milk')).toContainText('oat');
  await anna.tick('soap');
  await expect(details).toBeVisible();
  await expect(anna.addItem).toBeInViewport({ ratio: 1 });
  const [panel, row] = await Promise.all([details.boundingBox(), anna.row('soap').boundingBox()]);
  expect((row?.x ?? 0) + (row?.width ?? 0)).toBeLessThanOrEqual(panel?.x ?? 0);
  await page.keyboard.press('Escape');
  await expect(details).toBeHidden();
});
