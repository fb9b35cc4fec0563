import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness';
import { createDoc } from '../create-doc.ts';
import type { ListDocument } from '../list-document.ts';
import { Listeners } from '../../runtime/listeners.ts';
import { isCategoryId, type CategoryId } from '../model/category.ts';
import { isItemId, type ItemId } from '../model/item-id.ts';
import { isUnknownArray } from '../model/json.ts';
import { isStoreId, type StoreId } from '../shopping/store-id.ts';
import { inspectPresence } from './inspect-presence.ts';

/** Clients that an event of `Awareness` speaks of. */
interface AwarenessChange {
  added: number[];
  updated: number[];
  removed: number[];
}

/** Where somebody is shopping: the store, or `anyStore`, and the sections that they have said they take. */
export interface Shopping {
  readonly store: StoreId;
  readonly claims: readonly CategoryId[];
}

/**
 * Who is editing what, and shopping where, at this moment: never stored, forgotten after 30 seconds of silence (y-protocols' own timer, which also
 * repeats our state every 15 seconds while this object lives). Who a client id belongs to is the server's to say (the roster).
 */
export class Presence {
  /** Awareness wants a Yjs document for its client id alone; this one holds nothing. */
  readonly #carrier = createDoc();
  readonly #awareness: Awareness;
  readonly #localUpdates = new Listeners<Uint8Array>();
  readonly #changes = new Listeners<void>();

  constructor(document: ListDocument) {
    this.#carrier.clientID = document.clientId;
    this.#awareness = new Awareness(this.#carrier);
    this.#awareness.on('update', ({ added, updated, removed }: AwarenessChange) => {
      if ([...added, ...updated, ...removed].includes(this.#awareness.clientID))
        this.#localUpdates.emit(this.encodeLocal());
    });
    this.#awareness.on('change', () => {
      this.#changes.emit();
    });
  }

  get clientId(): number {
    return this.#awareness.clientID;
  }

  /** Says which item is being edited here; null when none is. */
  setEditing(item: ItemId | null): void {
    this.#say({ item: item ?? undefined });
  }

  /** Says where this person shops and what they take; null when they don't. */
  setShopping(shopping: Shopping | null): void {
    this.#say({ shop: shopping === null ? undefined : [shopping.store, ...shopping.claims] });
  }

  /** This client's state, for somebody who has just come. */
  encodeLocal(): Uint8Array {
    return encodeAwarenessUpdate(this.#awareness, [this.#awareness.clientID]);
  }

  /** Takes in what others say of themselves. Bytes that are no such thing are ignored, and answered with false. */
  apply(bytes: Uint8Array): boolean {
    if (inspectPresence(bytes) === null) return false;
    applyAwarenessUpdate(this.#awareness, bytes, 'remote');
    return true;
  }

  /** Forgets clients that have left. */
  remove(clientIds: readonly number[]): void {
    const others = clientIds.filter((clientId) => clientId !== this.#awareness.clientID);
    removeAwarenessStates(this.#awareness, others, 'roster');
  }

  /** Which item each of the others is editing. */
  editing(): Map<number, ItemId> {
    const editing = new Map<number, ItemId>();
    for (const [clientId, state] of this.#awareness.getStates()) {
      const item: unknown = Object.hasOwn(state, 'item') ? state['item'] : null;
      if (clientId !== this.#awareness.clientID && isItemId(item)) editing.set(clientId, item);
    }
    return editing;
  }

  /** Where each of the others is shopping. */
  shopping(): Map<number, Shopping> {
    const shopping = new Map<number, Shopping>();
    for (const [clientId, state] of this.#awareness.getStates()) {
      const said: unknown = Object.hasOwn(state, 'shop') ? state['shop'] : null;
      if (clientId === this.#awareness.clientID || !isUnknownArray(said)) continue;
      const [store, ...claims] = said;
      if (isStoreId(store)) shopping.set(clientId, { store, claims: [...new Set(claims.filter(isCategoryId))] });
    }
    return shopping;
  }

  /** Calls back when `editing` or `shopping` has changed. Returns how to stop. */
  onChange(listener: () => void): () => void {
    return this.#changes.add(listener);
  }

  /** Calls back with bytes to send to the others. Returns how to stop. */
  onLocalUpdate(listener: (bytes: Uint8Array) => void): () => void {
    return this.#localUpdates.add(listener);
  }

  /** Absent is what is undefined: it does not travel. */
  #say(part: Record<string, unknown>): void {
    this.#awareness.setLocalState({ ...this.#awareness.getLocalState(), ...part });
  }

  /** Says goodbye to the others, through `onLocalUpdate`, and stops. */
  dispose(): void {
    this.#awareness.destroy();
    this.#carrier.destroy();
    this.#localUpdates.clear();
    this.#changes.clear();
  }
}
