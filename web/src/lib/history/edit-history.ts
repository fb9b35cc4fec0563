import {
  readSteps,
  toMinute,
  UndoStack,
  type Author,
  type Change,
  type ChangeEntry,
  type ListDocument,
} from '@trolley/shared/document';
import type { ListMemory } from '@trolley/shared/list-memory';
import type { ListId } from '@trolley/shared/protocol';
import type { Trolley } from '#lib/sync/trolley.ts';
import { useMemory } from './use-memory.ts';
import { undoText } from './undo-text.ts';

export type Step = 'undo' | 'redo';

interface EditHistoryParts {
  listId: ListId;
  memory: Pick<ListMemory, 'read' | 'revise'>;
  document: () => ListDocument;
  author: () => Author;
}

/**
 * What can be undone and redone on this phone, kept beside the list: after a reload, offline, and from each tab. A step is stored after its edit;
 * should the phone die in between, the edit stands and that step is not known. One that is known and whose edit is not does nothing.
 */
export class EditHistory {
  readonly #parts: EditHistoryParts;
  /** Edits that undo or redo a step: no steps of their own. */
  readonly #taken = new WeakSet<readonly ChangeEntry[]>();

  constructor(parts: EditHistoryParts) {
    this.#parts = parts;
  }

  /** Takes note of an edit that was made here; to be called when its command has returned. */
  record(entries: readonly ChangeEntry[]): void {
    if (this.#taken.has(entries)) return;
    const { memberId, nowMs } = this.#parts.author();
    void this.#revise((stack) => {
      stack.push({ by: memberId, at: toMinute(nowMs), entries });
    });
  }

  /** Takes note that an edit was taken back by itself. */
  noteTakenBack(change: Change, inverse: Change | null): void {
    void this.#revise((stack) => {
      stack.noteTakenBack(change, inverse);
    });
  }

  /** Undoes or redoes one step, and says so. Null when there was none of which anything still stood. */
  async take(step: Step): Promise<{ change: Change | null; text: string }> {
    const taken: (Change | null)[] = [];
    await this.#revise((stack) => {
      const change = stack[step](this.#parts.author());
      if (change !== null) this.#taken.add(change.entries);
      taken.push(change);
    });
    const [change = null] = taken;
    return { change, text: undoText(step, change, this.#parts.document()) };
  }

  /** Whether there is something to undo and to redo. */
  async outlook(): Promise<Readonly<Record<Step, boolean>>> {
    const { memory, listId } = this.#parts;
    const { done, undone } = readSteps(await memory.read(listId, 'undo'));
    return { undo: done.length > 0, redo: undone.length > 0 };
  }

  #revise(act: (stack: UndoStack) => void): Promise<void> {
    const { memory, listId, document } = this.#parts;
    return memory.revise(listId, 'undo', (kept) => {
      const stack = new UndoStack(document(), { steps: readSteps(kept) });
      act(stack);
      return stack.steps;
    });
  }
}

/** What an open list gives. */
export type HistoryParts = Omit<EditHistoryParts, 'memory'> & { trolley: Trolley };

/** The history of a list that is open in this tab. */
export function openHistory({ trolley, ...parts }: HistoryParts): EditHistory {
  return new EditHistory({ ...parts, memory: useMemory(trolley) });
}
