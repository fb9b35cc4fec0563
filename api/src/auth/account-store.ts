import { TrolleyError } from '@trolley/shared/protocol';
import type { Database } from '../store/database.ts';

/** Somebody with a passkey is no guest any more: they can come back. Everything else about them stays, their id too. */
export async function endGuestTime({ sql }: Database, userId: string): Promise<void> {
  await sql`update "user" set "isAnonymous" = false where id = ${userId} and "isAnonymous"`;
}

/** Takes away every passkey of an account. */
export async function removePasskeys({ sql }: Database, userId: string): Promise<void> {
  await sql`delete from passkey where "userId" = ${userId}`;
}

/** An address has shown to be its account's own. Passkeys from before that may be somebody else's, so they go. */
export async function confirmAddress(database: Database, userId: string): Promise<void> {
  await database.transaction(async (sql) => {
    await sql`
      delete from passkey
      where "userId" = (select id from "user" where id = ${userId} and not "emailVerified")`;
    await sql`update "user" set "emailVerified" = true where id = ${userId}`;
  });
}

/**
 * Somebody who has nothing but a passkey keeps it.
 *
 * @throws TrolleyError `forbidden`
 */
export async function refuseLastPasskey({ sql }: Database, userId: string): Promise<void> {
  const passkeys = await sql`select from passkey where "userId" = ${userId} limit 2`;
  if (passkeys.count < 2) throw new TrolleyError('forbidden', 'The last way in stays.');
}
