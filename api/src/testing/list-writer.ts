import { addItem, createList, ListDocument, tickItem, type ItemId } from '@trolley/shared/document';
import { memberIdSchema } from '../http/fields.ts';

/** A phone's document whose edits are collected as the updates that it would push. */
export class ListWriter {
  readonly document = new ListDocument();
  readonly updates: Uint8Array[] = [];
  readonly #author = { memberId: memberIdSchema.parse('Tester00'), nowMs: Date.UTC(2026, 10, 21, 9) };

  constructor() {
    this.document.onLocalUpdate((update) => this.updates.push(update));
  }

  create(title: string): Uint8Array {
    createList(this.document, title, this.#author);
    return this.last();
  }

  add(name: string, note?: string): Uint8Array {
    addItem(this.document, { name, ...(note === undefined ? {} : { note }) }, this.#author);
    return this.last();
  }

  /** So many different items, an update each. */
  addMany(count: number, prefix = 'item'): Uint8Array[] {
    return Array.from({ length: count }, (_, index) => this.add(`${prefix} ${index}`));
  }

  tick(id: ItemId): Uint8Array {
    tickItem(this.document, id, this.#author);
    return this.last();
  }

  last(): Uint8Array {
    const update = this.updates.at(-1);
    if (update === undefined) throw new Error('The command changed nothing.');
    return update;
  }
}

/** What a phone sees that applies these updates, in this order, to nothing. Throws when one of them is refused. */
export function viewOf(updates: readonly Uint8Array[]): ListDocument['view'] {
  const document = new ListDocument();
  for (const update of updates) {
    const result = document.apply(update, 'remote');
    if (!result.applied) throw new Error(`refused: ${result.reason}`);
  }
  return document.view;
}
