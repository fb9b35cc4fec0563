import type { ListId, ServerMessage } from '@trolley/shared/protocol';
import type { Peer, Rooms } from '../relay/relay.ts';

/** Rooms in one process that write down what happens in them. */
export class FakeRooms implements Rooms {
  readonly #members = new Map<ListId, Set<Peer>>();
  /** Joins, leaves and broadcasts, in order. */
  readonly events: string[] = [];
  /** Called before a join takes effect: it may take its time. */
  beforeJoin: () => void | Promise<void> = () => undefined;

  async join(peer: Peer, list: ListId): Promise<void> {
    await this.beforeJoin();
    this.events.push(`${peer.id} joins`);
    this.#members.set(list, (this.#members.get(list) ?? new Set()).add(peer));
  }

  leave(peer: Peer, list: ListId): void {
    this.events.push(`${peer.id} leaves`);
    this.#members.get(list)?.delete(peer);
  }

  broadcast(list: ListId, message: ServerMessage, except?: Peer): void {
    const number = message.event === 'update' ? ` ${message.message.seq ?? 'without a number'}` : '';
    this.events.push(`${message.event}${number}`);
    for (const peer of this.#members.get(list) ?? []) if (peer !== except) peer.send(message);
  }

  membersOf(list: ListId): Peer[] {
    return [...(this.#members.get(list) ?? [])];
  }
}
