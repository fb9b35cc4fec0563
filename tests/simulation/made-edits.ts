import type { ListDocument } from '@trolley/shared/document';
import { MemoryStorage } from '@trolley/shared/sync';

/** An item that one device alone touches: at the end it must be there, with this quantity. */
interface OwnItem {
  readonly name: string;
  readonly quantity: number;
}

interface Edit {
  readonly update: Uint8Array;
  /** What it was made in: the document of one tab. */
  readonly document: ListDocument;
  ownItem: OwnItem | null;
}

/**
 * The edits of a history, of which none may be lost. Only one that its tab had made and the phone had not stored when the tab was killed is
 * forgiven: the moment that ARCHITECTURE.md names.
 */
export class MadeEdits {
  #edits: Edit[] = [];
  readonly #stored = new WeakSet<Uint8Array>();
  forgivenCount = 0;

  get updates(): readonly Uint8Array[] {
    return this.#edits.map(({ update }) => update);
  }

  get ownItems(): readonly OwnItem[] {
    return this.#edits.flatMap(({ ownItem }) => ownItem ?? []);
  }

  /** Writes down what is done in a document. */
  watch(document: ListDocument): void {
    document.onLocalUpdate((update) => this.#edits.push({ update, document, ownItem: null }));
  }

  /** The last edit has put this item on the list. */
  noteOwnItem(ownItem: OwnItem): void {
    const last = this.#edits.at(-1);
    if (last !== undefined) last.ownItem = ownItem;
  }

  /** A phone's storage that says what it has taken. */
  createStorage(): MemoryStorage {
    const storage = new MemoryStorage();
    const putOutbox = storage.putOutbox.bind(storage);
    storage.putOutbox = (list, epoch, update) => {
      this.#stored.add(update);
      return putOutbox(list, epoch, update);
    };
    return storage;
  }

  /** The tab of this document is about to die. */
  forgive(document: ListDocument): void {
    const kept = this.#edits.filter((edit) => edit.document !== document || this.#stored.has(edit.update));
    this.forgivenCount += this.#edits.length - kept.length;
    this.#edits = kept;
  }
}
