import type { ListId } from '@trolley/shared/protocol';
import type { Rooms } from './rooms.ts';

/** R6: tells a room who is there. Changes that come while it is being found out are told once, afterwards. */
export class RosterAnnouncer {
  readonly #rooms: Rooms;
  readonly #running = new Map<ListId, { isStale: boolean }>();

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  /** Somebody has come or gone. */
  refresh(list: ListId): void {
    const running = this.#running.get(list);
    if (running === undefined) void this.#announce(list);
    else running.isStale = true;
  }

  async #announce(list: ListId): Promise<void> {
    const run = { isStale: true };
    this.#running.set(list, run);
    while (run.isStale) {
      run.isStale = false;
      const present = await this.#rooms.present(list).catch(() => null);
      if (present !== null) this.#rooms.broadcast(list, { event: 'roster', message: { list, present } });
    }
    this.#running.delete(list);
  }
}
