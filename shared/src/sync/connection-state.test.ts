import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../testing/seeded-random.ts';
import {
  connectionTable,
  nextConnectionState,
  type ConnectionEvent,
  type ConnectionState,
} from './connection-state.ts';

const states: readonly ConnectionState[] = ['idle', 'signing-in', 'connecting', 'connected', 'waiting', 'blocked'];
const events: readonly ConnectionEvent[] = [
  'wanted',
  'signed-in',
  'sign-in-failed',
  'opened',
  'lost',
  'refused',
  'dismissed',
  'timer',
  'wake',
  'network-lost',
  'stopped',
];

/** All that moves. Everything else stays where it is. */
const moves: readonly (readonly [ConnectionState, ConnectionEvent, ConnectionState])[] = [
  ['idle', 'wanted', 'signing-in'],
  ['signing-in', 'signed-in', 'connecting'],
  ['signing-in', 'sign-in-failed', 'waiting'],
  ['signing-in', 'network-lost', 'blocked'],
  ['signing-in', 'stopped', 'idle'],
  ['connecting', 'opened', 'connected'],
  ['connecting', 'lost', 'waiting'],
  ['connecting', 'refused', 'waiting'],
  ['connecting', 'dismissed', 'waiting'],
  ['connecting', 'network-lost', 'blocked'],
  ['connecting', 'stopped', 'idle'],
  ['connected', 'lost', 'waiting'],
  ['connected', 'refused', 'waiting'],
  ['connected', 'dismissed', 'signing-in'],
  ['connected', 'network-lost', 'blocked'],
  ['connected', 'stopped', 'idle'],
  ['waiting', 'timer', 'signing-in'],
  ['waiting', 'wake', 'signing-in'],
  ['waiting', 'network-lost', 'blocked'],
  ['waiting', 'stopped', 'idle'],
  ['blocked', 'wake', 'signing-in'],
  ['blocked', 'stopped', 'idle'],
];

/** What brings each state nearer to a connection when all goes well. */
const wayHome: Record<ConnectionState, ConnectionEvent | null> = {
  idle: 'wanted',
  'signing-in': 'signed-in',
  connecting: 'opened',
  connected: null,
  waiting: 'timer',
  blocked: 'wake',
};

describe('the table of the connection', () => {
  it('P1 is complete, and nothing moves but what is meant to', () => {
    expect(Object.keys(connectionTable).toSorted()).toEqual([...states].toSorted());
    for (const from of states) {
      expect(Object.keys(connectionTable[from]).toSorted()).toEqual([...events].toSorted());
      for (const event of events) {
        const move = moves.find(([state, happened]) => state === from && happened === event);
        expect([from, event, nextConnectionState(from, event)]).toEqual([from, event, move?.[2] ?? from]);
      }
    }
  });

  it('P1 never sticks: from wherever a random walk has led, a connection is at most four events away', () => {
    const seed = 7;
    const random = new SeededRandom(seed);
    const visited = new Set<ConnectionState>();
    let state: ConnectionState = 'idle';
    for (let step = 0; step < 20_000; step += 1) {
      state = nextConnectionState(state, random.pick(events));
      visited.add(state);
      let reached = state;
      let distance = 0;
      for (let event = wayHome[reached]; event !== null; event = wayHome[reached]) {
        reached = nextConnectionState(reached, event);
        distance += 1;
        if (distance > 4) break;
      }
      expect({ seed, step, state, reached }).toEqual({ seed, step, state, reached: 'connected' });
    }
    expect(visited.size).toBe(states.length);
  });

  it('P1 ends from everywhere, and stays ended until something is wanted again', () => {
    for (const from of states) {
      const ended = nextConnectionState(from, 'stopped');
      expect(ended).toBe('idle');
      for (const event of events) if (event !== 'wanted') expect(nextConnectionState(ended, event)).toBe('idle');
    }
  });
});
