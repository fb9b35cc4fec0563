import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createListId, createLogId } from '@trolley/shared/protocol';
import type { OpenListEvent, StoredList } from '@trolley/shared/sync';
import { reportSeen } from './report-seen.ts';

const bytes = (length: number) => new Uint8Array(length).fill(7);
const listId = createListId(bytes);
const known: StoredList = {
  list: listId,
  title: 'Home',
  look: { color: null, emoji: '' },
  toBuy: 1,
  role: 'editor',
  hasOwned: false,
  isRegistered: true,
  log: createLogId(bytes),
  epoch: 0,
  cursor: 3,
  openedAtMs: 0,
};

let stored: StoredList;
let told: unknown[];
let status: number;
let change: () => void;

function start(hasSession = true): () => void {
  const storage = { lists: () => Promise.resolve([stored]) };
  const open = {
    on: (callback: (event: OpenListEvent) => void) => {
      change = () => {
        callback('document');
      };
      return () => {
        change = () => undefined;
      };
    },
  };
  return reportSeen({ storage, account: { hasSession } }, open, listId);
}

beforeEach(() => {
  vi.useFakeTimers();
  stored = known;
  told = [];
  status = 200;
  vi.stubGlobal('fetch', (path: string, { body }: { body: string }) => {
    told.push([path, JSON.parse(body)]);
    const answer = status === 200 ? { success: true, data: null } : { success: false };
    return Promise.resolve(new Response(JSON.stringify(answer), { status }));
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const say = (seq: number) => [`/api/v1/lists/${listId}/seen`, { seq }];

it('W33 a phone says once what it has on its disk, a moment after a burst of changes', async () => {
  const stop = start();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(told).toEqual([say(3)]);
  for (const cursor of [4, 5, 6]) {
    stored = { ...known, cursor };
    change();
  }
  await vi.advanceTimersByTimeAsync(3_000);
  change();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told).toEqual([say(3), say(6)]);
  stop();
  expect(vi.getTimerCount()).toBe(0);
});

it('W33 what could not be told is told with the next change', async () => {
  const stop = start();
  status = 503;
  await vi.advanceTimersByTimeAsync(3_000);
  status = 200;
  change();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(told).toEqual([say(3), say(3)]);
  stop();
});

it.each([
  ['nobody whom the server knows', {}, false],
  ['a list that only this phone knows', { isRegistered: false }, true],
  ['a list that was taken away', { role: null }, true],
  ['a list that no server was heard of', { log: null }, true],
])('W33 nothing is said of %s', async (_what, fields, hasSession) => {
  stored = { ...stored, ...fields };
  const stop = start(hasSession);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(told).toEqual([]);
  stop();
});
