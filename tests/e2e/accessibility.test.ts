import { expectAccessible } from './expect-accessible.ts';
import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`W5 no screen breaks a rule of accessibility, ${colorScheme}`, async ({ newPhone }) => {
    const page = await newPhone({ colorScheme, reducedMotion: 'reduce' });
    const anna = new ListPage(page);
    await page.goto('/');
    await expectAccessible(page);
    await anna.begin();
    await expectAccessible(page);
    await anna.add('2 kg potatoes', 'milk, lactose-free', 'bread');
    await anna.tick('bread');
    await expectAccessible(page);
    await anna.openDetails('milk');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    const invite = await anna.invite('look');
    await page.getByRole('button', { name: 'Share' }).click();
    await expect(page.locator('a[href*="/join/"]')).toBeVisible();
    await expectAccessible(page);
    await page.goto('/');
    await expectAccessible(page);
    await page.goto('/account');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(page);

    const guest = await newPhone({ colorScheme, reducedMotion: 'reduce' });
    await guest.goto(invite);
    await expect(guest.getByRole('button', { name: 'Join' })).toBeVisible();
    await expectAccessible(guest);
    const ben = new ListPage(guest);
    await ben.join(invite, 'Ben');
    await expect(ben.checkbox('milk')).toBeVisible();
    await expectAccessible(guest);
    await guest.goto('/lists/not-a-list');
    await expect(guest.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(guest);
  });
}

test('W5 a screen begins at its top', async ({ newPhone }) => {
  const page = await newPhone();
  await page.goto('/account');
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toBeVisible();
  expect((await heading.boundingBox())?.y).toBeLessThan(40);
});
