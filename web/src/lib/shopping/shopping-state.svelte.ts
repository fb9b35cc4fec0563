import type { Author, CategoryId, Change, ItemId, Presence } from '@trolley/shared/document';
import { TrolleyError } from '@trolley/shared/protocol';
import {
  addStore,
  anyStore,
  finishShopping,
  isStoreId,
  moveAisle,
  readAisles,
  readItemStores,
  readStores,
  readTrips,
  removeStore,
  renameStore,
  resetAisles,
  setItemStore,
  shoppingBounds,
  type Aisles,
  type Store,
  type StoreId,
  type Trip,
} from '@trolley/shared/shopping';
import type { OpenScreen } from '#lib/list/open-screen.ts';
import * as m from '#lib/paraglide/messages.js';
import { arrangeForStore, type StoreArrangement } from './arrange-for-store.ts';
import { claimsOfOthers, namesOf, whereabouts, type Claims, type Whereabouts } from './claims.ts';
import { ongoingTrip } from './ongoing-trip.svelte.ts';

/** Whose aisles are those of wherever one shops. */
export const anyStoreId = anyStore;
export const { maxStoreNameLength, maxStores } = shoppingBounds;

/** Stores, aisles and trips of an open list, as runes, and what can be done to them. */
export class ShoppingState {
  readonly #screen: OpenScreen;
  readonly #trip: ReturnType<typeof ongoingTrip>;
  #announced: Presence | null = null;

  readonly stores = $derived.by(() => this.#list.read(readStores).toSorted((a, b) => a.name.localeCompare(b.name)));
  /** Where this person shops; null when they have not said, or the store has been removed. */
  readonly store = $derived.by(() => {
    const { store } = this.#trip.memory;
    return this.stores.some(({ id }) => id === store) ? store : null;
  });
  readonly aisles: Aisles = $derived.by(() => this.aislesOf(this.store ?? anyStore));
  readonly arrangement: StoreArrangement = $derived.by(() =>
    arrangeForStore(this.#list.arrangement, {
      store: this.store,
      order: this.aisles.order,
      itemStores: this.#itemStores,
    }),
  );
  readonly othersClaims: Claims = $derived.by(() =>
    claimsOfOthers(this.#list.shopping, this.#list.roster, this.#screen.self()),
  );
  readonly #itemStores = $derived.by(() => this.#list.read((document) => readItemStores(document, this.stores)));
  readonly #presence: Presence = $derived.by(() => this.#list.read(() => this.#list.presence));

  constructor(screen: OpenScreen) {
    this.#screen = screen;
    this.#trip = ongoingTrip(screen);
  }

  /** Sections that this person has said they take. */
  get claimed(): readonly CategoryId[] {
    return this.#trip.claimed;
  }

  /** Past trips, the latest first. Reactive. */
  trips(): readonly Trip[] {
    return this.#screen.list.read(readTrips);
  }

  /** The aisles of any store. Reactive. */
  aislesOf(store: StoreId): Aisles {
    return this.#screen.list.read((document) => readAisles(document, store));
  }

  /** The stores that an item is bought at; none when it is bought anywhere. Reactive. */
  storesOf(item: ItemId): readonly StoreId[] {
    return this.#itemStores.get(item) ?? [];
  }

  /** Where everybody is who has the list open. Reactive. */
  whereabouts(): readonly Whereabouts[] {
    const list = this.#list;
    const editing = list.read((document) => namesOf(list.presence.editing(), (id) => document.item(id)?.name));
    return whereabouts({
      present: list.present,
      roster: list.roster,
      shopping: list.shopping,
      editing,
      stores: this.stores,
      own: this.#trip.isOn ? { store: this.store ?? anyStore, claims: this.claimed } : null,
    });
  }

  choose(store: StoreId | null): void {
    this.#trip.choose(store);
  }

  setTicked(id: ItemId, isTicked: boolean): void {
    this.#screen.editing.setTicked(id, isTicked);
    this.#trip.noteTick(id, isTicked);
  }

  claim(category: CategoryId, isTaken: boolean): void {
    const others = this.claimed.filter((taken) => taken !== category);
    this.#trip.claimed = isTaken ? [...others, category] : others;
  }

  /** Tells the others where this person shops and what they take. To be called in an effect: a new epoch brings a new presence. */
  announce(): void {
    this.#announced = this.#presence;
    this.#trip.isOn = true;
    this.#announced.setShopping({ store: this.store ?? anyStore, claims: this.claimed });
  }

  /** Takes that back. */
  leave(): void {
    this.#announced?.setShopping(null);
    this.#trip.isOn = false;
    this.#trip.claimed = [];
  }

  /** Ends the trip: what was got is off the list and recorded. Says so, and offers to take it back. */
  finish(): void {
    const { list, toaster } = this.#screen;
    const { ticked } = this.arrangement;
    const trip = { store: this.store, ticked: this.#trip.memory.ticked };
    const change = finishShopping(list.document, trip, this.#author());
    const goOn = this.#trip.end();
    if (change === null) return;
    toaster.show({ text: m.shop_finished({ count: ticked }), action: this.#undo(change, goOn) });
  }

  /** Adds a store and answers with its id; null when there are too many or it has no name. */
  addStore(name: string): StoreId | null {
    try {
      return addStore(this.#screen.list.document, name, this.#author()).id;
    } catch (error) {
      if (error instanceof TrolleyError) return null;
      throw error;
    }
  }

  /** A name is never empty: such an edit is ignored. */
  renameStore(id: StoreId, name: string): void {
    if (name.trim() !== '') renameStore(this.#screen.list.document, id, name, this.#author());
  }

  removeStore({ id, name }: Store): void {
    const change = removeStore(this.#screen.list.document, id, this.#author());
    if (change !== null) {
      this.#screen.toaster.show({ text: m.notice_removed({ name }), action: this.#undo(change) });
    }
  }

  setItemStore(item: ItemId, store: string, isThere: boolean): void {
    if (isStoreId(store)) setItemStore(this.#screen.list.document, item, store, isThere, this.#author());
  }

  moveAisle(store: StoreId, category: CategoryId, after: CategoryId | null): void {
    moveAisle(this.#screen.list.document, store, category, after, this.#author());
  }

  resetAisles(store: StoreId): void {
    resetAisles(this.#screen.list.document, store, this.#author());
  }

  #undo(change: Change, andThen: () => void = () => undefined) {
    const run = () => {
      andThen();
      this.#screen.editing.takeBack(change);
    };
    return { label: m.notice_undo(), run };
  }

  #author(): Author {
    return this.#screen.author();
  }

  get #list() {
    return this.#screen.list;
  }
}
