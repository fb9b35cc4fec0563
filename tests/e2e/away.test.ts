import type { Page } from '@playwright/test';
import { expectAccessible } from './expect-accessible.ts';
import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';

/** As if the list had been left so long ago: no test waits for it. */
async function leaveLongAgo(page: Page): Promise<void> {
  const isShifted = async () => {
    expect(await shiftMemory(page)).toBe(1);
  };
  await expect(isShifted).toPass();
  await page.goto('/account');
  await expect(isShifted).toPass();
}

/** Answers how many lists the phone remembers to have shown. */
function shiftMemory(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => {
          resolve(request.result);
        };
        request.onerror = () => {
          reject(new Error('the memory could not be read'));
        };
      });
    const names = (await indexedDB.databases()).map(({ name }) => name);
    if (!names.includes('trolley-memory')) return 0;
    const database = await settled(indexedDB.open('trolley-memory'));
    let count = 0;
    const store = database.transaction('memos', 'readwrite').objectStore('memos');
    for (const key of await settled(store.getAllKeys())) {
      const memo: unknown = await settled(store.get(key));
      if (typeof memo === 'object' && memo !== null && 'sinceMs' in memo) {
        count += 1;
        await settled(store.put({ ...memo, sinceMs: Date.now() - 3_600_000 }, key));
      }
    }
    database.close();
    return count;
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`W52 whoever comes back is told what others did, until they have seen it, ${colorScheme}`, async ({
    newPhone,
  }) => {
    const page = await newPhone({ colorScheme, reducedMotion: 'reduce' });
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
    await expectAccessible(page);
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
}
