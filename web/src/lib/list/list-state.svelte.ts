import { createSubscriber } from 'svelte/reactivity';
import { plainLook, type Item, type ItemId, type ListDocument, type ListLook } from '@trolley/shared/document';
import type { ChangeEntry, Presence, Product, Shopping } from '@trolley/shared/document';
import {
  mayEdit,
  mayManage,
  type Clock,
  type MemberId,
  type Person,
  type Role,
  type RosterEntry,
} from '@trolley/shared/protocol';
import type { ListSyncState, OpenList, OpenListEvent } from '@trolley/shared/sync';
import { HeldItems } from './held-items.ts';
import { ItemMemory, type ItemChanges } from './item-changes.ts';
import {
  editorNames,
  learnPeople,
  noEditors,
  nobodyShops,
  noPeople,
  presentPeople,
  type PresentPerson,
} from './people.ts';
import { arrange, emptyArrangement, type Arrangement } from './sections.ts';

/** What this class needs of an open list: less than all of it, so that a test can give it a list without a network. */
export type ListSource = Pick<OpenList, 'document' | 'presence' | 'access' | 'roster' | 'state' | 'on'>;

interface ListStateParts {
  open: ListSource;
  clock: Clock;
  /** Who uses this phone. */
  self: () => MemberId;
  /** People known from earlier visits. */
  people: ReadonlyMap<MemberId, Person>;
  /** Called with all known people when there is somebody new. */
  onPeople: (people: ReadonlyMap<MemberId, Person>) => void;
}

/** The one bridge from an open list to the screen: what it shows, as runes. What can be done to it is in `list-editing.ts`. */
export class ListState {
  readonly #parts: ListStateParts;
  readonly #held: HeldItems;
  readonly #stopList: () => void;
  readonly #subscribe: () => void;
  #stopDocument: () => void = () => undefined;
  #onChanged: () => void = () => undefined;
  #memory = new ItemMemory([]);
  /** Ids of items that have left the list since it was opened, in that order. */
  #lately: readonly ItemId[] = [];

  /** Items that left the list without this phone's doing, while they were still to buy. */
  onRemovedElsewhere: (items: readonly Item[]) => void = () => undefined;
  /** What each change has made of the items, for whoever says it aloud. */
  onItems: (changes: ItemChanges, isLocal: boolean) => void = () => undefined;

  /** Told what each edit of this tab did, also one that takes back another. */
  onLocalEdit: (entries: readonly ChangeEntry[]) => void = () => undefined;

  title = $state.raw('');
  look: ListLook = $state.raw(plainLook);
  arrangement: Arrangement = $state.raw(emptyArrangement);
  sync: ListSyncState = $state.raw({ kind: 'saved' });
  access: Role | null = $state.raw(null);
  present: readonly PresentPerson[] = $state.raw([]);
  people: ReadonlyMap<MemberId, Person> = $state.raw(noPeople);
  /** The clients that are here. */
  roster: readonly RosterEntry[] = $state.raw([]);
  /** Where clients other than this tab are shopping. */
  shopping: ReadonlyMap<number, Shopping> = $state.raw(nobodyShops);
  /** Who edits which item, other than this tab. */
  editors: ReadonlyMap<ItemId, string> = $state.raw(noEditors);

  constructor(parts: ListStateParts) {
    this.#parts = parts;
    this.people = parts.people;
    this.#subscribe = createSubscriber((update) => {
      this.#onChanged = update;
    });
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

  /** The document, reactive: whoever reads it here is told of every change. */
  get live(): ListDocument {
    this.#subscribe();
    return this.document;
  }

  /** The item as it is now; reactive. */
  item(id: ItemId): Item | undefined {
    this.#subscribe();
    return this.document.item(id);
  }

  /** What a look into the document gives, as it is now; reactive. */
  read<T>(look: (document: ListDocument) => T): T {
    this.#subscribe();
    return look(this.document);
  }

  /** Products that are known but not on the list; those that left it while it is open come first, the latest on top. Reactive. */
  removed(): readonly Product[] {
    this.#subscribe();
    const lately = (product: Product) => this.#lately.indexOf(product.id);
    return this.document
      .products()
      .filter((product) => product.wantedAt === null)
      .sort((a, b) => lately(b) - lately(a) || (b.lastGotAt ?? 0) - (a.lastGotAt ?? 0));
  }

  /** Lets an item go to where it belongs at once. */
  settle(id: ItemId): void {
    if (this.#held.release(id)) this.#arrange();
  }

  /** An edit will be made in a moment: what was saved no longer is. `readSync` ends it. */
  expectEdit(): void {
    if (this.sync.kind === 'saved') this.sync = { kind: 'saving', waiting: 1 };
  }

  readSync(): void {
    this.sync = this.#parts.open.state;
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
        this.readSync();
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
    this.readSync();
  }

  #readRoster(): void {
    const { roster } = this.#parts.open;
    this.roster = roster;
    this.present = presentPeople(roster, this.#parts.self());
    this.learn(roster);
    this.#readEditors();
  }

  #readEditors(): void {
    const { presence, roster } = this.#parts.open;
    this.editors = editorNames(presence.editing(), roster);
    this.shopping = presence.shopping();
  }

  #bindDocument(): void {
    this.#stopDocument();
    const { document, presence } = this.#parts.open;
    const stopChange = document.onChange(({ items, isLocal, entries }) => {
      this.#noteChanges(items, isLocal);
      this.#arrange();
      if (isLocal) this.onLocalEdit(entries);
    });
    const stopPresence = presence.onChange(() => {
      this.#readEditors();
    });
    this.#stopDocument = () => {
      stopChange();
      stopPresence();
    };
    this.#memory = new ItemMemory(document.view.items);
    this.#arrange();
  }

  #noteChanges(ids: ReadonlySet<ItemId>, isLocal: boolean): void {
    const changes = this.#memory.note(ids, (id) => this.document.item(id));
    const { toggled, removed } = changes;
    this.onItems(changes, isLocal);
    for (const item of toggled) this.#held.hold(item.id, item.isTicked, isLocal);
    const gone = removed.map((item) => item.id);
    this.#lately = [...this.#lately.filter((id) => !gone.includes(id)), ...gone];
    const stillWanted = removed.filter((item) => !item.isTicked);
    if (!isLocal && stillWanted.length > 0) this.onRemovedElsewhere(stillWanted);
  }

  #arrange(): void {
    const { title, look, items } = this.document.view;
    this.title = title;
    this.look = look;
    this.arrangement = arrange(items, this.#held.places, this.arrangement);
    this.#onChanged();
  }
}
