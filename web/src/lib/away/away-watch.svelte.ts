import { lastGot, type ItemId, type ListDocument } from '@trolley/shared/document';
import type { ListMemory } from '@trolley/shared/list-memory';
import type { Clock, ListId, MemberId } from '@trolley/shared/protocol';
import { awayNews, toShown, type AwayNews, type ShownItem } from './away-news.ts';
import { readAwayMemo } from './away-memo.ts';
import { goneItems } from './gone-items.ts';
import { SeenItems } from './seen-items.ts';

interface AwayWatchParts {
  listId: ListId;
  memory: Pick<ListMemory, 'read' | 'revise'>;
  clock: Clock;
  self: () => MemberId;
  document: () => ListDocument;
  /** Resolves when the list is as the server knows it. */
  catchUp: () => Promise<void>;
}

/** Whoever was gone for less has not been away. */
export const awayMs = 5 * 60_000;
/** So long after a change it is stored that it has been seen: a phone may die without a word. */
const saveMs = 2_000;
/** So many that were still to buy and go at once are no everyday change: there is an offer to bring them back. */
const manyAtOnce = 3;

/**
 * Knows what this phone last showed of a list, and tells what others have done since, once somebody comes back to it. On show means: the screen
 * is seen and there is a connection. Own edits are no news, also those made while there was no connection.
 */
export class AwayWatch {
  readonly #parts: AwayWatchParts;
  /** What counts as seen while the list is not on show, or while there is a card. */
  readonly #seen = new SeenItems();
  #sinceMs: number;
  #isOnShow = false;
  #isReady = false;
  #cancelSave: (() => void) | null = null;
  #stopDocument: () => void = () => undefined;
  #bound: ListDocument | null = null;

  /** What the card says; null when there is none. */
  news: AwayNews | null = $state.raw(null);
  /** What others took off the list without having bought it, many at once or meanwhile, as it comes back; until the card is closed. */
  gone: readonly ShownItem[] = $state.raw([]);

  constructor(parts: AwayWatchParts) {
    this.#parts = parts;
    this.#sinceMs = parts.clock.nowMs();
    this.follow();
    this.#lookAround();
  }

  /** Reads what was kept of the last time. To be called once, before the list is on show. */
  async start(): Promise<void> {
    const { memory, listId } = this.#parts;
    const memo = readAwayMemo(await memory.read(listId, 'away'));
    if (memo !== null) {
      this.#sinceMs = memo.sinceMs;
      this.#seen.replace(memo.items);
      this.news = memo.news;
      this.gone = memo.gone;
    }
    this.#isReady = true;
  }

  /** Watches the document that there is now: an epoch brings another one. */
  follow(): void {
    const document = this.#parts.document();
    if (document === this.#bound) return;
    this.#stopDocument();
    this.#bound = document;
    this.#stopDocument = document.onChange(({ items, isLocal }) => {
      if (isLocal) this.#seen.see(items, document);
      // An offer that was made is made again after a reload, however soon that comes.
      else if (this.#isOnShow && this.#noteGone(this.#seen.of(items), manyAtOnce)) void this.#save();
      this.#saveSoon();
    });
  }

  /** To be told whenever the list comes on show or goes from it. */
  async setOnShow(isOnShow: boolean): Promise<void> {
    if (!this.#isReady || isOnShow === this.#isOnShow) return;
    this.#isOnShow = isOnShow;
    if (isOnShow) await this.#comeBack();
    else await this.#leave();
  }

  /** The person has read the card. */
  async close(): Promise<void> {
    this.news = null;
    this.gone = [];
    this.#lookAround();
    await this.#save();
  }

  /** What was gone is on the list again. */
  async broughtBack(): Promise<void> {
    this.gone = [];
    if (this.news !== null) this.news = withoutRemoved(this.news);
    await this.#save();
  }

  /** Keeps what was shown last, and stops watching. */
  async dispose(): Promise<void> {
    this.#stopDocument();
    const hasUnsaved = this.#cancelSave !== null;
    this.#cancelSave?.();
    this.#cancelSave = null;
    if (this.#isOnShow) await this.#leave();
    else if (hasUnsaved) await this.#save();
  }

  async #comeBack(): Promise<void> {
    await this.#parts.catchUp();
    if (!this.#isOnShow) return;
    const { clock, document, self } = this.#parts;
    const wasAway = clock.nowMs() - this.#sinceMs >= awayMs;
    const doc = document();
    if (wasAway) {
      const now = { items: doc.view.items, got: (id: ItemId) => lastGot(doc, id) };
      this.news = awayNews(this.#seen.all, now, self());
    }
    this.#noteGone(this.#seen.all, wasAway ? 1 : manyAtOnce);
    if (this.news === null) this.#lookAround();
    await this.#save();
  }

  /** Keeps what has left the list, if at least `least` of it was still to buy. Whether it has. */
  #noteGone(before: readonly ShownItem[], least: number): boolean {
    const { document, clock, self } = this.#parts;
    const gone = goneItems(before, document(), { self: self(), nowMs: clock.nowMs() });
    if (gone.filter(({ isTicked }) => !isTicked).length < least && this.gone.length === 0) return false;
    const isGoneAgain = ({ id }: ShownItem) => gone.some((other) => other.id === id);
    this.gone = [...this.gone.filter((item) => !isGoneAgain(item)), ...gone];
    return gone.length > 0;
  }

  async #leave(): Promise<void> {
    this.#isOnShow = false;
    if (this.news === null) this.#lookAround();
    this.#sinceMs = this.#parts.clock.nowMs();
    await this.#save();
  }

  /** All that there is has been seen. */
  #lookAround(): void {
    this.#seen.replace(this.#parts.document().view.items.map(toShown));
  }

  #saveSoon(): void {
    if (!this.#isReady) return;
    this.#cancelSave ??= this.#parts.clock.schedule(saveMs, () => {
      this.#cancelSave = null;
      if (this.#isOnShow && this.news === null) this.#lookAround();
      void this.#save();
    });
  }

  #save(): Promise<void> {
    const { memory, listId, clock } = this.#parts;
    if (this.#isOnShow) this.#sinceMs = clock.nowMs();
    const memo = { sinceMs: this.#sinceMs, items: this.#seen.all, gone: this.gone, news: this.news };
    return memory.revise(listId, 'away', () => memo);
  }
}

function withoutRemoved(news: AwayNews): AwayNews | null {
  return news.people.length + news.changed.length === 0 ? null : { ...news, removed: [] };
}
