import { addItem, ListDocument, type Author } from '../document/index.ts';
import { createListId, createLogId, createMemberId } from '../protocol/index.ts';

/** Ids and updates that sync tests are made of. */
export const testList = createListId((byteLength) => new Uint8Array(byteLength).fill(7));
export const testLog = createLogId((byteLength) => new Uint8Array(byteLength));
export const testAuthor: Author = {
  memberId: createMemberId((byteLength) => new Uint8Array(byteLength).fill(10)),
  nowMs: Date.UTC(2027, 5, 1, 9),
};

/** A document and the updates that its edits make, as they come. */
function writingDocument(clientId: number): { document: ListDocument; updates: Uint8Array[] } {
  const document = new ListDocument({ clientId, epoch: 0 });
  const updates: Uint8Array[] = [];
  document.onLocalUpdate((update) => updates.push(update));
  return { document, updates };
}

/** One update for each name, each building on those before it. */
export function updatesFor(clientId: number, names: readonly string[]): Uint8Array[] {
  const { document, updates } = writingDocument(clientId);
  for (const name of names) addItem(document, { name }, testAuthor);
  return updates;
}

/** One update of at least so many bytes. */
export function largeUpdate(clientId: number, atLeastBytes: number): Uint8Array {
  const { document } = writingDocument(clientId);
  for (let item = 0; document.encode().byteLength < atLeastBytes; item += 1) {
    for (let more = 0; more < 20; more += 1) {
      const name = `Item ${item} ${more}`;
      addItem(document, { name, note: 'x'.repeat(400) }, testAuthor);
    }
  }
  return document.encode();
}

/** What the list is, in one line. */
export function namesOn(document: ListDocument): string[] {
  return document.view.items.map((item) => item.name).toSorted();
}
