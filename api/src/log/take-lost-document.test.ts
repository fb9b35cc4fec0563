import { randomBytes } from 'node:crypto';
import { createLogId } from '@trolley/shared/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ListWriter } from '../testing/list-writer.ts';
import { startLogHarness, type StoreHarness } from '../testing/log-harness.ts';
import { markRestored } from './mark-restored.ts';

describe('what is told of lost logs', { timeout: 60_000 }, () => {
  let store: StoreHarness;

  beforeAll(async () => {
    store = await startLogHarness(null);
  }, 60_000);

  afterAll(async () => {
    await store.dispose();
  });

  it('S53 stays bounded, whoever invents such logs', async () => {
    const { database, log } = store;
    const userId = await store.createUser();
    const list = await store.createList(userId);
    const phone = new ListWriter();
    phone.create('Home');
    await log.append(phone.updates.map((update) => ({ userId, list, epoch: 0, update })));
    await database.transaction((sql) => markRestored(sql, new Date(), randomBytes));
    const update = phone.document.encode();
    for (let invented = 0; invented < 70; invented += 1) {
      const lostLog = createLogId(randomBytes);
      const [outcome] = await log.append([{ userId, list, epoch: 0, update, isBulk: true, lostLog }]);
      expect(outcome).toMatchObject({ ok: true });
    }
    const [row] = await database.sql`select count(*)::integer as count from lost_documents where list_id = ${list}`;
    expect(row).toEqual({ count: 64 });
  });
});
