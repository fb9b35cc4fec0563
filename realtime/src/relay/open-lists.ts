import type { Head, ListId, Role, Seat, ServerMessage } from '@trolley/shared/protocol';
import type { Admission } from './admission.ts';
import type { Seating } from './seating.ts';
import { isLater, type ToldHeads } from './told-heads.ts';

/** Somebody in a list, in the role that this node takes them to have. */
export interface BelievedSeat extends Seat {
  role: Role;
}

interface OpenListsParts {
  seating: Seating;
  told: ToldHeads;
  admission: Admission;
}

/** What this node takes for true of the lists that are open on it, and how that is put right. All of it concerns this node's peers alone. */
export class OpenLists {
  readonly #parts: OpenListsParts;

  constructor(parts: OpenListsParts) {
    this.#parts = parts;
  }

  /** Each open list with the head up to which its room was told; null when nothing is known. */
  get heads(): { list: ListId; head: Head | null }[] {
    const { seating, told } = this.#parts;
    return seating.lists.map((list) => ({ list, head: told.get(list) }));
  }

  /** Everybody in every open list. Who has several connections may be there several times. */
  get seats(): BelievedSeat[] {
    const { seating } = this.#parts;
    return seating.lists.flatMap((list) =>
      seating.peersIn(list).flatMap(({ seats, identity: { userId } }) => {
        const role = seats.get(list)?.role;
        return role === undefined ? [] : [{ list, userId, role }];
      }),
    );
  }

  /** The log has grown by what this node has no bytes of: whoever is behind reads. */
  tellHead(list: ListId, { epoch, seq }: Head): void {
    this.#send(list, { event: 'head', message: { list, epoch, seq } });
    this.#note(list, { epoch, seq });
  }

  /** The log has grown by this update. */
  tellUpdate(message: Extract<ServerMessage, { event: 'update' }>['message'] & { seq: number }): void {
    this.#send(message.list, { event: 'update', message });
    this.#note(message.list, message);
  }

  /** A push of this node got this number, and the rooms of all nodes were told. */
  noteOwn(list: ListId, head: Head): void {
    const { seating, told } = this.#parts;
    if (seating.isOpen(list) && !told.noteOwn(list, head)) this.#greetAnew(list);
  }

  /** R15: what the log says of a list, and what was believed when it was asked. Numbers that went back are those of another log. */
  correctHead(list: ListId, believed: Head | null, { epoch, seq }: Head): void {
    if (!this.#parts.seating.isOpen(list)) return;
    if (believed !== null && seq < believed.seq) this.#greetAnew(list);
    else if (isLater({ epoch, seq }, this.#parts.told.get(list) ?? nothing)) this.tellHead(list, { epoch, seq });
  }

  /** R15: the role that somebody has by the log. What has changed since it was asked is newer than the answer. */
  correctRole({ list, userId, role: believed }: BelievedSeat, role: Role | null): void {
    if (role === believed) return;
    const isStill = this.#parts.seating.peersOf(list, userId).some(({ seats }) => seats.get(list)?.role === believed);
    if (isStill) this.changeRole({ list, userId }, role);
  }

  /** R11: tells each connection of the person; without a role they leave the room. */
  changeRole({ list, userId }: Seat, role: Role | null): void {
    const { seating, admission } = this.#parts;
    for (const peer of seating.peersOf(list, userId)) {
      peer.send({ event: 'access', message: { list, role } });
      const seat = peer.seats.get(list);
      if (role === null) admission.unseat(peer, list);
      else if (seat !== undefined) seat.role = role;
    }
  }

  /** The store was restored: whoever comes back learns of it, and heals it. */
  #greetAnew(list: ListId): void {
    for (const peer of this.#parts.seating.peersIn(list)) peer.cut();
  }

  #send(list: ListId, message: ServerMessage): void {
    for (const peer of this.#parts.seating.peersIn(list)) peer.send(message);
  }

  #note(list: ListId, { epoch, seq }: Head): void {
    if (this.#parts.seating.isOpen(list)) this.#parts.told.note(list, { epoch, seq });
  }
}

const nothing: Head = { epoch: 0, seq: 0 };
