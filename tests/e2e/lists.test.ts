import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';

test('W20 a list has a colour and a picture, set when it is made and later, by any member', async ({ newPhone }) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await page.goto('/');
  await page.getByRole('button', { name: 'New list' }).click();
  const dialog = page.getByRole('dialog', { name: 'New list' });
  await dialog.getByRole('textbox', { name: 'List name' }).fill('Hardware');
  await dialog.getByRole('radio', { name: 'Blue' }).check();
  await dialog.getByRole('radio', { name: '🛠️' }).check({ force: true });
  await dialog.getByRole('button', { name: 'Make the list' }).click();
  await expect(anna.addItem).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Hardware' })).toBeVisible();
  await expect(anna.badge).toHaveText('🛠️');

  const ben = new ListPage(await newPhone());
  await ben.join(await anna.invite(), 'Ben');
  await expect(ben.badge).toHaveText('🛠️');
  await ben.openMenu('List settings');
  const settings = ben.page.getByRole('dialog', { name: 'List settings' });
  await settings.getByRole('radio', { name: 'Red' }).check();
  const own = settings.getByRole('textbox', { name: 'Any other emoji' });
  await own.fill('abc');
  await own.press('Enter');
  await expect(settings.getByText('That is no emoji')).toBeVisible();
  await own.fill('🔧');
  await own.press('Enter');
  await expect(settings.getByRole('radio', { name: '🔧' })).toBeChecked();
  await settings.getByRole('textbox', { name: 'List name' }).fill('Workshop');
  await settings.getByRole('button', { name: 'Done' }).click();
  await expect(anna.badge).toHaveText('🔧');
  await expect(anna.badge).toHaveAttribute('data-list-color', 'tomato');
  await expect(page.getByRole('heading', { name: 'Workshop' })).toBeVisible();
  await anna.isSaved();
  await anna.goHome();
  await expect(page.getByRole('listitem').filter({ hasText: 'Workshop' })).toContainText('🔧');
});

test('W2 W20 a list is made and given a colour without a network', async ({ newPhone }) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);
  await anna.openMenu('List settings');
  await page.getByRole('radio', { name: 'Purple' }).check();
  await page.keyboard.press('Escape');
  await expect(anna.badge).toHaveAttribute('data-list-color', 'plum');
  await anna.goHome();
  await expect(page.getByRole('listitem').locator('[data-list-color=plum]')).toBeVisible();
  await anna.begin();
  await expect(anna.badge).toHaveAttribute('data-list-color', 'leaf');
});

test('W20 pressed again and again, before the start page has come to life too, "New list" asks what tells a second one apart', async ({
  newPhone,
}) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await page.goto('/new');
  const dialog = page.getByRole('dialog', { name: 'New list' });
  await expect(dialog.getByRole('button', { name: 'Make the list' })).toBeVisible();
  await expect(page).toHaveURL('/');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('link', { name: /Groceries/ }).click();
  await expect(anna.addItem).toBeVisible();
  const beside = page.getByRole('navigation', { name: 'Your lists' }).getByRole('button', { name: 'New list' });
  if ((page.viewportSize()?.width ?? 0) < 960) return;
  await beside.click();
  await dialog.getByRole('textbox', { name: 'List name' }).fill('Party');
  await dialog.getByRole('button', { name: 'Make the list' }).click();
  await expect(page.getByRole('heading', { name: 'Party' })).toBeVisible();
  await expect(anna.badge).toHaveAttribute('data-list-color', 'leaf');
});

test('W20 whoever goes back from a list whose making was asked for early is not asked again', async ({ newPhone }) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await page.goto('/');
  await page.goto('/new');
  await page.getByRole('button', { name: 'Make the list' }).click();
  await expect(anna.addItem).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('link', { name: /^(Groceries|New list)/ })).toHaveCount(2);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('W21 lists are put in order and away, without a network too, and other phones of the account follow', async ({
  newPhone,
}) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  for (const title of ['Groceries', 'Party', 'Hardware']) {
    await anna.begin();
    await anna.rename(title);
    await anna.isSaved();
    await anna.goHome();
  }
  const email = `anna-${crypto.randomUUID().slice(0, 8)}@example.org`;
  await page.goto('/account');
  await enterPassword(page, email);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect(titles(page)).toHaveText(['Hardware', 'Party', 'Groceries']);

  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Arrange' }).click();
  await page.getByRole('button', { name: 'Move Groceries up' }).click();
  await expect(page.getByRole('button', { name: 'Move Groceries up' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Move Groceries down' })).toBeFocused();
  await expect(titles(page)).toHaveText(['Groceries', 'Hardware', 'Party']);
  await dragTo(page, 'Party', 'Groceries');
  await expect(titles(page)).toHaveText(['Party', 'Groceries', 'Hardware']);
  await page.getByRole('button', { name: 'Archive Hardware' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.reload();
  await expect(titles(page)).toHaveText(['Party', 'Groceries']);
  const heard = page.waitForResponse((response) => response.request().method() === 'PATCH' && response.ok());
  await page.context().setOffline(false);
  await heard;

  const other = await newPhone();
  await other.goto('/account');
  await other.getByRole('button', { name: 'I have an account' }).click();
  await enterPassword(other, email);
  await other.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(other.getByRole('button', { name: 'Sign out' })).toBeVisible();
  await other.goto('/');
  await expect(titles(other)).toHaveText(['Party', 'Groceries']);
  await other.getByRole('button', { name: 'Archived · 1' }).click();
  const told = other.waitForResponse((response) => response.request().method() === 'PATCH' && response.ok());
  await other.getByRole('button', { name: 'Bring Hardware back' }).click();
  await told;
  await expect(titles(other)).toHaveText(['Party', 'Groceries', 'Hardware']);
  await expect(other.getByRole('button', { name: /Archived/ })).toBeHidden();
  await page.bringToFront();
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(titles(page)).toHaveText(['Party', 'Groceries', 'Hardware']);
});

test('W2 W22 a list is made from another, and items go from one to the other, without a network', async ({
  newPhone,
}) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await anna.add('2 l milk', 'bread', 'ham, thin');
  await anna.tick('bread');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);

  await anna.openMenu('New list from this one');
  const making = page.getByRole('dialog', { name: 'New list from this one' });
  await making.getByRole('textbox', { name: 'List name' }).fill('Party');
  await making.getByRole('checkbox', { name: 'ham' }).uncheck();
  await making.getByRole('button', { name: 'Make the list' }).click();
  await expect(page.getByRole('heading', { name: 'Party' })).toBeVisible();
  await expect(anna.rows).toHaveCount(2);
  expect(await anna.contents()).toEqual(['[ ] bread', '[ ] milk 2 l']);
  await anna.addItem.fill('ha');
  await expect(anna.suggestion('ham')).toBeVisible();
  await anna.addItem.fill('');

  await anna.openDetails('milk');
  await page.getByRole('button', { name: 'Move or copy' }).click();
  const going = page.getByRole('dialog', { name: 'milk' });
  await going.getByRole('radio', { name: 'Groceries' }).check();
  await going.getByRole('button', { name: 'Move' }).click();
  await expect(page.getByText('1 item moved', { exact: true })).toBeVisible();
  expect(await anna.contents()).toEqual(['[ ] bread']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(anna.checkbox('milk')).toBeVisible();

  await anna.openMenu('Move or copy items');
  const several = page.getByRole('dialog', { name: 'Move or copy items' });
  await several.getByRole('button', { name: 'All' }).click();
  await several.getByRole('radio', { name: 'Groceries' }).check();
  await several.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByText('2 items copied', { exact: true })).toBeVisible();
  await page.reload();
  await expect(anna.rows).toHaveCount(2);
  await anna.goHome();
  await page.getByRole('link', { name: 'Groceries' }).click();
  await expect(anna.row('milk')).toContainText('4 l');
  await expect(anna.checkbox('bread')).not.toBeChecked();
  await page.context().setOffline(false);
  await anna.isSaved();
});

async function enterPassword(page: Page, email: string): Promise<void> {
  await page.getByRole('button', { name: 'Use a password' }).click();
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  await page.getByLabel('Password').fill('correct horse');
}

/** The lists that are shown, from the top. */
function titles(page: Page): Locator {
  return page.locator('main li:visible strong');
}

async function dragTo(page: Page, from: string, to: string): Promise<void> {
  const rows = page.locator('main li');
  const grip = await rows.filter({ hasText: from }).locator('.grip').boundingBox();
  const target = await rows.filter({ hasText: to }).boundingBox();
  if (grip === null || target === null) throw new Error('the rows are not on the screen');
  await page.mouse.move(grip.x + 10, grip.y + grip.height / 2);
  await page.mouse.down();
  await page.mouse.move(grip.x + 12, target.y + target.height);
  await page.mouse.move(grip.x + 12, target.y + 4);
  await page.mouse.up();
}
