import { rosterEntrySchema, type Clock, type ListId, type RosterEntry } from '@trolley/shared/protocol';
import * as v from 'valibot';
import type { Neighbours } from '../relay/neighbours.ts';
import type { NodeBus } from './node-bus.ts';

const messageSchema = v.object({
  node: v.string(),
  present: v.array(rosterEntrySchema),
  /** Whether the others are to say who is with them. */
  isAsking: v.boolean(),
});
type Message = v.InferOutput<typeof messageSchema>;

interface OpenList {
  here: readonly RosterEntry[];
  readonly elsewhere: Map<string, readonly RosterEntry[]>;
  /** Nodes that were asked and have not said anything since. */
  readonly unheard: Set<string>;
}

interface NeighbourhoodParts {
  node: string;
  bus: NodeBus;
  clock: Clock;
}

/** Lists that are told of at once when the bus is back: a node with thousands does other things in between. */
const listsAtOnce = 200;
/** Who has not answered by then has nobody there any more: a node says nothing of a list that it has left. */
const answerMs = 5_000;
const channelOf = (list: ListId) => `trolley:people:${list}`;

/**
 * R17: who has a list open on which node. A node tells the others of a list when its own people there have changed, on a channel that only
 * those listen to that have it open too; whoever comes new to a list asks.
 */
export class Neighbourhood implements Neighbours {
  readonly #parts: NeighbourhoodParts;
  readonly #lists = new Map<ListId, OpenList>();
  #onChange: (list: ListId) => void = () => undefined;

  constructor(parts: NeighbourhoodParts) {
    this.#parts = parts;
  }

  tell(list: ListId, present: readonly RosterEntry[]): void {
    const open = this.#lists.get(list);
    if (open === undefined) {
      if (present.length > 0) void this.#open(list, present);
      return;
    }
    open.here = present;
    this.#send(list, open, false);
    if (present.length > 0) return;
    this.#lists.delete(list);
    this.#parts.bus.unsubscribe(channelOf(list));
  }

  present(list: ListId): readonly RosterEntry[] {
    return [...(this.#lists.get(list)?.elsewhere.values() ?? [])].flat();
  }

  onChange(listener: (list: ListId) => void): void {
    this.#onChange = listener;
  }

  /** The bus is back: what was said meanwhile was not heard, here and there. */
  askAll(): void {
    for (const { elsewhere, unheard } of this.#lists.values()) for (const node of elsewhere.keys()) unheard.add(node);
    this.#askFrom([...this.#lists.keys()]);
    this.#parts.clock.schedule(answerMs, () => {
      this.#forgetUnheard();
    });
  }

  /** A node is gone, and with it its people. */
  forget(node: string): void {
    for (const [list, { elsewhere }] of this.#lists) if (elsewhere.delete(node)) this.#onChange(list);
  }

  /** Asks when the answers can be heard. */
  async #open(list: ListId, here: readonly RosterEntry[]): Promise<void> {
    const open: OpenList = { here, elsewhere: new Map(), unheard: new Set() };
    this.#lists.set(list, open);
    await this.#parts.bus.subscribe(channelOf(list), (message) => {
      this.#hear(list, open, message);
    });
    if (this.#lists.get(list) === open) this.#send(list, open, true);
  }

  #send(list: ListId, { here }: OpenList, isAsking: boolean): void {
    const message: Message = { node: this.#parts.node, present: [...here], isAsking };
    this.#parts.bus.publish(channelOf(list), JSON.stringify(message));
  }

  #hear(list: ListId, open: OpenList, raw: Buffer): void {
    const message = parse(raw);
    if (message === null || message.node === this.#parts.node) return;
    const { node, present, isAsking } = message;
    open.unheard.delete(node);
    const before = JSON.stringify(open.elsewhere.get(node) ?? []);
    if (present.length > 0) open.elsewhere.set(node, present);
    else open.elsewhere.delete(node);
    if (isAsking) this.#send(list, open, false);
    if (JSON.stringify(present) !== before) this.#onChange(list);
  }

  #forgetUnheard(): void {
    for (const [list, { elsewhere, unheard }] of this.#lists) {
      const gone = [...unheard].filter((node) => elsewhere.delete(node));
      unheard.clear();
      if (gone.length > 0) this.#onChange(list);
    }
  }

  #askFrom(lists: readonly ListId[]): void {
    for (const list of lists.slice(0, listsAtOnce)) {
      const open = this.#lists.get(list);
      if (open !== undefined) this.#send(list, open, true);
    }
    const rest = lists.slice(listsAtOnce);
    if (rest.length > 0) {
      this.#parts.clock.schedule(0, () => {
        this.#askFrom(rest);
      });
    }
  }
}

function parse(raw: Buffer): Message | null {
  try {
    const message: unknown = JSON.parse(raw.toString());
    return v.parse(messageSchema, message);
  } catch {
    return null;
  }
}
