import { describe, expect, it, vi } from 'vitest';
import { addItem, ListDocument } from '@trolley/shared/document';
import { createMemberId, type Clock } from '@trolley/shared/protocol';
import { HeldItems, holdMs } from './held-items.ts';

const author = { memberId: createMemberId((length) => new Uint8Array(length)), nowMs: 0 };
const document = new ListDocument();
const milk = addItem(document, { name: 'Milk' }, author).id;
const eggs = addItem(document, { name: 'Eggs' }, author).id;

/** Time that passes when told to. */
function createHandClock() {
  let nowMs = 0;
  let due: { atMs: number; callback: () => void }[] = [];
  const clock: Clock = {
    nowMs: () => nowMs,
    schedule(delayMs, callback) {
      const entry = { atMs: nowMs + delayMs, callback };
      due.push(entry);
      return () => {
        due = due.filter((other) => other !== entry);
      };
    },
  };
  const pass = (ms: number) => {
    nowMs += ms;
    const ripe = due.filter((entry) => entry.atMs <= nowMs);
    due = due.filter((entry) => entry.atMs > nowMs);
    for (const entry of ripe) entry.callback();
  };
  return { clock, pass };
}

describe('W2 a wrong tap can be taken back in place for a moment', () => {
  it('W2 an item is held for the moment and then let go', () => {
    const { clock, pass } = createHandClock();
    const onRelease = vi.fn();
    const held = new HeldItems(clock, onRelease);
    held.hold(milk, false, true);
    pass(holdMs - 1);
    expect(held.places.get(milk)).toBe(false);
    pass(1);
    expect(held.places.size).toBe(0);
    expect(onRelease).toHaveBeenCalledOnce();
  });

  it('W2 another tap of one\'s own starts the moment anew, and the first place counts', () => {
    const { clock, pass } = createHandClock();
    const held = new HeldItems(clock, () => undefined);
    held.hold(milk, false, true);
    pass(holdMs - 1);
    held.hold(milk, true, true);
    pass(holdMs - 1);
    expect(held.places.get(milk)).toBe(false);
  });

  it('W2 somebody else\'s ticks do not put it off', () => {
    const { clock, pass } = createHandClock();
    const held = new HeldItems(clock, () => undefined);
    held.hold(milk, false, false);
    pass(holdMs - 1);
    held.hold(eggs, false, false);
    pass(1);
    expect(held.places.size).toBe(0);
  });

  it('W2 nothing happens after the list is closed', () => {
    const { clock, pass } = createHandClock();
    const onRelease = vi.fn();
    const held = new HeldItems(clock, onRelease);
    held.hold(milk, false, true);
    held.dispose();
    pass(holdMs);
    expect(onRelease).not.toHaveBeenCalled();
  });
});
