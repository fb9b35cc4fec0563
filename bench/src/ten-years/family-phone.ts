import {
  addItem,
  clearTicked,
  ListDocument,
  moveItem,
  removeItem,
  renameItem,
  setAmount,
  setCategory,
  setNote,
  tickItem,
  toMinute,
  untickItem,
  type Author,
  type Item,
} from '@trolley/shared/document';
import type { MemberId } from '@trolley/shared/protocol';
import { weekMs } from './sessions.ts';
import type { FamilyEvent } from './workload.ts';

/** What is off the list after so long without being bought. */
const patienceMs = 3 * weekMs;

/** One phone of the family: its copy of the list, and what it has not sent yet. */
export class FamilyPhone {
  readonly #memberId: MemberId;
  readonly #log: Uint8Array[];
  readonly #nextClientId: () => number;
  #unsent: Uint8Array[] = [];
  #cursor = 0;
  #isOnline = false;
  readonly doc: ListDocument;

  /** `log` is the list's log in its current epoch, which all phones share. */
  constructor(memberId: MemberId, log: Uint8Array[], nextClientId: () => number) {
    this.#memberId = memberId;
    this.#log = log;
    this.#nextClientId = nextClientId;
    this.doc = new ListDocument({ clientId: nextClientId() });
    this.doc.onLocalUpdate((update) => this.#unsent.push(update));
  }

  /** Brings in what is new in the log, then appends what is new here. */
  sync(): void {
    const refused = this.doc.applyAll(this.#log.slice(this.#cursor), 'remote').find(({ applied }) => !applied);
    if (refused) throw new Error(`the guard refused an update of ours: ${JSON.stringify(refused)}`);
    this.#log.push(...this.#unsent);
    this.#unsent = [];
    this.#cursor = this.#log.length;
  }

  /** Does what the event says, if there still is anything to do it to. */
  live(event: FamilyEvent): void {
    const author = { memberId: this.#memberId, nowMs: event.atMs };
    switch (event.kind) {
      case 'open':
        this.doc.renewClientId(this.#nextClientId());
        this.#isOnline = !event.isOffline;
        if (this.#isOnline) this.sync();
        return;
      case 'close':
        if (this.#isOnline) this.sync();
        return;
      case 'clear':
        clearTicked(this.doc, author);
        return;
      case 'tidy':
        this.#tidy(author);
        return;
      case 'add':
        addItem(
          this.doc,
          {
            name: event.name,
            amount: { quantity: event.quantity, unit: event.unit },
            note: event.note === '' ? undefined : event.note,
            category: event.category,
          },
          author,
        );
        return;
      default:
        this.#edit(event, author);
    }
  }

  #edit(event: Extract<FamilyEvent, { name: string }>, author: Author): void {
    const item = this.#find(event.name);
    if (!item) return;
    const { doc } = this;
    switch (event.kind) {
      case 'amount':
        setAmount(doc, item.id, { ...item.amount, quantity: event.quantity }, author);
        return;
      case 'note':
        setNote(doc, item.id, event.note, author);
        return;
      case 'category':
        setCategory(doc, item.id, event.category, author);
        return;
      case 'rename':
        renameItem(doc, item.id, event.to, author);
        return;
      case 'tick':
        tickItem(doc, item.id, author);
        return;
      case 'untick':
        untickItem(doc, item.id, author);
        return;
      case 'remove':
        removeItem(doc, item.id, author);
        return;
      case 'move': {
        const after = this.#find(event.after);
        if (after) moveItem(doc, item.id, { after: after.id }, author);
        return;
      }
      case 'add':
    }
  }

  #tidy(author: Author): void {
    const since = toMinute(author.nowMs - patienceMs);
    for (const { id, isTicked, wantedAt } of this.doc.view.items) {
      if (!isTicked && wantedAt < since) removeItem(this.doc, id, author);
    }
  }

  #find(name: string): Item | undefined {
    return this.doc.view.items.find((item) => item.name === name);
  }
}
