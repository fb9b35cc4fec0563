import { startTrolley } from '../src/start-trolley.ts';
import { createTemporaryFolder } from '../src/temporary-folder.ts';
import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';

test('P1 the server is killed in the middle of writing: what was saved is there, the rest arrives from the phones', async ({
  browser,
}) => {
  using folder = createTemporaryFolder();
  let trolley = await startTrolley({ dataDir: folder.path });
  const { port, url } = trolley;
  const newPhone = async () => {
    const context = await browser.newContext({ baseURL: url });
    const page = await context.newPage();
    await page.goto('/');
    return new ListPage(page);
  };
  const anna = await newPhone();
  await anna.begin();
  const ben = await newPhone();
  await ben.join(await anna.invite(), 'Ben');
  await ben.isSaved();

  const names = Array.from({ length: 12 }, (_, index) => `thing ${String(index)}`);
  for (const name of names.slice(0, 4)) await anna.add(name);
  await anna.isSaved();
  const saved = names.slice(0, 4);
  const writing = (async () => {
    for (const name of names.slice(4)) await anna.add(name);
  })();
  await trolley.kill('SIGKILL');
  await writing;
  await expect(anna.chip).toHaveText(/^Offline/);

  trolley = await startTrolley({ dataDir: folder.path, port });
  const clara = await newPhone();
  await anna.isSaved();
  await clara.join(await anna.invite(), 'Clara');
  for (const phone of [ben, clara]) {
    for (const name of saved) await expect(phone.checkbox(name)).toBeVisible();
    await expect(phone.rows).toHaveCount(names.length);
  }
  for (const phone of [anna, ben, clara]) await phone.page.context().close();
  await trolley.stop();
});
