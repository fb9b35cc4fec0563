import { describe, expect, it, vi } from 'vitest';
import { addItem, ListDocument } from '@trolley/shared/document';
import { createMemberId } from '@trolley/shared/protocol';
import { FakeClock } from '@trolley/shared/testing';
import { HeldItems, holdMs } from './held-items.ts';

const author = { memberId: createMemberId((length) => new Uint8Array(length)), nowMs: 0 };
const document = new ListDocument();
const milk = addItem(document, { name: 'Milk' }, author).id;
const eggs = addItem(document, { name: 'Eggs' }, author).id;

describe('W7 a wrong tap can be taken back in place for a moment', () => {
  it('W7 an item is held for the moment and then let go', async () => {
    const clock = new FakeClock();
    const onRelease = vi.fn();
    const held = new HeldItems(clock, onRelease);
    held.hold(milk, false, true);
    await clock.advance(holdMs - 1);
    expect(held.places.get(milk)).toBe(false);
    await clock.advance(1);
    expect(held.places.size).toBe(0);
    expect(onRelease).toHaveBeenCalledOnce();
  });

  it("W7 another tap of one's own starts the moment anew, and the first place counts", async () => {
    const clock = new FakeClock();
    const held = new HeldItems(clock, () => undefined);
    held.hold(milk, false, true);
    await clock.advance(holdMs - 1);
    held.hold(milk, true, true);
    await clock.advance(holdMs - 1);
    expect(held.places.get(milk)).toBe(false);
  });

  it("W7 somebody else's ticks do not put it off", async () => {
    const clock = new FakeClock();
    const held = new HeldItems(clock, () => undefined);
    held.hold(milk, false, false);
    await clock.advance(holdMs - 1);
    held.hold(eggs, false, false);
    await clock.advance(1);
    expect(held.places.size).toBe(0);
  });

  it('W7 nothing happens after the list is closed', async () => {
    const clock = new FakeClock();
    const onRelease = vi.fn();
    const held = new HeldItems(clock, onRelease);
    held.hold(milk, false, true);
    held.dispose();
    await clock.advance(holdMs);
    expect(onRelease).not.toHaveBeenCalled();
  });
});
