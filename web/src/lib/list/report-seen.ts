import type { ListId } from '@trolley/shared/protocol';
import type { OpenList, Storage } from '@trolley/shared/sync';
import { tellSeen } from '#lib/sharing/seen-api.ts';

interface Reporter {
  storage: Pick<Storage, 'lists'>;
  account: { readonly hasSession: boolean };
}

/** Changes come in bursts: the first is waited for others so long before the server is told. */
const gatherMs = 3_000;

/**
 * Tells the server up to where this phone has an open list on its disk, a moment after that has changed, so that the others can see it. What
 * can't be told is told with the next change, or when the list is opened next. Returns how to stop.
 */
export function reportSeen({ storage, account }: Reporter, open: Pick<OpenList, 'on'>, listId: ListId): () => void {
  let told: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = async (): Promise<void> => {
    timer = undefined;
    if (!account.hasSession) return;
    const stored = (await storage.lists()).find(({ list }) => list === listId);
    if (stored === undefined || stored.role === null || !stored.isRegistered || stored.log === null) return;
    if (stored.cursor === told) return;
    await tellSeen(listId, stored.cursor);
    told = stored.cursor;
  };
  const soon = (): void => {
    timer ??= setTimeout(() => void tell().catch(() => undefined), gatherMs);
  };

  soon();
  const stopListening = open.on(soon);
  return () => {
    stopListening();
    clearTimeout(timer);
  };
}
