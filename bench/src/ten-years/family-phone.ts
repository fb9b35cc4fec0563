import {
  addItem,
  ListDocument,
  mergeUpdates,
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
import { addStore, finishShopping } from '@trolley/shared/shopping';
import { limits, type Head, type MemberId, type PullResult, type UserId } from '@trolley/shared/protocol';
import type { FamilyLog } from './family-log.ts';
import { weekMs } from './sessions.ts';
import type { FamilyChange, FamilyEdit, FamilyEvent } from './workload.ts';

/** What is off the list after so long without being bought. */
const patienceMs = 3 * weekMs;

/** Who uses a phone. */
interface Owner {
  userId: UserId;
  memberId: MemberId;
}

/** One phone of the family: its copy of the list, and what it has not sent yet. */
export class FamilyPhone {
  readonly #owner: Owner;
  readonly #log: FamilyLog;
  readonly #nextClientId: () => number;
  #unsent: Uint8Array[] = [];
  #seq = 0;
  #isOnline = false;
  #doc: ListDocument;

  constructor(owner: Owner, log: FamilyLog, nextClientId: () => number) {
    this.#owner = owner;
    this.#log = log;
    this.#nextClientId = nextClientId;
    this.#doc = this.#openDocument(0, []);
  }

  get doc(): ListDocument {
    return this.#doc;
  }

  /** Up to where it has everything. */
  get place(): Head {
    return { epoch: this.#doc.epoch, seq: this.#seq };
  }

  /** Brings in what is new in the log, then sends what is new here: edits made offline as one update, others one by one. */
  async sync(): Promise<void> {
    await this.#fetch();
    if (this.#unsent.length === 0) return;
    const { epoch } = this.#doc;
    const { epoch: current, seq } = await this.#send();
    if (current === epoch) this.#seq = seq;
    else await this.#fetch();
  }

  /** Does what the event says, if there still is anything to do it to. */
  async live(event: FamilyEvent): Promise<void> {
    switch (event.kind) {
      case 'open':
        this.#doc.renewClientId(this.#nextClientId());
        this.#isOnline = !event.isOffline;
        this.#unsent = inOne(this.#unsent);
        if (this.#isOnline) await this.sync();
        return;
      case 'close':
        if (this.#isOnline) await this.sync();
        return;
      default:
        this.edit(event);
    }
  }

  /** As `live`, for what the phone does without the network. */
  edit(event: FamilyEdit): void {
    const author = { memberId: this.#owner.memberId, nowMs: event.atMs };
    switch (event.kind) {
      case 'clear':
        finishShopping(this.#doc, { store: this.#store(event.atMs, author), ticked: this.#ticked() }, author);
        return;
      case 'tidy':
        this.#tidy(author);
        return;
      case 'add':
        addItem(
          this.#doc,
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
        this.#change(event, author);
    }
  }

  /** What nobody else wrote since is not asked for: a phone that is open has heard of it by broadcasts. */
  async #fetch(): Promise<void> {
    const { head } = this.#log;
    if (head.epoch === this.#doc.epoch && head.seq === this.#seq) return;
    const pulled = await this.#log.pull(this.#owner.userId, this.place);
    if (pulled.epoch === this.#doc.epoch) {
      applyAll(this.#doc, pulled.updates);
      this.#seq = pulled.head;
    } else await this.#changeEpoch(pulled);
  }

  /** What waits goes to the old epoch, from where the api carries it over. */
  async #changeEpoch(pulled: PullResult): Promise<void> {
    const isWaiting = this.#unsent.length > 0;
    if (isWaiting) await this.#send();
    const { epoch, head, updates } = isWaiting ? await this.#log.pull(this.#owner.userId, this.place) : pulled;
    this.#doc.dispose();
    this.#doc = this.#openDocument(epoch, updates);
    this.#seq = head;
  }

  async #send() {
    const result = await this.#log.push(this.#owner.userId, this.#doc.epoch, this.#unsent);
    this.#unsent = [];
    return result;
  }

  #openDocument(epoch: number, updates: readonly Uint8Array[]): ListDocument {
    const doc = new ListDocument({ clientId: this.#nextClientId(), epoch });
    applyAll(doc, updates);
    doc.onLocalUpdate((update) => this.#unsent.push(update));
    return doc;
  }

  #change(event: FamilyChange, author: Author): void {
    const item = this.#find(event.name);
    if (!item) return;
    const doc = this.#doc;
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
      }
    }
  }

  /** The family shops at two stores, in turn. */
  #store(atMs: number, author: Author) {
    return addStore(this.#doc, atMs % 2 === 0 ? 'Supermarket' : 'Market', author).id;
  }

  /** What is in the trolley, in the order in which it came there. */
  #ticked() {
    const ticked = this.#doc.view.items.filter(({ isTicked }) => isTicked);
    return ticked.sort((a, b) => (a.gotAt ?? 0) - (b.gotAt ?? 0)).map(({ id }) => id);
  }

  #tidy(author: Author): void {
    const since = toMinute(author.nowMs - patienceMs);
    for (const { id, isTicked, wantedAt } of this.#doc.view.items) {
      if (!isTicked && wantedAt < since) removeItem(this.#doc, id, author);
    }
  }

  #find(name: string): Item | undefined {
    return this.#doc.view.items.find((item) => item.name === name);
  }
}

/** As an outbox is sent: as few updates as may be. */
function inOne(updates: readonly Uint8Array[]): Uint8Array[] {
  if (updates.length < 2 || updates.length > limits.maxMergedUpdates) return [...updates];
  return [mergeUpdates(updates)];
}

function applyAll(doc: ListDocument, updates: readonly Uint8Array[]): void {
  const refused = doc.applyAll(updates, 'remote').find(({ applied }) => !applied);
  if (refused) throw new Error(`the guard refused an update of the log: ${JSON.stringify(refused)}`);
}
