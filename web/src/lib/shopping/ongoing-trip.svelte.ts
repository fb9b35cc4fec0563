import type { CategoryId, ItemId } from '@trolley/shared/document';
import type { StoreId } from '@trolley/shared/shopping';
import type { OpenScreen } from '#lib/list/open-screen.ts';
import { noteTick, noTrip, readTripMemory, writeTripMemory, type TripMemory } from './trip-memory.ts';

/** The trip of this phone in one list, the same for all that show it. */
class OngoingTrip {
  readonly #screen: OpenScreen;
  #memory: TripMemory = $state.raw(noTrip);
  /** Sections that this person has said they take. */
  claimed: readonly CategoryId[] = $state.raw([]);
  /** Whether the screen of the trip is open. */
  isOn = $state.raw(false);

  constructor(screen: OpenScreen) {
    this.#screen = screen;
    this.#memory = readTripMemory(localStorage, screen.listId);
  }

  get memory(): TripMemory {
    return this.#memory;
  }

  choose(store: StoreId | null): void {
    this.#remember({ ...this.#memory, store });
  }

  noteTick(id: ItemId, isTicked: boolean): void {
    this.#remember(noteTick(this.#memory, id, isTicked));
  }

  /** The next trip begins at the same store. Returns how to go on with this one. */
  end(): () => void {
    const { ticked } = this.#memory;
    this.#remember({ ...this.#memory, ticked: [] });
    return () => {
      this.#remember({ ...this.#memory, ticked: [...ticked, ...this.#memory.ticked] });
    };
  }

  #remember(memory: TripMemory): void {
    this.#memory = memory;
    writeTripMemory(localStorage, this.#screen.listId, memory);
  }
}

const trips = new WeakMap<OpenScreen, OngoingTrip>();

/** The trip of a list that is open. */
export function ongoingTrip(screen: OpenScreen): OngoingTrip {
  const trip = trips.get(screen) ?? new OngoingTrip(screen);
  trips.set(screen, trip);
  return trip;
}
