import {
  addItem,
  clearTicked,
  forgetProduct,
  parseAmount,
  parseLine,
  removeItem,
  renameItem,
  renameList,
  restoreItems,
  setAmount,
  setCategory,
  setNote,
  suggest,
  tickItem,
  undoChange,
  untickItem,
  type Author,
  type CategoryId,
  type Change,
  type Item,
  type ItemId,
  type Product,
} from '@trolley/shared/document';
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
  /** Fetches what guesses the aisle of a new item; asked for once somebody begins to type. */
  loadCategoryOf: () => Promise<CategoryOf>;
  onNotice: (notice: Notice) => void;
}

type CategoryOf = (name: string) => CategoryId;

/** What came of a line that was typed: the item, and whether it was on the list before. */
export interface Added {
  readonly id: ItemId;
  readonly name: string;
  readonly isNews: boolean;
}

/** Everything that a person can do to a list. Each call is one command on the document; it is done when it returns. */
export class ListEditing {
  readonly #parts: ListEditingParts;
  #categoryOf: CategoryOf | null = null;

  constructor(parts: ListEditingParts) {
    this.#parts = parts;
    parts.list.onRemovedElsewhere = (items) => {
      this.#offerReturn(items);
    };
  }

  /** Adds what a typed line says, under the name of a suggestion if one was chosen. Null for a line without a name. */
  add(line: string, product?: Product): Added | null {
    const parsed = parseLine(line);
    const name = product?.name ?? parsed.name;
    if (name === '') return null;
    const { document } = this.#parts.list;
    const { id, outcome } = addItem(
      document,
      {
        name,
        ...(parsed.amount === null ? {} : { amount: parsed.amount }),
        ...(this.#categoryOf === null ? {} : { category: this.#categoryOf(name) }),
        ...(product === undefined && parsed.note !== '' ? { note: parsed.note } : {}),
      },
      this.#parts.author(),
    );
    if (outcome === 'added' && this.#categoryOf === null) void this.#sortIn(id, name);
    this.#parts.list.settle(id);
    return {
      id,
      name: document.item(id)?.name ?? name,
      isNews: outcome !== 'already-listed' || parsed.amount !== null,
    };
  }

  /** What the list has known that fits the name in what has been typed so far. */
  suggest(line: string, max: number): { typed: string; products: readonly Product[] } {
    const typed = parseLine(line).name;
    void this.#prepare();
    return { typed, products: typed === '' ? [] : suggest(this.#parts.list.document, typed, max) };
  }

  setTicked(id: ItemId, isTicked: boolean): void {
    const command = isTicked ? tickItem : untickItem;
    command(this.#parts.list.document, id, this.#parts.author());
  }

  /** Sets what a typed amount says; nothing means one piece. False when it is no amount. */
  setAmount(id: ItemId, text: string): boolean {
    const amount = text.trim() === '' ? { quantity: 1, unit: '' } : parseAmount(text);
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

  /** A name is never empty: such an edit is ignored. */
  renameItem(id: ItemId, name: string): void {
    if (name.trim() !== '') renameItem(this.#parts.list.document, id, name, this.#parts.author());
  }

  renameList(title: string): void {
    if (title.trim() !== '') renameList(this.#parts.list.document, title, this.#parts.author());
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

  restore(id: ItemId): void {
    restoreItems(this.#parts.list.document, [id], this.#parts.author());
    this.#parts.list.settle(id);
  }

  /** Takes a product out of the suggestions and out of what was removed. */
  forget(product: Product): void {
    const { list, author } = this.#parts;
    this.#offerUndo('forgotten', [product], forgetProduct(list.document, product.id, author()));
  }

  /** Tells the others which item this person has open; null when none. */
  setEditing(id: ItemId | null): void {
    this.#parts.list.presence.setEditing(id);
  }

  /** Without the words for guessing, which a bad network may keep away, everything new stands under "Other". */
  async #prepare(): Promise<CategoryOf | null> {
    this.#categoryOf ??= await this.#parts.loadCategoryOf().catch(() => null);
    return this.#categoryOf;
  }

  /** Finds the aisle of something that was added faster than the words for guessing came. */
  async #sortIn(id: ItemId, name: string): Promise<void> {
    const categoryOf = await this.#prepare();
    if (categoryOf !== null && this.#parts.list.canEdit) this.setCategory(id, categoryOf(name));
  }

  #offerUndo(kind: Notice['kind'], of: readonly { name: string }[], change: Change | null): void {
    if (change === null) return;
    const { list, author, onNotice } = this.#parts;
    const undo = () => {
      undoChange(list.document, change, author());
    };
    onNotice({ kind, names: of.map(({ name }) => name), undo });
  }

  #offerReturn(items: readonly Item[]): void {
    const { list, author, onNotice } = this.#parts;
    const ids = items.map(({ id }) => id);
    const undo = () => {
      restoreItems(list.document, ids, author());
    };
    onNotice({ kind: 'removed-elsewhere', names: items.map(({ name }) => name), undo });
  }
}
