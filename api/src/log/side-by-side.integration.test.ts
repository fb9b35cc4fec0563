import { systemClock, type Append, type ListId, type UserId } from '@trolley/shared/protocol';
import { SeededRandom } from '@trolley/shared/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ListWriter } from '../testing/list-writer.ts';
import { startLogHarness, type StoreHarness } from '../testing/log-harness.ts';
import { codeOf, LogUnderTest } from '../testing/log-under-test.ts';
import { createServerDatabase } from '../testing/server-database.ts';
import { rollOverIfDue } from './roll-over.ts';
import { takeSnapshot } from './take-snapshot.ts';

const halfYearMs = 183 * 24 * 60 * 60 * 1000;

describe('batches of several nodes', () => {
  let nodes: StoreHarness[] = [];
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const database = await createServerDatabase(inject('postgresUrl'));
    drop = database.drop;
    nodes = [await startLogHarness(database.url), await startLogHarness(database.url)];
  });

  afterAll(async () => {
    for (const node of nodes) await node.dispose();
    await drop();
  });

  it('S38 wait only for the lists that they name', async () => {
    const [node = fail()] = nodes;
    const log = new LogUnderTest(node);
    const [blocked, free] = [await log.ownList(), await log.ownList()];
    const update = new ListWriter().create('Home');
    const lock = Promise.withResolvers<undefined>();
    const isLocked = Promise.withResolvers<undefined>();
    const holder = node.database.transaction(async (sql) => {
      await sql`select from lists where list_id = ${blocked.list} for update`;
      isLocked.resolve(undefined);
      await lock.promise;
    });
    await isLocked.promise;
    const settled: ListId[] = [];
    const pushes = [blocked, free, free, free].map(async ({ owner, list }) => {
      const outcome = await log.pushOne(owner, list, update);
      settled.push(list);
      return outcome;
    });
    await Promise.all(pushes.slice(1));
    expect(settled).toEqual([free.list, free.list, free.list]);
    lock.resolve(undefined);
    await holder;
    expect((await Promise.all(pushes)).map(codeOf)).toEqual(['ok', 'ok', 'ok', 'ok']);
  });

  it('S38 name the same lists in any order, while epochs end and late edits come: no deadlock, no gap, nothing lost', async () => {
    const seed = 38;
    const random = new SeededRandom(seed);
    const lists = await Promise.all(Array.from({ length: 5 }, () => new LogUnderTest(nodes[0] ?? fail()).ownList()));
    for (const { owner, list } of lists) {
      await new LogUnderTest(nodes[0] ?? fail()).pushAll(owner, list, [new ListWriter().create('Home')]);
    }
    const made = new Map<ListId, string[]>(lists.map(({ list }) => [list, []]));
    const work: Promise<unknown>[] = [];
    for (let turn = 0; turn < 60; turn += 1) {
      const node = random.pick(nodes);
      const batch = Array.from({ length: 1 + random.integer(8) }, (_, index) =>
        makeAppend(random.pick(lists), `${turn}/${index}`, made),
      );
      work.push(appendAll(node, batch));
      const { list } = random.pick(lists);
      const later = new Date(systemClock.nowMs() + (turn + 1) * halfYearMs);
      if (turn % 10 === 5) work.push(rollOverIfDue(node.database, list, later));
      if (turn % 10 === 7) work.push(takeSnapshot(node.database, list, later));
    }
    await Promise.all(work);
    for (const { owner, list } of lists) {
      const log = new LogUnderTest(random.pick(nodes));
      expect((await log.newPhone(owner, list)).names, `seed ${seed}`).toEqual(made.get(list)?.toSorted());
      expect(await storedSeqs(random.pick(nodes), list)).toEqual(await headsUpTo(log, list));
    }
    const epochs = await nodes[0]?.log.heads(lists.map(({ list }) => list));
    expect([...(epochs ?? new Map<ListId, { epoch: number }>()).values()].some(({ epoch }) => epoch > 0)).toBe(true);
  });
});

function fail(): never {
  throw new Error('There is no such node.');
}

/** An edit of the first epoch, by a phone that has seen nothing but the list's beginning. */
function makeAppend(
  { owner, list }: { owner: UserId; list: ListId },
  name: string,
  made: ReadonlyMap<ListId, string[]>,
): Append {
  made.get(list)?.push(name);
  return { userId: owner, list, epoch: 0, update: new ListWriter().add(name) };
}

async function appendAll({ log }: StoreHarness, batch: readonly Append[]): Promise<void> {
  const outcomes = await log.append(batch);
  expect(outcomes.map(codeOf)).toEqual(batch.map(() => 'ok'));
}

async function storedSeqs({ database }: StoreHarness, list: ListId): Promise<number[]> {
  const rows = await database.sql<{ seq: number }[]>`select seq from updates where list_id = ${list} order by seq`;
  return rows.map(({ seq }) => seq);
}

async function headsUpTo(log: LogUnderTest, list: ListId): Promise<number[]> {
  const head = (await log.service.heads([list])).get(list)?.seq ?? 0;
  return Array.from({ length: head }, (_, index) => index + 1);
}
