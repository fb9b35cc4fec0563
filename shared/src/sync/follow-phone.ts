import type { ListId } from '../protocol/index.ts';
import type { Incoming } from './incoming.ts';
import type { ListSyncHost } from './list-sync-parts.ts';
import { isElsewhere, type Storage } from './storage.ts';

interface FollowParts {
  list: ListId;
  storage: Storage;
  host: ListSyncHost;
  incoming: Incoming;
}

/**
 * Brings an open list to where the phone's stored copy is, if another tab has brought that further: a copy that the phone would not store stays behind.
 * Rejects when the phone refuses to read.
 */
export async function followPhone({ host, incoming, list, storage }: FollowParts): Promise<void> {
  const copy = await storage.load(list);
  if (copy === null) return;
  const { log, epoch } = copy.meta;
  const here = { log: incoming.log, epoch: host.document().epoch };
  if (epoch === here.epoch) incoming.takeStored(copy.updates);
  else if (log !== null && isElsewhere(here, { ...copy.meta, log })) host.enterCopy(copy);
}
