import {
  addItem,
  clearTicked,
  forgetProduct,
  parseAmount,
  parseLine,
  raiseAmount,
  removeItem,
  renameItem,
  renameList,
  restoreItems,
  setAmount,
  setCategory,
  setListLook,
  setNote,
  setStaple,
  suggest,
  tickItem,
  undoChange,
  untickItem,
  type Author,
  type CategoryId,
  type Change,
  type Item,
  type ItemId,
  type Listed,
  type ListLook,
  type NewItem,
  type Product,
  type RemovedItem,
} from '@trolley/shared/document';
import type { Groceries, Suggestion } from '#lib/catalogue/groceries.ts';
import { stepAmount } from './step-amount.ts';
import type { ListState } from './list-state.svelte.ts';

/** Something that was done and that can be undone, for whoever tells the person about it. */
export interface Notice {
  readonly kind: 'removed' | 'removed-elsewhere' | 'cleared' | 'forgotten';
  readonly names: readonly string[];
  readonly undo: () => void;
}

interface ListEditingParts {
  list: ListState;
  author: () => Author;
  groceries: GroceriesOnDemand;
  onNotice: (notice: Notice) => void;
}

/** What tells the aisle of a new item and completes what is typed. Asked for when somebody begins to type; null while it cannot be had. */
export interface GroceriesOnDemand {
  readonly current: Pick<Groceries, 'categoryOf' | 'amountOf' | 'complete' | 'reader'> | null;
  load(): Promise<GroceriesOnDemand['current']>;
}

/** What came of a line that was typed: the item, and if it was to buy already, how much of it was and could be. */
export interface Added {
  readonly id: ItemId;
  readonly name: string;
  readonly listed: Listed | null;
}

/** Everything that a person can do to a list. Each call is one command on the document; it is done when it returns. */
export class ListEditing {
  readonly #parts: ListEditingParts;

  /** Told of a change that was taken back by itself; `inverse` does it again, and is null when nothing of it stood. */
  onTakenBack: (change: Change, inverse: Change | null) => void = () => undefined;
  /** Told of a change that nobody made: it belongs to one before it. */
  onUnasked: (change: Change) => void = () => undefined;

  constructor(parts: ListEditingParts) {
    this.#parts = parts;
    parts.list.onRemovedElsewhere = (items) => {
      this.#offerReturn(items);
    };
  }

  /** Adds what a typed line says, under the name of a suggestion if one was chosen. Null for a line without a name. */
  add(line: string, chosen?: Suggestion): Added | null {
    const item = this.understand(line, chosen);
    if (item === null) return null;
    const { name } = item;
    const { document } = this.#parts.list;
    const { id, outcome, listed } = addItem(document, item, this.#parts.author());
    if (outcome === 'added' && this.#parts.groceries.current === null) void this.#sortIn(id, name);
    this.#parts.list.settle(id);
    return { id, name: document.item(id)?.name ?? name, listed };
  }

  /** What a typed line says, under the name of a suggestion if one was chosen. Null for a line without a name. */
  understand(line: string, chosen?: Suggestion): NewItem | null {
    const parsed = parseLine(line, this.#reader);
    const name = chosen?.name ?? parsed.name;
    if (name === '') return null;
    const groceries = this.#parts.groceries.current;
    return {
      name,
      amount: parsed.amount && (groceries?.amountOf(name, parsed.amount) ?? parsed.amount),
      category: groceries?.categoryOf(name),
      note: chosen === undefined && parsed.note !== '' ? parsed.note : undefined,
    };
  }

  /** Fetches what it takes to understand lines in every language and to sort them in. Never rejects; without it, most is understood. */
  async prepare(): Promise<void> {
    await this.#parts.groceries.load();
  }

  /** Wants what was there and what was typed again, unless somebody has said otherwise since. */
  raise(id: ItemId, listed: Listed): void {
    raiseAmount(this.#parts.list.document, id, listed, this.#parts.author());
  }

  /** What fits the name in what has been typed so far: what the list has known, then what the catalogue knows. */
  suggest(line: string, max: number): { typed: string; suggestions: readonly Suggestion[] } {
    const { list, groceries } = this.#parts;
    const typed = parseLine(line, this.#reader).name;
    void groceries.load();
    if (typed === '') return { typed, suggestions: [] };
    const own = suggest(list.document, typed, max);
    return { typed, suggestions: groceries.current?.complete(own, list.document, typed, max) ?? own };
  }

  setTicked(id: ItemId, isTicked: boolean): void {
    const command = isTicked ? tickItem : untickItem;
    command(this.#parts.list.document, id, this.#parts.author());
  }

  /** Sets what a typed amount says; nothing means one piece. False when it is no amount. */
  setAmount(id: ItemId, text: string): boolean {
    const amount = text.trim() === '' ? { quantity: 1, unit: '' } : parseAmount(text, this.#reader);
    if (amount === null) return false;
    setAmount(this.#parts.list.document, id, amount, this.#parts.author());
    return true;
  }

  /** One more or one less. */
  stepAmount(id: ItemId, direction: 1 | -1): void {
    const { list, author } = this.#parts;
    const item = list.document.item(id);
    if (item !== undefined) setAmount(list.document, id, stepAmount(item.amount, direction), author());
  }

  setNote(id: ItemId, note: string): void {
    setNote(this.#parts.list.document, id, note, this.#parts.author());
  }

  setCategory(id: ItemId, category: CategoryId): void {
    setCategory(this.#parts.list.document, id, category, this.#parts.author());
  }

  /** Marks it as one of those that are added all at once. */
  setStaple(id: ItemId, isStaple: boolean): void {
    setStaple(this.#parts.list.document, id, isStaple, this.#parts.author());
  }

  /** A name is never empty: such an edit is ignored. */
  renameItem(id: ItemId, name: string): void {
    if (name.trim() !== '') renameItem(this.#parts.list.document, id, name, this.#parts.author());
  }

  renameList(title: string): void {
    if (title.trim() !== '') renameList(this.#parts.list.document, title, this.#parts.author());
  }

  setLook(look: Partial<ListLook>): void {
    setListLook(this.#parts.list.document, look, this.#parts.author());
  }

  remove(id: ItemId): void {
    const { list, author } = this.#parts;
    const item = list.document.item(id);
    if (item !== undefined) this.#offerUndo('removed', [item], removeItem(list.document, id, author()));
  }

  clearTicked(): void {
    const { list, author } = this.#parts;
    const ticked = list.document.view.items.filter((item) => item.isTicked);
    this.#offerUndo('cleared', ticked, clearTicked(list.document, author()));
  }

  /** Puts things back on the list, as one edit. Null when they are there. */
  restore(items: readonly RemovedItem[]): Change | null {
    const { list, author } = this.#parts;
    const change = restoreItems(list.document, items, author());
    for (const { id } of items) list.settle(id);
    return change;
  }

  /** Takes a product out of the suggestions and out of what was removed. */
  forget(product: Product): void {
    const { list, author } = this.#parts;
    this.#offerUndo('forgotten', [product], forgetProduct(list.document, product.id, author()));
  }

  /** Takes back what a change has done, as far as nobody has changed it since. */
  takeBack(change: Change): void {
    const { list, author } = this.#parts;
    this.onTakenBack(change, undoChange(list.document, change, author()));
  }

  /** Tells the others which item this person has open; null when none. */
  setEditing(id: ItemId | null): void {
    this.#parts.list.presence.setEditing(id);
  }

  /** Finds the aisle of something that was added faster than the catalogue came, unless somebody has. Without it, it stays under "Other". */
  async #sortIn(id: ItemId, name: string): Promise<void> {
    const groceries = await this.#parts.groceries.load();
    const { list, author } = this.#parts;
    const isSorted = list.document.entry(id)?.product.category !== 'other';
    const category = groceries?.categoryOf(name) ?? 'other';
    if (category === 'other' || isSorted || !list.canEdit) return;
    const change = setCategory(list.document, id, category, author());
    if (change !== null) this.onUnasked(change);
  }

  /** English alone until the other languages' words have arrived. */
  get #reader(): Groceries['reader'] {
    return this.#parts.groceries.current?.reader;
  }

  #offerUndo(kind: Notice['kind'], of: readonly { name: string }[], change: Change | null): void {
    if (change === null) return;
    const undo = () => {
      this.takeBack(change);
    };
    this.#parts.onNotice({ kind, names: of.map(({ name }) => name), undo });
  }

  #offerReturn(items: readonly Item[]): void {
    const { list, author, onNotice } = this.#parts;
    const undo = () => {
      restoreItems(list.document, items, author());
    };
    onNotice({ kind: 'removed-elsewhere', names: items.map(({ name }) => name), undo });
  }
}
