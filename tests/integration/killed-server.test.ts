import { addItem, type ListDocument } from '@trolley/shared/document';
import type { OpenList } from '@trolley/shared/sync';
import { describe, expect, it } from 'vitest';
import { createDatabase } from '../src/create-database.ts';
import { NodePhone, untilSaved } from '../src/node-phone.ts';
import { startTrolley, type Trolley } from '../src/start-trolley.ts';
import { createTemporaryFolder } from '../src/temporary-folder.ts';

const phoneCount = 5;
const healTimeoutMs = 40_000;

const names = (document: ListDocument) => document.view.items.map((item) => item.name).sort();

/** Phones on one list, each writing as fast as it may, while the server behind them is killed and comes back. */
async function writeThroughKills(start: (port: number) => Promise<Trolley>): Promise<void> {
  let trolley = await start(0);
  const { url, port } = trolley;
  await using stack = new AsyncDisposableStack();
  const owner = stack.use(await NodePhone.create(url));
  const list = await owner.client.create('Groceries');
  const lists: OpenList[] = [await owner.client.open(list)];
  const phones = [owner];
  await untilSaved(lists, healTimeoutMs);
  while (phones.length < phoneCount) {
    const phone = stack.use(await NodePhone.create(url));
    phones.push(phone);
    lists.push(await phone.join(list, owner.account));
  }

  const made: string[] = [];
  const write = (round: number) => {
    phones.forEach((phone, index) => {
      const name = `thing ${String(round)} of ${String(index)}`;
      const document = lists[index]?.document;
      if (document === undefined) return;
      addItem(document, { name }, phone.author());
      made.push(name);
    });
  };
  for (let kill = 0; kill < 2; kill += 1) {
    for (let round = 0; round < 10; round += 1) {
      write(kill * 20 + round);
      await new Promise(setImmediate);
    }
    await trolley.kill('SIGKILL');
    for (let round = 10; round < 20; round += 1) write(kill * 20 + round);
    trolley = await start(port);
    await untilSaved(lists, healTimeoutMs);
  }

  const witness = stack.use(await NodePhone.create(url));
  const seen = await witness.join(list, owner.account);
  expect(names(seen.document)).toEqual([...made].sort());
  await expect
    .poll(() => lists.map(({ document }) => names(document)), { timeout: healTimeoutMs })
    .toEqual(lists.map(() => [...made].sort()));
  await stack.disposeAsync();
  await trolley.stop();
}

describe('a server that is killed while phones write', () => {
  it('P1 loses nothing with the embedded database', async () => {
    using folder = createTemporaryFolder();
    await writeThroughKills((port) => startTrolley({ dataDir: folder.path, port }));
  });

  it('P1 loses nothing with a Postgres server', async () => {
    using folder = createTemporaryFolder();
    await using database = await createDatabase();
    const env = { DATABASE_URL: database.url };
    await writeThroughKills((port) => startTrolley({ dataDir: folder.path, port, env }));
  });
});
