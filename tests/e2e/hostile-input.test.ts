import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';

const scripts = [
  '<img src=x onerror="window.hacked=true">',
  `'); DROP TABLE lists; --`,
  '<script>window.hacked=true</script>',
];

test('W4 names are shown as they were typed, and never run', async ({ newPhone }) => {
  const anna = new ListPage(await newPhone());
  await anna.begin();
  for (const name of scripts) await anna.add(name);
  await anna.isSaved();
  const ben = new ListPage(await newPhone());
  await ben.join(await anna.invite(), '<b>Ben</b>');
  for (const phone of [anna, ben]) {
    for (const name of scripts) await expect(phone.checkbox(name)).toBeVisible();
    expect(await phone.page.evaluate(() => 'hacked' in window)).toBe(false);
  }
  await expect(anna.hereNow.filter({ hasText: '<b>Ben</b>' })).toHaveCount(1);
});

test('W4 an invite that nobody made, and a list that is not ours, are said kindly', async ({ newPhone }) => {
  const page = await newPhone();
  await page.goto(`/join/${'A'.repeat(43)}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Join' })).toHaveCount(0);
  await page.goto(`/lists/${'A'.repeat(22)}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goto('/lists/not-a-list');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('W4 a very long line and an empty one do no harm', async ({ newPhone }) => {
  const anna = new ListPage(await newPhone());
  await anna.begin();
  await anna.addItem.fill('   ');
  await anna.addItem.press('Enter');
  await expect(anna.rows).toHaveCount(0);
  await anna.add('x'.repeat(5_000));
  await expect(anna.rows).toHaveCount(1);
  await anna.isSaved();
});
