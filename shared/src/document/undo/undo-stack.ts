import type { ListDocument } from '../list-document.ts';
import type { Change } from '../model/change.ts';
import type { Author } from '../model/item.ts';
import { isSameJson } from '../model/json.ts';
import { undoChange } from './undo-change.ts';

/** What can be undone and what can be redone, each with the latest last: plain JSON, to be kept beside the list. */
export interface UndoSteps {
  readonly done: readonly Change[];
  readonly undone: readonly Change[];
}

export const noSteps: UndoSteps = { done: [], undone: [] };

/** So many keys are remembered at most, however few steps they are: a list that was cleared ten times over is long. */
const maxEntries = 5_000;

/** What one person can take back, in order, also in the epoch after. Others' work in between stays as it is (`undoChange`). */
export class UndoStack {
  readonly #doc: ListDocument;
  readonly #maxDepth: number;
  #done: readonly Change[];
  #undone: readonly Change[];

  /** `steps` is what was kept of an earlier one. */
  constructor(doc: ListDocument, options: { maxDepth?: number; steps?: UndoSteps } = {}) {
    const { maxDepth = 100, steps = noSteps } = options;
    this.#doc = doc;
    this.#maxDepth = maxDepth;
    this.#done = steps.done;
    this.#undone = steps.undone;
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  get steps(): UndoSteps {
    return { done: this.#done, undone: this.#undone };
  }

  /** Takes note of what a command did. What had been undone can no longer be redone. Null, a command that did nothing, is passed over. */
  push(change: Change | null): void {
    if (change === null) return;
    this.#done = latest([...this.#done, change], this.#maxDepth);
    this.#undone = [];
  }

  /** Takes back the last change of which anything still stands. Null when there was none. */
  undo(author: Author): Change | null {
    const { rest, inverse } = this.#takeBack(this.#done, author);
    this.#done = rest;
    if (inverse !== null) this.#undone = [...this.#undone, inverse];
    return inverse;
  }

  /** Does again what was undone last and has not been overtaken. Null when there was nothing. */
  redo(author: Author): Change | null {
    const { rest, inverse } = this.#takeBack(this.#undone, author);
    this.#undone = rest;
    if (inverse !== null) this.#done = [...this.#done, inverse];
    return inverse;
  }

  /** Takes note that a change, not only the last one, has been taken back; `inverse` does it again. */
  noteTakenBack(change: Change, inverse: Change | null): void {
    const index = this.#done.findLastIndex(({ entries }) => isSameJson(entries, change.entries));
    if (index >= 0) this.#done = this.#done.toSpliced(index, 1);
    if (inverse !== null) this.#undone = [...this.#undone, inverse];
  }

  #takeBack(from: readonly Change[], author: Author): { rest: readonly Change[]; inverse: Change | null } {
    for (let rest = from; ;) {
      const change = rest.at(-1);
      if (change === undefined) return { rest, inverse: null };
      rest = rest.slice(0, -1);
      const inverse = undoChange(this.#doc, change, author);
      if (inverse !== null) return { rest, inverse };
    }
  }
}

/** As many of the last steps as may be kept; the last one always. */
function latest(steps: readonly Change[], maxDepth: number): readonly Change[] {
  let entries = 0;
  const first = steps.findLastIndex((step, index) => {
    entries += step.entries.length;
    return steps.length - index > maxDepth || (entries > maxEntries && index < steps.length - 1);
  });
  return steps.slice(first + 1);
}
