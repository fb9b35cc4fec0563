import { randomBytes } from 'node:crypto';
import { createMemberId, type UserId } from '@trolley/shared/protocol';
import { userIdSchema } from '../http/fields.ts';
import type { Database } from '../store/database.ts';

/** Makes an account that nobody can sign in to. */
export async function insertUser(database: Database): Promise<UserId> {
  const id = userIdSchema.parse(randomBytes(16).toString('hex'));
  await database.sql`
    insert into "user" (id, name, email, "emailVerified", member_id, color)
    values (${id}, 'Test', ${`${id}@guest.invalid`}, false, ${createMemberId(randomBytes)}, 0)`;
  return id;
}
