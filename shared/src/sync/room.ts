import { Presence, type ListDocument } from '../document/index.ts';
import type { ListId, RosterEntry } from '../protocol/index.ts';
import type { Transport } from './transport.ts';

interface RoomParts {
  list: ListId;
  transport: Transport;
  document: ListDocument;
}

/** Who has the list open now, and what they are doing. Names come from the roster, which is the server's; what they do from themselves. */
export class Room {
  readonly presence: Presence;
  readonly #parts: RoomParts;
  #roster: readonly RosterEntry[] = [];

  constructor(parts: RoomParts) {
    this.#parts = parts;
    this.presence = new Presence(parts.document);
    this.presence.onLocalUpdate((awareness) => {
      parts.transport.sendPresence({ list: parts.list, awareness });
    });
  }

  /** Empty while there is no connection. */
  get roster(): readonly RosterEntry[] {
    return this.#roster;
  }

  /** The server has said who is here. Whoever has come learns what is done here; whoever has gone does nothing any more. */
  takeRoster(present: readonly RosterEntry[]): void {
    const { list, transport, document } = this.#parts;
    const known = new Set(this.#roster.map((entry) => entry.clientId));
    const here = new Set(present.map((entry) => entry.clientId));
    this.#roster = present;
    this.presence.remove([...known].filter((clientId) => !here.has(clientId)));
    const hasNewcomer = present.some(({ clientId }) => !known.has(clientId) && clientId !== document.clientId);
    if (hasNewcomer) transport.sendPresence({ list, awareness: this.presence.encodeLocal() });
  }

  dispose(): void {
    this.presence.dispose();
  }
}
