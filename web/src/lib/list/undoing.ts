import type { ChangeEntry } from '@trolley/shared/document';
import type { EditHistory, Step } from '#lib/history/edit-history.ts';
import type { Toaster } from '#lib/ui/toaster.svelte.ts';
import type { ListEditing } from './list-editing.ts';
import type { ListState } from './list-state.svelte.ts';
import { whenCalm } from './when-calm.ts';

interface UndoingParts {
  list: ListState;
  editing: ListEditing;
  toaster: Toaster;
  load: () => Promise<EditHistory>;
}

/** Takes note of what is done in this tab from the first tap on. What keeps it and takes it back is loaded later. */
export class Undoing {
  readonly #parts: UndoingParts;
  #history: Promise<EditHistory> | null = null;
  #loaded: EditHistory | null = null;
  /** What the history is to be told as soon as it is loaded: on a first visit that is not in the first moments. */
  #early: ((history: EditHistory) => void)[] = [];
  #isCalm = false;
  /** Edits that are no steps of their own. */
  readonly #passedOver = new WeakSet<readonly ChangeEntry[]>();

  constructor(parts: UndoingParts) {
    const { list, editing } = parts;
    this.#parts = parts;
    void whenCalm().then(() => {
      this.#isCalm = true;
      this.#hurry();
    });
    list.onLocalEdit = (entries) => {
      this.#tell((history) => {
        if (!this.#passedOver.has(entries)) history.record(entries);
      });
    };
    editing.onUnasked = ({ entries }) => {
      this.#passedOver.add(entries);
    };
    editing.onTakenBack = (change, inverse) => {
      if (inverse !== null) this.#passedOver.add(inverse.entries);
      this.#tell((history) => {
        history.noteTakenBack(change, inverse);
      });
    };
  }

  /** Rejects when its code cannot be had: there is no network, and this browser keeps no files. */
  history(): Promise<EditHistory> {
    this.#history ??= this.#load();
    this.#history.catch(() => {
      this.#history = null;
    });
    return this.#history;
  }

  /** Undoes or redoes one step; answers what it did, in words. */
  async take(step: Step): Promise<string> {
    const history = await this.history();
    const { text } = await history.take(step);
    return text;
  }

  /** Ctrl+Z, Shift+Ctrl+Z, Ctrl+Y, and the same with Cmd; not while somebody types. */
  press(event: KeyboardEvent): void {
    const step = stepOf(event);
    if (step === null || !this.#parts.list.canEdit || isTyping(event.target)) return;
    event.preventDefault();
    this.take(step).then(
      (text) => {
        this.#parts.toaster.show({ text });
      },
      () => undefined,
    );
  }

  async #load(): Promise<EditHistory> {
    const history = await this.#parts.load();
    for (const note of this.#early) note(history);
    this.#early = [];
    this.#loaded = history;
    return history;
  }

  /** Later than whoever made the edit has said what kind of edit it was. A step that cannot be kept is done all the same. */
  #tell(note: (history: EditHistory) => void): void {
    const loaded = this.#loaded;
    if (loaded !== null) {
      queueMicrotask(() => {
        note(loaded);
      });
      return;
    }
    this.#early.push(note);
    this.#hurry();
  }

  #hurry(): void {
    if (this.#isCalm && this.#early.length > 0) this.history().catch(() => undefined);
  }
}

function stepOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): Step | null {
  if (!(ctrlKey || metaKey) || altKey) return null;
  if (key.toLowerCase() === 'z') return shiftKey ? 'redo' : 'undo';
  return key.toLowerCase() === 'y' && !shiftKey ? 'redo' : null;
}

/** A field with nothing in it has nothing to take back: after adding something the cursor stands in one. */
function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type === 'text' && target.value !== '';
  return target instanceof HTMLTextAreaElement;
}
