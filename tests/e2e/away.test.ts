import { expect, test } from './fixtures.ts';
import { leaveLongAgo } from './leave-long-ago.ts';
import { ListPage } from './list-page.ts';

test('W52 whoever comes back is told what others did, until they have seen it', async ({ newPhone }) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await anna.add('milk', 'bread');
  await anna.isSaved();
  const address = page.url();
  const ben = new ListPage(await newPhone());
  await ben.join(await anna.invite(), 'Ben');
  await expect(anna.hereNow.filter({ hasText: 'Ben' })).toHaveCount(1);
  await leaveLongAgo(page);
  await ben.add('jam', 'salt', 'rice', 'oil', 'tea');
  await ben.tick('milk');
  await ben.openDetails('bread');
  await ben.page.getByRole('button', { name: 'Remove' }).click();
  await ben.isSaved();

  await page.goto(address);
  const card = page.getByRole('region', { name: 'While you were away' });
  await expect(card).toContainText('Ben got milk');
  await expect(card).toContainText(/Ben added .*2 more/);
  await expect(card).toContainText('Removed: bread');
  await card.getByRole('button', { name: 'Bring it back' }).click();
  await expect(anna.checkbox('bread')).not.toBeChecked();
  await expect(card).not.toContainText('Removed');
  await page.reload();
  await expect(card).toContainText('Ben got milk');
  await card.getByRole('button', { name: 'I have seen it' }).click();
  await expect(card).toHaveCount(0);
  await ben.add('pears');
  await expect(anna.checkbox('pears')).toBeVisible();
  await expect(card).toHaveCount(0);
});
