import { randomBytes } from 'node:crypto';
import { createListId } from '@trolley/shared/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ListWriter, viewOf } from '../testing/list-writer.ts';
import { TestApi, type Person } from '../testing/test-api.ts';

const pulledSchema = z.object({ head: z.int(), role: z.string(), updates: z.array(z.string()) });

describe('push and pull over HTTP', { timeout: 30_000 }, () => {
  let api: TestApi;
  let owner: Person;
  let updates: string;
  const writer = new ListWriter();

  beforeAll(async () => {
    api = await TestApi.start();
    owner = await api.guest();
    const list = createListId(randomBytes);
    updates = `/api/v1/lists/${list}/updates`;
    await owner.call('PUT', `/api/v1/lists/${list}`);
    writer.create('Home');
  }, 60_000);

  afterAll(async () => {
    await api.dispose();
  });

  const push = (update: Uint8Array, more: object = {}) =>
    owner.call('POST', updates, { epoch: 0, update: Buffer.from(update).toString('base64'), ...more });
  const pull = async (query: string) => pulledSchema.parse((await owner.call('GET', updates + query)).data());

  it('S7 gives back what was pushed', async () => {
    writer.addMany(3);
    for (const [index, update] of writer.updates.entries()) {
      expect((await push(update)).data()).toEqual({ epoch: 0, seq: index + 1 });
    }
    const pulled = await pull('?epoch=0&cursor=0');
    expect(pulled).toMatchObject({ head: 4, role: 'owner' });
    expect(viewOf(pulled.updates.map((text) => Buffer.from(text, 'base64')))).toEqual(writer.document.view);
    expect(await pull('?epoch=0&cursor=4')).toEqual({ head: 4, role: 'owner', updates: [] });
    expect(await pull('')).toEqual(pulled);
  });

  it('S26 announces a push to the relays after its commit', async () => {
    api.events.length = 0;
    const update = writer.add('announced');
    const { seq } = z.object({ seq: z.int() }).parse((await push(update)).data());
    expect(api.events).toMatchObject([{ kind: 'appended', epoch: 0, seq }]);
    const [event] = api.events;
    expect(event?.kind === 'appended' && Buffer.from(event.update).equals(Buffer.from(update))).toBe(true);
    await push(Uint8Array.of(9, 9, 9));
    expect(api.events).toHaveLength(1);
  });

  it('S5 refuses bad bytes with a code, and changes nothing', async () => {
    const { head } = await pull('');
    expect((await push(Uint8Array.of(1, 2, 3))).code()).toBe('update-rejected');
    expect((await push(new Uint8Array(70_000))).code()).toBe('too-large');
    expect((await owner.call('POST', updates, { epoch: 0, update: 'not base64!' })).code()).toBe('bad-request');
    expect((await owner.call('POST', updates, { epoch: 0 })).code()).toBe('bad-request');
    expect((await push(writer.last(), { epoch: 1 })).code()).toBe('epoch-ahead');
    expect((await push(writer.last(), { epoch: -1 })).code()).toBe('bad-request');
    expect((await owner.call('GET', `${updates}?epoch=${String(2 ** 31)}`)).code()).toBe('bad-request');
    expect((await owner.call('GET', `${updates}?cursor=-1`)).code()).toBe('bad-request');
    expect((await owner.call('GET', `${updates}?cursor=1;drop`)).code()).toBe('bad-request');
    expect((await pull('')).head).toBe(head);
  });

  it('S5 takes a whole document that heals a restored store', async () => {
    const whole = writer.document.encode();
    expect((await push(whole, { isBulk: true })).code()).toBeNull();
  });
});
