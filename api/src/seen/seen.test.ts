import { createListId, TrolleyError } from '@trolley/shared/protocol';
import { FakeClock } from '@trolley/shared/testing';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createdInviteSchema } from '../invites/invite-schemas.ts';
import { ListWriter } from '../testing/list-writer.ts';
import { recordLog } from '../testing/log-lines.ts';
import { TestApi, type Person } from '../testing/test-api.ts';
import { SeenNotes } from './seen-notes.ts';
import type { Seen } from './seen-store.ts';

const soon = { timeout: 10_000 };

describe('whose phones have a list', { timeout: 30_000 }, () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await TestApi.start();
  }, 60_000);

  afterAll(async () => {
    await api.dispose();
  });

  it('S64 is told to members: who has all, who misses how much, who has said nothing, never beyond the end', async () => {
    const [anna, ben, cleo] = [await api.guest('Anna'), await api.guest('Ben'), await api.guest('Cleo')];
    const list = createListId(randomBytes);
    const path = `/api/v1/lists/${list}`;
    await anna.call('PUT', path);
    const { token } = createdInviteSchema.parse(
      (await anna.call('POST', `${path}/invites`, { role: 'editor' })).data(),
    );
    for (const person of [ben, cleo]) await person.call('POST', `/api/v1/invites/${token}/accept`);
    const writer = new ListWriter();
    const updates = [writer.create('Home'), writer.add('milk'), writer.add('bread')];
    await api.api.log.append(updates.map((update) => ({ userId: anna.userId, list, epoch: 0, update })));

    const say = async (person: Person, seq: number) => (await person.call('PUT', `${path}/seen`, { seq })).code();
    const seen = async () => (await cleo.call('GET', `${path}/seen`)).data();
    expect(await Promise.all([say(anna, 2_000_000_000), say(ben, 2), say(ben, 1)])).toEqual([null, null, null]);
    await expect.poll(seen, soon).toEqual([
      { userId: anna.userId, missing: 0 },
      { userId: ben.userId, missing: 1 },
      { userId: cleo.userId, missing: null },
    ]);
    await say(ben, 1);
    await say(cleo, 3);
    await expect.poll(seen, soon).toContainEqual({ userId: cleo.userId, missing: 0 });
    expect(await seen()).toContainEqual({ userId: ben.userId, missing: 1 });

    await ben.call('DELETE', `${path}/members/${ben.userId}`);
    expect(await seen()).toHaveLength(2);
  });

  it('S64, S6 is nobody else’s business, and nobody else’s word counts', async () => {
    const [anna, stranger] = [await api.guest(), await api.guest()];
    const path = `/api/v1/lists/${createListId(randomBytes)}`;
    await anna.call('PUT', path);
    expect((await stranger.call('GET', `${path}/seen`)).code()).toBe('not-found');
    expect((await stranger.call('PUT', `${path}/seen`, { seq: 1 })).code()).toBeNull();
    await anna.call('PUT', `${path}/seen`, { seq: 0 });
    await expect
      .poll(async () => (await anna.call('GET', `${path}/seen`)).data(), soon)
      .toEqual([{ userId: anna.userId, missing: 0 }]);
  });

  it.each([[{}], [{ seq: -1 }], [{ seq: 1.5 }], [{ seq: 2 ** 31 }], [{ seq: '1' }]])('S64 refuses %j', async (body) => {
    const anna = await api.guest();
    const path = `/api/v1/lists/${createListId(randomBytes)}`;
    expect((await anna.call('PUT', `${path}/seen`, body)).code()).toBe('bad-request');
  });

  it('S64 costs one statement, however many phones speak however often', async () => {
    const clock = new FakeClock();
    const written: (readonly Seen[])[] = [];
    const write = (seen: readonly Seen[]): Promise<void> => {
      written.push(seen);
      return Promise.resolve();
    };
    const notes = new SeenNotes(write, clock, recordLog().logger);
    const people = [await api.guest(), await api.guest()];
    const list = createListId(randomBytes);
    for (let seq = 1; seq <= 50; seq += 1) for (const { userId } of people) notes.note({ list, userId, seq });
    expect(written).toEqual([]);
    await clock.advance(2_000);
    expect(written).toEqual([people.map(({ userId }) => ({ list, userId, seq: 50 }))]);
    await clock.advance(10_000);
    expect(written).toHaveLength(1);
  });

  it('S64 writes what waits when the process ends, and says what it could not write', async () => {
    const { logger, lines } = recordLog();
    const { userId } = await api.guest();
    const failing = new SeenNotes(
      () => Promise.reject(new TrolleyError('unavailable', 'away')),
      new FakeClock(),
      logger,
    );
    failing.note({ list: createListId(randomBytes), userId, seq: 1 });
    await failing.dispose();
    expect(lines.join('')).toContain('could not be written');
  });
});
