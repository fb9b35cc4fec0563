import type { ListId } from '../protocol/index.ts';
import type { Incoming } from './incoming.ts';
import type { ListSyncHost } from './list-sync-parts.ts';
import type { Storage } from './storage.ts';

interface FollowParts {
  list: ListId;
  storage: Storage;
  host: ListSyncHost;
  incoming: Incoming;
}

/** Brings an open list to where the phone's stored copy is, which another tab has brought further. Rejects when the phone refuses to read. */
export async function followPhone({ host, incoming, list, storage }: FollowParts): Promise<void> {
  const copy = await storage.load(list);
  if (copy?.meta.epoch === host.document().epoch) incoming.takeStored(copy.updates);
  else if (copy !== null) host.enterCopy(copy);
}
