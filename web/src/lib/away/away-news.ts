import type { Item, ItemId } from '@trolley/shared/document';
import type { MemberId } from '@trolley/shared/protocol';

/** As much of an item as tells whether it is another one by now. */
export type ShownItem = Pick<Item, 'id' | 'name' | 'isTicked' | 'wantedAt' | 'note' | 'amount'>;

/** What one person did; `by` is null where the list does not say who it was. Names in the order of the list. */
interface PersonNews {
  readonly by: MemberId | null;
  readonly added: readonly string[];
  readonly got: readonly string[];
}

/** What others did to a list. Who removed or changed something, a list does not say. */
export interface AwayNews {
  readonly people: readonly PersonNews[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** The list of now. `got` is when and by whom something was last ticked, also what has left the list since. */
interface ListNow {
  readonly items: readonly Item[];
  readonly got: (id: ItemId) => { readonly at: number; readonly by: MemberId | null } | null;
}

/** An item without what is not remembered of it. */
export function toShown({ id, name, isTicked, wantedAt, note, amount }: Item): ShownItem {
  return { id, name, isTicked, wantedAt, note, amount };
}

/**
 * What has become of a list since it was shown here last, other than by this person: the difference, whatever happened in between. Clearing
 * what was in the trolley is no news; what was got and cleared has been got. Null when there is none.
 */
export function awayNews(before: readonly ShownItem[], now: ListNow, self: MemberId): AwayNews | null {
  const known = new Map(before.map((item) => [item.id, item]));
  const people = new People(self);
  const changed: string[] = [];
  const removed: string[] = [];
  for (const item of now.items) {
    const was = known.get(item.id);
    known.delete(item.id);
    if (was === undefined || (was.isTicked && item.wantedAt !== was.wantedAt)) people.added(item.wantedBy, item.name);
    else if (isOther(was, item)) changed.push(item.name);
    if (item.isTicked && was?.isTicked !== true) people.got(item.gotBy, item.name);
  }
  for (const was of known.values()) {
    if (was.isTicked) continue;
    const got = now.got(was.id);
    if (got !== null && got.at >= was.wantedAt) people.got(got.by, was.name);
    else removed.push(was.name);
  }
  const news = { people: people.news, changed, removed };
  return news.people.length + changed.length + removed.length === 0 ? null : news;
}

function isOther(was: ShownItem, item: Item): boolean {
  return (
    was.name !== item.name ||
    was.note !== item.note ||
    was.amount.quantity !== item.amount.quantity ||
    was.amount.unit !== item.amount.unit
  );
}

/** What each of the others did, in the order in which they come up. */
class People {
  readonly #self: MemberId;
  readonly #news = new Map<MemberId | null, { added: string[]; got: string[] }>();

  constructor(self: MemberId) {
    this.#self = self;
  }

  get news(): readonly PersonNews[] {
    return [...this.#news].map(([by, { added, got }]) => ({ by, added, got }));
  }

  added(by: MemberId | null, name: string): void {
    if (by !== this.#self) this.#of(by).added.push(name);
  }

  got(by: MemberId | null, name: string): void {
    if (by !== this.#self) this.#of(by).got.push(name);
  }

  #of(by: MemberId | null) {
    const known = this.#news.get(by) ?? { added: [], got: [] };
    this.#news.set(by, known);
    return known;
  }
}
