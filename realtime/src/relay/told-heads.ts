import type { Head, ListId } from '@trolley/shared/protocol';

interface Told {
  head: Head;
  /** Number of the last push that came through this node. */
  ownSeq: number;
}

/**
 * Up to where this node has told the rooms of its lists. What reaches them from other nodes is not in it: it may tell too little, never too much,
 * so a comparison with the log finds every room that may be behind, and at times one that is not.
 */
export class ToldHeads {
  readonly #told = new Map<ListId, Told>();

  get(list: ListId): Head | null {
    return this.#told.get(list)?.head ?? null;
  }

  /** The room has been told of this head. An older one changes nothing. */
  note(list: ListId, head: Head): void {
    const told = this.#told.get(list);
    if (told === undefined) this.#told.set(list, { head, ownSeq: 0 });
    else if (isLater(head, told.head)) told.head = head;
  }

  /** A push of this node got this number, and the room was told. False when numbers go back: it is another log than before. */
  noteOwn(list: ListId, head: Head): boolean {
    this.note(list, head);
    const told = this.#told.get(list);
    if (told === undefined || head.seq <= told.ownSeq) return false;
    told.ownSeq = head.seq;
    return true;
  }

  /** Nobody of this node has the list open any more. */
  forget(list: ListId): void {
    this.#told.delete(list);
  }
}

/** Numbers run on across epochs. */
export function isLater(head: Head, other: Head): boolean {
  return head.seq > other.seq || head.epoch > other.epoch;
}
