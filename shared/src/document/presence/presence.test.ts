import fc from 'fast-check';
import { writeVarString, writeVarUint, createEncoder, toUint8Array } from 'lib0/encoding';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../../protocol/index.ts';
import { phone } from '../fixtures/family.ts';
import { itemIdOf } from '../model/item-id.ts';
import { anyStore } from '../shopping/store.ts';
import { inspectPresence } from './inspect-presence.ts';
import { Presence } from './presence.ts';

/** y-protocols takes hold of `Date.now` when it is loaded. */
const clock = vi.hoisted(() => {
  const state = { aheadMs: 0 };
  const now = Date.now.bind(Date);
  Date.now = () => now() + state.aheadMs;
  return state;
});

const milk = itemIdOf('Milk');
const open: Presence[] = [];

function presenceOf(clientId: number): Presence {
  const presence = new Presence(phone(clientId));
  open.push(presence);
  return presence;
}

/** Two that hear each other. */
function pair(): [Presence, Presence] {
  const [a, b] = [presenceOf(1), presenceOf(2)];
  a.onLocalUpdate((bytes) => b.apply(bytes));
  b.onLocalUpdate((bytes) => a.apply(bytes));
  return [a, b];
}

/** An awareness message of `[client, clock, state]`s. */
function message(states: readonly (readonly [number, number, string])[], count = states.length): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, count);
  for (const [client, clock, state] of states) {
    writeVarUint(encoder, client);
    writeVarUint(encoder, clock);
    writeVarString(encoder, state);
  }
  return toUint8Array(encoder);
}

afterEach(() => {
  vi.useRealTimers();
  for (const presence of open.splice(0)) presence.dispose();
});

describe('Presence', () => {
  it('D4 shows the others what is being edited, and not oneself', () => {
    const [a, b] = pair();
    const heard = vi.fn();
    b.onChange(heard);
    a.setEditing(milk);
    expect(b.editing()).toEqual(new Map([[1, milk]]));
    expect(a.editing()).toEqual(new Map());
    a.setEditing(null);
    expect(b.editing()).toEqual(new Map());
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it('D18 shows where others shop and what they take, beside what they edit, and forgets it with them', () => {
    const [a, b] = pair();
    a.setEditing(milk);
    a.setShopping({ store: anyStore, claims: ['dairy', 'pets'] });
    expect(b.shopping()).toEqual(new Map([[1, { store: anyStore, claims: ['dairy', 'pets'] }]]));
    expect(b.editing()).toEqual(new Map([[1, milk]]));
    expect(a.shopping()).toEqual(new Map());
    a.setEditing(null);
    expect(b.shopping().size).toBe(1);
    a.setShopping(null);
    expect(b.shopping()).toEqual(new Map());
    a.setShopping({ store: anyStore, claims: [] });
    a.dispose();
    expect(b.shopping()).toEqual(new Map());
  });

  it('D5 shows of shopping only what makes sense', () => {
    const presence = presenceOf(1);
    for (const [client, shop] of [
      [2, '["lidl"]'],
      [3, '"00000000"'],
      [4, '["00000000",7,"pets","tools","pets"]'],
    ] as const) {
      presence.apply(message([[client, 1, `{"shop":${shop}}`]]));
    }
    expect(presence.shopping()).toEqual(new Map([[4, { store: anyStore, claims: ['pets'] }]]));
  });

  it('D4 tells a newcomer, and forgets who says goodbye or has left', () => {
    const [a, b] = pair();
    a.setEditing(milk);
    const newcomer = presenceOf(3);
    expect(newcomer.apply(a.encodeLocal())).toBe(true);
    expect(newcomer.editing()).toEqual(new Map([[1, milk]]));
    newcomer.remove([1, 3]);
    expect(newcomer.editing()).toEqual(new Map());
    a.dispose();
    expect(b.editing()).toEqual(new Map());
  });

  it('D4 lets nobody else take its place', () => {
    const [a, b] = pair();
    a.setEditing(milk);
    a.apply(message([[1, 50, 'null']]));
    expect(b.editing()).toEqual(new Map([[1, milk]]));
    a.setEditing(null);
    expect(b.editing()).toEqual(new Map());
  });

  it('D4 forgets who has been silent for half a minute, and keeps who has not', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const [a, b] = pair();
    a.setEditing(milk);
    b.apply(message([[9, 1, JSON.stringify({ item: milk })]]));
    expect(b.editing().size).toBe(2);
    for (let elapsedMs = 0; elapsedMs <= 60_000; elapsedMs += 3_000) {
      clock.aheadMs += 3_000;
      vi.advanceTimersByTime(3_000);
    }
    expect(b.editing()).toEqual(new Map([[1, milk]]));
  });

  it('D4 leaves no timer behind', () => {
    vi.useFakeTimers();
    const presence = new Presence(phone(1));
    expect(vi.getTimerCount()).toBe(1);
    presence.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each(['7', '"milk"', '[]', '{"item":7}', '{"item":"__proto__"}', '{"__proto__":{"item":"dFnteTXC"}}'])(
    'D5 shows nothing of a state like %s',
    (state) => {
      const presence = presenceOf(1);
      presence.apply(message([[9, 1, state]]));
      expect(presence.editing()).toEqual(new Map());
    },
  );

  it('D5 takes no bytes amiss', { timeout: 60_000 }, () => {
    const presence = presenceOf(1);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(presence.apply(bytes)).toBe(inspectPresence(bytes) !== null);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('inspectPresence', () => {
  it('D5 says for whom a message speaks', () => {
    expect(inspectPresence(presenceOf(77).encodeLocal())).toEqual([77]);
    expect(
      inspectPresence(
        message([
          [1, 0, '{}'],
          [0xffff_ffff, 5, 'null'],
        ]),
      ),
    ).toEqual([1, 0xffff_ffff]);
    expect(inspectPresence(message([]))).toEqual([]);
  });

  it.each([
    ['empty', new Uint8Array(0)],
    ['more than it holds', message([[1, 1, '{}']], 2)],
    ['2^53 clients', message([], Number.MAX_SAFE_INTEGER)],
    ['trailing bytes', new Uint8Array([...message([[1, 1, '{}']]), 0])],
    ['no JSON', message([[1, 1, '{']])],
    ['a state that is no object', message([[1, 1, '7']])],
    ['a state that is an array', message([[1, 1, '[]']])],
    ['a client id beyond 32 bits', message([[2 ** 32, 1, '{}']])],
    ['a clock that never could be', message([[1, 2 ** 40, '{}']])],
    [
      'a client twice',
      message([
        [1, 1, '{}'],
        [1, 2, '{}'],
      ]),
    ],
    ['too much', message([[1, 1, JSON.stringify({ item: 'x'.repeat(limits.maxPresenceBytes) })]])],
  ])('D5 calls malformed: %s', (_name, bytes) => {
    expect(inspectPresence(bytes)).toBeNull();
  });
});
