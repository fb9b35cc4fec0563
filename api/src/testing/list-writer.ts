import { addItem, createList, ListDocument, removeItem, tickItem, type ItemId } from '@trolley/shared/document';
import type { PullResult } from '@trolley/shared/protocol';
import { memberIdSchema } from '../http/fields.ts';

/** A phone's document whose edits are collected as the updates that it would push. */
export class ListWriter {
  readonly document: ListDocument;
  readonly updates: Uint8Array[] = [];
  readonly #author = { memberId: memberIdSchema.parse('Tester00'), nowMs: Date.UTC(2026, 10, 21, 9) };

  /** Begins with nothing, or with what a pull has brought. */
  constructor(pulled?: Pick<PullResult, 'epoch' | 'updates'>) {
    this.document = new ListDocument({ epoch: pulled?.epoch ?? 0 });
    applyAll(this.document, pulled?.updates ?? []);
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

  remove(id: ItemId): Uint8Array {
    removeItem(this.document, id, this.#author);
    return this.last();
  }

  /** Names of what is on the list, each with a + when it is ticked. */
  get names(): string[] {
    return namesOf(this.document);
  }

  /** The item of this name that is on the list. */
  idOf(name: string): ItemId {
    const item = this.document.view.items.find((other) => other.name === name);
    if (item === undefined) throw new Error(`${name} is not on the list.`);
    return item.id;
  }

  last(): Uint8Array {
    const update = this.updates.at(-1);
    if (update === undefined) throw new Error('The command changed nothing.');
    return update;
  }
}

/** As `ListWriter.names`, of any document. */
export function namesOf(document: ListDocument): string[] {
  return document.view.items.map(({ name, isTicked }) => name + (isTicked ? '+' : '')).toSorted();
}

/** What a phone sees that applies these updates, in this order, to nothing. Throws when one of them is refused. */
export function viewOf(updates: readonly Uint8Array[]): ListDocument['view'] {
  const document = new ListDocument();
  applyAll(document, updates);
  return document.view;
}

function applyAll(document: ListDocument, updates: readonly Uint8Array[]): void {
  for (const update of updates) {
    const result = document.apply(update, 'remote');
    if (!result.applied) throw new Error(`refused: ${result.reason}`);
  }
}
