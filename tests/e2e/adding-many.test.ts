import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';

test('W23 staples are marked, and added with one tap from the menu and above the add bar', async ({ newPhone }) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await anna.add('milk', 'bread', 'ham');
  for (const name of ['milk', 'bread']) {
    await anna.openDetails(name);
    await page.getByRole('checkbox', { name: 'A staple' }).check();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(anna.checkbox(name)).toBeHidden();
  }
  await anna.addItem.focus();
  const chips = page.getByRole('list', { name: 'Often bought' });
  await chips.getByRole('button', { name: 'Add 2 staples' }).click();
  await expect(anna.rows).toHaveCount(3);
  await expect(chips).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(anna.rows).toHaveCount(1);
  await anna.openMenu('Staples');
  const sheet = page.getByRole('dialog', { name: 'Staples' });
  await sheet.getByRole('button', { name: 'bread is no staple any more' }).click();
  await sheet.getByRole('button', { name: 'Add 1 staple' }).click();
  await expect(anna.checkbox('milk')).toBeVisible();
  await expect(anna.rows).toHaveCount(2);
  await anna.isSaved();
});

test('W23 many lines are pasted as one step that can be taken back', async ({ newPhone }) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await paste(anna, '- [ ] 2 l milk\n- [ ] bread\n\n1. tomatoes\n');
  await expect(page.getByText('3 items added', { exact: true })).toBeVisible();
  await expect(anna.row('milk')).toContainText('2 l');
  await expect(anna.section('Produce').getByRole('checkbox', { name: 'tomatoes' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(anna.rows).toHaveCount(0);
  await paste(anna, Array.from({ length: 10_000 }, (_, i) => `Item ${i}`).join('\n'));
  await expect(page.getByText('2,000 items added · 8,000 found no room', { exact: true })).toBeVisible({
    timeout: 30_000,
  });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(anna.rows).toHaveCount(0);
  await paste(anna, '\n\n \n- \n');
  await expect(anna.rows).toHaveCount(0);
});

test('W23 what is bought again and again is offered above the empty add bar', async ({ newPhone }) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await anna.isSaved();
  await anna.goOffline();
  await page.clock.install();
  for (const days of [7, 7]) {
    await anna.add('milk');
    await anna.tick('milk');
    await page.getByRole('button', { name: 'Clear ticked' }).click();
    await page.clock.fastForward(days * 24 * 60 * 60_000);
  }
  await anna.addItem.focus();
  await page.getByRole('button', { name: 'Add milk, it is about time' }).click();
  await expect(anna.checkbox('milk')).toBeVisible();
  await expect(anna.addItem).toBeFocused();
});

async function paste({ addItem }: ListPage, text: string): Promise<void> {
  await addItem.evaluate((field, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}
