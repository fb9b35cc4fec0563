import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';

test('W53 an item tells who added, changed and got it, without a network too; what was removed tells when', async ({
  newPhone,
}) => {
  const page = await newPhone({ reducedMotion: 'reduce' });
  const anna = new ListPage(page);
  await anna.begin();
  await anna.add('milk', '3 bread');
  await anna.isSaved();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await expect(anna.rows).toHaveCount(2);
  const ben = new ListPage(await newPhone());
  await ben.join(await anna.invite(), 'Ben');
  await expect(anna.hereNow.filter({ hasText: 'Ben' })).toHaveCount(1);
  await ben.openDetails('milk');
  await ben.setDetail('Note', 'the blue one');
  await ben.add('jam');
  await ben.openDetails('jam');
  await ben.setDetail('Note', 'without seeds');
  await expect(anna.row('jam')).toContainText('without seeds');
  await expect(anna.row('jam')).toContainText(/Ben, just now|Ben, 1 min/);
  await ben.tick('milk');
  await expect(anna.checkbox('milk')).toBeChecked();
  await anna.openDetails('bread');
  await page.getByRole('button', { name: 'Remove' }).click();
  await anna.isSaved();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);
  await page.reload();

  await anna.openDetails('milk');
  const details = page.getByRole('dialog', { name: 'milk' });
  await expect(details).toContainText('Added by you');
  await expect(details).toContainText('Note changed by Ben');
  await expect(details).toContainText('In the trolley: Ben');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('button', { name: 'Recently removed' }).click();
  const removed = page.getByRole('dialog', { name: 'Recently removed' });
  await expect(removed.getByRole('listitem')).toContainText('Removed by you');
  await removed.getByRole('button', { name: 'Put bread back' }).click();
  await page.keyboard.press('Escape');
  await expect(anna.row('bread')).toContainText('3');
});
