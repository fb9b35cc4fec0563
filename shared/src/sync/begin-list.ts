import { createList, ListDocument, type Author } from '../document/index.ts';
import { createListId, type Clock, type ListId, type RandomBytes } from '../protocol/index.ts';
import { drawClientId } from './draw-client-id.ts';
import type { Storage } from './storage.ts';

/** Begins a list on this phone. The server has not heard of it when this resolves. Rejects when the phone refuses to store it. */
export async function beginList(
  { storage, randomBytes, clock }: { storage: Storage; randomBytes: RandomBytes; clock: Clock },
  title: string,
  author: Author,
): Promise<ListId> {
  const list = createListId(randomBytes);
  const document = new ListDocument({ clientId: drawClientId(randomBytes) });
  const updates: Uint8Array[] = [];
  document.onLocalUpdate((update) => updates.push(update));
  createList(document, title, author);
  document.dispose();
  await storage.saveList(list, { title, role: 'owner', isRegistered: false, openedAtMs: clock.nowMs() });
  for (const update of updates) await storage.putOutbox(list, 0, update);
  return list;
}
