import { awaitConnection } from './await-connection.ts';
import type { Connection } from './connection.ts';
import { fetchList } from './fetch-list.ts';
import type { StoredCopy } from './storage.ts';

interface UnseenParts extends Omit<Parameters<typeof fetchList>[0], 'log'> {
  connection: Connection;
}

/**
 * Brings a list here that somebody has opened and that this phone has never seen. Rejects as `fetchList` does, and with `unavailable` when there
 * is no connection soon.
 */
export async function fetchUnseen({ connection, ...parts }: UnseenParts): Promise<StoredCopy> {
  return fetchList({ ...parts, log: await awaitConnection(connection, parts.clock) });
}
