import type { Item, ItemId, ListDocument, Presence, Product } from '@trolley/shared/document';
import { mayEdit, mayManage, type Clock, type MemberId, type Person, type Role } from '@trolley/shared/protocol';
import type { ListSyncState, OpenList, OpenListEvent } from '@trolley/shared/sync';
import { HeldItems } from './held-items.ts';
import { learnPeople, presentPeople, type PresentPerson } from './people.ts';
import { arrange, emptyArrangement, type Arrangement } from './sections.ts';

interface ListStateParts {
  open: OpenList;
  clock: Clock;
  /** Who uses this phone. */
  self: () => MemberId;
  /** People known from earlier visits. */
  people: ReadonlyMap<MemberId, Person>;
  /** Called with all known people when there is somebody new. */
  onPeople: (people: ReadonlyMap<MemberId, Person>) => void;
}

/** The one bridge from an open list to the screen: what it shows, as runes. What it does is in `list-editing.ts`. */
export class ListState {
  readonly #parts: ListStateParts;
  readonly #held: HeldItems;
  readonly #stopList: () => void;
  #stopDocument: () => void = () => undefined;
  #known = new Map<ItemId, Item>();
  /** Ids of items that have left the list since it was opened, in that order. */
  #lately: ItemId[] = [];

  /** Items that left the list without this phone's doing, while they were still to buy. */
  onRemovedElsewhere: (items: readonly Item[]) => void = () => undefined;

  title = $state.raw('');
  arrangement: Arrangement = $state.raw(emptyArrangement);
  sync: ListSyncState = $state.raw({ kind: 'saved' });
  access: Role | null = $state.raw(null);
  present: readonly PresentPerson[] = $state.raw([]);
  people: ReadonlyMap<MemberId, Person> = $state.raw(new Map());
  /** Who edits which item, other than this tab. */
  editors: ReadonlyMap<ItemId, string> = $state.raw(new Map());

  constructor(parts: ListStateParts) {
    this.#parts = parts;
    this.people = parts.people;
    this.#held = new HeldItems(parts.clock, () => {
      this.#arrange();
    });
    this.#readAccess();
    this.#readRoster();
    this.#bindDocument();
    this.#stopList = parts.open.on((event) => {
      this.#onEvent(event);
    });
  }

  get document(): ListDocument {
    return this.#parts.open.document;
  }

  get presence(): Presence {
    return this.#parts.open.presence;
  }

  get canEdit(): boolean {
    return mayEdit(this.access);
  }

  get canManage(): boolean {
    return mayManage(this.access);
  }

  /** The item as it is now; reactive. */
  item(id: ItemId): Item | undefined {
    void this.arrangement;
    return this.document.item(id);
  }

  /** Everything the list has known; reactive. */
  products(): readonly Product[] {
    void this.arrangement;
    return this.document.products();
  }

  /** Products that are known but not on the list; those that left it while it is open come first, the latest on top. Reactive. */
  removed(): readonly Product[] {
    const lately = (product: Product) => this.#lately.indexOf(product.id);
    return this.products()
      .filter((product) => product.wantedAt === null)
      .sort((a, b) => lately(b) - lately(a) || (b.lastGotAt ?? 0) - (a.lastGotAt ?? 0));
  }

  /** Lets an item go to where it belongs at once. */
  settle(id: ItemId): void {
    this.#held.release(id);
    this.#arrange();
  }

  learn(people: readonly Person[]): void {
    const learnt = learnPeople(this.people, people);
    if (learnt === this.people) return;
    this.people = learnt;
    this.#parts.onPeople(learnt);
  }

  dispose(): void {
    this.#stopList();
    this.#stopDocument();
    this.#held.dispose();
  }

  #onEvent(event: OpenListEvent): void {
    switch (event) {
      case 'state':
        this.sync = this.#parts.open.state;
        break;
      case 'access':
        this.#readAccess();
        break;
      case 'roster':
        this.#readRoster();
        break;
      case 'document':
        this.#bindDocument();
        break;
    }
  }

  #readAccess(): void {
    this.access = this.#parts.open.access;
    this.sync = this.#parts.open.state;
  }

  #readRoster(): void {
    const { roster } = this.#parts.open;
    this.present = presentPeople(roster, this.#parts.self());
    this.learn(roster);
    this.#readEditors();
  }

  #readEditors(): void {
    const { roster, document, presence } = this.#parts.open;
    const names = new Map(roster.map(({ clientId, name }) => [clientId, name]));
    const editing = new Map<ItemId, string>();
    for (const [clientId, itemId] of presence.editing()) {
      const name = names.get(clientId);
      if (name !== undefined && clientId !== document.clientId) editing.set(itemId, name);
    }
    this.editors = editing;
  }

  #bindDocument(): void {
    this.#stopDocument();
    const { document, presence } = this.#parts.open;
    const stopChange = document.onChange(({ items, isLocal }) => {
      this.#noteChanges(items, isLocal);
      this.#arrange();
    });
    const stopPresence = presence.onChange(() => {
      this.#readEditors();
    });
    this.#stopDocument = () => {
      stopChange();
      stopPresence();
    };
    this.#known = new Map(document.view.items.map((item) => [item.id, item]));
    this.#arrange();
  }

  #noteChanges(ids: ReadonlySet<ItemId>, isLocal: boolean): void {
    const removed: Item[] = [];
    for (const id of ids) {
      const before = this.#known.get(id);
      const after = this.document.item(id);
      if (after === undefined) this.#known.delete(id);
      else this.#known.set(id, after);
      if (before === undefined) continue;
      if (after === undefined) removed.push(before);
      else if (after.isTicked !== before.isTicked) this.#held.hold(id, before.isTicked, isLocal);
    }
    const gone = new Set(removed.map(({ id }) => id));
    this.#lately = [...this.#lately.filter((id) => !gone.has(id)), ...gone];
    const stillWanted = removed.filter((item) => !item.isTicked);
    if (!isLocal && stillWanted.length > 0) this.onRemovedElsewhere(stillWanted);
  }

  #arrange(): void {
    const { title, items } = this.document.view;
    this.title = title;
    this.arrangement = arrange(items, this.#held.places, this.arrangement);
  }
}
