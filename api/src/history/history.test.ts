import { randomBytes } from 'node:crypto';
import { createListId } from '@trolley/shared/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ListWriter, viewOf } from '../testing/list-writer.ts';
import { TestApi, type Person } from '../testing/test-api.ts';

const minuteMs = 60_000;
const momentsSchema = z.object({
  moments: z.array(z.object({ at: z.string(), edits: z.int(), by: z.array(z.string()) })),
  next: z.string().nullable(),
});
const pastSchema = z.object({ epoch: z.int(), seq: z.int(), update: z.base64() });

describe('the past of a list', { timeout: 30_000 }, () => {
  let api: TestApi;
  let owner: Person;
  const list = createListId(randomBytes);
  const path = `/api/v1/lists/${list}`;
  const writer = new ListWriter();
  /** The end of each minute in which something was added, and how many edits it had. */
  const minutes: { at: string; edits: number }[] = [];

  beforeAll(async () => {
    api = await TestApi.start();
    owner = await api.guest();
    await owner.call('PUT', path);
    for (const edits of [1, 3, 2]) {
      api.clock.shift(minuteMs - (api.clock.nowMs() % minuteMs));
      // The clock goes on: a millisecond may have passed since it was shifted.
      const endMs = (Math.floor(api.clock.nowMs() / minuteMs) + 1) * minuteMs;
      minutes.push({ at: new Date(endMs).toISOString(), edits });
      const before = writer.updates.length;
      if (before === 0) writer.create('Home');
      else writer.addMany(edits, `of ${edits}`);
      const appends = writer.updates.slice(before).map((update) => ({ userId: owner.userId, list, epoch: 0, update }));
      await api.api.log.append(appends);
      api.clock.shift(10 * minuteMs);
    }
  }, 60_000);

  afterAll(async () => {
    await api.dispose();
  });

  const now = () => new Date(api.clock.nowMs()).toISOString();

  it('S54 tells when it was edited and by whom, the latest first', async () => {
    const told = momentsSchema.parse((await owner.call('GET', `${path}/history?before=${now()}`)).data());
    expect(told.next).toBeNull();
    expect(told.moments).toEqual(minutes.toReversed().map((minute) => ({ ...minute, by: [owner.memberId] })));
  });

  it('S54 gives the list as it was at the end of any minute', async () => {
    for (const [index, { at }] of minutes.entries()) {
      const past = pastSchema.parse((await owner.call('GET', `${path}/history/document?at=${at}`)).data());
      const edits = minutes.slice(0, index + 1).reduce((sum, minute) => sum + minute.edits, 0);
      expect(past).toMatchObject({ epoch: 0, seq: edits });
      expect(viewOf([Buffer.from(past.update, 'base64')]).items).toHaveLength(edits - 1);
    }
  });

  it('S54 tells nobody else, and nothing of a time before it began', async () => {
    const stranger = await api.guest();
    const [begun = { at: '' }] = minutes;
    const before = new Date(Date.parse(begun.at) - 60 * minuteMs).toISOString();
    expect((await stranger.call('GET', `${path}/history?before=${now()}`)).code()).toBe('not-found');
    expect((await stranger.call('GET', `${path}/history/document?at=${begun.at}`)).code()).toBe('not-found');
    expect((await owner.call('GET', `${path}/history/document?at=${before}`)).code()).toBe('not-found');
    expect((await owner.call('GET', `${path}/history?before=${before}`)).data()).toEqual({ moments: [], next: null });
    expect((await owner.call('GET', `${path}/history?before=yesterday`)).code()).toBe('bad-request');
    expect((await owner.call('GET', `${path}/history/document`)).code()).toBe('bad-request');
  });
});
