import * as Y from 'yjs';
import { limits } from '../protocol/index.ts';
import { createDoc } from './create-doc.ts';
import type { GuardReason } from './guard/guard-reason.ts';
import { hasCrossedKeys } from './guard/has-crossed-keys.ts';
import { hasGap } from './guard/has-gap.ts';
import { outlineUpdate } from './guard/inspect-update.ts';
import type { ClockId } from './guard/read-update.ts';
import { Journal } from './journal.ts';
import type { ChangeEntry, KeyWrite } from './model/change.ts';
import { isItemId, type ItemId } from './model/item-id.ts';
import { isJson, isSameJson } from './model/json.ts';
import { isItemRoot, rootNames, type RootName } from './model/root-names.ts';

export type ApplyResult = { readonly applied: true } | { readonly applied: false; readonly reason: GuardReason };

/** Where an update came from. Local commands have an origin of their own, which nothing from outside can have. */
export type RemoteOrigin = 'remote' | 'storage' | 'tab';

/** What a local edit did to the keys, and the update that does the same elsewhere. */
export interface Written {
  readonly entries: readonly ChangeEntry[];
  readonly update: Uint8Array;
}

/** Keys that changed since they were last taken. */
export interface DirtyKeys {
  readonly items: Set<ItemId>;
  isMetaDirty: boolean;
  isShoppingDirty: boolean;
}

const localOrigin = Symbol('local');

/**
 * The Yjs document: root maps of plain JSON, and nothing of Yjs is seen outside. What comes in passes the guard first. Should
 * Yjs ever throw half-way through an update all the same, the document is rebuilt from the journal, because a half-applied update
 * leaves a document that shows something else than it encodes.
 */
export class Replica {
  #doc: Y.Doc;
  #dirty: DirtyKeys | null = null;
  readonly #journal = new Journal();
  /** What `encode` gave last, until something changes. */
  #encoded: Uint8Array | null = null;

  constructor(clientId?: number) {
    this.#doc = createDoc();
    if (clientId !== undefined) this.#doc.clientID = clientId;
    this.#watch();
  }

  get clientId(): number {
    return this.#doc.clientID;
  }

  set clientId(clientId: number) {
    this.#doc.clientID = clientId;
  }

  /** The value of a key as it stands; undefined when it is not there. */
  read(root: RootName, key: string): unknown {
    return this.#map(root).get(key);
  }

  /** The last write of a key, also where that is deleted; undefined where nobody has ever written it. */
  writeOf(root: RootName, key: string): ClockId | undefined {
    return this.#map(root)._map.get(key)?.id;
  }

  /** The keys that have ever been written, deleted ones too. */
  writtenKeys(root: RootName): IterableIterator<string> {
    return this.#map(root)._map.keys();
  }

  keys(root: RootName): IterableIterator<string> {
    return this.#map(root).keys();
  }

  /** Sets and deletes keys in one transaction, leaving alone those that have the value already. Null when none had to change. */
  write(writes: readonly KeyWrite[]): Written | null {
    const entries: ChangeEntry[] = [];
    const update = this.#transactLocally(() => {
      for (const { root, key, value } of writes) {
        const map = this.#map(root);
        const stored = map.get(key);
        const before = isJson(stored) ? stored : null;
        if (isSameJson(before, value)) continue;
        if (value === null) map.delete(key);
        else map.set(key, value);
        entries.push({ root, key, before, after: value });
      }
    });
    if (update === null) return null;
    this.#record(update);
    return { entries, update };
  }

  /** Applies what passes the guard, all in one transaction, and says of each what became of it. */
  applyAll(updates: readonly Uint8Array[], origin: RemoteOrigin): ApplyResult[] {
    const results: ApplyResult[] = [];
    while (results.length < updates.length) {
      try {
        this.#doc.transact(() => {
          for (const update of updates.slice(results.length)) results.push(this.#apply(update, origin));
        }, origin);
      } catch {
        results.push({ applied: false, reason: 'malformed' });
        this.#rebuild();
      }
    }
    return results;
  }

  /** The same bytes until something changes. */
  encode(): Uint8Array {
    this.#encoded ??= Y.encodeStateAsUpdate(this.#doc);
    return this.#encoded;
  }

  /** What has changed since this was asked last; null for nothing. */
  takeDirtyKeys(): DirtyKeys | null {
    const dirty = this.#dirty;
    this.#dirty = null;
    return dirty;
  }

  /** How many clients have written, and how many writes are remembered, runs of deleted ones counted as one. */
  counts(): { clientIds: number; structs: number } {
    const { clients } = this.#doc.store;
    const structs = [...clients.values()].reduce((sum, ofClient) => sum + ofClient.length, 0);
    return { clientIds: clients.size, structs };
  }

  dispose(): void {
    this.#doc.destroy();
  }

  #apply(update: Uint8Array, origin: RemoteOrigin): ApplyResult {
    const inspected = outlineUpdate(update, limits.maxSnapshotBytes);
    if (!inspected.ok) return { applied: false, reason: inspected.reason };
    const { store } = this.#doc;
    const knownClock = (client: number) => Y.getState(store, client);
    if (hasGap(inspected.outline, knownClock)) return { applied: false, reason: 'gap' };
    if (hasCrossedKeys(inspected.outline, knownClock, (id) => this.#slotAt(id))) {
      return { applied: false, reason: 'crossed-keys' };
    }
    Y.applyUpdate(this.#doc, update, origin);
    if (store.pendingStructs !== null || store.pendingDs !== null) throw new Error('Yjs waits');
    this.#record(update);
    return { applied: true };
  }

  /** Returns the update of the transaction. Nobody listens for updates in between, because Yjs would encode all that comes in again. */
  #transactLocally(edit: () => void): Uint8Array | null {
    const updates: Uint8Array[] = [];
    const collect = (update: Uint8Array) => updates.push(update);
    this.#doc.on('update', collect);
    try {
      this.#doc.transact(edit, localOrigin);
    } finally {
      this.#doc.off('update', collect);
    }
    return updates[0] ?? null;
  }

  #record(update: Uint8Array): void {
    this.#encoded = null;
    this.#journal.record(update, () => this.encode());
  }

  /** The client id stays: every write it made is in the journal. */
  #rebuild(): void {
    const { clientID } = this.#doc;
    this.#encoded = null;
    this.#doc.destroy();
    this.#doc = createDoc();
    this.#watch();
    for (const update of this.#journal.entries()) Y.applyUpdate(this.#doc, update, 'storage');
    this.#doc.clientID = clientID;
  }

  #watch(): void {
    for (const root of rootNames) {
      this.#map(root).observe((event) => {
        const keys: ReadonlySet<unknown> = event.keysChanged;
        const dirty = (this.#dirty ??= { items: new Set(), isMetaDirty: false, isShoppingDirty: false });
        if (root === 'meta') dirty.isMetaDirty = true;
        else if (!isItemRoot(root)) dirty.isShoppingDirty = true;
        else for (const key of keys) if (isItemId(key)) dirty.items.add(key);
      });
    }
  }

  /** The `root/key` of a known write. */
  #slotAt({ client, clock }: ClockId): string | null {
    const { parent, parentSub } = Y.getItem(this.#doc.store, Y.createID(client, clock));
    const root = rootNames.find((name) => this.#map(name) === parent);
    return root === undefined || parentSub === null ? null : `${root}/${parentSub}`;
  }

  #map(root: RootName): Y.Map<unknown> {
    return this.#doc.getMap(root);
  }
}
