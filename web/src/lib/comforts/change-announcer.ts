import type { Item, ItemId } from '@trolley/shared/document';
import type { Clock, MemberId } from '@trolley/shared/protocol';
import type { ItemChanges } from '#lib/list/item-changes.ts';
import * as m from '#lib/paraglide/messages.js';

interface AnnouncerParts {
  clock: Clock;
  say: (sentence: string) => void;
  /** Empty for people who are not known. */
  nameOf: (memberId: MemberId | null) => string;
  itemNow: (id: ItemId) => Item | undefined;
}

/** What became of one item by somebody else's doing. `who` is empty where the document does not tell. */
interface News {
  readonly kind: 'added' | 'ticked' | 'changed' | 'cleared';
  readonly name: string;
  readonly who: string;
}

/** What others do is told together, so long after the first of it: whoever listens to a partner who shops can still listen to the shop. */
export const gatherMs = 2_500;
/** More sentences than that become one. */
const maxSentences = 3;

/** Puts into words what happens to the items of a list. What a toast says, such as that something was removed, it leaves to the toast. */
export class ChangeAnnouncer {
  readonly #parts: AnnouncerParts;
  readonly #news = new Map<ItemId, News>();
  #cancel: (() => void) | null = null;

  constructor(parts: AnnouncerParts) {
    this.#parts = parts;
  }

  /** Tells at once what was done here. `toBuy` is how much is left. */
  noteOwn({ toggled, added }: ItemChanges, toBuy: number): void {
    const { say } = this.#parts;
    const [before] = toggled;
    if (before !== undefined) {
      const { name, isTicked } = before;
      if (toggled.length > 1) say(m.announce_changed_count({ count: toggled.length }));
      else say(isTicked ? m.announce_unticked({ name }) : m.announce_ticked({ name, count: toBuy }));
    }
    const [first] = added;
    if (first === undefined) return;
    say(added.length > 1 ? m.announce_listed_count({ count: added.length }) : m.list_is_listed({ name: first.name }));
  }

  /** Tells a little later, together with what else has happened until then, what others have done. */
  noteRemote({ toggled, removed, added, edited }: ItemChanges): void {
    const { clock, nameOf, itemNow } = this.#parts;
    for (const { id, name, wantedBy } of added) this.#news.set(id, { kind: 'added', name, who: nameOf(wantedBy) });
    for (const { id, name } of toggled) {
      const now = itemNow(id);
      const isTicked = now?.isTicked === true;
      this.#news.set(id, { kind: isTicked ? 'ticked' : 'changed', name, who: isTicked ? nameOf(now.gotBy) : '' });
    }
    for (const { id, name } of edited) {
      if (!this.#news.has(id)) this.#news.set(id, { kind: 'changed', name, who: '' });
    }
    for (const { id, name, isTicked } of removed) {
      if (isTicked) this.#news.set(id, { kind: 'cleared', name, who: '' });
      else this.#news.delete(id);
    }
    this.#cancel ??= clock.schedule(gatherMs, () => {
      this.#tell();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#news.clear();
  }

  #tell(): void {
    const groups = new Map<string, { news: News; count: number }>();
    for (const news of this.#news.values()) {
      const key = `${news.kind} ${news.who}`;
      groups.set(key, { news, count: (groups.get(key)?.count ?? 0) + 1 });
    }
    if (groups.size > maxSentences) this.#parts.say(m.announce_changes_count({ count: this.#news.size }));
    else for (const { news, count } of groups.values()) this.#parts.say(sentence(news, count));
    this.stop();
  }
}

/** What has happened `count` times alike, told by one of them. */
function sentence({ kind, name, who }: News, count: number): string {
  const by = who === '' ? m.common_someone() : who;
  switch (kind) {
    case 'added':
      if (count === 1) return m.announce_added_by({ who: by, name });
      return m.announce_by({ who: by, what: m.announce_added_count({ count }) });
    case 'ticked':
      if (count === 1) return m.announce_ticked_by({ who: by, name });
      return m.announce_by({ who: by, what: m.announce_ticked_count({ count }) });
    case 'changed':
      return count === 1 ? m.announce_changed({ name }) : m.announce_changed_count({ count });
    case 'cleared':
      return count === 1 ? m.notice_removed_elsewhere({ name }) : m.notice_removed_many_elsewhere({ count });
  }
}
