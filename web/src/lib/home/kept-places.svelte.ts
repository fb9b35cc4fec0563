import { TrolleyError, type ListId } from '@trolley/shared/protocol';
import {
  inPlace,
  isArchived,
  learnPlaces,
  moveTo,
  nowhere,
  readPlaces,
  sayPlaces,
  unsentPlaces,
  writePlaces,
  type ListPlaces,
  type NewPlace,
} from './list-places.ts';

interface KeptPlacesParts {
  storage: Storage | null;
  /** The server's time, as far as it is known. */
  nowMs: () => number;
  /** The lists of this phone. */
  lists: () => Promise<readonly ListId[]>;
  hasSession: () => boolean;
  /** Tells the server what it has not heard, and hears what it knows. */
  exchange: (unsent: ListPlaces) => Promise<ListPlaces>;
}

/**
 * In which order somebody keeps their lists, and which are archived: theirs alone. It is said on this phone at once, kept until the server has
 * heard it, and follows the account to other phones.
 */
export class KeptPlaces {
  readonly #parts: KeptPlacesParts;
  #places: ListPlaces = $state.raw(nowhere);
  #exchanging: Promise<void> | null = null;
  #isDue = false;

  constructor(parts: KeptPlacesParts) {
    this.#parts = parts;
    this.readAgain();
  }

  /** Lists in their order, apart from those that are archived. Reactive. */
  arrange<T extends { list: ListId; openedAtMs: number }>(lists: readonly T[]): { shown: T[]; archived: T[] } {
    const ordered = inPlace(lists, this.#places);
    return {
      shown: ordered.filter(({ list }) => !isArchived(this.#places, list)),
      archived: ordered.filter(({ list }) => isArchived(this.#places, list)),
    };
  }

  /** Puts one of the lists, which stand in this order, at another index. */
  move(lists: readonly ListId[], list: ListId, index: number): void {
    this.#say(moveTo(lists, this.#places, list, index));
  }

  archive(list: ListId, archived: boolean): void {
    this.#say([{ list, archived }]);
  }

  /** Another tab has said something. */
  readAgain(): void {
    this.#places = readPlaces(this.#parts.storage);
  }

  /** Whether the server has to be told something of these lists. */
  isWaiting(lists: readonly ListId[]): boolean {
    return unsentPlaces(this.#places, lists).size > 0;
  }

  /**
   * Exchanges with the server, if there is a session, and once more if something was said meanwhile. Never rejects: what could not be said waits for
   * the next time.
   */
  exchange(): Promise<void> {
    this.#isDue = true;
    this.#exchanging ??= this.#exchangeWhileDue();
    return this.#exchanging;
  }

  async #exchangeWhileDue(): Promise<void> {
    try {
      while (this.#isDue) {
        this.#isDue = false;
        await this.#exchangeOnce();
      }
    } finally {
      this.#exchanging = null;
    }
  }

  async #exchangeOnce(): Promise<void> {
    const { lists, hasSession, exchange } = this.#parts;
    if (!hasSession()) return;
    try {
      const told = await exchange(unsentPlaces(this.#places, await lists()));
      this.#take(learnPlaces(this.#places, told));
    } catch (error) {
      if (!(error instanceof TrolleyError)) throw error;
    }
  }

  #say(said: readonly NewPlace[]): void {
    this.#take(sayPlaces(this.#places, said, this.#parts.nowMs()));
    void this.exchange();
  }

  #take(places: ListPlaces): void {
    this.#places = places;
    writePlaces(this.#parts.storage, places);
  }
}
