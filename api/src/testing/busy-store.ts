import { randomBytes } from 'node:crypto';
import { createLogId, createMemberId } from '@trolley/shared/protocol';
import { takeSnapshot } from '../log/take-snapshot.ts';
import { ListWriter } from './list-writer.ts';
import type { StoreHarness } from './log-harness.ts';

/** Values that a copy of the store could get wrong. */
const awkward = ['', ' a\tb\nc ', 'x\u2028y\u2029z', '\\x00', '{"a":[null]}', "'; drop table lists; --", '🛒', 'null'];

/** Leaves something in every table that accounts and lists have, with values of every kind. */
export async function fillStore(harness: StoreHarness): Promise<void> {
  const { sql } = harness.database;
  const owner = await harness.createUser();
  const guest = await harness.createUser();
  for (const [index, name] of awkward.entries()) {
    await sql`
      insert into "user" (id, name, email, "emailVerified", member_id, color, "isAnonymous")
      values (${`awkward ${index}`}, ${name}, ${`${index}@guest.invalid`}, false, ${createMemberId(randomBytes)}, 15, null)`;
  }
  const expiresAt = new Date('2027-06-01T12:34:56.789Z');
  await sql`
    insert into "session" (id, "expiresAt", token, "updatedAt", "userId")
    values ('s', ${expiresAt}, 'secret', now(), ${owner})`;
  await sql`
    insert into "account" (id, "accountId", "providerId", "userId", password, "updatedAt")
    values ('a', ${owner}, 'credential', ${owner}, 'a hash', now())`;
  await sql`insert into "verification" (id, identifier, value, "expiresAt") values ('v', 'i', 'x', ${expiresAt})`;
  await sql`
    insert into passkey (id, "publicKey", "userId", "credentialID", counter, "deviceType", "backedUp")
    values ('p', 'a key', ${owner}, 'c', 0, 'multiDevice', true)`;
  for (const items of [0, 3, 130]) {
    const list = await harness.createList(owner);
    await harness.setRole(list, guest, 'viewer');
    const writer = new ListWriter();
    writer.create('Home');
    writer.addMany(items);
    const appends = writer.updates.map((update) => ({ userId: owner, list, epoch: 0, update }));
    await harness.log.append(appends);
    await takeSnapshot(harness.database, list, new Date('2027-06-02T00:00:00.001Z'));
    await sql`
      insert into sealed_epochs (list_id, epoch, bytes, left_out, sealed_at)
      values (${list}, 3, ${writer.document.encode()}, ${[1, 7]}::integer[], now())`;
    await sql`
      insert into lost_documents (list_id, log_id, epoch, bytes, told_at)
      values (${list}, ${createLogId(randomBytes)}, 3, ${writer.document.encode()}, now())`;
    await sql`insert into member_cursors (list_id, user_id, seq, noted_at) values (${list}, ${owner}, 1, now())`;
    await sql`
      insert into invites (list_id, invite_id, token_hash, role, expires_at, created_by, created_at)
      values (${list}, 'i', ${randomBytes(32)}, 'editor', ${expiresAt}, ${owner}, now())`;
  }
}
