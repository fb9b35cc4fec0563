import type { ListId, PullRequest, Role } from '@trolley/shared/protocol';
import { FakeClock, MemoryLog } from '@trolley/shared/testing';
import { Relay } from '../relay/relay.ts';
import { connectionOf, person, testList } from './family.ts';
import { FakeRooms } from './fake-rooms.ts';
import { PausedLog } from './paused-log.ts';

/** Longer than a room is left in peace between two rosters. */
export const rosterPauseMs = 200;

/** A relay on a log in memory, with rooms that write down what happens. */
export class RelayWorld {
  readonly clock = new FakeClock(0);
  readonly memory = new MemoryLog();
  readonly log = new PausedLog(this.memory);
  readonly rooms = new FakeRooms();
  readonly relay = new Relay({ log: this.log, rooms: this.rooms, clock: this.clock });

  constructor(roles: Record<string, Role>, list: ListId = testList) {
    this.memory.create(list, person('owner').userId);
    for (const [letter, role] of Object.entries(roles)) this.memory.setRole(list, person(letter).userId, role);
  }

  /** Somebody's connection with the list open. Nothing that came of the opening is among `received`. */
  async seat(letter: string, clientId: number, id = letter) {
    const connection = connectionOf(letter, id);
    const answer = await this.relay.pull(connection.peer, this.pullRequest({ clientId }));
    await this.clock.advance(rosterPauseMs);
    connection.received.length = 0;
    this.rooms.events.length = 0;
    return { ...connection, answer };
  }

  pullRequest(fields: Partial<PullRequest> = {}): PullRequest {
    return { list: testList, epoch: 0, cursor: 0, ...fields };
  }
}
