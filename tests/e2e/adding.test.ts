import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';

test('W17 a product of the catalogue is chosen, and stands in its aisle', async ({ newPhone }) => {
  const anna = new ListPage(await newPhone());
  await anna.begin();
  await anna.addItem.fill('tom');
  await anna.suggestion('Tomatoes').click();
  await expect(anna.addItem).toHaveValue('');
  await expect(anna.addItem).toBeFocused();
  await expect(anna.section('Produce').getByRole('checkbox', { name: 'Tomatoes' })).toBeVisible();

  await anna.addItem.fill('tom');
  await expect(anna.suggestion('Tomato ketchup')).toBeVisible();
  await expect(anna.suggestion('Tomatoes')).toBeHidden();
  await anna.addItem.fill('2 zucc');
  await anna.suggestion('Zucchini').click();
  await expect(anna.row('Zucchini')).toContainText('2');
  await anna.add('500 flour', 'a gift for Ben');
  await expect(anna.section('Pantry').getByRole('checkbox', { name: 'flour' })).toBeVisible();
  await expect(anna.row('flour')).toContainText('500 g');
  await expect(anna.section('Other').getByRole('checkbox', { name: 'a gift for Ben' })).toBeVisible();
  await anna.isSaved();
});

test('W2 W17 the catalogue suggests from a cold start without a network', async ({ newPhone }) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await anna.add('6 eggs');
  await anna.isSaved();
  await page.evaluate(() => navigator.serviceWorker.ready);
  const list = page.url();

  await page.context().setOffline(true);
  const later = new ListPage(await page.context().newPage());
  await page.close();
  await later.page.goto(list);
  await expect(later.checkbox('eggs')).toBeVisible();
  await later.addItem.fill('tom');
  await later.suggestion('Tomatoes').click();
  await expect(later.section('Produce').getByRole('checkbox', { name: 'Tomatoes' })).toBeVisible();
  await expect(later.chip).toHaveText(/^Offline/);
});

test('W9 W17 a catalogue that cannot be had holds nothing up', async ({ newPhone }) => {
  const page = await newPhone({ serviceWorkers: 'block' });
  await page.route(/products\.[^/]*\.json$/, (route) => route.abort());
  const anna = new ListPage(page);
  await anna.begin();
  await anna.add('tomatoes');
  await expect(anna.section('Other').getByRole('checkbox', { name: 'tomatoes' })).toBeVisible();
  await anna.isSaved();
});

test('W18 what is listed already is said, and made more with one tap', async ({ newPhone }) => {
  const anna = new ListPage(await newPhone());
  await anna.begin();
  await anna.add('2 l milk', '1 l milk');
  await expect(anna.page.getByText('“milk” is on the list already', { exact: true })).toBeVisible();
  await expect(anna.row('milk')).toContainText('1 l');
  await anna.page.getByRole('button', { name: 'Make it 3 l' }).click();
  await expect(anna.row('milk')).toContainText('3 l');
  await anna.isSaved();
});

test('W9 an aisle that somebody has chosen is remembered, and taken along to another list', async ({ newPhone }) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await anna.goHome();
  await anna.begin();
  await anna.add('tomatoes');
  await anna.openDetails('tomatoes');
  await page.getByRole('combobox', { name: 'Category' }).selectOption({ label: 'Frozen' });
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(anna.checkbox('tomatoes')).toBeHidden();
  await anna.add('Tomatoes');
  await expect(anna.section('Frozen').getByRole('checkbox', { name: 'tomatoes' })).toBeVisible();
  await anna.openDetails('tomatoes');
  await page.getByRole('button', { name: 'Move or copy' }).click();
  await page.getByRole('radio', { name: 'Groceries' }).check();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(page.getByText('1 item copied', { exact: true })).toBeVisible();
  await anna.goHome();
  await page.getByRole('link', { name: 'Groceries' }).click();
  await expect(anna.section('Frozen').getByRole('checkbox', { name: 'tomatoes' })).toBeVisible();
});
