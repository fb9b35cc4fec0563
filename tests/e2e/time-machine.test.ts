import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';
import { tellMoment } from './tell-moment.ts';

/** The list as it was, as people find their way to it and in it. */
class PastPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get sheet(): Locator {
    return this.page.getByRole('dialog', { name: 'The list as it was' });
  }

  get slider(): Locator {
    return this.sheet.getByRole('slider', { name: 'Point in time' });
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'More' }).click();
    await this.page.getByRole('button', { name: 'Earlier versions' }).click();
    await expect(this.sheet).toBeVisible();
  }

  row(name: string): Locator {
    return this.sheet.getByRole('listitem').filter({ hasText: name });
  }
}

/** Milk with a note, bread and eggs; then bread goes, milk changes and jam comes. Answers the time between. */
async function live(anna: ListPage): Promise<number> {
  await anna.begin();
  await anna.add('2 l milk, organic', 'bread', 'eggs');
  await anna.isSaved();
  const atMs = await anna.page.evaluate(() => Date.now());
  await anna.openDetails('bread');
  await anna.page.getByRole('button', { name: 'Remove' }).click();
  await anna.openDetails('milk');
  await anna.setDetail('Quantity', '5 l');
  await anna.tick('eggs');
  await anna.page.getByRole('button', { name: 'Clear ticked' }).click();
  await anna.add('jam');
  await anna.isSaved();
  return atMs;
}

test('W50 the list as it was, and one thing of it back', async ({ newPhone }) => {
  const page = await newPhone();
  const [anna, past] = [new ListPage(page), new PastPage(page)];
  await tellMoment(page, await live(anna));
  await past.open();
  await expect(past.row('jam')).toBeVisible();
  await past.slider.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(past.row('bread')).toContainText('Not on the list now');
  await expect(past.row('milk')).toContainText('Different now');
  await expect(past.row('milk')).toContainText('2 l');
  await expect(past.row('jam')).toHaveCount(0);

  await past.sheet.getByRole('button', { name: 'Bring milk back as it was' }).click();
  await expect(past.row('milk')).not.toContainText('Different now');
  await past.sheet.getByRole('button', { name: 'Undo' }).click();
  await expect(past.row('milk')).toContainText('Different now');
  await past.sheet.getByRole('button', { name: 'Bring bread back as it was' }).click();
  await expect(past.row('bread')).not.toContainText('Not on the list now');
  await page.keyboard.press('Escape');
  await expect(anna.checkbox('bread')).toBeVisible();
  expect(await anna.contents()).toEqual(['[ ] bread', '[ ] jam', '[ ] milk 5 l']);
});

test('W50 all that is gone comes back in one step, is undone in one, and what was done since stays', async ({
  newPhone,
}) => {
  const page = await newPhone();
  const [anna, past] = [new ListPage(page), new PastPage(page)];
  await tellMoment(page, await live(anna));
  const before = await anna.contents();
  await past.open();
  await past.sheet.getByRole('button', { name: 'Earlier', exact: true }).click();
  await past.sheet.getByRole('button', { name: 'Bring back all 2 that are gone' }).click();
  await expect(past.sheet).toBeHidden();
  await expect(anna.rows).toHaveCount(4);
  const after = await anna.contents();
  expect(after.filter((row) => !before.includes(row))).toEqual(['[ ] bread', '[ ] eggs']);
  expect(before.filter((row) => !after.includes(row))).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(anna.rows).toHaveCount(2);
  expect(await anna.contents()).toEqual(before);
});

test('W50 without a network the past waits kindly, and a viewer may only look', async ({ newPhone }) => {
  const anna = new ListPage(await newPhone());
  const atMs = await live(anna);
  const invite = await anna.invite('look');
  const page = await newPhone();
  const [ben, past] = [new ListPage(page), new PastPage(page)];
  await tellMoment(page, atMs);
  await ben.join(invite, 'Ben');
  await expect(ben.checkbox('jam')).toBeVisible();
  await page.route('**/api/v1/lists/*/history?*', (route) => route.abort());
  await past.open();
  await expect(past.sheet).toContainText('there is no network right now');
  await page.unroute('**/api/v1/lists/*/history?*');
  await tellMoment(page, atMs);
  await past.sheet.getByRole('button', { name: 'Try again' }).click();
  await expect(past.row('jam')).toBeVisible();
  await past.sheet.getByRole('combobox', { name: 'Go to' }).selectOption({ index: 1 });
  await expect(past.row('bread')).toContainText('Not on the list now');
  await expect(past.sheet.getByRole('button', { name: /Bring/ })).toHaveCount(0);
});
