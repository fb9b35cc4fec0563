import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';

test('W2 offline: add, tick, reload, edit again, return; nothing is missing', async ({ newPhone }) => {
  const anna = new ListPage(await newPhone());
  await anna.begin();
  await anna.add('milk', 'bread', 'eggs');
  const ben = new ListPage(await newPhone());
  await ben.join(await anna.invite(), 'Ben');
  await expect(ben.rows).toHaveCount(3);
  await ben.isSaved();
  await ben.page.evaluate(() => navigator.serviceWorker.ready);

  await ben.page.context().setOffline(true);
  await expect(ben.chip).toHaveText(/^Offline/);
  // Nothing that the catalogue knows: that would be sorted into its aisle a moment later, as a change of its own, if it is not loaded yet.
  await ben.add('6 raffle tickets');
  await ben.tick('milk');
  await expect(ben.chip).toHaveText(/^Offline.*2/);
  await anna.add('tea');
  await anna.openDetails('milk');
  await anna.setDetail('Note', 'the blue one');
  await anna.isSaved();

  await ben.page.reload();
  await expect(ben.checkbox('raffle tickets')).toBeVisible();
  await expect(ben.checkbox('milk')).toBeChecked();
  await expect(ben.chip).toHaveText(/^Offline.*2/);
  await ben.add('rice');
  await ben.openDetails('bread');
  await ben.setDetail('Quantity', '2');

  await ben.page.context().setOffline(false);
  await ben.isSaved();
  for (const phone of [anna, ben]) {
    await expect(phone.rows).toHaveCount(6);
    await expect(phone.checkbox('milk')).toBeChecked();
    await expect(phone.row('milk')).toContainText('the blue one');
    await expect(phone.row('raffle tickets')).toContainText('6');
    await expect(phone.row('bread')).toContainText('2');
    await expect(phone.checkbox('tea')).toBeVisible();
    await expect(phone.checkbox('rice')).toBeVisible();
  }
  expect(await ben.contents()).toEqual(await anna.contents());
});

test('W2 cold start without a network: the lists, a list, and a new list', async ({ newPhone }) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await anna.add('milk');
  await anna.isSaved();
  await page.evaluate(() => navigator.serviceWorker.ready);
  const list = new URL(page.url()).pathname;

  await page.context().setOffline(true);
  const cold = await page.context().newPage();
  await page.close();
  await cold.goto('/');
  await cold.locator(`a[href="${list}"]`).click();
  const later = new ListPage(cold);
  await expect(later.checkbox('milk')).toBeVisible();
  await expect(later.chip).toHaveText(/^Offline/);

  await cold.goto('/');
  await later.begin();
  await later.add('batteries');
  await expect(later.checkbox('batteries')).toBeVisible();
  await cold.context().setOffline(false);
  await later.isSaved();
  const ben = new ListPage(await newPhone());
  await ben.join(await later.invite(), 'Ben');
  await expect(ben.checkbox('batteries')).toBeVisible();
});

test('W3 tabs of one browser see each other, online or not', async ({ newPhone }) => {
  const page = await newPhone();
  const first = new ListPage(page);
  await first.begin();
  await first.add('milk');
  await first.isSaved();
  const second = new ListPage(await page.context().newPage());
  await second.page.goto(page.url());
  await expect(second.checkbox('milk')).toBeVisible();

  await page.context().setOffline(true);
  await expect(first.chip).toHaveText(/^Offline/);
  await first.add('bread');
  await expect(second.checkbox('bread')).toBeVisible();
  await second.tick('milk');
  await expect(first.checkbox('milk')).toBeChecked();
  await page.context().setOffline(false);
  await first.isSaved();
  await second.isSaved();
});

test('W8 the chip says that a tick is on its way in the frame that shows the tick', async ({ newPhone }) => {
  const anna = new ListPage(await newPhone());
  await anna.begin();
  await anna.add('milk');
  await anna.isSaved();
  const said = await anna.checkbox('milk').evaluate(async (box: HTMLInputElement) => {
    box.click();
    await Promise.resolve();
    return document.querySelector('[role=status]')?.textContent;
  });
  expect(said).toMatch(/^Saving/);
  await anna.isSaved();
});

test('W2 W8 a tick is kept although its list is left before the next frame', async ({ newPhone }) => {
  const anna = new ListPage(await newPhone());
  await anna.begin();
  await anna.add('milk');
  await anna.isSaved();
  const list = anna.page.url();
  await anna.checkbox('milk').evaluate((box: HTMLInputElement) => {
    box.click();
    document.querySelector<HTMLAnchorElement>('a[href="/"]')?.click();
  });
  await anna.page.waitForURL('/');
  await anna.page.goto(list);
  await expect(anna.checkbox('milk')).toBeChecked();
});

test('W2 W8 a tick is kept although its page goes in the same moment', async ({ newPhone }) => {
  const anna = new ListPage(await newPhone());
  await anna.begin();
  await anna.add('milk');
  await anna.isSaved();
  const reloaded = anna.page.waitForEvent('load');
  const going = anna.checkbox('milk').evaluate((box: HTMLInputElement) => {
    box.click();
    location.reload();
  });
  // The page may be gone before it has answered.
  await Promise.all([reloaded, going.catch(() => undefined)]);
  await expect(anna.checkbox('milk')).toBeChecked();
});

test('W2 W8 a tick is kept although its page goes while the phone’s database is held by something else', async ({
  newPhone,
}) => {
  const anna = new ListPage(await newPhone());
  await anna.begin();
  await anna.add('milk');
  await anna.isSaved();
  const reloaded = anna.page.waitForEvent('load');
  const going = anna.checkbox('milk').evaluate(async (box: HTMLInputElement) => {
    const opening = indexedDB.open('trolley');
    await new Promise((resolve) => {
      opening.onsuccess = resolve;
    });
    const outbox = opening.result.transaction('outbox').objectStore('outbox');
    await new Promise<void>((resolve) => {
      const read = () => {
        resolve();
        outbox.count().onsuccess = read;
      };
      outbox.count().onsuccess = read;
    });
    box.click();
    location.reload();
  });
  await Promise.all([reloaded, going.catch(() => undefined)]);
  await expect(anna.checkbox('milk')).toBeChecked();
  await anna.isSaved();
});
