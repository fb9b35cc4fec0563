import { join } from 'node:path';
import { addItem, removeItem, tickItem, type ListDocument } from '@trolley/shared/document';
import type { OpenList } from '@trolley/shared/sync';
import { describe, expect, it } from 'vitest';
import { createDatabase } from '../src/create-database.ts';
import { NodePhone, untilSaved } from '../src/node-phone.ts';
import { runScript } from '../src/run-script.ts';
import { startTrolley, type Trolley } from '../src/start-trolley.ts';
import { createTemporaryFolder } from '../src/temporary-folder.ts';

const patienceMs = 40_000;

/** What a list shows: names, and a mark for what is ticked. */
const shown = ({ view }: ListDocument): string[] =>
  view.items.map(({ name, isTicked }) => (isTicked ? `${name} ✓` : name)).sort();

const idOf = ({ view }: ListDocument, name: string) => {
  const item = view.items.find((candidate) => candidate.name === name);
  if (item === undefined) throw new Error(`There is no ${name}.`);
  return item.id;
};

async function run(script: string, words: readonly string[], env: Record<string, string>): Promise<string> {
  const { code, output } = await runScript(script, words, env);
  if (code !== 0) throw new Error(`${script} failed:\n${output}`);
  return output;
}

interface World {
  start: (port: number) => Promise<Trolley>;
  /** Environment of the commands. */
  env: Record<string, string>;
}

/** Two phones of a family: yesterday is in the backup, today is not, and then the backup is restored. */
async function loseToday(before: World, after: World, file: string): Promise<void> {
  const first = await before.start(0);
  await using stack = new AsyncDisposableStack();
  const mum = stack.use(await NodePhone.create(first.url));
  const dad = stack.use(await NodePhone.create(first.url));
  const mumsList = await mum.client.open(await mum.client.create('Groceries'));
  const add = (phone: NodePhone, { document }: OpenList, name: string) => addItem(document, { name }, phone.author());
  for (const name of ['milk', 'bread', 'salt', 'removed yesterday']) add(mum, mumsList, name);
  await untilSaved([mumsList], patienceMs);
  const dadsList = await dad.join(mumsList.list, mum.account);
  await expect.poll(() => dadsList.document.view.items.length, { timeout: patienceMs }).toBe(4);
  removeItem(dadsList.document, idOf(dadsList.document, 'removed yesterday'), dad.author());
  await untilSaved([mumsList, dadsList], patienceMs);
  await first.stop();
  await run('scripts/backup.mjs', [file], before.env);

  const second = await before.start(first.port);
  await untilSaved([mumsList, dadsList], patienceMs);
  tickItem(mumsList.document, idOf(mumsList.document, 'milk'), mum.author());
  removeItem(mumsList.document, idOf(mumsList.document, 'salt'), mum.author());
  add(dad, dadsList, 'eggs of today');
  const begunToday = await mum.client.open(await mum.client.create('Party'));
  add(mum, begunToday, 'balloons');
  await untilSaved([mumsList, dadsList, begunToday], patienceMs);
  await second.kill('SIGKILL');
  add(dad, dadsList, 'made while it was gone');

  await run('scripts/restore.mjs', [file, ...(before === after ? ['--replace'] : [])], after.env);
  const third = await after.start(first.port);
  await untilSaved([mumsList, dadsList, begunToday], patienceMs);
  const today = ['bread', 'eggs of today', 'made while it was gone', 'milk ✓'];
  await expect
    .poll(() => [mumsList, dadsList].map(({ document }) => shown(document)), { timeout: patienceMs })
    .toEqual([today, today]);
  const witness = stack.use(await NodePhone.create(first.url));
  const seen = await witness.join(mumsList.list, mum.account);
  const party = await witness.join(begunToday.list, mum.account);
  await expect.poll(() => shown(seen.document), { timeout: patienceMs }).toEqual(today);
  await expect.poll(() => shown(party.document), { timeout: patienceMs }).toEqual(['balloons']);
  await stack.disposeAsync();
  await third.stop();
}

describe("a restore of yesterday's backup, with phones that have today", { timeout: 180_000 }, () => {
  it('S53 brings today back, with the embedded database', async () => {
    using folder = createTemporaryFolder();
    const dataDir = join(folder.path, 'data');
    const world = {
      start: (port: number) => startTrolley({ dataDir, port }),
      env: { DATA_DIR: dataDir },
    };
    await loseToday(world, world, join(folder.path, 'yesterday'));
  });

  it('S53 brings today back on a Postgres server, where the embedded database was before', async () => {
    using folder = createTemporaryFolder();
    await using database = await createDatabase();
    const dataDir = join(folder.path, 'data');
    const env = { DATABASE_URL: database.url };
    await loseToday(
      { start: (port) => startTrolley({ dataDir, port }), env: { DATA_DIR: dataDir } },
      { start: (port) => startTrolley({ dataDir, port, env }), env },
      join(folder.path, 'yesterday'),
    );
  });
});
