import { addItem, ListDocument, type Author } from '@trolley/shared/document';
import { createMemberId } from '@trolley/shared/protocol';
import { marker } from './markers.ts';
import { clientIdOf } from './seat.ts';

/** Not read from a clock: every run sends the same bytes. */
const writtenAtMs = Date.UTC(2026, 10, 21);

/**
 * Real edits of real documents, made before they are sent: each adds an item, as a phone would. The members of a list write in turn, each
 * in a document of its own, so that whatever order they arrive in, each stream is whole. All lists get the same ones.
 */
export class PreparedEdits {
  readonly #writers: Writer[];
  readonly #edits: Uint8Array[] = [];

  constructor(members: number) {
    this.#writers = Array.from({ length: members }, (_, member) => new Writer(member));
  }

  /** The first `count` edits of a list. Edit `n` is by member `n % members` and carries marker `n`. */
  take(count: number): readonly Uint8Array[] {
    while (this.#edits.length < count) {
      const number = this.#edits.length;
      const writer = this.#writers[number % this.#writers.length];
      if (writer === undefined) throw new RangeError('a list has members');
      this.#edits.push(writer.add(`Something or another ${marker(number)}`));
    }
    return this.#edits.slice(0, count);
  }
}

/** One update that adds so many items. */
export function filledDocument(itemCount: number): Uint8Array {
  const writer = new Writer(0);
  for (let item = 0; item < itemCount; item += 1) writer.add(`Something ${item}`);
  return writer.document.encode();
}

class Writer {
  readonly document: ListDocument;
  readonly #author: Author;
  #update: Uint8Array = new Uint8Array();

  constructor(member: number) {
    this.document = new ListDocument({ clientId: clientIdOf(member) });
    this.#author = {
      memberId: createMemberId((length) => new Uint8Array(length).fill(member + 1)),
      nowMs: writtenAtMs,
    };
    this.document.onLocalUpdate((update) => {
      this.#update = update;
    });
  }

  add(name: string): Uint8Array {
    addItem(this.document, { name }, this.#author);
    return this.#update;
  }
}
