import { mayEdit, type ListId, type PushResult, type Role, type WireError } from '../protocol/index.ts';
import { coalesce } from './coalesce.ts';
import type { Locks } from './locks.ts';
import { answerTimeoutMs, pushOutbox, type PushOutcome } from './push-outbox.ts';
import type { Storage } from './storage.ts';
import type { TabChannel } from './tab-channel.ts';
import type { Transport } from './transport.ts';

interface OutgoingParts {
  list: ListId;
  storage: Storage;
  transport: Transport;
  tabs: TabChannel;
  locks: Locks;
  /** Whether pushing makes sense now. */
  isConnected: () => boolean;
  role: () => Role | null;
  onPushed: (result: PushResult) => void;
  onRefused: (error: WireError) => void;
  onWaitingChange: () => void;
}

/** The way of own edits: phone first, then the other tabs, then the server. */
export class Outgoing {
  readonly #parts: OutgoingParts;
  /** Edits that the phone could not store; they live as long as this tab and are pushed like the rest. */
  #unstored: { epoch: number; update: Uint8Array }[] = [];
  #beingStored = 0;
  #stored: number;
  readonly #recount: () => Promise<void>;

  constructor(parts: OutgoingParts, stored: number) {
    this.#parts = parts;
    this.#stored = stored;
    this.#recount = coalesce(async () => {
      this.#stored = await this.#parts.storage.countOutbox(this.#parts.list);
    });
    this.push = coalesce(() => this.#push());
  }

  /** Edits not yet confirmed by the server. */
  get waiting(): number {
    return this.#stored + this.#beingStored + this.#unstored.length;
  }

  /** Pushes all that waits. Resolves when it is done or cannot go on; never rejects. */
  readonly push: () => Promise<PushOutcome>;

  /** Stores an edit, shows it to the other tabs, and pushes. */
  async add(epoch: number, update: Uint8Array): Promise<void> {
    const { list, storage, tabs } = this.#parts;
    this.#beingStored += 1;
    this.#parts.onWaitingChange();
    try {
      await storage.putOutbox(list, epoch, update);
      await this.#recount();
    } catch {
      this.#unstored.push({ epoch, update });
    }
    this.#beingStored -= 1;
    tabs.post({ kind: 'edited', list, epoch, update });
    this.#parts.onWaitingChange();
    if (this.#parts.isConnected()) await this.push();
  }

  /** Another tab has stored or confirmed something. */
  async refresh(): Promise<void> {
    await this.#recount().catch(() => undefined);
    this.#parts.onWaitingChange();
  }

  async #push(): Promise<PushOutcome> {
    const { list, locks, role, tabs } = this.#parts;
    if (this.waiting === 0) return { kind: 'empty' };
    if (!mayEdit(role())) return { kind: 'empty' };
    const outcome = await locks.run(`trolley:push:${list}`, () => this.#pushLocked()).catch(failed);
    if (outcome.kind === 'refused') this.#parts.onRefused(outcome.error);
    tabs.post({ kind: 'outbox-changed', list });
    await this.refresh();
    return outcome;
  }

  async #pushLocked(): Promise<PushOutcome> {
    const { list, storage, transport, onPushed } = this.#parts;
    const outcome = await pushOutbox({ list, storage, transport, onPushed }).catch(failed);
    return outcome.kind === 'empty' ? this.#pushUnstored() : outcome;
  }

  async #pushUnstored(): Promise<PushOutcome> {
    const { list, transport, onPushed } = this.#parts;
    for (let next = this.#unstored[0]; next !== undefined; next = this.#unstored[0]) {
      try {
        const answer = await transport.push({ list, epoch: next.epoch, update: next.update }, answerTimeoutMs);
        if (!answer.ok) return { kind: 'retry', afterMs: answer.error.retryAfterMs };
        onPushed(answer.value);
        this.#unstored.shift();
      } catch {
        return { kind: 'lost' };
      }
    }
    return { kind: 'empty' };
  }
}

/** The browser refused its storage or its locks: try again later. */
const failed = (): PushOutcome => ({ kind: 'retry', afterMs: undefined });
