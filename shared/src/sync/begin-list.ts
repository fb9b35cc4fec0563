import { createList, ListDocument, type Author, type ListLook } from '../document/index.ts';
import { createListId, type Clock, type ListId, type RandomBytes } from '../protocol/index.ts';
import { drawClientId } from './draw-client-id.ts';
import type { Storage } from './storage.ts';
import { summarize } from './summarize.ts';

/** How a list begins, besides its title. */
export interface ListBeginning {
  readonly look?: Partial<ListLook>;
  /** Writes what is on it from the start. */
  readonly fill?: ((document: ListDocument, author: Author) => void) | undefined;
}

/** Begins a list on this phone. The server has not heard of it when this resolves. Rejects when the phone refuses to store it. */
export async function beginList(
  { storage, randomBytes, clock }: { storage: Storage; randomBytes: RandomBytes; clock: Clock },
  title: string,
  author: Author,
  { look, fill }: ListBeginning = {},
): Promise<ListId> {
  const list = createListId(randomBytes);
  const document = new ListDocument({ clientId: drawClientId(randomBytes) });
  const updates: Uint8Array[] = [];
  document.onLocalUpdate((update) => updates.push(update));
  createList(document, title, author, look);
  fill?.(document, author);
  const summary = summarize(document);
  document.dispose();
  await storage.saveList(list, { ...summary, role: 'owner', isRegistered: false, openedAtMs: clock.nowMs() });
  for (const update of updates) await storage.putOutbox(list, { epoch: 0, update });
  return list;
}
