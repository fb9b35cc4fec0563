import { toMinute, type Item, type ItemId, type ListDocument } from '@trolley/shared/document';
import type { ListMemory } from '@trolley/shared/list-memory';
import type { ListId, MemberId } from '@trolley/shared/protocol';
import type { OpenList } from '@trolley/shared/sync';
import { useMemory } from '#lib/history/use-memory.ts';
import type { Trolley } from '#lib/sync/trolley.ts';
import type { ChangeKind, Changes, NotedChange } from './journal.ts';
import { changedKinds, noteChanges, readKept, toKept } from './note-changes.ts';

interface JournalKeeperParts {
  listId: ListId;
  open: Pick<OpenList, 'document' | 'roster' | 'on'>;
  memory: Pick<ListMemory, 'read' | 'revise'>;
  self: () => MemberId;
  nowMs: () => number;
}

const rootOf = {
  name: 'p',
  quantity: 'w',
  note: 'note',
  category: 'category',
  removed: null,
} as const satisfies Readonly<Record<ChangeKind, string | null>>;

/**
 * Notes what becomes of items while the list is open, because a document says of wants and ticks alone who made them. Which copy wrote a
 * value the document does say; who sits before that copy, the roster of those who are here. Where neither tells, nobody is named.
 */
export class JournalKeeper {
  readonly #parts: JournalKeeperParts;
  readonly #memberOf = new Map<number, MemberId>();
  readonly #stopList: () => void;
  #stopDocument: () => void = () => undefined;
  #known = new Map<ItemId, Item>();

  constructor(parts: JournalKeeperParts) {
    this.#parts = parts;
    this.#meet();
    this.#follow();
    this.#stopList = parts.open.on((event) => {
      if (event === 'roster') this.#meet();
      if (event === 'document') this.#follow();
    });
  }

  /** All that has been noted of this list on this phone. */
  async read(): Promise<Changes> {
    const { memory, listId } = this.#parts;
    return readKept(await memory.read(listId, 'journal'));
  }

  dispose(): void {
    this.#stopList();
    this.#stopDocument();
  }

  #meet(): void {
    for (const { clientId, memberId } of this.#parts.open.roster) this.#memberOf.set(clientId, memberId);
  }

  #follow(): void {
    this.#stopDocument();
    const { document } = this.#parts.open;
    this.#known = new Map(document.view.items.map((item) => [item.id, item]));
    this.#stopDocument = document.onChange(({ items, isLocal }) => {
      const seen = [...items].map((id) => ({ id, changes: this.#seen(document, id, isLocal) }));
      const news = seen.filter(({ changes }) => changes.length > 0);
      if (news.length > 0) void this.#note(news);
    });
  }

  #seen(document: ListDocument, id: ItemId, isLocal: boolean): readonly NotedChange[] {
    const was = this.#known.get(id);
    const now = document.item(id);
    if (now === undefined) this.#known.delete(id);
    else this.#known.set(id, now);
    const at = toMinute(this.#parts.nowMs());
    return changedKinds(was, now).map((kind) => ({
      kind,
      at,
      by: isLocal ? this.#parts.self() : this.#writerOf(document, id, kind),
      ...(kind === 'removed' && was !== undefined ? { quantity: was.amount.quantity } : {}),
    }));
  }

  /** Of what was taken away nothing is left that would say by whom. */
  #writerOf(document: ListDocument, id: ItemId, kind: ChangeKind): MemberId | null {
    const root = rootOf[kind];
    if (root === null || document.read(root, id) === undefined) return null;
    return this.#memberOf.get(document.writeOf(root, id)?.client ?? -1) ?? null;
  }

  async #note(news: readonly { id: ItemId; changes: readonly NotedChange[] }[]): Promise<void> {
    const { memory, listId } = this.#parts;
    await memory.revise(listId, 'journal', (kept) => {
      let changes = readKept(kept);
      for (const { id, changes: seen } of news) changes = noteChanges(changes, id, seen);
      return toKept(changes);
    });
  }
}

/** What an open list gives. */
export type JournalParts = Omit<JournalKeeperParts, 'memory' | 'nowMs'> & { trolley: Trolley };

/** The journal of a list that is open in this tab. */
export function openJournal({ trolley, ...parts }: JournalParts): JournalKeeper {
  return new JournalKeeper({ ...parts, memory: useMemory(trolley), nowMs: () => trolley.client.nowMs });
}
