import { expect, type Page } from '@playwright/test';

/** Leaves the lists that this phone has shown, as if that had been long ago: no test waits for it. */
export async function leaveLongAgo(page: Page, listCount = 1): Promise<void> {
  const isShifted = async () => {
    expect(await shiftMemory(page)).toBe(listCount);
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
