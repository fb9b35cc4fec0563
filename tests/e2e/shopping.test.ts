import type { Page } from '@playwright/test';
import { expectAccessible } from './expect-accessible.ts';
import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';

async function shop({ page }: ListPage): Promise<void> {
  await page.getByRole('button', { name: 'Shop', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Shopping' })).toBeVisible();
}

async function finish({ page }: ListPage): Promise<void> {
  await page.getByRole('button', { name: /^Finish shopping/ }).click();
  await expect(page.getByRole('textbox', { name: 'Add item' })).toBeVisible();
}

async function addStore(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Stores and aisles' }).click();
  await page.getByRole('textbox', { name: 'New store' }).fill(name);
  await page.getByRole('button', { name: 'Add store' }).click();
  await expect(page.getByRole('dialog').getByRole('button', { name })).toBeVisible();
  await page.keyboard.press('Escape');
}

async function openMenu(page: Page, entry: string): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('button', { name: entry }).click();
}

/** Aisles on the screen, from top to bottom. */
async function aisles(page: Page): Promise<string[]> {
  return page.locator('main section h2').allInnerTexts();
}

test('W60 a trip: large rows, ticks taken back in place, an end that is recorded and can be undone, all without a network', async ({
  newPhone,
}) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await anna.add('2 l milk', 'bread', 'soap');
  await anna.isSaved();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await shop(anna);
  await page.context().setOffline(true);
  await page.reload();
  await expect(page.getByRole('progressbar', { name: '0 of 3 in the trolley' })).toBeVisible();
  expect((await anna.row('milk').boundingBox())?.height).toBeGreaterThanOrEqual(68);

  await anna.tick('milk');
  await expect(page.getByRole('progressbar', { name: '1 of 3 in the trolley' })).toBeVisible();
  await expect(anna.section('Dairy').getByRole('checkbox', { name: 'milk' })).toBeChecked();
  await anna.checkbox('milk').uncheck();
  await expect(page.getByRole('progressbar', { name: '0 of 3 in the trolley' })).toBeVisible();
  await anna.tick('bread');
  await anna.tick('milk');
  await expect(page.getByRole('button', { name: /In the trolley/ })).toBeVisible();
  await finish(anna);
  await expect(anna.rows).toHaveCount(1);

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(anna.rows).toHaveCount(3);
  await shop(anna);
  await finish(anna);
  await openMenu(page, 'Past trips');
  await page.getByRole('dialog').getByText('2 items').click();
  const bought = page
    .getByRole('dialog')
    .getByRole('listitem')
    .filter({ hasText: /^(bread|milk)/ });
  await expect(bought).toHaveText([/^bread/, /^milk\s*2/]);
});

test('W60 what comes to mind between the shelves is added there: it stands in its aisle, without a network too', async ({
  newPhone,
}) => {
  const page = await newPhone({ reducedMotion: 'reduce' });
  const anna = new ListPage(page);
  await anna.begin();
  await anna.add('milk', 'bread');
  await anna.isSaved();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await shop(anna);
  await page.context().setOffline(true);
  await page.reload();

  const opener = page.getByRole('button', { name: 'Add item' });
  await opener.click();
  await expect(anna.addItem).toBeFocused();
  await expectAccessible(page);
  await anna.addItem.fill('2 yog');
  await anna.suggestion('Yoghurt').click();
  await expect(anna.section('Dairy').getByRole('checkbox', { name: 'Yoghurt' })).toBeInViewport();
  await expect(anna.row('Yoghurt').locator('.amount')).toHaveText('2');
  await expect(page.getByRole('progressbar', { name: '0 of 3 in the trolley' })).toBeVisible();
  await expect(opener).toBeFocused();

  await page.keyboard.press('Enter');
  await anna.addItem.fill('soap');
  await page.keyboard.press('Enter');
  await expect(anna.checkbox('soap')).toBeVisible();
  await opener.click();
  await page.keyboard.press('Escape');
  await expect(anna.addItem).toBeHidden();
  await expect(opener).toBeFocused();
  await expect(anna.rows).toHaveCount(4);
});

test('W61 each store has its aisles, put in order by hand or learnt from ticks; what is bought elsewhere is folded away', async ({
  newPhone,
}) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await anna.add('apples', 'bread', 'milk', 'soap');
  await expect(page.locator('main section')).toHaveCount(4);
  await shop(anna);
  await addStore(page, 'Market');
  await addStore(page, 'Corner shop');
  await expect(page.getByRole('button', { name: 'Corner shop' })).toHaveAttribute('aria-pressed', 'true');

  await anna.openDetails('soap');
  await page.getByRole('checkbox', { name: 'Market' }).check();
  await page.keyboard.press('Escape');
  await expect(anna.checkbox('soap')).toHaveCount(0);
  await page.getByRole('button', { name: 'At other stores · 1' }).click();
  await expect(anna.checkbox('soap')).toBeVisible();
  await page.getByRole('button', { name: 'Market' }).click();
  await expect(page.getByRole('progressbar', { name: '0 of 4 in the trolley' })).toBeVisible();

  const usual = await aisles(page);
  for (const name of ['milk', 'bread', 'apples']) await anna.tick(name);
  await finish(anna);
  await anna.add('apples', 'bread', 'milk');
  await expect(anna.rows).toHaveCount(4);
  await shop(anna);
  const learnt = await aisles(page);
  expect(learnt).toHaveLength(usual.length);
  expect(learnt[0]).toMatch(/dairy/i);
  expect(learnt).not.toEqual(usual);

  await page.getByRole('button', { name: 'Stores and aisles' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Market' }).click();
  await expect(page.getByText('Learnt from the order of your ticks.')).toBeVisible();
  const up = page.getByRole('button', { name: 'Move Produce up' });
  await up.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Put in order by hand.', { exact: false })).toBeVisible();
  await expect(up).toBeFocused();
});

test('W61 an aisle is dragged to its place', async ({ newPhone }) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await anna.add('apples', 'milk');
  await shop(anna);
  await page.getByRole('button', { name: 'Stores and aisles' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Anywhere' }).click();
  const rows = page.getByRole('dialog').getByRole('listitem');
  await expect(rows).toHaveCount(14);
  const names = await rows.allInnerTexts();
  const [first, third] = [await rows.nth(0).boundingBox(), await rows.nth(2).boundingBox()];
  if (first === null || third === null) throw new Error('no rows');
  await page.mouse.move(first.x + 20, first.y + first.height / 2);
  await page.mouse.down();
  await page.mouse.move(first.x + 20, third.y + third.height * 0.75, { steps: 5 });
  await page.mouse.up();
  await expect(rows.nth(2)).toHaveText(names[0] ?? '');
  await expect(rows.nth(0)).toHaveText(names[1] ?? '');
  await page.mouse.move(first.x + 20, first.y);
  await expect(rows.nth(2)).toHaveText(names[0] ?? '');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Shopping' })).toBeVisible();
});

test('W62 who takes a section is shown to the others, and gone with them', async ({ newPhone }) => {
  const anna = new ListPage(await newPhone());
  await anna.begin();
  await anna.add('apples', 'milk');
  await anna.isSaved();
  const ben = new ListPage(await newPhone());
  await ben.join(await anna.invite(), 'Ben');
  await expect(ben.checkbox('milk')).toBeVisible();
  await expect(anna.hereNow).toHaveCount(2);
  await shop(anna);
  await shop(ben);
  await ben.page.getByRole('button', { name: /^I take it: Dairy/ }).click();
  await expect(anna.section('Dairy').getByText('Ben takes it')).toBeVisible();

  await anna.page.getByRole('button', { name: 'Who is here' }).click();
  await expect(anna.page.getByRole('dialog').getByText(/^Shopping · Takes Dairy/)).toBeVisible();
  await anna.page.keyboard.press('Escape');
  await ben.page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(anna.section('Dairy').getByText('Ben takes it')).toHaveCount(0);

  await shop(ben);
  await ben.page.getByRole('button', { name: /^I take it: Dairy/ }).click();
  await expect(anna.section('Dairy').getByText('Ben takes it')).toBeVisible();
  await ben.page.close();
  await expect(anna.section('Dairy').getByText('Ben takes it')).toHaveCount(0);
});
