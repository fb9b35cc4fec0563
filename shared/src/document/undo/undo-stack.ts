import type { ListDocument } from '../list-document.ts';
import type { Change } from '../model/change.ts';
import type { Author } from '../model/item.ts';
import { undoChange } from './undo-change.ts';

/**
 * What one person can take back, in order. Others' work in between stays as it is (`undoChange`). Belongs to one document: an epoch
 * that ends takes its stack along.
 */
export class UndoStack {
  readonly #doc: ListDocument;
  readonly #maxDepth: number;
  #done: Change[] = [];
  #undone: Change[] = [];

  constructor(doc: ListDocument, options: { maxDepth?: number } = {}) {
    this.#doc = doc;
    this.#maxDepth = options.maxDepth ?? 100;
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Takes note of what a command did. What had been undone can no longer be redone. Null, a command that did nothing, is passed over. */
  push(change: Change | null): void {
    if (change === null) return;
    this.#done = [...this.#done, change].slice(-this.#maxDepth);
    this.#undone = [];
  }

  /** Takes back the last change of which anything still stands. Null when there was none. */
  undo(author: Author): Change | null {
    return this.#takeBack(this.#done, this.#undone, author);
  }

  /** Does again what was undone last and has not been overtaken. Null when there was nothing. */
  redo(author: Author): Change | null {
    return this.#takeBack(this.#undone, this.#done, author);
  }

  clear(): void {
    this.#done = [];
    this.#undone = [];
  }

  #takeBack(from: Change[], to: Change[], author: Author): Change | null {
    for (let change = from.pop(); change !== undefined; change = from.pop()) {
      const inverse = undoChange(this.#doc, change, author);
      if (inverse === null) continue;
      to.push(inverse);
      return inverse;
    }
    return null;
  }
}
