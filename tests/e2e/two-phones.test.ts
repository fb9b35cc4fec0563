import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';

test('P4 what A adds, B sees; who is here is shown, and gone when a tab closes', async ({ newPhone }) => {
  const anna = new ListPage(await newPhone());
  await anna.begin();
  await anna.add('2 kg potatoes', 'milk, lactose-free');
  await anna.isSaved();
  const ben = new ListPage(await newPhone());
  await ben.join(await anna.invite(), 'Ben');
  await expect(ben.row('potatoes')).toContainText('2 kg');
  await expect(ben.row('milk')).toContainText('lactose-free');

  await expect(anna.hereNow.filter({ hasText: 'Ben' })).toHaveCount(1);
  await anna.add('bread');
  await expect(ben.checkbox('bread')).toBeVisible();
  await ben.tick('bread');
  await expect(anna.checkbox('bread')).toBeChecked();

  await ben.page.close();
  await expect(anna.hereNow.filter({ hasText: 'Ben' })).toHaveCount(0);
});

test('P4 two people edit one item at once, and both edits stand', async ({ newPhone }) => {
  const anna = new ListPage(await newPhone());
  await anna.begin();
  await anna.add('milk');
  const ben = new ListPage(await newPhone());
  await ben.join(await anna.invite(), 'Ben');
  await expect(ben.checkbox('milk')).toBeVisible();

  await anna.openDetails('milk');
  await ben.openDetails('milk');
  await Promise.all([anna.setDetail('Quantity', '3'), ben.setDetail('Note', 'the blue one')]);
  for (const phone of [anna, ben]) {
    await expect(phone.row('milk')).toContainText('3');
    await expect(phone.row('milk')).toContainText('the blue one');
    await phone.isSaved();
  }
  expect(await anna.contents()).toEqual(await ben.contents());
});

test('W1 remove and clear can be taken back', async ({ newPhone }) => {
  const anna = new ListPage(await newPhone());
  await anna.begin();
  await anna.add('butter', 'bread', 'eggs');
  await anna.openDetails('butter');
  await anna.page.getByRole('button', { name: 'Remove' }).click();
  await expect(anna.checkbox('butter')).toHaveCount(0);
  await anna.page.getByRole('button', { name: 'Undo' }).click();
  await expect(anna.checkbox('butter')).toBeVisible();

  await anna.tick('bread');
  await anna.tick('eggs');
  await anna.page.getByRole('button', { name: 'Clear ticked' }).click();
  await expect(anna.rows).toHaveCount(1);
  await anna.page.getByRole('button', { name: 'Undo' }).click();
  await expect(anna.rows).toHaveCount(3);
  await expect(anna.checkbox('bread')).toBeChecked();
});

test('W10 a note is kept when its sheet closes before the field has lost the focus', async ({ newPhone }) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await anna.add('milk', 'bread');
  await anna.openDetails('milk');
  await page.getByRole('textbox', { name: 'Note' }).fill('the blue one');
  // A busy phone tells of the close first: then the field loses the focus because it is gone.
  await page.getByRole('dialog').evaluate((dialog) => dialog.dispatchEvent(new Event('close')));
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveCount(0);
  await expect(anna.row('milk')).toContainText('the blue one');
  await expect(anna.row('bread')).not.toContainText('the blue one');
});

test('W10 details that are opened as others close stay open', async ({ newPhone }) => {
  const anna = new ListPage(await newPhone());
  await anna.begin();
  await anna.add('milk', 'bread');
  await anna.openDetails('milk');
  // In one task: the browser tells that the first are closed when the others are open already.
  await anna
    .row('bread')
    .getByRole('button', { name: 'bread' })
    .evaluate((row: HTMLElement) => {
      document.querySelector<HTMLDialogElement>('dialog[open]')?.close();
      row.click();
    });
  await expect(anna.page.getByRole('dialog', { name: 'bread' })).toBeVisible();
  await anna.setDetail('Note', 'with seeds');
  await expect(anna.row('bread')).toContainText('with seeds');
});
