import { limits } from '../protocol/index.ts';
import type { Entry } from './entry.ts';
import { ItemIndex, type ListedEntry } from './item-index.ts';
import { Listeners } from '../runtime/listeners.ts';
import type { ClockId } from './guard/read-update.ts';
import type { ChangeEntry, KeyWrite } from './model/change.ts';
import type { ItemId } from './model/item-id.ts';
import type { Item, ListView, Product } from './model/item.ts';
import { isSameJson } from './model/json.ts';
import { isListColor, plainLook, readEmoji, type ListLook } from './model/list-look.ts';
import type { RootName } from './model/root-names.ts';
import { readText } from './model/schema.ts';
import { Replica, type ApplyResult, type RemoteOrigin } from './replica.ts';
import { writeBatches } from './write-batches.ts';

/** What changed, told once per command and once per `apply`. */
export interface DocumentChange {
  /** Ids of which the item or what is known of the product is not what it was. */
  readonly items: ReadonlySet<ItemId>;
  readonly isLocal: boolean;
  /** Whether the title, the colour or the emoji is not what it was. */
  readonly headChanged: boolean;
  /** Whether stores, aisles or trips may not be what they were. */
  readonly shoppingChanged: boolean;
  /** What a local edit did to the keys: the same array as the `Change` of its command has. None for what came in. */
  readonly entries: readonly ChangeEntry[];
}

/** What a local edit did, and the updates that do the same elsewhere. */
export interface LocalEdit {
  readonly entries: readonly ChangeEntry[];
  readonly updates: readonly Uint8Array[];
}

/** What a document costs: an epoch ends when one of these has grown too large. */
export interface DocumentStats {
  readonly clientIds: number;
  readonly structs: number;
  readonly encodedBytes: number;
}

/**
 * One list in one epoch: the family's grocery list as every phone comes to see it, whatever order edits arrive in. Commands change
 * it (`addItem`, `tickItem` …), `apply` brings in what others did, and `view` is what it all means.
 */
export class ListDocument {
  readonly #replica: Replica;
  readonly #index: ItemIndex;
  readonly #givenEpoch: number | undefined;
  readonly #localUpdates = new Listeners<Uint8Array>();
  readonly #changes = new Listeners<DocumentChange>();
  #title = '';
  #look: ListLook = plainLook;
  #view: ListView | null = null;

  /**
   * `epoch` is the one the log says; without it the document's own word counts. `clientId` is for tests: otherwise Yjs draws one at
   * random, which must never be used again after this object is gone.
   */
  constructor(options: { clientId?: number; epoch?: number } = {}) {
    this.#replica = new Replica(options.clientId);
    this.#index = new ItemIndex((root, key) => this.#replica.read(root, key));
    this.#givenEpoch = options.epoch;
  }

  /** Names this copy of the document among all that write into it. */
  get clientId(): number {
    return this.#replica.clientId;
  }

  /**
   * Goes on under another client id, as a page does that is opened again. For simulations: an app makes a new document instead.
   * An id that was in use before must never come back.
   */
  renewClientId(clientId: number): void {
    this.#replica.clientId = clientId;
  }

  /** Number of the epoch that this document belongs to; 0 is the first. */
  get epoch(): number {
    if (this.#givenEpoch !== undefined) return this.#givenEpoch;
    const epoch = this.#replica.read('meta', 'epoch');
    return typeof epoch === 'number' && Number.isSafeInteger(epoch) && epoch >= 0 ? epoch : 0;
  }

  /** The same object until something in it changes. */
  get view(): ListView {
    const { listed } = this.#current;
    this.#view ??= { title: this.#title, look: this.#look, items: listed.map(({ item }) => item) };
    return this.#view;
  }

  /** The item, when it is on the list. */
  item(id: ItemId): Item | undefined {
    return this.#current.get(id)?.item ?? undefined;
  }

  /** Everything the list has known and does not hide, in no particular order. The same array until something in it changes. */
  products(): readonly Product[] {
    return this.#current.products();
  }

  /** For commands: what is known of everything on the list, in its order. */
  get listed(): readonly ListedEntry[] {
    return this.#current.listed;
  }

  /** For commands: what is known of everything, hidden products too, in no particular order. */
  entries(): Iterable<Entry> {
    return this.#current.entries();
  }

  /** For commands: what is known of one id. */
  entry(id: ItemId): Entry | undefined {
    return this.#current.get(id);
  }

  /** For commands and epochs, which must not change what they do not understand: the raw value of a key. */
  read(root: RootName, key: string): unknown {
    return this.#replica.read(root, key);
  }

  /** The last write of a key, also where that is deleted; undefined where nobody has ever written it. Who sits before its client, a roster says. */
  writeOf(root: RootName, key: string): ClockId | undefined {
    return this.#replica.writeOf(root, key);
  }

  /** For epochs: the keys of a root that have ever been written, deleted ones too. */
  writtenKeys(root: RootName): IterableIterator<string> {
    return this.#replica.writtenKeys(root);
  }

  /** For epochs: the keys of a root, sound or not. */
  keys(root: RootName): IterableIterator<string> {
    return this.#replica.keys(root);
  }

  /**
   * Sets and deletes keys as one local edit: what commands are made of. Keys that have the value already are left alone. It is one
   * transaction and one update, unless that would be too large to push. Returns what changed, or null.
   */
  write(writes: readonly KeyWrite[]): LocalEdit | null {
    const written = writeBatches(writes).flatMap((batch) => this.#replica.write(batch) ?? []);
    if (written.length === 0) return null;
    const updates = written.map(({ update }) => update);
    const entries = written.flatMap((one) => one.entries);
    const change = this.#changes.isEmpty ? null : this.#refresh(entries);
    for (const update of updates) this.#localUpdates.emit(update);
    if (change !== null) this.#changes.emit(change);
    return { entries, updates };
  }

  /** Guards, then applies. Never throws on hostile bytes and never keeps a part for later. Applying the same update again is harmless. */
  apply(update: Uint8Array, origin: RemoteOrigin): ApplyResult {
    const [result] = this.applyAll([update], origin);
    return result ?? { applied: true };
  }

  /** As `apply`, for many in log order, in one transaction. The results come in the same order; a refused one stops no other. */
  applyAll(updates: readonly Uint8Array[], origin: RemoteOrigin): ApplyResult[] {
    const results = this.#replica.applyAll(updates, origin);
    if (this.#changes.isEmpty) return results;
    const change = this.#refresh();
    if (change !== null && (change.items.size > 0 || change.headChanged || change.shoppingChanged)) {
      this.#changes.emit(change);
    }
    return results;
  }

  /** The whole state as one update (Yjs, V1). The same bytes until something changes, so nobody may write into them. */
  encode(): Uint8Array {
    return this.#replica.encode();
  }

  /**
   * Calls back once per local command or undo, with the update to store and push; several times for one that is too large for one
   * update. Returns how to stop.
   */
  onLocalUpdate(listener: (update: Uint8Array) => void): () => void {
    return this.#localUpdates.add(listener);
  }

  /** Calls back after the view has changed. Returns how to stop. */
  onChange(listener: (change: DocumentChange) => void): () => void {
    // What came before is not told.
    this.#refresh();
    return this.#changes.add(listener);
  }

  /** Encodes the document to measure it: milliseconds, not microseconds. */
  stats(): DocumentStats {
    return { ...this.#replica.counts(), encodedBytes: this.encode().length };
  }

  /** Tells nobody anything any more and lets go of the document. */
  dispose(): void {
    this.#localUpdates.clear();
    this.#changes.clear();
    this.#replica.dispose();
  }

  /** The index as the document is now. It is read when somebody looks or listens: a server that only keeps a document does neither. */
  get #current(): ItemIndex {
    this.#refresh();
    return this.#index;
  }

  /** Reads what has changed; null for nothing. `entries` is what a local edit did. */
  #refresh(entries?: readonly ChangeEntry[]): DocumentChange | null {
    const dirty = this.#replica.takeDirtyKeys();
    if (dirty === null) return null;
    const items = this.#index.refresh(dirty.items);
    const headChanged = dirty.isMetaDirty && this.#refreshHead();
    if (items.size > 0 || headChanged) this.#view = null;
    const isLocal = entries !== undefined;
    return { items, isLocal, headChanged, shoppingChanged: dirty.isShoppingDirty, entries: entries ?? [] };
  }

  /** Answers whether the head is not what it was. */
  #refreshHead(): boolean {
    const before = [this.#title, this.#look] as const;
    const color = this.#replica.read('meta', 'color');
    this.#title = readText(this.#replica.read('meta', 'title'), limits.maxTitleLength);
    this.#look = { color: isListColor(color) ? color : null, emoji: readEmoji(this.#replica.read('meta', 'emoji')) };
    return !isSameJson(before, [this.#title, this.#look]);
  }
}
