import { systemClock, type ListId, type PullResult, type UserId } from '@trolley/shared/protocol';
import { expect } from 'vitest';
import { appendBatch } from '../log/append.ts';
import { documentAt } from '../history/document-at.ts';
import { pruneHistory } from '../log/prune-history.ts';
import { rollOverIfDue } from '../log/roll-over.ts';
import { takeSnapshot } from '../log/take-snapshot.ts';
import { ListWriter, namesOf } from './list-writer.ts';
import type { StoreHarness } from './log-harness.ts';
import type { StoreRule } from './log-store-contract.ts';
import { codeOf, type LogUnderTest } from './log-under-test.ts';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

/** What the log tells of the past, and what of it may go. */
export const historyRules: readonly StoreRule[] = [
  {
    title: 'builds the document of any moment, across snapshots and epochs',
    prove: async (log, store) => {
      const { list, moments } = await livedList(log, store);
      for (const { at, names } of moments) expect(await namesAt(store, list, at)).toEqual(names);
      const [first] = moments;
      expect(await namesAt(store, list, new Date((first?.at.getTime() ?? 0) - dayMs))).toBeNull();
      expect(await namesAt(store, list, new Date(systemClock.nowMs() + 3_650 * dayMs))).toEqual(moments.at(-1)?.names);
    },
  },
  {
    title: 'forgets what was before a moment, and nothing that anybody sees of what came after',
    prove: async (log, store) => {
      const { owner, list, moments } = await livedList(log, store);
      const pulls = () => pullFromEverywhere(log, owner, list);
      const before = await pulls();
      const tooShort = moments.at(1);
      const cut = moments.at(11);
      if (tooShort === undefined || cut === undefined) throw new Error('The list has not lived long enough.');
      await pruneHistory(store.database, list, tooShort.at);
      expect(await countRows(store, list)).toEqual({ updates: 92, snapshots: 8 });
      await pruneHistory(store.database, list, cut.at);
      const kept = await countRows(store, list);
      expect(kept).toEqual({ updates: 92 - 34, snapshots: 6 });
      await pruneHistory(store.database, list, cut.at);
      expect(await countRows(store, list)).toEqual(kept);
      expect(await pulls()).toEqual(before);
      for (const { at, names } of moments.slice(10)) expect(await namesAt(store, list, at)).toEqual(names);
      for (const { at } of moments.slice(0, 10)) expect(await namesAt(store, list, at)).toBeNull();
    },
  },
  {
    title: 'takes the highest number of a moment where the clocks of nodes differ',
    prove: async (log, store) => {
      const { owner, list } = await log.ownList();
      const writer = new ListWriter();
      await appendAt(store, {
        owner,
        list,
        at: new Date(60_000),
        updates: [writer.create('Home'), writer.add('milk')],
      });
      await appendAt(store, { owner, list, at: new Date(30_000), updates: [writer.add('bread')] });
      expect(await namesAt(store, list, new Date(29_000))).toBeNull();
      expect(await namesAt(store, list, new Date(31_000))).toEqual(['bread', 'milk']);
    },
  },
  {
    title: 'keeps, whatever it forgets, what still waits for what it builds on',
    prove: async (log, store) => {
      const { owner, list } = await log.ownList();
      const writer = new ListWriter();
      await log.pushAll(owner, list, [writer.create('Home')]);
      const [milk, tick] = [writer.add('milk'), writer.tick(writer.idOf('milk'))];
      await log.pushAll(owner, list, [tick]);
      await takeSnapshot(store.database, list, new Date(0));
      await pruneHistory(store.database, list, new Date(0));
      expect(await countRows(store, list)).toMatchObject({ updates: 1 });
      await store.rollOver(list);
      await takeSnapshot(store.database, list, new Date(systemClock.nowMs()));
      await pruneHistory(store.database, list, new Date(systemClock.nowMs() + dayMs));
      expect(codeOf(await log.pushOne(owner, list, milk))).toBe('ok');
      expect((await log.newPhone(owner, list)).names).toEqual(['milk+']);
    },
  },
];

interface Moment {
  at: Date;
  names: string[] | null;
}

/** Thirty times, ten days apart: three edits, and a snapshot every fourth time. In the middle an epoch ends. */
async function livedList(
  log: LogUnderTest,
  store: StoreHarness,
): Promise<{ owner: UserId; list: ListId; moments: Moment[] }> {
  const { owner, list } = await log.ownList();
  let phone = new ListWriter();
  phone.create('Home');
  let sent = 0;
  const moments: Moment[] = [];
  for (let turn = 0; turn < 30; turn += 1) {
    const at = new Date(systemClock.nowMs() + turn * 10 * dayMs);
    for (let edit = 0; edit < 3; edit += 1) phone.add(`${turn}/${edit}`);
    await appendAt(store, { owner, list, at, updates: phone.updates.slice(sent), epoch: phone.document.epoch });
    sent = phone.updates.length;
    if (turn % 4 === 2) await takeSnapshot(store.database, list, at);
    moments.push({ at: new Date(at.getTime() + hourMs), names: phone.names });
    if ((await rollOverIfDue(store.database, list, at)) !== null) {
      phone = await log.newPhone(owner, list);
      sent = 0;
    }
  }
  return { owner, list, moments };
}

async function appendAt(
  { database }: StoreHarness,
  {
    owner,
    list,
    at,
    updates,
    epoch = 0,
  }: { owner: UserId; list: ListId; at: Date; updates: readonly Uint8Array[]; epoch?: number },
): Promise<void> {
  const appends = updates.map((update) => ({ userId: owner, list, epoch, update }));
  const { outcomes } = await appendBatch(database.sql, appends, at);
  expect(outcomes.map(codeOf)).toEqual(updates.map(() => 'ok'));
}

async function namesAt({ database }: StoreHarness, list: ListId, at: Date): Promise<string[] | null> {
  const loaded = await documentAt(database.sql, list, at);
  return loaded === null ? null : namesOf(loaded.document);
}

async function pullFromEverywhere(log: LogUnderTest, owner: UserId, list: ListId): Promise<PullResult[]> {
  const { epoch, seq } = (await log.service.heads([list])).get(list) ?? { epoch: 0, seq: 0 };
  const cursors = Array.from({ length: seq + 1 }, (_, cursor) => cursor);
  return Promise.all(
    cursors.flatMap((cursor) => [log.pull(owner, list, cursor), log.pull(owner, list, cursor, epoch)]),
  );
}

/** How much of a list's past is in the tables. */
export async function countRows({ database }: StoreHarness, list: ListId): Promise<unknown> {
  const [counts] = await database.sql`
    select (select count(*)::integer from updates where list_id = ${list}) as updates,
      (select count(*)::integer from snapshots where list_id = ${list}) as snapshots`;
  return counts;
}
