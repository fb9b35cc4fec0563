import type { ListDocument } from '@trolley/shared/document';
import { MemoryStorage } from '@trolley/shared/sync';
import type { Tab } from './device.ts';

/** How an item stands that one device alone touches; null when it is not on the list. */
export type OwnState = { readonly quantity: number; readonly note: string } | null;

interface Edit {
  readonly update: Uint8Array;
  /** The epoch that it was made in. */
  readonly epoch: number;
  readonly tab: Tab;
  own: { readonly name: string; readonly state: OwnState } | null;
}

/**
 * The edits of a history, of which none may be lost. Only one that its tab had made and the phone had not stored when the tab was killed is
 * forgiven: the moment that ARCHITECTURE.md names.
 */
export class MadeEdits {
  #edits: Edit[] = [];
  readonly #stored = new WeakSet<Uint8Array>();
  readonly #watched = new WeakSet<ListDocument>();
  /** What a tab did to these when it was killed may have reached the phone's storage, or not. */
  readonly #uncertain = new Set<string>();
  /** Items that were on the list when a restore took the log back, and those of them that may come back after that. */
  readonly #takenBack = new Set<string>();
  readonly #mayComeBack = new Set<string>();
  #restoreCount = 0;
  #ownCount = 0;
  forgivenCount = 0;

  get count(): number {
    return this.#edits.length;
  }

  /** The updates that were made in an epoch. */
  updatesOf(epoch: number): readonly Uint8Array[] {
    return this.#edits.filter((edit) => edit.epoch === epoch).map(({ update }) => update);
  }

  /** What each item that one device alone touches has come to. */
  get ownStates(): ReadonlyMap<string, OwnState> {
    const own = this.#edits.flatMap((edit) => edit.own ?? []);
    return new Map(own.filter(({ name }) => !this.#uncertain.has(name)).map(({ name, state }) => [name, state]));
  }

  /** A number that no item of one device has yet. */
  nextOwnNumber(): number {
    this.#ownCount += 1;
    return this.#ownCount;
  }

  /** Writes down what a tab does in a document. */
  watch(document: ListDocument, tab: Tab): void {
    if (this.#watched.has(document)) return;
    this.#watched.add(document);
    document.onLocalUpdate((update) => this.#edits.push({ update, epoch: document.epoch, tab, own: null }));
  }

  /** The last edit has brought an item of one device to this. */
  noteOwn(name: string, state: OwnState): void {
    const last = this.#edits.at(-1);
    if (last !== undefined) last.own = { name, state };
  }

  /** The log is about to be taken back to an earlier state. `isOnList` says what it has now. */
  noteRestore(isOnList: (name: string) => boolean): void {
    const isAgain = this.#restoreCount > 0;
    this.#restoreCount += 1;
    for (const [name, state] of this.ownStates) {
      if (state !== null || isOnList(name) || isAgain) this.#takenBack.add(name);
    }
  }

  /**
   * The log is about to be taken back to an earlier epoch. An item that was on the list at a restore, and is removed after it, may then come back
   * with a phone that was away all the time: documents of other epochs have no common history that would tell the phone's old wish from
   * a new one. After several restores in a row that goes for each item there was, and for the values of those that are there: which of two lost
   * logs knew of the other is lost with them, and the log does not guess it.
   */
  noteLostEpoch(): void {
    for (const name of this.#takenBack) this.#mayComeBack.add(name);
  }

  mayComeBack(name: string): boolean {
    return this.#mayComeBack.has(name);
  }

  mayBeOutdated(name: string): boolean {
    return this.#restoreCount > 1 && this.#mayComeBack.has(name);
  }

  /** A phone's storage that says what it has taken. */
  createStorage(): MemoryStorage {
    const storage = new MemoryStorage();
    const putOutbox = storage.putOutbox.bind(storage);
    storage.putOutbox = (list, edit) => {
      this.#stored.add(edit.update);
      return putOutbox(list, edit);
    };
    return storage;
  }

  /** The tab is about to die. */
  forgive(tab: Tab): void {
    const isLost = (edit: Edit) => edit.tab === tab && !this.#stored.has(edit.update);
    const lost = this.#edits.filter(isLost);
    for (const { own } of lost) if (own !== null) this.#uncertain.add(own.name);
    this.forgivenCount += lost.length;
    this.#edits = this.#edits.filter((edit) => !isLost(edit));
  }
}
