import { encodeAwareness, readAwareness, type AwarenessEntry } from '@trolley/shared/foreign';
import type { RosterEntry } from '@trolley/shared/protocol';

interface PresenceParts {
  /** Tells the client what others do. */
  tell: (awareness: Uint8Array) => void;
  /** Tells the others what the client does. */
  send: (awareness: Uint8Array) => void;
  /** Called once, with the id by which the client speaks. */
  onClientId: (clientId: number) => void;
}

/** What a client and the others in the room say of themselves. y-websocket also repeats what others have said: that is dropped. */
export class ForeignPresence {
  readonly #parts: PresenceParts;
  #clientId: number | null = null;
  #own: Uint8Array | null = null;
  /** The others who have spoken, with their clocks. */
  readonly #heard = new Map<number, number>();
  #roster: ReadonlySet<number> = new Set();

  constructor(parts: PresenceParts) {
    this.#parts = parts;
  }

  /** Takes what the client says. False when that is no awareness. */
  take(awareness: Uint8Array): boolean {
    const entries = readAwareness(awareness);
    if (entries === null) return false;
    const own = entries.find((entry) => this.#isOwn(entry));
    if (own === undefined) return true;
    this.#own = encodeAwareness([own]);
    if (this.#clientId === null) {
      this.#clientId = own.clientId;
      this.#parts.onClientId(own.clientId);
    } else {
      this.#parts.send(this.#own);
    }
    return true;
  }

  /** Says again what the client does: somebody has come who has not heard it, or it has only now got its seat. */
  repeat(): void {
    if (this.#own !== null) this.#parts.send(this.#own);
  }

  /** Somebody else has spoken. */
  hear(awareness: Uint8Array): void {
    for (const { clientId, clock } of readAwareness(awareness) ?? []) this.#heard.set(clientId, clock);
    this.#parts.tell(awareness);
  }

  /** Whoever has left does nothing any more; whoever has come is told what is done here. */
  takeRoster(present: readonly RosterEntry[]): void {
    const here = new Set(present.map(({ clientId }) => clientId));
    const gone = [...this.#heard].filter(([clientId]) => !here.has(clientId));
    for (const [clientId] of gone) this.#heard.delete(clientId);
    const farewells = gone.map(([clientId, clock]) => ({ clientId, clock: clock + 1, state: null }));
    if (farewells.length > 0) this.#parts.tell(encodeAwareness(farewells));
    const hasNewcomer = [...here].some((clientId) => !this.#roster.has(clientId));
    this.#roster = here;
    if (hasNewcomer) this.repeat();
  }

  /** The first id that the client speaks for, unless somebody else has spoken for it, is its own. */
  #isOwn({ clientId, state }: AwarenessEntry): boolean {
    if (this.#clientId !== null) return clientId === this.#clientId;
    return state !== null && !this.#heard.has(clientId);
  }
}
