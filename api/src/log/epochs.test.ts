import { randomBytes } from 'node:crypto';
import { createListId } from '@trolley/shared/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ListWriter, viewOf } from '../testing/list-writer.ts';
import { TestApi, type Person } from '../testing/test-api.ts';

const dayMs = 24 * 60 * 60 * 1000;

describe('epochs, as they come and go by themselves', { timeout: 30_000 }, () => {
  let api: TestApi;
  let owner: Person;
  const list = createListId(randomBytes);
  const updates = `/api/v1/lists/${list}/updates`;
  const writer = new ListWriter();
  const late = new ListWriter();

  const push = (update: Uint8Array) =>
    owner.call('POST', updates, { epoch: 0, update: Buffer.from(update).toString('base64') });

  beforeAll(async () => {
    api = await TestApi.start();
    owner = await api.guest();
    await owner.call('PUT', `/api/v1/lists/${list}`);
    writer.create('Home');
    writer.addMany(210);
    for (const update of writer.updates) late.document.apply(update, 'remote');
  }, 60_000);

  afterAll(async () => {
    await api.dispose();
  });

  it('S31 ends an epoch after half a year, with the next snapshot that is due, and announces that', async () => {
    api.events.length = 0;
    api.clock.shift(183 * dayMs);
    const outcomes = await api.api.log.append(
      writer.updates.map((update) => ({ userId: owner.userId, list, epoch: 0, update })),
    );
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    await expect.poll(() => api.events, { timeout: 15_000 }).toEqual([{ kind: 'head', list, epoch: 1, seq: 212 }]);
  });

  it('S32 sends the new epoch to whoever pulls in the old one', async () => {
    const pulled = await api.api.log.pull(owner.userId, { list, epoch: 0, cursor: 211 });
    expect(pulled).toMatchObject({ epoch: 1, head: 212 });
    expect(viewOf(pulled.updates)).toEqual(writer.document.view);
  });

  it('S33 announces a late edit by where the log then ends, and not by its bytes', async () => {
    api.events.length = 0;
    const answer = await push(late.add('late'));
    expect(answer.data()).toEqual({ epoch: 1, seq: 213 });
    expect(api.events).toEqual([{ kind: 'head', list, epoch: 1, seq: 213 }]);
    const pulled = await api.api.log.pull(owner.userId, { list, epoch: 0, cursor: 0 });
    expect(viewOf(pulled.updates).items.map(({ name }) => name)).toContain('late');
  });
});
