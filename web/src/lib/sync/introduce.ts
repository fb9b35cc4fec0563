import type { Trolley } from './trolley.ts';

/**
 * Sets name or colour, here and for everybody else. The others see whom the server saw connect, so the connection begins anew. Rejects with a
 * `TrolleyError` when the server could not be told; on this phone it is set in any case.
 */
export async function introduce(
  { account, client }: Pick<Trolley, 'account' | 'client'>,
  fields: { name?: string; color?: number },
): Promise<void> {
  await account.describe(fields);
  if (account.hasSession) client.reconnect();
}
